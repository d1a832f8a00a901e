"""Frames as trees (共建框架): groups, members that signed, and what they did, counted."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from hequan.core.grants import EVERYWHERE, paths_granted
from hequan.core.kinds import Capability
from hequan.people.errors import NoSuchFrameError
from hequan.people.models import Frame, FrameAct, FrameGroup, FrameMember


@dataclass(frozen=True)
class MemberRow:
    """One organisation in a frame."""

    pk: int
    organisation_pk: int
    organisation: str
    kind: str
    signed_on: date
    signed_by: str
    agreement: str
    left_on: date | None
    acts: int
    last_act_on: date | None


@dataclass(frozen=True)
class GroupRow:
    """One group of a frame with its members; pk is None for those in the frame itself."""

    pk: int | None
    kind: str
    name: str
    unit: str
    members: list[MemberRow]

    @property
    def acting(self) -> int:
        """Return how many members did anything."""
        return sum(1 for row in self.members if row.acts)


@dataclass(frozen=True)
class FrameTree:
    """A frame with its groups, areas first, and the members of each."""

    frame: Frame
    groups: list[GroupRow]

    @property
    def signed(self) -> int:
        """Return how many organisations are members, each counted once."""
        return len({row.organisation_pk for group in self.groups for row in group.members})

    @property
    def acting(self) -> int:
        """Return how many of them did anything."""
        rows = [row for group in self.groups for row in group.members]
        return len({row.organisation_pk for row in rows if row.acts})

    def count(self, kind: str) -> int:
        """Return how many groups of one kind there are."""
        return sum(1 for group in self.groups if group.kind == kind)

    @property
    def areas(self) -> int:
        """Return how many groups of areas there are."""
        return self.count("area")

    @property
    def working_groups(self) -> int:
        """Return how many groups for a task there are."""
        return self.count("working_group")


def frames_visible(user: object, at: datetime, capability: Capability) -> QuerySet[Frame]:
    """Return the frames of the parts where the account holds the capability, by kind and name."""
    paths = paths_granted(user, capability, at)
    allowed = Q(pk__in=[])
    for path in paths:
        allowed |= Q(unit__path__startswith=path)
    found = Frame.objects.select_related("unit").order_by("kind", "name", "pk")
    return found if EVERYWHERE in paths else found.filter(allowed)


def frame_for(user: object, pk: int, at: datetime, capability: Capability) -> Frame:
    """Return one frame; NoSuchFrameError where the account may not open it, or there is none."""
    found = frames_visible(user, at, capability).filter(pk=pk).first()
    if found is None:
        raise NoSuchFrameError
    return found


def frame_member_for(user: object, pk: int, at: datetime, capability: Capability) -> FrameMember:
    """Return a member of a frame the account may open; NoSuchFrameError where it may not."""
    found = FrameMember.objects.select_related("frame__unit", "organisation", "group")
    member = found.filter(pk=pk, frame__in=frames_visible(user, at, capability)).first()
    if member is None:
        raise NoSuchFrameError
    return member


def frame_counts(frames: QuerySet[Frame]) -> list[tuple[Frame, int, int]]:
    """Return each frame with how many organisations signed and how many acts there are."""
    counted = frames.annotate(
        signed=Count("members__organisation", filter=Q(members__left_on=None), distinct=True),
        done=Count("members__acts", distinct=True),
    )
    return [(row, row.signed, row.done) for row in counted]


def frame_tree(frame: Frame) -> FrameTree:
    """Return a frame with its groups and the members that have not left: three queries."""
    by_group: dict[int | None, list[MemberRow]] = defaultdict(list)
    members = FrameMember.objects.filter(frame=frame, left_on=None)
    for row in _member_rows(members):
        by_group[row[0]].append(row[1])
    order = {"area": 0, "working_group": 1}
    groups = sorted(
        FrameGroup.objects.filter(frame=frame).select_related("unit"),
        key=lambda one: (order.get(one.kind, 2), one.pk),
    )
    rows = [
        GroupRow(one.pk, one.kind, one.name, one.unit.name if one.unit else "", by_group[one.pk])
        for one in groups
    ]
    if by_group[None] or not rows:
        rows.append(GroupRow(None, "", "", "", by_group[None]))
    return FrameTree(frame, rows)


def frame_group(frame: Frame, pk: int | str | None) -> FrameGroup | None:
    """Return one group of this frame, None for the frame itself and for no group of its own."""
    return FrameGroup.objects.filter(frame=frame, pk=pk).first() if pk else None


def frames_of_organisation(organisation_pk: int) -> list[FrameMember]:
    """Return what an organisation signed, those it left last."""
    found = FrameMember.objects.filter(organisation=organisation_pk)
    rows = found.select_related("frame", "group", "signed_by").annotate(done=Count("acts"))
    return sorted(rows, key=lambda row: (row.left_on is not None, row.pk))


def acts_of_member(member: FrameMember, limit: int = 100) -> list[FrameAct]:
    """Return what a member did, the latest first."""
    return list(FrameAct.objects.filter(member=member).order_by("-on", "-pk")[:limit])


def _member_rows(members: QuerySet[FrameMember]) -> list[tuple[int | None, MemberRow]]:
    found = members.select_related("organisation", "signed_by").annotate(
        done=Count("acts"), last=Max("acts__on")
    )
    return [
        (
            one.group_id,
            MemberRow(
                one.pk,
                one.organisation_id,
                one.organisation.name,
                one.organisation.kind,
                one.signed_on,
                one.signed_by.name if one.signed_by else "",
                one.agreement,
                one.left_on,
                one.done,
                one.last,
            ),
        )
        for one in found.order_by("signed_on", "pk")
    ]
