"""Organisations as others read them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from hequan.people.models import Organisation
from hequan.territory.models import Unit


def organisations_matching(words: str = "", unit: Unit | None = None) -> QuerySet[Organisation]:
    """Return the organisations in being whose name, address or code holds the words."""
    found = Organisation.objects.filter(closed_on=None).select_related("unit")
    if unit is not None:
        found = found.filter(unit__path__startswith=unit.path)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(address__icontains=word) | Q(credit_code__istartswith=word)
        )
    return found.order_by("name", "id")


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
