"""The command: what it prints, and that it deletes nothing unasked."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hequan.core.accounts import Account, system_account
from hequan.core.clock import now
from hequan.demo.accounts import SIGN_INS
from hequan.demo.introductions import RESIDENT_PHONE, enter_resident
from hequan.demo.scale import SCALES
from hequan.stations.models import Station
from hequan.territory.models import Unit

pytestmark = pytest.mark.slow


@pytest.mark.django_db
def test_it_builds_a_hamlet_and_prints_its_sign_ins(client):
    out = StringIO()

    call_command("demo", size="hamlet", stdout=out)

    said = out.getvalue()
    for sign_in in SIGN_INS:
        assert f"{sign_in.username} / {sign_in.password}" in said
        assert client.login(username=sign_in.username, password=sign_in.password)
    assert RESIDENT_PHONE in said
    assert "1,200" in said
    assert "泾溪镇" in said


@pytest.mark.django_db
def test_the_system_account_alone_does_not_stand_in_the_way():
    system_account()

    call_command("demo", size="hamlet", stdout=StringIO())

    assert Unit.objects.exists()


@pytest.fixture
def in_use(db):
    Unit.objects.create(level="town", name="Somebody's own town", path="/1/")


def test_a_database_in_use_is_refused_and_left_alone(in_use):
    with pytest.raises(CommandError, match="--again"):
        call_command("demo", size="hamlet")

    assert list(Unit.objects.values_list("name", flat=True)) == ["Somebody's own town"]


def test_somebodys_account_is_refused_too(db):
    Account.objects.create_user("director", "a password")

    with pytest.raises(CommandError):
        call_command("demo", size="hamlet")


def test_again_says_what_it_would_delete_and_waits_for_a_yes(in_use):
    out = StringIO()

    with pytest.raises(CommandError, match="--yes"):
        call_command("demo", size="hamlet", again=True, stdout=out)

    assert "1" in out.getvalue()
    assert Unit.objects.get().name == "Somebody's own town"


@pytest.mark.django_db(transaction=True)
def test_again_and_yes_delete_everything_and_build_anew(settings):
    Unit.objects.create(level="town", name="Somebody's own town", path="/1/")
    left = settings.NETWORKS_ROOT / "of before"
    left.mkdir(parents=True)

    call_command("demo", size="hamlet", again=True, yes=True, stdout=StringIO())

    assert not Unit.objects.filter(name="Somebody's own town").exists()
    assert Station.objects.count() == SCALES["hamlet"].stations
    assert not left.exists()


def test_if_empty_leaves_a_database_in_use_as_it_is(in_use):
    out = StringIO()

    call_command("demo", size="hamlet", if_empty=True, stdout=out)

    assert out.getvalue() == ""
    assert Unit.objects.get().name == "Somebody's own town"


def test_if_empty_says_the_sign_ins_that_still_hold(in_use):
    Account.objects.create_user("clerk", "clerk-demo")
    Account.objects.create_user("viewer", "a new password")
    out = StringIO()

    call_command("demo", size="hamlet", if_empty=True, stdout=out)

    assert "clerk / clerk-demo" in out.getvalue()
    assert "viewer" not in out.getvalue()
    assert RESIDENT_PHONE not in out.getvalue()


@pytest.mark.parametrize(("backend", "where"), [("console", "serve"), ("file", "sms.jsonl")])
def test_it_says_where_the_residents_code_is_seen(db, in_use, settings, backend, where):
    settings.GATEWAYS = {"sms": backend}
    unit = Unit.objects.get()
    enter_resident(unit_id=unit.pk, by=system_account(), at=now())
    out = StringIO()

    call_command("demo", size="hamlet", if_empty=True, stdout=out)

    assert RESIDENT_PHONE in out.getvalue()
    assert where in out.getvalue()
