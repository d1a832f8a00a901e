"""Organisations as others read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from hequan.core.kinds import Capability
from hequan.people.access import organisations_visible
from hequan.people.kinds import OrganisationKind
from hequan.people.models import Organisation
from hequan.people.queries.prefixes import begins_with
from hequan.territory.models import Unit


def organisations_matching(words: str = "", unit: Unit | None = None) -> QuerySet[Organisation]:
    """Return the organisations in being whose name, address or code holds the words."""
    found = Organisation.objects.filter(closed_on=None).select_related("unit")
    if unit is not None:
        found = found.filter(unit__path__startswith=unit.path)
    return _holding(found, words).order_by("name", "id")


@dataclass(frozen=True)
class OrganisationsAsked:
    """What a list of organisations is narrowed to; `closed` shows those that are no more."""

    words: str = ""
    kind: str = ""
    closed: bool = False


def organisations_seen(
    user: object,
    at: datetime,
    asked: OrganisationsAsked,
    capability: Capability = Capability.SEE_BOARD,
) -> QuerySet[Organisation]:
    """Return the organisations an account may see that fit, by name, each with its members.

    `members` counts those of today; those of a party branch are not counted.
    """
    day = timezone.localdate(at)
    found = organisations_visible(user, at, capability).filter(closed_on__isnull=not asked.closed)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    today = Q(memberships__valid_from__lte=day) & (
        Q(memberships__valid_to=None) | Q(memberships__valid_to__gt=day)
    )
    open_to_all = ~Q(kind=OrganisationKind.BRANCH) & Q(memberships__person__merged_into=None)
    counted = Count("memberships", filter=today & open_to_all)
    found = _holding(found, asked.words).select_related("unit")
    return found.annotate(members=counted).order_by("name", "pk")


def organisations_found(user: object, at: datetime, words: str, limit: int) -> list[Organisation]:
    """Return the first organisations in being an account may see that a search finds."""
    found = organisations_visible(user, at, Capability.SEE_BOARD).filter(closed_on=None)
    rows = _holding(found, words).select_related("unit")
    return list(rows.order_by("name", "pk")[:limit])


def _holding(found: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """Keep what holds every word: in name, address or code, or as the name's initials."""
    for word in words.split():
        fits = Q(name__icontains=word) | Q(address__icontains=word)
        if word.isascii() and word.isalnum() and len(word) > 1:
            fits |= begins_with("initials", word.lower()) | begins_with("credit_code", word.upper())
        found = found.filter(fits)
    return found


def organisation_with_credit_code(code: str) -> Organisation | None:
    """Return the organisation that bears this unified social credit code."""
    return Organisation.objects.filter(credit_code=code).first() if code else None


def organisations_by_credit_code(codes: Iterable[str]) -> dict[str, Organisation]:
    """Return the organisations that bear these codes, by code."""
    wanted = [code for code in set(codes) if code]
    found: dict[str, Organisation] = {}
    for start in range(0, len(wanted), 5000):
        rows = Organisation.objects.filter(credit_code__in=wanted[start : start + 5000])
        found.update({row.credit_code: row for row in rows})
    return found


def organisations_by_name(names: Iterable[str]) -> dict[tuple[str, int | None], Organisation]:
    """Return the organisations without a code that bear these names, by name and unit."""
    wanted = list(set(names))
    found: dict[tuple[str, int | None], Organisation] = {}
    for start in range(0, len(wanted), 5000):
        rows = Organisation.objects.filter(name__in=wanted[start : start + 5000], credit_code="")
        found.update({(row.name, row.unit_id): row for row in rows.order_by("-id")})
    return found
