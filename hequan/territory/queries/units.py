"""Units as others read them: by code, below another unit, as rows for a list, as one page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from hequan.core import versions
from hequan.territory.kinds import CodeScheme, Level
from hequan.territory.models import CircleSet, PeopleCount, Unit, UnitCode, UnitLineage
from hequan.territory.paths import ids_in

STAMP = "territory"


@dataclass(frozen=True)
class UnitRow:
    """One unit in a list."""

    pk: int
    level: str
    name: str
    code: str
    path: str
    parent_id: int | None
    parent_name: str
    zone_kind: str
    estate_type: str
    households: int | None
    area_km2: float | None
    children: int
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class CodeRow:
    """A code a unit bears or bore."""

    scheme: str
    code: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class LineageRow:
    """A unit this one came out of, or that came out of it."""

    pk: int
    name: str
    kind: str
    on: date


@dataclass(frozen=True)
class UnitPage:
    """All that the page of one unit shows."""

    row: UnitRow
    trail: tuple[Unit, ...]
    codes: tuple[CodeRow, ...]
    origins: tuple[LineageRow, ...]
    successions: tuple[LineageRow, ...]
    people: dict[str, int]
    people_as_of: date | None
    circles: tuple[str, ...]
    homes: int
    homes_people: int


def unit_with_code(code: str) -> Unit | None:
    """Return the unit that bears this code today, the official one before a local one."""
    return units_with_codes([code]).get(code)


def units_with_codes(codes: Iterable[str]) -> dict[str, Unit]:
    """Return the units that bear these codes today, by code; unknown codes are left out."""
    wanted = list(set(codes))
    found: dict[str, Unit] = {}
    for start in range(0, len(wanted), 5000):
        rows = UnitCode.objects.filter(code__in=wanted[start : start + 5000], valid_to=None)
        for row in rows.select_related("unit").order_by("scheme"):
            if row.code not in found or row.scheme == CodeScheme.OFFICIAL:
                found[row.code] = row.unit
    return found


def codes_of_units(ids: Iterable[int]) -> dict[int, str]:
    """Return the code each of these units bears today, the official one before a local one."""
    wanted = list(set(ids))
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 5000):
        rows = UnitCode.objects.filter(unit__in=wanted[start : start + 5000], valid_to=None)
        for unit_id, code in rows.order_by("-scheme").values_list("unit_id", "code"):
            found.setdefault(unit_id, code)
    return found


def root_units() -> QuerySet[Unit]:
    """Return the units that lie in no other, in force today."""
    return Unit.objects.filter(parent=None, valid_to=None).order_by("id")


def units_below(unit: Unit | None, level: Level | str | None = None) -> QuerySet[Unit]:
    """Return the units in force inside this one (None: in the whole territory), without itself."""
    found = Unit.objects.filter(valid_to=None)
    if unit is not None:
        found = found.filter(path__startswith=unit.path).exclude(pk=unit.pk)
    if level is not None:
        found = found.filter(level=level)
    return found.order_by("path" if level is None else "id")


def units_matching(words: str, unit: Unit | None = None) -> QuerySet[Unit]:
    """Return the units in force whose name holds the words or whose code begins with them."""
    words = words.strip()
    by_code = UnitCode.objects.filter(code__startswith=words, valid_to=None).values("unit")
    return units_below(unit).filter(Q(name__icontains=words) | Q(pk__in=by_code))


def _code_of(scheme: CodeScheme) -> Subquery:
    codes = UnitCode.objects.filter(unit=OuterRef("pk"), valid_to=None, scheme=scheme)
    return Subquery(codes.values("code")[:1])


def unit_rows(units: QuerySet[Unit]) -> list[UnitRow]:
    """Return these units as rows, in their order: one query."""
    children = (
        Unit.objects.filter(parent=OuterRef("pk"), valid_to=None)
        .order_by()
        .values("parent")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = units.annotate(
        official=_code_of(CodeScheme.OFFICIAL),
        local=_code_of(CodeScheme.LOCAL),
        below=Subquery(children),
    ).values_list(
        *("pk", "level", "name", "official", "local", "path", "parent_id", "parent__name"),
        *("zone_kind", "estate_type", "households", "boundary__area_km2", "below"),
        *("valid_from", "valid_to"),
    )
    return [
        UnitRow(
            pk=row[0],
            level=row[1],
            name=row[2],
            code=row[3] or row[4] or "",
            path=row[5],
            parent_id=row[6],
            parent_name=row[7] or "",
            zone_kind=row[8],
            estate_type=row[9],
            households=row[10],
            area_km2=row[11],
            children=row[12] or 0,
            valid_from=row[13],
            valid_to=row[14],
        )
        for row in rows.iterator(chunk_size=5000)
    ]


def trail_of(unit: Unit) -> tuple[Unit, ...]:
    """Return the units from the root down to this one."""
    ids = ids_in(unit.path)
    found = Unit.objects.in_bulk(ids)
    return tuple(found[pk] for pk in ids)


def unit_page(unit: Unit) -> UnitPage:
    """Return what the page of this unit shows."""
    codes = unit.codes.order_by("scheme", "-valid_from", "-id")
    homes = unit_homes(unit)
    counts, as_of = people_of(unit)
    circles = CircleSet.objects.filter(circles__units=unit).values_list("name", "circles__name")
    return UnitPage(
        row=unit_rows(Unit.objects.filter(pk=unit.pk))[0],
        trail=trail_of(unit),
        codes=tuple(CodeRow(c.scheme, c.code, c.valid_from, c.valid_to) for c in codes),
        origins=_told(unit.origins.select_related("predecessor"), "predecessor"),
        successions=_told(unit.successions.select_related("successor"), "successor"),
        people=counts,
        people_as_of=as_of,
        circles=tuple(f"{set_name} · {name}" for set_name, name in circles.order_by("name")),
        homes=homes[0],
        homes_people=homes[1],
    )


def _told(rows: QuerySet[UnitLineage], side: str) -> tuple[LineageRow, ...]:
    told = []
    for row in rows.order_by("on", "id"):
        other: Unit = getattr(row, side)
        told.append(LineageRow(other.pk, other.name, row.kind, row.on))
    return tuple(told)


def people_of(unit: Unit) -> tuple[dict[str, int], date | None]:
    """Return the newest count of this unit by age band, and its day; empty where none is."""
    newest = PeopleCount.objects.filter(unit=unit).order_by("-as_of").first()
    if newest is None:
        return {}, None
    rows = PeopleCount.objects.filter(unit=unit, as_of=newest.as_of)
    return dict(rows.values_list("band", "people")), newest.as_of


def unit_homes(unit: Unit) -> tuple[int, int]:
    """Return how many homes lie in this unit and how many people live there."""
    from hequan.territory.queries.homes import homes_below

    found = homes_below(unit).aggregate(homes=Count("pk"), people=Sum("people"))
    return found["homes"], found["people"] or 0


def _ancestors() -> dict[int, tuple[str, str]]:
    rows = Unit.objects.values_list("pk", "level", "path")
    return {pk: (level, path) for pk, level, path in rows}


_kept_ancestors = versions.Kept(_ancestors, STAMP)


def ancestor_ids(unit_ids: npt.ArrayLike, level: Level | str) -> npt.NDArray[np.int64]:
    """Return for each unit the one of that level it lies in (or is); 0 where there is none."""
    known = _kept_ancestors.get()
    ids = np.asarray(unit_ids, dtype=np.int64)
    each, position = np.unique(ids, return_inverse=True)
    above = [_ancestor(known, int(pk), level) for pk in each]
    return np.asarray(above, dtype=np.int64)[position] if len(ids) else ids


def _ancestor(known: dict[int, tuple[str, str]], pk: int, level: str) -> int:
    if pk not in known:
        return 0
    parts = ids_in(known[pk][1])
    return next((part for part in parts if known[part][0] == level), 0)


def units_with_ids(ids: Iterable[int]) -> dict[int, Unit]:
    """Return these units by id; unknown ids are left out."""
    wanted = list(set(ids))
    found: dict[int, Unit] = {}
    for start in range(0, len(wanted), 5000):
        found.update(Unit.objects.in_bulk(wanted[start : start + 5000]))
    return found


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """Return the names of these units by id."""
    wanted = list(set(ids))
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 5000):
        rows = Unit.objects.filter(pk__in=wanted[start : start + 5000])
        found.update(rows.values_list("pk", "name"))
    return found
