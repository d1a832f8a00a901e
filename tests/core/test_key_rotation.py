"""Changing keys: everything moves, nothing is lost, and a key in use is never retired."""

import io

import pytest
from django.core.management import CommandError, call_command

from hequan.core import key_rotation
from hequan.core.key_rotation import KeyInUseError, retire, rotate, rows_under
from hequan.core.keyring import KeyPurpose, add_key, keyring
from hequan.core.sealed import Sealed, match_candidates, match_of
from hequan.people.models import Person
from tests.world import AT

pytestmark = pytest.mark.django_db
PHONES = [f"138000000{n:02d}" for n in range(12)]


@pytest.fixture(autouse=True)
def people(settings, tmp_path, monkeypatch):
    settings.KEYRING = str(tmp_path / "keyring.json")
    monkeypatch.setattr(key_rotation, "BATCH", 5)
    rows = [
        Person.objects.create(name="甲", phone=phone, phone_match=match_of(phone), registered_at=AT)
        for phone in PHONES
    ]
    Person.objects.create(name="无号", registered_at=AT)
    return rows


def opened():
    return [one.phone.open() for one in Person.objects.exclude(phone="").order_by("pk")]


def test_every_row_moves_to_the_new_keys_and_reads_the_same():
    old = keyring().current(KeyPurpose.DATA).key_id
    data, _match = add_key(KeyPurpose.DATA), add_key(KeyPurpose.MATCH)

    progress = rotate()["people.person.phone"]

    assert progress.moved == len(PHONES)
    assert opened() == PHONES
    assert {one.phone.key_id for one in Person.objects.exclude(phone="")} == {data.key_id}
    assert rows_under(old) == {}
    assert [one.phone_match for one in Person.objects.order_by("pk")][:12] == [
        match_of(phone) for phone in PHONES
    ]


def test_meanwhile_a_person_is_found_by_either_hash():
    add_key(KeyPurpose.MATCH)

    assert Person.objects.filter(phone_match__in=match_candidates(PHONES[0])).count() == 1
    rotate()
    assert Person.objects.filter(phone_match__in=match_candidates(PHONES[0])).count() == 1


def test_a_run_killed_between_batches_goes_on_where_it_stopped():
    add_key(KeyPurpose.DATA)

    class Killed(BaseException):
        pass

    def kill(progress):
        raise Killed

    with pytest.raises(Killed):
        rotate(kill)
    again = rotate()["people.person.phone"]

    assert again.moved == len(PHONES) - 5
    assert opened() == PHONES


def test_a_second_run_changes_nothing():
    add_key(KeyPurpose.DATA)
    rotate()
    tokens = list(Person.objects.values_list("phone", flat=True).order_by("pk"))

    assert rotate()["people.person.phone"].moved == 0
    assert [one.token for one in tokens] == [
        one.token for one in Person.objects.values_list("phone", flat=True).order_by("pk")
    ]


def test_what_somebody_saves_meanwhile_is_not_overwritten(people, monkeypatch):
    add_key(KeyPurpose.DATA)
    write = key_rotation._write
    saved = []

    def saved_first(column, changes):
        if not saved:
            saved.append(Person.objects.filter(pk=people[0].pk).update(phone="13999999999"))
        write(column, changes)

    monkeypatch.setattr(key_rotation, "_write", saved_first)
    rotate()

    assert opened()[0] == "13999999999"


def test_a_broken_row_stays_and_is_counted_and_the_others_move(people):
    old = keyring().current(KeyPurpose.DATA).key_id
    Person.objects.filter(pk=people[3].pk).update(phone=Sealed(f"{old}:AAAAAAAAAAAAAAAAAAAA"))
    add_key(KeyPurpose.DATA)

    progress = rotate()["people.person.phone"]

    assert (progress.moved, progress.broken) == (len(PHONES) - 1, 1)
    with pytest.raises(KeyInUseError):
        retire(KeyPurpose.DATA, old)


@pytest.mark.parametrize("purpose", [KeyPurpose.DATA, KeyPurpose.MATCH])
def test_a_key_is_retired_only_when_nothing_needs_it(purpose):
    old = keyring().current(purpose).key_id
    add_key(purpose)

    with pytest.raises(KeyInUseError, match=r"people\.person\.phone: 12"):
        retire(purpose, old)
    rotate()
    retire(purpose, old)

    assert old not in keyring().keys[purpose]
    assert opened() == PHONES


def test_the_current_key_and_audit_keys_are_never_retired():
    old = keyring().current(KeyPurpose.AUDIT).key_id
    add_key(KeyPurpose.AUDIT)

    with pytest.raises(KeyInUseError):
        retire(KeyPurpose.AUDIT, old)
    with pytest.raises(KeyInUseError):
        retire(KeyPurpose.DATA, keyring().current(KeyPurpose.DATA).key_id)


def test_the_command_does_all_four_steps():
    out = io.StringIO()
    old = keyring().current(KeyPurpose.DATA).key_id

    call_command("keys", "add", "data", stdout=out)
    call_command("keys", "rotate", stdout=out, stderr=io.StringIO())
    call_command("keys", "retire", "data", old, stdout=out)
    call_command("keys", "list", stdout=out)

    told = out.getvalue()
    assert "people.person.phone: 12 moved" in told
    assert f"data key {old} is gone" in told
    assert "people.person.phone 12" in told


def test_the_command_says_why_it_refuses():
    with pytest.raises(CommandError, match="k9"):
        call_command("keys", "retire", "data", "k9")
