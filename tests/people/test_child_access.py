"""A child's data: read by staff after another has approved it; the guardians are told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hequan.core.audit import AuditEntry
from hequan.people import actions, queries
from hequan.people.child_access import LONGEST, decision_refusal, is_open
from hequan.people.models import ChildAccessRequest, Message
from hequan.people.protection_errors import (
    ChildAccessError,
    ChildAccessNeededError,
    ChildAccessUntilError,
    NotAChildError,
)
from hequan.people.protection_kinds import RevealReason
from tests.world import AT

WEEK = AT + timedelta(days=7)


@pytest.fixture
def asked(world):
    return actions.ask_child_access(
        person=world.cast.wang_xiaobao, reason=RevealReason.SERVICE, by=world.clerk, at=AT
    )


def shown(world, by, at=AT):
    return actions.reveal_person(
        person=world.cast.wang_xiaobao,
        fields=("name", "born_on"),
        reason=RevealReason.SERVICE,
        by=by,
        at=at,
    )


@pytest.mark.django_db
def test_a_childs_data_is_shown_after_another_has_approved_and_until_the_end(world, asked):
    with pytest.raises(ChildAccessNeededError):
        shown(world, world.clerk)

    actions.decide_child_access(request=asked, until=WEEK, by=world.officer, at=AT)

    assert shown(world, world.clerk)["name"] == "王小宝"
    with pytest.raises(ChildAccessNeededError):
        shown(world, world.clerk, WEEK)


@pytest.mark.django_db
def test_an_approval_is_for_whoever_asked(world, asked):
    actions.decide_child_access(request=asked, until=WEEK, by=world.officer, at=AT)

    with pytest.raises(ChildAccessNeededError):
        shown(world, world.officer)


@pytest.mark.django_db
def test_every_reading_is_recorded_and_told_to_the_guardian(world, asked):
    actions.decide_child_access(request=asked, until=WEEK, by=world.officer, at=AT)
    shown(world, world.clerk)

    entry = AuditEntry.objects.get(verb="people.personal_read")
    assert entry.after == {"fields": ["name", "born_on"], "reason": "service"}
    assert entry.by == world.clerk
    (message,) = Message.objects.all()
    assert message.person == world.cast.wang_li


@pytest.mark.django_db
def test_nobody_decides_for_herself(world, asked):
    with pytest.raises(ChildAccessError):
        actions.decide_child_access(request=asked, until=WEEK, by=world.clerk, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildAccessRequest.objects.filter(pk=asked.pk).update(
            approved_by=world.clerk, decided_at=AT, until=WEEK
        )


@pytest.mark.django_db
def test_it_is_decided_once_and_a_refusal_opens_nothing(world, asked):
    actions.decide_child_access(request=asked, until=None, by=world.officer, at=AT)

    with pytest.raises(ChildAccessError):
        actions.decide_child_access(request=asked, until=WEEK, by=world.officer, at=AT)
    with pytest.raises(ChildAccessNeededError):
        shown(world, world.clerk)


@pytest.mark.django_db
@pytest.mark.parametrize("until", [AT, AT + LONGEST + timedelta(seconds=1)])
def test_an_approval_ends_soon(world, asked, until):
    with pytest.raises(ChildAccessUntilError):
        actions.decide_child_access(request=asked, until=until, by=world.officer, at=AT)


@pytest.mark.django_db
def test_asked_twice_is_once_and_only_for_children(world, asked):
    again = actions.ask_child_access(
        person=world.cast.wang_xiaobao, reason=RevealReason.CORRECT, by=world.clerk, at=WEEK
    )
    assert again == asked
    with pytest.raises(NotAChildError):
        actions.ask_child_access(
            person=world.cast.resident, reason=RevealReason.SERVICE, by=world.clerk, at=AT
        )


@pytest.mark.django_db
def test_an_adult_is_shown_for_a_reason_that_is_recorded(world):
    person = world.cast.wang_li

    told = actions.reveal_person(
        person=person,
        fields=("phone", "address", "secret"),
        reason=RevealReason.CONTACT_HER,
        by=world.officer,
        at=AT,
    )

    assert told == {"phone": person.phone.open(), "address": person.address}
    (reading,) = queries.readings_of(person)
    assert (reading.fields, reading.reason) == (("phone", "address"), "contact_her")
    assert not Message.objects.exists()


def test_the_rule_without_a_database():
    assert decision_refusal(1, 1, False, WEEK, AT) == "oneself"
    assert decision_refusal(1, 2, True, WEEK, AT) == "decided"
    assert decision_refusal(1, 2, False, AT, AT) == "until"
    assert decision_refusal(1, 2, False, None, AT) is None
    assert decision_refusal(1, 2, False, AT + LONGEST, AT) is None
    assert is_open(WEEK, AT)
    assert not is_open(WEEK, WEEK)
    assert not is_open(None, AT)
