"""The one door to people and organisations: by an account's grants and nothing else.

A person is open to whoever holds the capability over the part of the territory where she lives, or
for an organisation she belongs to. One without a unit, who came by herself, is open to whoever
holds it everywhere or over a whole town: a unit that lies in no other.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hequan.core.grants import EVERYWHERE, organisations_granted, paths_granted
from hequan.core.kinds import Capability
from hequan.people.errors import NoSuchOrganisationError, NoSuchPersonError
from hequan.people.models import Membership, Organisation, Person


def persons_visible(
    user: object, at: datetime, capability: Capability = Capability.SEE_PEOPLE
) -> QuerySet[Person]:
    """Return the people an account may act on, neither merged nor erased, in no order."""
    standing = Person.objects.filter(merged_into=None, erased_at=None)
    paths = paths_granted(user, capability, at)
    if EVERYWHERE in paths:
        return standing
    allowed = Q(pk__in=[])
    for path in paths:
        allowed |= Q(unit__path__startswith=path)
    if any(map(_is_top, paths)):
        allowed |= Q(unit=None)
    bodies = organisations_granted(user, capability, at)
    if bodies:
        allowed |= Q(_belongs(bodies, at))
    return standing.filter(allowed)


def person_for(
    user: object, pk: int, at: datetime, capability: Capability = Capability.SEE_PEOPLE
) -> Person:
    """Return a person the account may act on; for a merged row, whoever stands for it.

    NoSuchPersonError for one the account may not act on, one erased, and none at all.
    """
    visible = persons_visible(user, at, capability).select_related("unit")
    found = visible.filter(pk=pk).first() or visible.filter(merged__pk=pk).first()
    if found is None:
        raise NoSuchPersonError
    return found


def organisations_visible(
    user: object, at: datetime, capability: Capability = Capability.EDIT_ORGANISATIONS
) -> QuerySet[Organisation]:
    """Return the organisations an account may act on, closed ones too, in no order."""
    paths = paths_granted(user, capability, at)
    if EVERYWHERE in paths:
        return Organisation.objects.all()
    allowed = Q(pk__in=organisations_granted(user, capability, at))
    for path in paths:
        allowed |= Q(unit__path__startswith=path)
    return Organisation.objects.filter(allowed)


def organisation_for(user: object, pk: int, at: datetime, capability: Capability) -> Organisation:
    """Return an organisation in a part where the account holds the capability, or granted itself.

    One that belongs to no unit takes a grant for everywhere. NoSuchOrganisationError for one the
    account may not act on and for none at all.
    """
    visible = organisations_visible(user, at, capability).select_related("unit")
    found = visible.filter(pk=pk).first()
    if found is None:
        raise NoSuchOrganisationError
    return found


def _is_top(path: str) -> bool:
    """Tell whether a path such as `/1/` names a unit that lies in no other."""
    return path.strip("/").isdigit()


def _belongs(bodies: tuple[int, ...], at: datetime) -> Exists:
    day = timezone.localdate(at)
    held = Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=day),
        person=OuterRef("pk"),
        organisation__in=bodies,
        valid_from__lte=day,
    )
    return Exists(held)
