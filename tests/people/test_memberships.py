"""Memberships and frames as actions: what is refused, and what ends with what."""

from datetime import date

import pytest

from hequan.core.audit import AuditEntry
from hequan.people.actions import (
    ActFacts,
    FrameFacts,
    MembershipFacts,
    OrganisationFacts,
    Signature,
    add_frame_group,
    close_organisation,
    end_membership,
    leave_frame,
    note_frame_act,
    save_frame,
    save_membership,
    save_organisation,
    sign_frame,
)
from hequan.people.errors import (
    BadCreditCodeError,
    CreditCodeTakenError,
    FrameError,
    MembershipError,
)
from hequan.people.kinds import FrameGroupKind, FrameKind, MembershipRole
from hequan.people.models import FrameMember, Membership

CODE = "91110000600037341L"
MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)


@pytest.fixture
def say(world):
    return {"by": world.officer, "at": world.at}


@pytest.fixture
def firm(world, say):
    facts = OrganisationFacts("枫叶科技", unit_id=world.maple.pk, credit_code=CODE)
    return save_organisation(facts=facts, **say)


@pytest.fixture
def frame(world, say):
    facts = FrameFacts(FrameKind.CO_BUILDING, "高境共建", world.town.pk, MAY)
    return save_frame(facts=facts, **say)


def belong(world, firm, say, start, end=None, role=MembershipRole.MEMBER):
    facts = MembershipFacts(role, start, end)
    return save_membership(person=world.cast.wang_li, organisation=firm, facts=facts, **say)


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [(JUNE, None, "known"), (MAY, date(2025, 6, 15), "known"), (JUNE, JUNE, "days")],
)
def test_days_of_one_role_do_not_meet(world, firm, say, start, end, reason):
    belong(world, firm, say, JUNE, JULY)
    with pytest.raises(MembershipError) as refusal:
        belong(world, firm, say, start, end)
    assert refusal.value.reason == reason
    assert Membership.objects.count() == 1


def test_days_that_only_touch_and_other_roles_are_fine(world, firm, say):
    belong(world, firm, say, JUNE, JULY)
    belong(world, firm, say, JULY)
    belong(world, firm, say, MAY, JUNE)
    belong(world, firm, say, MAY, role=MembershipRole.HEAD)
    assert Membership.objects.count() == 4


def test_a_membership_ends_and_one_that_never_was_goes(world, firm, say):
    row = belong(world, firm, say, MAY)
    end_membership(membership=row, on=JUNE, **say)
    end_membership(membership=row, on=JULY, **say)
    row.refresh_from_db()
    assert row.valid_to == JUNE

    later = belong(world, firm, say, date(2026, 5, 1))
    end_membership(membership=later, **say)
    assert not Membership.objects.filter(pk=later.pk).exists()


def test_a_closed_organisation_takes_nobody_and_its_ties_end(world, firm, frame, say):
    row = belong(world, firm, say, MAY)
    late = belong(world, firm, say, date(2026, 2, 1), role=MembershipRole.HEAD)
    member = sign_frame(
        frame=frame, group=None, organisation=firm, signature=Signature(JUNE, "协议"), **say
    )
    closed = close_organisation(organisation=firm, on=JULY, **say)
    close_organisation(organisation=firm, on=MAY, **say)

    row.refresh_from_db()
    member.refresh_from_db()
    assert (row.valid_to, member.left_on) == (JULY, JULY)
    assert not Membership.objects.filter(pk=late.pk).exists()
    with pytest.raises(MembershipError):
        belong(world, closed, say, JULY)
    with pytest.raises(FrameError):
        sign_frame(
            frame=frame, group=None, organisation=closed, signature=Signature(JULY, "协议"), **say
        )


def test_a_code_is_checked_and_borne_by_one(world, firm, say):
    for code in ("91110000600037341M", "91990000600037341L"):
        with pytest.raises(BadCreditCodeError):
            save_organisation(facts=OrganisationFacts("甲", credit_code=code), **say)
    with pytest.raises(CreditCodeTakenError):
        save_organisation(facts=OrganisationFacts("甲", credit_code=CODE), **say)


def test_saving_an_organisation_as_it_is_writes_no_entry(world, firm, say):
    facts = OrganisationFacts("枫叶科技", unit_id=world.maple.pk, credit_code=CODE)
    save_organisation(organisation=firm, facts=facts, **say)
    assert not AuditEntry.objects.filter(verb="people.organisation_corrected").exists()


@pytest.mark.parametrize(
    ("signed_on", "reason"), [(date(2025, 4, 30), "signed_on"), (date(2026, 3, 11), "signed_on")]
)
def test_a_signature_lies_between_the_frames_beginning_and_today(
    frame, firm, say, signed_on, reason
):
    signature = Signature(signed_on, "协议")
    with pytest.raises(FrameError) as refusal:
        sign_frame(frame=frame, group=None, organisation=firm, signature=signature, **say)
    assert refusal.value.reason == reason


def test_an_organisation_signs_once_in_each_group(world, frame, firm, say):
    group = add_frame_group(frame=frame, kind=FrameGroupKind.AREA, name="第一片区", **say)
    with pytest.raises(FrameError):
        add_frame_group(frame=frame, kind=FrameGroupKind.AREA, name="第一片区", **say)
    for where in (group, None):
        given = {"frame": frame, "group": where, "organisation": firm}
        given["signature"] = Signature(JUNE, "协议")
        sign_frame(**given, **say)
        with pytest.raises(FrameError) as refusal:
            sign_frame(**given, **say)
        assert refusal.value.reason == "signed"
    assert FrameMember.objects.count() == 2


def test_a_group_of_another_frame_is_refused(world, frame, firm, say):
    facts = FrameFacts(FrameKind.ALLIANCE, "联盟", world.town.pk, MAY)
    other = add_frame_group(
        frame=save_frame(facts=facts, **say), kind=FrameGroupKind.AREA, name="组", **say
    )
    with pytest.raises(FrameError) as refusal:
        sign_frame(
            frame=frame, group=other, organisation=firm, signature=Signature(JUNE, "协议"), **say
        )
    assert refusal.value.reason == "other_frame"


def test_a_member_acts_only_while_it_is_one(frame, firm, say):
    member = sign_frame(
        frame=frame, group=None, organisation=firm, signature=Signature(JUNE, "协议"), **say
    )
    note_frame_act(member=member, facts=ActFacts("招聘会", JUNE, 40, "人"), **say)
    leave_frame(member=member, on=JULY, **say)
    leave_frame(member=member, on=JUNE, **say)
    for day in (MAY, JULY, date(2026, 3, 11)):
        with pytest.raises(FrameError) as refusal:
            note_frame_act(member=member, facts=ActFacts("招聘会", day), **say)
        assert refusal.value.reason == "act_on"
    member.refresh_from_db()
    assert member.left_on == JULY
