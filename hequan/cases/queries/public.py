"""What everybody may know of a case (公开信息): its class, roughly where, how it stands.

Never who asked, nor who works on it. The words only where somebody released them, and then without
numbers. A confidential case is not there, by its number neither: that it exists tells too much.
A point is rounded to about 100 m: it tells the corner, not the door.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from hequan.cases.kinds import OPEN_STATES, CaseState
from hequan.cases.models import Case, PublicWords
from hequan.cases.queries.photos import released_photos
from hequan.cases.queries.status import matter_row
from hequan.cases.without_numbers import without_numbers
from hequan.roster.matters import MatterRow
from hequan.roster.models import Matter
from hequan.territory.kinds import Level
from hequan.territory.models import Unit
from hequan.territory.paths import ids_in
from hequan.territory.queries import codes_of_units

# the answer is out: for everybody else it is done, though the asker may still judge it
STILL_OPEN = tuple(one for one in OPEN_STATES if one != CaseState.PUBLISHED)
POINT_DIGITS = 3
_SHOWN = (Level.TOWN, Level.AREA, Level.COMMITTEE, Level.GRID)
_SHOWN_CONFIDENTIAL = (Level.TOWN, Level.AREA, Level.COMMITTEE)


@dataclass(frozen=True)
class PublicAsked:
    """Which cases are asked for: by number, or opened in a span, of some classes or states."""

    begins: datetime
    ends: datetime
    numbers: Collection[str] = ()
    codes: Collection[str] = ()
    is_open: bool | None = None
    path: str = "/"
    offset: int = 0
    limit: int = 1000


@dataclass(frozen=True)
class PublicCase:
    """A case as everybody may know it; `places` go from the smallest to the largest."""

    number: str
    is_open: bool
    state: str
    result: str
    matter: MatterRow | None
    words: str
    places: tuple[str, ...]
    place_code: str
    lon: float | None
    lat: float | None
    body: str
    opened_at: datetime
    updated_at: datetime
    due_at: datetime | None
    photo: int | None


def public_cases(asked: PublicAsked, at: datetime) -> list[PublicCase]:
    """Return the cases asked for, the newest first; numbers override everything else."""
    rows = _wanted(asked).select_related("unit", "matter", "organisation", "public_words")
    page = list(rows.order_by("-opened_at", "-pk")[asked.offset : asked.offset + asked.limit])
    units = _units_of(page)
    seen = _Seen(units, codes_of_units(units), released_photos([row.pk for row in page]), at)
    return [_public(row, seen) for row in page]


def _wanted(asked: PublicAsked) -> QuerySet[Case]:
    within = Case.objects.filter(is_confidential=False)
    if asked.path != "/":
        within = within.filter(unit__path__startswith=asked.path)
    if asked.numbers:
        return within.filter(number__in=asked.numbers)
    rows = within.filter(opened_at__gte=asked.begins, opened_at__lte=asked.ends)
    if asked.codes:
        known = Matter.objects.filter(code__in=asked.codes).values_list("pk", flat=True)
        rows = rows.filter(matter__in=list(known))
    if asked.is_open is not None:
        standing = Q(state__in=STILL_OPEN)
        rows = rows.filter(standing if asked.is_open else ~standing)
    return rows


def _units_of(rows: Iterable[Case]) -> Mapping[int, Unit]:
    """Return the units on the way to every case's place: one query."""
    ids = {pk for row in rows for pk in ids_in(row.unit.path)}
    return Unit.objects.in_bulk(sorted(ids))


@dataclass(frozen=True)
class _Seen:
    """What a page of cases is shown with, read once for all of them."""

    units: Mapping[int, Unit]
    codes: Mapping[int, str]
    photos: Mapping[int, tuple[int, ...]]
    at: datetime


def _public(row: Case, seen: _Seen) -> PublicCase:
    way = [seen.units[pk] for pk in ids_in(row.unit.path)]
    trail = [one for one in reversed(way) if level_shown(one.level)]
    has_point = row.lon is not None and row.lat is not None
    is_open = row.state in STILL_OPEN
    return PublicCase(
        number=row.number,
        is_open=is_open,
        state=row.state,
        result="" if is_open else row.result,
        matter=matter_row(row.matter, seen.at),
        words=_released(row),
        places=tuple(one.name for one in trail),
        place_code=seen.codes.get(trail[0].pk, "") if trail else "",
        lon=round(row.lon, POINT_DIGITS) if has_point and row.lon is not None else None,
        lat=round(row.lat, POINT_DIGITS) if has_point and row.lat is not None else None,
        body=row.organisation.name if row.organisation else "",
        opened_at=row.opened_at,
        updated_at=_updated_at(row),
        due_at=row.solve_due_at if is_open and row.due_at is not None else None,
        photo=_first_photo(row, seen),
    )


def level_shown(level: str, is_confidential: bool = False) -> bool:
    """Tell whether everybody may know a unit of this level as the place of a case."""
    return level in (_SHOWN_CONFIDENTIAL if is_confidential else _SHOWN)


def _first_photo(row: Case, seen: _Seen) -> int | None:
    photos = seen.photos.get(row.pk, ())
    return photos[0] if photos else None


def _released(row: Case) -> str:
    found = getattr(row, "public_words", None)  # a one-to-one that is not there has no attribute
    return without_numbers(found.words) if found else ""


def _updated_at(row: Case) -> datetime:
    """Return when the case last changed as far as everybody may know; closed ones, when closed."""
    ended = row.published_at if row.state == CaseState.PUBLISHED else row.closed_at
    if ended is not None and row.state not in STILL_OPEN:
        return ended
    moments = (row.opened_at, row.contacted_at, row.accepted_at, row.paused_at, row.answered_at)
    return max(one for one in (*moments, row.published_at, row.closed_at) if one is not None)


def words_for_everybody(case: Case) -> str:
    """Return what is released of a case, else what was asked without its numbers, to begin with."""
    found = PublicWords.objects.filter(case=case).first()
    return found.words if found else without_numbers(case.words)


def are_words_released(case: Case) -> bool:
    """Tell whether everybody may read words of the case."""
    return not case.is_confidential and PublicWords.objects.filter(case=case).exists()
