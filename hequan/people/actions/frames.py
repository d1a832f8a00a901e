"""Frames and alliances (共建框架、联盟): set up, signed, acted under, left."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.people.errors import FrameError
from hequan.people.kinds import FrameGroupKind, FrameKind
from hequan.people.models import (
    Frame,
    FrameAct,
    FrameGroup,
    FrameMember,
    Organisation,
    Person,
)
from hequan.territory.models import Unit


@dataclass(frozen=True)
class FrameFacts:
    """What is said of one frame."""

    kind: FrameKind
    name: str
    unit_id: int
    valid_from: date


@dataclass(frozen=True)
class Signature:
    """What was signed: on which day, by whom for the organisation, under which title."""

    signed_on: date
    agreement: str
    signed_by: Person | None = None


@dataclass(frozen=True)
class ActFacts:
    """What a member did, on which day, and how much where it can be counted: 40, 人次."""

    what: str
    on: date
    amount: int | None = None
    measure: str = ""


@transaction.atomic
def save_frame(
    *, frame: Frame | None = None, facts: FrameFacts, by: Account, at: datetime
) -> Frame:
    """Set up a frame, or correct one."""
    row = Frame.objects.select_for_update().get(pk=frame.pk) if frame else Frame()
    before = {"name": row.name, "unit": row.unit_id} if frame else None
    row.kind, row.name, row.unit_id = facts.kind, facts.name.strip(), facts.unit_id
    row.valid_from = facts.valid_from
    row.save()
    after = {"name": row.name, "unit": row.unit_id}
    verb = "people.frame_corrected" if frame else "people.frame_set_up"
    record(verb=verb, by=by, at=at, thing=row, before=before, after=after)
    return row


@transaction.atomic
def add_frame_group(
    *,
    frame: Frame,
    kind: FrameGroupKind,
    name: str,
    unit: Unit | None = None,
    by: Account,
    at: datetime,
) -> FrameGroup:
    """Add a group of an area or for a task; FrameError for a name the frame has already."""
    held = _open_frame(frame.pk)
    row = FrameGroup(frame=held, kind=kind, name=name.strip(), unit=unit)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise FrameError("group_known") from None
    after = {"frame": held.pk, "name": row.name}
    record(verb="people.frame_group_added", by=by, at=at, thing=row, after=after)
    return row


@transaction.atomic
def sign_frame(
    *,
    frame: Frame,
    group: FrameGroup | None,
    organisation: Organisation,
    signature: Signature,
    by: Account,
    at: datetime,
) -> FrameMember:
    """Enter that an organisation signed; FrameError says why it cannot."""
    held = _open_frame(frame.pk)
    if group is not None and group.frame_id != held.pk:
        raise FrameError("other_frame")
    if organisation.closed_on is not None and organisation.closed_on <= signature.signed_on:
        raise FrameError("closed")
    if signature.signed_on > timezone.localdate(at) or signature.signed_on < held.valid_from:
        raise FrameError("signed_on")
    row = FrameMember(
        frame=held,
        group=group,
        organisation=organisation,
        signed_on=signature.signed_on,
        signed_by=signature.signed_by,
        agreement=signature.agreement.strip(),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise FrameError("signed") from None
    after = {"frame": held.pk, "organisation": organisation.pk, "on": row.signed_on.isoformat()}
    record(verb="people.frame_signed", by=by, at=at, thing=row, after=after)
    return row


@transaction.atomic
def note_frame_act(*, member: FrameMember, facts: ActFacts, by: Account, at: datetime) -> FrameAct:
    """Note what a member did; FrameError for a day on which it was no member or that is to come."""
    held = FrameMember.objects.select_for_update().get(pk=member.pk)
    gone = held.left_on is not None and facts.on >= held.left_on
    if facts.on < held.signed_on or gone or facts.on > timezone.localdate(at):
        raise FrameError("act_on")
    row = FrameAct.objects.create(
        member=held,
        what=facts.what.strip(),
        on=facts.on,
        amount=facts.amount,
        measure=facts.measure.strip(),
    )
    after = {"member": held.pk, "on": row.on.isoformat(), "amount": row.amount}
    record(verb="people.frame_acted", by=by, at=at, thing=row, after=after)
    return row


@transaction.atomic
def leave_frame(*, member: FrameMember, on: date, by: Account, at: datetime) -> None:
    """Enter that a member left; `on` is the first day it is none. Leaving again changes nothing."""
    held = FrameMember.objects.select_for_update().get(pk=member.pk)
    if held.left_on is not None:
        return
    if on < held.signed_on or on > timezone.localdate(at):
        raise FrameError("left_on")
    held.left_on = on
    held.save(update_fields=["left_on"])
    after = {"left_on": on.isoformat()}
    record(verb="people.frame_left", by=by, at=at, thing=held, after=after)


def _open_frame(pk: int) -> Frame:
    found = Frame.objects.select_for_update().get(pk=pk)
    if found.valid_to is not None:
        raise FrameError("ended")
    return found
