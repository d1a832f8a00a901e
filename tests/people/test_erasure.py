"""Erasing: after it no table of the database tells who she was; counts and the trail stay whole."""

import pytest
from django.apps import apps
from django.db import connection

from hequan.core.accounts import Account
from hequan.core.audit import AuditEntry
from hequan.core.grants import give_grants
from hequan.core.jobs import Job
from hequan.core.key_rotation import sealed_columns
from hequan.core.kinds import Capability
from hequan.core.personal import OnErase, TableTags, tagged_tables
from hequan.core.sealed import match_of
from hequan.people import actions, erasure, queries
from hequan.people.models import Consent, Guardianship, Membership, Person
from hequan.people.protection_errors import ErasureHeldError
from hequan.people.protection_kinds import ConsentChannel
from tests.people.row_maker import (
    ADDRESS,
    INITIALS,
    MAIL,
    NAME,
    NUMBER,
    PHONE,
    SOUND,
    RowMaker,
)
from tests.world import AT

NEEDLES = (NAME, SOUND, INITIALS, PHONE, NUMBER, MAIL, ADDRESS)


@pytest.fixture
def her(world):
    """Ouyang Xiaoyan with an account of her own, and a row in every table that may have any."""
    facts = actions.PersonFacts(name=NAME, phone=PHONE, unit_id=world.maple.pk, address=ADDRESS)
    person = actions.save_person(facts=facts, by=world.system, at=AT)
    account = Account.objects.create_user(PHONE, "a-long-password", name=NAME)
    return actions.tie_account(person=person, account=account, by=world.system, at=AT)


def everything():
    """Every value of every table, as text, with where it is; what is sealed both ways."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [one[0] for one in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    yield f"{table}.{name}", str(value)
    for column in sealed_columns():
        for sealed in column.filled().values_list(column.field.name, flat=True):
            yield f"{column.name} (opened)", sealed.open()


def places_of(*needles):
    """Where any of these words can be read."""
    return sorted({where for where, value in everything() for one in needles if one in value})


@pytest.mark.slow
@pytest.mark.django_db
def test_no_column_of_any_table_still_tells_who_she_was(world, her):
    maker = RowMaker(her, her.account, world.cast.resident)
    labels = maker.rows_about_her()
    assert {label for label, tags in tagged_tables() if tags.subject} <= {
        *labels,
        "people.person",
        "core.account",
    }
    marks = (match_of(PHONE), match_of(NUMBER))
    assert len(places_of(*NEEDLES, *marks)) > 15
    counts = {
        model: model._base_manager.count() for model in apps.get_models(include_auto_created=True)
    }

    erased = actions.erase_person(person=her, by=her.account, at=AT)

    assert places_of(*NEEDLES, *marks) == []
    for label, tags in tagged_tables():
        if tags.on_erase is not OnErase.DELETE and label != "core.auditentry":
            model = apps.get_model(label)
            assert model._base_manager.count() >= counts[model], f"{label}: a row is gone"
    assert set(erased.deleted) | set(erased.emptied) | set(erased.kept) >= set(labels)


@pytest.mark.django_db
def test_it_takes_effect_at_once_and_twice_is_once(world, her):
    account = her.account

    actions.erase_person(person=her, by=account, at=AT)
    entries = AuditEntry.objects.count()
    again = actions.erase_person(person=her, by=account, at=AT)

    account.refresh_from_db()
    assert not account.is_active
    assert not account.has_usable_password()
    assert account.username == f"erased-{account.pk}"
    assert queries.person_of(account) is None
    assert queries.person_with_phone(PHONE) is None
    assert again == actions.Erased({}, {}, {})
    assert AuditEntry.objects.count() == entries


@pytest.mark.django_db
def test_whoever_was_merged_into_her_goes_with_her(world, her):
    row = Person.objects.create(
        name=NAME, initials=INITIALS, phone=PHONE, registered_at=AT, merged_into=her
    )

    actions.erase_person(person=her, by=world.officer, at=AT)

    row.refresh_from_db()
    assert (row.name, bool(row.phone), row.erased_at) == ("", False, AT)
    assert places_of(*NEEDLES) == []


@pytest.mark.django_db
def test_what_is_kept_of_her_comes_to_an_end(world, her):
    text = actions.publish_consent_text(
        purpose="messages",
        text_zh="同意",
        text_en="I agree",
        valid_from=AT,
        by=world.officer,
        at=AT,
    )
    actions.give_consent(
        person=her, text=text, channel=ConsentChannel.ONLINE, by=her.account, at=AT
    )

    actions.erase_person(person=her, by=her.account, at=AT)

    assert list(Consent.objects.filter(person=her).values_list("withdrawn_at")) == [(AT,)]
    assert not Membership.objects.filter(person=her, valid_to=None).exists()
    assert not Guardianship.objects.filter(minor=her, valid_to=None).exists()


@pytest.mark.django_db
def test_somebody_who_still_has_work_here_hands_it_over_first(world, her):
    give_grants(account=her.account, capabilities=[Capability.SEE_BOARD], by=world.system, at=AT)

    with pytest.raises(ErasureHeldError):
        actions.erase_person(person=her, by=her.account, at=AT)

    her.refresh_from_db()
    assert her.name == NAME


@pytest.mark.django_db
def test_a_guardian_is_replaced_first(world):
    with pytest.raises(ErasureHeldError, match=r"1|一"):
        actions.erase_person(person=world.cast.wang_li, by=world.officer, at=AT)


@pytest.mark.django_db
def test_a_higher_app_may_hold_it_back(world, her, monkeypatch):
    monkeypatch.setattr(erasure, "_holds", [lambda persons, at: "她还有岗位。"])

    with pytest.raises(ErasureHeldError, match="她还有岗位"):
        actions.erase_person(person=her, by=her.account, at=AT)


@pytest.mark.django_db
def test_the_trail_keeps_one_entry_without_her_name(world, her):
    actions.erase_person(person=her, by=world.officer, at=AT)

    entry = AuditEntry.objects.get(verb="people.person_erased")
    assert entry.thing_id == str(her.pk)
    assert "people.person" in entry.after["emptied"]
    assert NAME not in str(entry.after)


@pytest.mark.django_db
def test_others_are_left_alone(world, her):
    before = Person.objects.exclude(pk=her.pk).filter(erased_at=None).count()

    actions.erase_person(person=her, by=her.account, at=AT)

    assert Person.objects.exclude(pk=her.pk).filter(erased_at=None).count() == before
    world.officer.refresh_from_db()
    assert world.officer.is_active


@pytest.mark.django_db
def test_jobs_and_news_carry_her_id_only(world, her):
    actions.erase_person(person=her, by=her.account, at=AT)

    assert not [one for one in Job.objects.all() if NAME in str(one.payload)]


@pytest.mark.django_db
def test_a_table_whose_tags_forget_a_field_is_found(world, her, monkeypatch):
    """The walk is a guard: with a hole in the tags her name stays and the scan sees it."""
    tags = dict(tagged_tables())["people.person"]
    holed = TableTags(
        {name: tag.of(stays=True) if name == "name" else tag for name, tag in tags.fields.items()},
        subject="self",
        on_erase=OnErase.BLANK,
    )
    monkeypatch.setitem(
        vars(__import__("hequan.core.personal", fromlist=["_"]))["_tags"], "people.person", holed
    )

    actions.erase_person(person=her, by=her.account, at=AT)

    assert places_of(NAME) == ["people_person.name"]
