"""The one door to the roster: what an account may see and change, by its grants and nothing else.

Two axes: what lies in a part of the territory, and what belongs to an organisation the account
acts for.
"""

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from hequan.core.accounts import SYSTEM, Account
from hequan.core.grants import (
    EVERYWHERE,
    is_granted_for,
    organisations_granted,
    paths_granted,
)
from hequan.core.kinds import Capability
from hequan.people.models import Organisation, Person
from hequan.roster.errors import (
    ListNotFoundError,
    MatterNotFoundError,
    NotInRosterError,
)
from hequan.roster.kinds import PlaceKind, PostKind
from hequan.roster.models import (
    DutyPattern,
    DutySlot,
    Leave,
    Matter,
    Mentoring,
    Pool,
    PoolMember,
    Post,
    Registration,
    ResponsibilityList,
    ServiceArea,
)
from hequan.roster.places import Place
from hequan.roster.post_capabilities import capabilities_of_kind
from hequan.stations.models import Station
from hequan.territory.models import Unit

T = TypeVar("T", DutySlot, DutyPattern)
_ROWS: dict[PlaceKind, type[Model]] = {
    PlaceKind.UNIT: Unit,
    PlaceKind.STATION: Station,
    PlaceKind.ORGANISATION: Organisation,
}


def parts_for(user: object, at: datetime, capability: Capability) -> tuple[str, ...]:
    """Return the parts of the territory where the account holds the capability, widest only."""
    paths = set(paths_granted(user, capability, at))
    return tuple(
        sorted(p for p in paths if not any(p != other and p.startswith(other) for other in paths))
    )


def lies_in(parts: tuple[str, ...], *, unit: str = "", station: str = "") -> Q:
    """Return the filter of rows whose unit or station lies in these parts."""
    if EVERYWHERE in parts:
        return Q()
    allowed = Q(pk__in=[])
    for part in parts:
        if unit:
            allowed |= Q(**{f"{unit}__path__startswith": part})
        if station:
            allowed |= Q(**{f"{station}__unit__path__startswith": part})
    return allowed


def posts_visible(
    user: object, at: datetime, capability: Capability = Capability.SEE_ROSTER
) -> QuerySet[Post]:
    """Return the posts of the parts and organisations where the account holds the capability."""
    parts = parts_for(user, at, capability)
    if EVERYWHERE in parts:
        return Post.objects.all()
    allowed = lies_in(parts, unit="unit", station="station")
    for part in parts:
        allowed |= Q(organisation__unit__path__startswith=part)
    bodies = organisations_granted(user, capability, at)
    return Post.objects.filter(allowed | Q(organisation__in=bodies) if bodies else allowed)


def post_for(
    user: object, pk: int, at: datetime, capability: Capability = Capability.EDIT_ROSTER
) -> Post:
    """Return a post the account may act on; NotInRosterError for it and for none at all."""
    found = _post_rows().filter(pk=pk).first()
    if found is None or not may(user, place_of(found), at, capability):
        raise NotInRosterError
    return found


def _post_rows() -> QuerySet[Post]:
    return Post.objects.select_related("person", "unit", "station__unit", "organisation__unit")


def place_of(row: Post | DutySlot | DutyPattern) -> Place:
    """Return where a post or a duty is held."""
    body = getattr(row, "organisation", None)
    return Place.of(row.unit or row.station or body)  # type: ignore[arg-type] # one of them is set


def place_for(
    user: object,
    kind: PlaceKind,
    pk: int,
    at: datetime,
    capability: Capability = Capability.EDIT_ROSTER,
) -> Place:
    """Return a unit, station or organisation the account may act on in the roster."""
    rows = _ROWS[kind]._default_manager.filter(pk=pk)
    found = (rows if kind is PlaceKind.UNIT else rows.select_related("unit")).first()
    if found is None or not may(user, Place.of(found), at, capability):  # type: ignore[arg-type]
        raise NotInRosterError
    return Place.of(found)  # type: ignore[arg-type] # one of the three


def may(user: object, place: Place, at: datetime, capability: Capability) -> bool:
    """Tell whether the account holds the capability over this place."""
    return is_granted_for(user, capability, place.path, place.organisation, at)


def lacking_to_appoint(
    by: Account, kind: PostKind, place: Place, at: datetime
) -> tuple[Capability, ...]:
    """Return what the post gives at that place and the appointer does not hold there herself.

    The system account signs for commands and jobs and lacks nothing.
    """
    if by.username == SYSTEM:
        return ()
    wanted = capabilities_of_kind(kind) | {Capability.EDIT_ROSTER}
    return tuple(one for one in Capability if one in wanted and not may(by, place, at, one))


def slot_for(user: object, pk: int, at: datetime) -> DutySlot:
    """Return a duty slot of a place the account may edit."""
    rows = DutySlot.objects.select_related("unit", "station__unit", "person", "stands_for", "post")
    return _at_its_place(user, rows.filter(pk=pk).first(), at)


def slots_visible(
    user: object, at: datetime, capability: Capability = Capability.SEE_ROSTER
) -> QuerySet[DutySlot]:
    """Return the duties of the parts where the account holds the capability."""
    parts = parts_for(user, at, capability)
    return DutySlot.objects.filter(lies_in(parts, unit="unit", station="station"))


def pattern_for(user: object, pk: int, at: datetime) -> DutyPattern:
    """Return a weekly duty of a place the account may edit."""
    rows = DutyPattern.objects.select_related("unit", "station__unit", "person", "post")
    return _at_its_place(user, rows.filter(pk=pk).first(), at)


def _at_its_place(user: object, found: T | None, at: datetime) -> T:
    if found is None or not may(user, place_of(found), at, Capability.EDIT_ROSTER):
        raise NotInRosterError
    return found


def persons_in_reach(
    user: object, at: datetime, capability: Capability = Capability.EDIT_ROSTER
) -> QuerySet[Person]:
    """Return the people with a post the account may act on: whom it may put on duty or on leave."""
    return Person.objects.filter(posts__in=posts_visible(user, at, capability)).distinct()


def leave_for(user: object, pk: int, at: datetime) -> Leave:
    """Return the leave of somebody with a post the account may act on."""
    found = Leave.objects.select_related("person").filter(pk=pk).first()
    mine = posts_visible(user, at, Capability.EDIT_ROSTER)
    if found is None or not mine.filter(person=found.person_id).exists():
        raise NotInRosterError
    return found


def pools_visible(
    user: object, at: datetime, capability: Capability = Capability.SEE_ROSTER
) -> QuerySet[Pool]:
    """Return the pools of stations in the parts where the account holds the capability."""
    return Pool.objects.filter(lies_in(parts_for(user, at, capability), station="station"))


def pool_for(
    user: object, pk: int, at: datetime, capability: Capability = Capability.EDIT_ROSTER
) -> Pool:
    """Return a pool of a station the account may act on."""
    found = Pool.objects.select_related("station__unit").filter(pk=pk).first()
    if found is None or not may(user, Place.of(found.station), at, capability):
        raise NotInRosterError
    return found


def pool_member_for(user: object, pk: int, at: datetime) -> PoolMember:
    """Return a member of a pool the account may edit."""
    found = PoolMember.objects.select_related("person", "pool").filter(pk=pk).first()
    if found is None:
        raise NotInRosterError
    pool_for(user, found.pool_id, at)
    return found


def mentorings_visible(
    user: object, at: datetime, capability: Capability = Capability.SEE_ROSTER
) -> QuerySet[Mentoring]:
    """Return the pairs whose learner holds a post the account may see."""
    return Mentoring.objects.filter(learner__in=posts_visible(user, at, capability))


def mentoring_for(
    user: object, pk: int, at: datetime, capability: Capability = Capability.EDIT_ROSTER
) -> Mentoring:
    """Return a pair whose learner holds a post the account may act on."""
    rows = Mentoring.objects.select_related("mentor__person", "learner__person")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotInRosterError
    post_for(user, found.learner_id, at, capability)
    return found


def registrations_visible(
    user: object, at: datetime, capability: Capability = Capability.ACT_ON_BEHALF
) -> QuerySet[Registration]:
    """Return the registrations at stations and areas where the account serves people."""
    parts = parts_for(user, at, capability)
    return Registration.objects.filter(lies_in(parts, unit="area", station="station"))


def registration_for(user: object, pk: int, at: datetime) -> Registration:
    """Return a registration at a station or an area where the account serves people."""
    rows = registrations_visible(user, at).select_related("person", "organisation")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotInRosterError
    return found


def list_for(
    user: object, pk: int, at: datetime, capability: Capability = Capability.SEE_ROSTER
) -> ResponsibilityList:
    """Return a responsibility list the account may act on.

    Seeing takes a published list of a unit above as well: it holds below. A draft is seen by
    those who may see the roster of its own unit.
    """
    found = ResponsibilityList.objects.select_related("unit").filter(pk=pk).first()
    if found is None:
        raise ListNotFoundError
    parts = paths_granted(user, capability, at)
    inside = any(found.unit.path.startswith(part) for part in parts)
    from_below = (
        capability == Capability.SEE_ROSTER
        and found.published_at is not None
        and any(part.startswith(found.unit.path) for part in parts)
    )
    if not inside and not from_below:
        raise ListNotFoundError
    return found


def matter_for(user: object, pk: int, at: datetime) -> Matter:
    """Return a matter for an account that edits responsibilities anywhere; all towns share it."""
    found = Matter.objects.filter(pk=pk).first()
    if found is None or not paths_granted(user, Capability.EDIT_RESPONSIBILITIES, at):
        raise MatterNotFoundError
    return found


def service_area_for(user: object, pk: int, at: datetime) -> ServiceArea:
    """Return who serves a unit where the account edits responsibilities."""
    found = ServiceArea.objects.select_related("unit", "organisation").filter(pk=pk).first()
    parts = paths_granted(user, Capability.EDIT_RESPONSIBILITIES, at)
    if found is None or not any(found.unit.path.startswith(part) for part in parts):
        raise ListNotFoundError
    return found
