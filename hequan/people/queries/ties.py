"""What ties people to organisations and to each other (关系), as far as an account may see it.

Which party branch somebody belongs to is sensitive: it is shown only to whoever may edit that very
branch, and to nobody else, whatever else she may see of the person.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from hequan.core.kinds import Capability
from hequan.people.access import organisations_visible, persons_visible
from hequan.people.kinds import OrganisationKind
from hequan.people.models import Guardianship, Membership, Organisation, Person


def memberships_on(day: date) -> QuerySet[Membership]:
    """Return the memberships in force on that day."""
    return Membership.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


def memberships_seen(person: Person, user: object, at: datetime) -> list[Membership]:
    """Return what a person belongs to and belonged to, as far as the account may know it."""
    found = Membership.objects.filter(person=person).select_related("organisation")
    branch = Q(organisation__kind=OrganisationKind.BRANCH)
    own_branches = organisations_visible(user, at).filter(kind=OrganisationKind.BRANCH)
    told = found.filter(~branch | Q(organisation__in=own_branches.values("pk")))
    return list(told.order_by("-valid_from", "pk"))


@dataclass(frozen=True)
class MembersSeen:
    """The members of an organisation an account may see by name, and how many it may not."""

    rows: list[Membership]
    hidden: int
    is_secret: bool = False


def members_seen(
    organisation: Organisation, user: object, at: datetime, limit: int = 200
) -> MembersSeen:
    """Return who belongs to an organisation today, the first of them by role and name.

    The members of a branch are told to nobody but whoever may edit that branch.
    """
    held = memberships_on(timezone.localdate(at)).filter(
        organisation=organisation, person__merged_into=None
    )
    branch = organisation.kind == OrganisationKind.BRANCH
    mine = organisations_visible(user, at).filter(pk=organisation.pk)
    if branch and not mine.exists():
        return MembersSeen([], 0, is_secret=True)
    seen = held.filter(person__in=persons_visible(user, at).values("pk"))
    rows = seen.select_related("person__unit").order_by("role", "person__name", "pk")
    total, shown = held.count(), list(rows[:limit])
    return MembersSeen(shown, total - len(shown))


def membership_for(user: object, pk: int, at: datetime) -> Membership | None:
    """Return a membership the account may end: of an organisation it may edit."""
    found = Membership.objects.select_related("organisation", "person").filter(pk=pk)
    mine = organisations_visible(user, at, Capability.EDIT_ORGANISATIONS)
    return found.filter(organisation__in=mine.values("pk")).first()


def guardianships_of(person: Person) -> list[Guardianship]:
    """Return everybody who acts or acted for this person, those in force first."""
    rows = Guardianship.objects.filter(minor=person).select_related("guardian__unit")
    return sorted(rows, key=lambda row: (row.valid_to is not None, row.pk))


def wards_of(person: Person) -> list[Guardianship]:
    """Return everybody this person acts or acted for, those in force first."""
    rows = Guardianship.objects.filter(guardian=person).select_related("minor__unit")
    return sorted(rows, key=lambda row: (row.valid_to is not None, row.pk))


def guardianship_for(user: object, pk: int, at: datetime) -> Guardianship | None:
    """Return a guardianship the account may end: of a minor it may edit."""
    mine = persons_visible(user, at, Capability.EDIT_PEOPLE)
    return Guardianship.objects.filter(pk=pk, minor__in=mine.values("pk")).first()
