"""Consents: given to words in force, withdrawn as easily, asked anew when the words change."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hequan.core.audit import AuditEntry
from hequan.people import actions, queries
from hequan.people.models import Consent
from hequan.people.protection_errors import (
    ConsentTextDateError,
    ConsentTextError,
    ConsentTextOutdatedError,
    GuardianNeededError,
    NotGuardianError,
)
from hequan.people.protection_kinds import ConsentChannel, ConsentPurpose
from tests.world import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
PURPOSE = ConsentPurpose.ACT_ON_BEHALF


@pytest.fixture
def publish(world):
    def published(words="我同意", at=AT, valid_from=None, purpose=PURPOSE):
        return actions.publish_consent_text(
            purpose=purpose,
            text_zh=words,
            text_en=f"{words} in English",
            valid_from=valid_from or at,
            by=world.officer,
            at=at,
        )

    return published


@pytest.fixture
def give(world):
    def given(person, text, at=AT, **more):
        channel = ConsentChannel.ONLINE
        return actions.give_consent(
            person=person, text=text, channel=channel, by=world.officer, at=at, **more
        )

    return given


def test_a_consent_holds_from_when_it_is_given_until_it_is_withdrawn(world, publish, give):
    person = world.cast.resident
    consent = give(person, publish())
    assert queries.consent_in_force(person, PURPOSE, AT)

    actions.withdraw_consent(consent=consent, by=world.officer, at=LATER)

    assert queries.consent_in_force(person, PURPOSE, AT)
    assert not queries.consent_in_force(person, PURPOSE, LATER)


def test_the_standard_words_fill_only_purposes_without_words(world, publish):
    own = publish("本镇自己的文本")
    published = actions.publish_standard_words(by=world.system, at=AT)

    assert PURPOSE not in {one.purpose for one in published}
    assert queries.words_in_force(AT)[PURPOSE] == own
    assert queries.words_in_force(AT)[ConsentPurpose.ACCOUNT].version == 1
    assert actions.publish_standard_words(by=world.system, at=AT) == []


def test_a_consent_is_for_one_purpose_and_one_person(world, publish, give):
    give(world.cast.resident, publish())

    assert not queries.consent_in_force(world.cast.resident, ConsentPurpose.SHARING, AT)
    assert not queries.consent_in_force(world.cast.wang_li, PURPOSE, AT)


def test_new_words_ask_anew(world, publish, give):
    person = world.cast.resident
    give(person, publish())
    new = publish("我同意，新版", LATER)

    assert not queries.consent_in_force(person, PURPOSE, LATER)
    (line,) = queries.consent_lines(person, LATER)
    assert (line.is_asked_anew, line.text, line.consent) == (True, new, None)

    give(person, new, LATER)
    assert queries.consent_in_force(person, PURPOSE, LATER)


def test_words_announced_for_later_change_nothing_before(world, publish, give):
    person = world.cast.resident
    give(person, publish())
    publish("我同意，新版", valid_from=LATER)

    assert queries.consent_in_force(person, PURPOSE, AT)
    assert not queries.consent_in_force(person, PURPOSE, LATER)


def test_nobody_consents_to_words_that_are_not_in_force(world, publish, give):
    old = publish()
    publish("我同意，新版", LATER)

    with pytest.raises(ConsentTextOutdatedError):
        give(world.cast.resident, old, LATER)


def test_given_and_withdrawn_twice_is_once(world, publish, give):
    text = publish()
    consent = give(world.cast.resident, text)

    assert give(world.cast.resident, text) == consent
    first = actions.withdraw_consent(consent=consent, by=world.officer, at=AT)
    second = actions.withdraw_consent(consent=consent, by=world.officer, at=LATER)
    assert first.withdrawn_at == second.withdrawn_at


def test_the_database_holds_one_open_consent(world, publish, give):
    consent = give(world.cast.resident, publish())

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(
            person=consent.person, text=consent.text, channel="online", given_at=LATER
        )


def test_a_child_is_spoken_for_by_her_guardian(world, publish, give):
    child, mother = world.cast.wang_xiaobao, world.cast.wang_li
    text = publish(purpose=ConsentPurpose.CHILD)

    with pytest.raises(GuardianNeededError):
        give(child, text)
    give(child, text, proxy_person=mother)

    assert queries.consent_in_force(child, ConsentPurpose.CHILD, AT)


def test_nobody_else_speaks_for_anybody(world, publish, give):
    text = publish()

    with pytest.raises(NotGuardianError):
        give(world.cast.wang_xiaobao, text, proxy_person=world.cast.resident)
    with pytest.raises(NotGuardianError):
        give(world.cast.resident, text, proxy_person=world.cast.wang_li)


def test_only_a_child_is_asked_for_a_guardians_consent(world, publish):
    publish(purpose=ConsentPurpose.CHILD)

    assert queries.consent_lines(world.cast.resident, AT) == []
    assert len(queries.consent_lines(world.cast.wang_xiaobao, AT)) == 1


def test_words_are_in_both_languages_new_and_not_dated_back(world, publish):
    publish()

    with pytest.raises(ConsentTextError):
        publish()
    with pytest.raises(ConsentTextError):
        publish("  ")
    with pytest.raises(ConsentTextDateError):
        publish("新版", valid_from=AT - timedelta(seconds=1))
    with pytest.raises(ConsentTextDateError):
        publish("新版")


def test_every_step_is_in_the_trail_with_whom_it_is_for(world, publish, give):
    consent = give(world.cast.resident, publish())
    actions.withdraw_consent(consent=consent, by=world.officer, at=AT)

    entries = AuditEntry.objects.filter(verb__startswith="people.consent_").order_by("pk")
    assert [one.verb for one in entries] == [
        "people.consent_text_published",
        "people.consent_given",
        "people.consent_withdrawn",
    ]
    assert entries[1].on_behalf_of == world.cast.resident.pk
    assert entries[1].after["purpose"] == PURPOSE
