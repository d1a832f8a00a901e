"""Whoever withdraws her consent to being registered is registered no longer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hequan.core.audit import AuditEntry
from hequan.people import actions
from hequan.people.kinds import OrganisationKind
from hequan.people.models import Consent, Organisation, Person
from hequan.people.protection_kinds import ConsentChannel, ConsentPurpose
from hequan.people.queries import consent_lines, words_in_force
from hequan.roster.actions import Offer, register_person, register_unit
from hequan.roster.kinds import RegistrationKind
from hequan.roster.models import Registration
from hequan.stations.models import Station
from tests.world import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
PURPOSE = ConsentPurpose.REGISTRATION
SAID = "撤回后，您的报到立即结束"


@pytest.fixture
def words(world):
    """The standard words in force."""
    actions.publish_standard_words(by=world.system, at=AT)
    return words_in_force(AT)


@pytest.fixture
def register(world, words):
    """Register somebody at the first station, in the words in force."""

    def registered(person, kind=RegistrationKind.MEMBER, at=AT):
        return register_person(
            person=person,
            kind=kind,
            station=Station.objects.order_by("pk")[0],
            offer=Offer(),
            text=words_in_force(at)[PURPOSE],
            channel=ConsentChannel.ONLINE,
            by=world.officer,
            at=at,
        )

    return registered


def consent_of(person):
    return Consent.objects.filter(person=person, text__purpose=PURPOSE).latest("pk")


def withdraw(person, world, at=LATER):
    actions.withdraw_consent(consent=consent_of(person), by=world.officer, at=at)


def test_all_that_she_registered_as_ends_with_her_consent_and_nobody_elses(
    world, cast, people, register
):
    hers = [register(people.wang, kind) for kind in ("member", "new_job_person")]
    another = register(people.zhao)
    withdraw(people.wang, world)

    ended = Registration.objects.filter(ended_at=LATER)
    assert set(ended) == set(hers)
    assert another not in ended
    entries = AuditEntry.objects.filter(verb="roster.registration_ended")
    assert {(one.at, one.by_id, one.on_behalf_of) for one in entries} == {
        (LATER, world.officer.pk, people.wang.pk)
    }
    assert entries.count() == 2


def test_a_unit_and_other_consents_change_nothing(world, cast, people, register, words):
    firm = Organisation.objects.create(name="红枫快递", kind=OrganisationKind.FIRM)
    register_unit(organisation=firm, area=world.area, offer=Offer(), by=world.officer, at=AT)
    register(people.wang)
    other = actions.give_consent(
        person=people.wang,
        text=words[ConsentPurpose.ACCOUNT],
        channel=ConsentChannel.ONLINE,
        by=world.officer,
        at=AT,
    )
    actions.withdraw_consent(consent=other, by=world.officer, at=LATER)

    assert Registration.objects.filter(ended_at=None).count() == 2


def test_what_ended_before_keeps_its_day(world, cast, people, register):
    row = register(people.wang)
    Registration.objects.filter(pk=row.pk).update(ended_at=AT)
    withdraw(people.wang, world)

    row.refresh_from_db()
    assert row.ended_at == AT


def test_a_withdrawal_that_cannot_end_them_is_not_made(world, cast, people, register, monkeypatch):
    register(people.wang)

    def fail(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr("hequan.roster.actions.registrations._end", fail)
    with pytest.raises(ZeroDivisionError):
        withdraw(people.wang, world)

    assert consent_of(people.wang).withdrawn_at is None


def test_whoever_withdrew_registers_again(world, cast, people, register):
    register(people.wang)
    withdraw(people.wang, world)
    register(people.wang, at=LATER)

    assert Registration.objects.filter(ended_at=None).count() == 1


def test_what_stayed_with_a_row_merged_into_her_ends_too(world, cast, people, register):
    register(people.wang)
    register(people.li)  # at the same station: it stays with li as history
    actions.merge_persons(winner=people.wang, loser=people.li, by=world.officer, at=AT)
    withdraw(Person.objects.get(pk=people.wang.pk), world)

    assert not Registration.objects.filter(ended_at=None).exists()


def test_a_consent_to_earlier_words_is_withdrawn_with_the_newest(world, cast, people, register):
    register(people.wang)
    actions.publish_consent_text(
        purpose=PURPOSE, text_zh="新", text_en="New", valid_from=LATER, by=world.system, at=AT
    )
    (line,) = [one for one in consent_lines(people.wang, LATER) if one.purpose is PURPOSE]
    assert (line.consent, line.open_consent) == (None, consent_of(people.wang))
    register(people.wang, "new_job_person", at=LATER)
    withdraw(people.wang, world)

    assert not Consent.objects.filter(person=people.wang, withdrawn_at=None).exists()
    assert not Registration.objects.filter(ended_at=None).exists()


def test_old_words_withdrawn_leave_what_the_new_ones_hold(world, cast, people, register):
    register(people.wang)
    old = consent_of(people.wang)
    actions.publish_consent_text(
        purpose=PURPOSE, text_zh="新", text_en="New", valid_from=LATER, by=world.system, at=AT
    )
    register(people.wang, "new_job_person", at=LATER)
    actions.withdraw_consent(consent=old, by=world.officer, at=LATER)

    assert Registration.objects.filter(ended_at=None).count() == 2


def test_the_page_says_so_before_and_does_so(client, world, cast, people, register):
    register(people.wang)
    client.force_login(people.wang.account)
    page = client.get(reverse("web:my-consents")).content.decode()
    client.post(reverse("web:my-consent-withdraw", args=[consent_of(people.wang).pk]))

    assert page.count(SAID) == 1
    assert Registration.objects.get().ended_at is not None
    assert SAID not in client.get(reverse("web:my-consents")).content.decode()


def test_words_that_changed_do_not_take_the_button_away(client, world, cast, people, register):
    register(people.wang)
    actions.publish_consent_text(
        purpose=PURPOSE, text_zh="新", text_en="New", valid_from=LATER, by=world.system, at=AT
    )
    client.force_login(people.wang.account)
    page = client.get(reverse("web:my-consents")).content.decode()

    assert reverse("web:my-consent-withdraw", args=[consent_of(people.wang).pk]) in page


def test_who_registers_and_has_no_unit_belongs_to_the_stations(world, cast, people, register):
    lone = Person.objects.create(name="甲", registered_at=AT)
    placed = people.wang.unit_id
    for person in (lone, people.wang):
        register(person)
        person.refresh_from_db()

    assert lone.unit == Station.objects.order_by("pk")[0].unit
    assert people.wang.unit_id == placed
    assert AuditEntry.objects.filter(verb="people.person_corrected", thing_id=lone.pk).exists()
