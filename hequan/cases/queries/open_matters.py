"""What is open and may be read by everybody (公开事项): only cases of which words were released.

Class, committee, state and day; never who asked, nor a door, nor words that nobody looked at first.
A confidential case is not among them, whatever was once released of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from hequan.cases.models import Case
from hequan.cases.queries.photos import released_photos
from hequan.cases.queries.public import STILL_OPEN
from hequan.cases.queries.status import matter_row
from hequan.cases.without_numbers import without_numbers
from hequan.roster.days import day_of
from hequan.roster.matters import MatterRow
from hequan.territory.kinds import Level
from hequan.territory.models import Unit
from hequan.territory.paths import ids_in


@dataclass(frozen=True)
class OpenMatter:
    """An open case as everybody may read it; `others` reported it too, `photos` were published."""

    number: str
    matter: MatterRow | None
    committee: str
    state: str
    since: date
    words: str
    others: int
    photos: tuple[int, ...] = ()


def open_matters(class_code: str = "", unit: Unit | None = None) -> QuerySet[Case]:
    """Return the open cases everybody may read of, the newest first, of a class and in a unit."""
    rows = Case.objects.filter(
        state__in=STILL_OPEN, is_confidential=False, public_words__isnull=False
    )
    if class_code:
        rows = rows.filter(Q(matter__code=class_code) | Q(matter__parent__code=class_code))
    if unit is not None:
        rows = rows.filter(unit__path__startswith=unit.path)
    return rows.order_by("-opened_at", "-pk")


def open_lines(rows: Iterable[Case], at: datetime) -> tuple[OpenMatter, ...]:
    """Return a page of them as it is read: three queries."""
    joined = Count("followers", distinct=True) + Count("merged", distinct=True)
    keys = [row.pk for row in rows]
    loaded = Case.objects.filter(pk__in=keys).select_related("unit", "matter", "public_words")
    found = list(loaded.annotate(others=joined).order_by("-opened_at", "-pk"))
    names = _committees(row.unit.path for row in found)
    photos = released_photos(keys)
    return tuple(_line(row, names, photos.get(row.pk, ()), at) for row in found)


def _line(row: Case, names: dict[int, str], photos: tuple[int, ...], at: datetime) -> OpenMatter:
    way = ids_in(row.unit.path)
    return OpenMatter(
        number=row.number,
        matter=matter_row(row.matter, at),
        committee=next((names[one] for one in reversed(way) if one in names), ""),
        state=row.state,
        since=day_of(row.opened_at),
        words=without_numbers(row.public_words.words),
        others=row.others,  # type: ignore[attr-defined]
        photos=photos,
    )


def _committees(paths: Iterable[str]) -> dict[int, str]:
    """Return the names of the committees and towns on the way to these places: one query."""
    ids = {pk for path in paths for pk in ids_in(path)}
    shown = Unit.objects.filter(pk__in=sorted(ids), level__in=(Level.TOWN, Level.COMMITTEE))
    return dict(shown.values_list("pk", "name"))
