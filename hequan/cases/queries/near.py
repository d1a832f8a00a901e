"""What is open nearby of the same matter (附近同类工单): told before another case is opened."""

from dataclasses import dataclass, replace
from datetime import datetime
from math import cos, hypot, radians

from django.db.models import Count, Q, QuerySet

from hequan.cases.asking import Asking
from hequan.cases.kinds import OPEN_STATES
from hequan.cases.models import Case
from hequan.cases.queries.photos import released_photos
from hequan.cases.queries.public import POINT_DIGITS
from hequan.cases.queries.status import matter_row
from hequan.cases.without_numbers import without_numbers
from hequan.core.rule_values import rule_value
from hequan.roster.days import day_of
from hequan.roster.matters import MatterRow
from hequan.roster.models import Matter
from hequan.territory.kinds import Level
from hequan.territory.models import Unit
from hequan.territory.paths import ids_in
from hequan.territory.queries import unit_at

MOST = 5
_READ = 200  # in one quarter-kilometre; the newest of more
_METRES_OF_A_DEGREE = 111_195.0
_ROUNDED_TO = 10
_FIRST_WORDS = 60


@dataclass(frozen=True)
class NearCase:
    """An open case as anybody may see it; `metres` is None where its place is known by unit only.

    Everybody reads the words that somebody released, an account the beginning of what it may open
    anyhow; both without numbers. The point is what public pages show, to about 100 m; the photo
    one that was published. A confidential case is told to an account that may open it, and to
    nobody else: without words, distance, point or photo, and no place smaller than a committee.
    """

    pk: int
    number: str
    matter: MatterRow | None
    state: str
    opened_at: datetime
    metres: int | None
    unit: str
    words: str
    others: int
    lon: float | None
    lat: float | None
    photo: int | None


def near_to(
    asking: Asking, at: datetime, visible: QuerySet[Case] | None = None
) -> tuple[NearCase, ...]:
    """Return at most five open cases near what is asked, of its class: the nearest, then newest.

    By distance within the rule's metres where the asking has a point, else in the same unit, which
    is a committee or smaller. Without a class only a point tells anything. `visible` are the cases
    whose words the account may read; no confidential case but these is among what is near.
    """
    if asking.form_key and Case.objects.filter(form_key=asking.form_key).exists():
        return ()  # it was sent: what lies near is itself
    open_ones = _of_the_class(asking.matter_code).filter(_told_to(visible))
    here = _unit_of(asking)
    found = _around(open_ones, asking, at)
    if asking.matter_code and here is not None:
        found |= {row.pk: (row, None) for row in _in_unit(open_ones, asking, here)}
    far = float("inf")
    nearest = sorted(
        found.values(), key=lambda one: (far if one[1] is None else one[1], -one[0].pk)
    )[:MOST]
    keys = [row.pk for row, _metres in nearest]
    read: set[int] = set()
    if visible is not None:  # asked so, since the truth of a query set is all its rows
        read = set(visible.filter(pk__in=keys).values_list("pk", flat=True))
    photos = released_photos(keys) if keys else {}
    return tuple(
        _told(row, metres, row.pk in read, photos.get(row.pk, ()), at) for row, metres in nearest
    )


def open_around(unit: int, at: datetime, visible: QuerySet[Case]) -> tuple[NearCase, ...]:
    """Return what is open in the committee of a unit, or in a larger unit, and has a point.

    The newest of very many, without distances: a phone that knows where it is measures them itself
    and tells nobody. Points are exact where the reader may open the case.
    """
    here = Unit.objects.get(pk=unit)
    while Level(here.level).depth > Level.COMMITTEE.depth and here.parent is not None:
        here = here.parent
    rows = _of_the_class("").filter(_told_to(visible), unit__path__startswith=here.path)
    rows = rows.exclude(lat=None).filter(is_confidential=False).select_related("public_words")
    found = list(rows.order_by("-opened_at")[:_READ])
    read = set(visible.filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))
    return tuple(
        replace(_told(row, None, True, (), at), lon=row.lon, lat=row.lat)
        if row.pk in read
        else _told(row, None, False, (), at)
        for row in found
    )


def near_chosen(
    asking: Asking, number: str, at: datetime, visible: QuerySet[Case] | None = None
) -> Case | None:
    """Return the case with a number if it is among those told, None otherwise."""
    found = next((one for one in near_to(asking, at, visible) if one.number == number), None)
    return Case.objects.get(pk=found.pk) if found else None


def _told_to(visible: QuerySet[Case] | None) -> Q:
    """Return the filter of what may be told: that a confidential case exists is a secret too."""
    plain = Q(is_confidential=False)
    return plain if visible is None else plain | Q(pk__in=visible.values("pk"))


def _of_the_class(code: str) -> QuerySet[Case]:
    """Return what is open; of a matter's whole class where it is known."""
    rows = Case.objects.filter(state__in=OPEN_STATES).select_related("unit", "matter")
    rows = rows.annotate(others=Count("followers", distinct=True) + Count("merged", distinct=True))
    if not code:
        return rows
    matter = Matter.objects.filter(code=code).first()
    top = matter and (matter.parent_id or matter.pk)
    kin = Matter.objects.filter(Q(pk=top) | Q(parent=top)).values_list("pk", flat=True)
    return rows.filter(matter__in=list(kin))


def _unit_of(asking: Asking) -> Unit | None:
    if asking.lon is not None and asking.lat is not None:
        unit = unit_at(asking.lon, asking.lat)
    else:
        unit = Unit.objects.filter(pk=asking.unit, valid_to=None).first() if asking.unit else None
    return unit if unit and Level(unit.level).depth >= Level.COMMITTEE.depth else None


def _around(
    rows: QuerySet[Case], asking: Asking, at: datetime
) -> dict[int, tuple[Case, float | None]]:
    if asking.lon is None or asking.lat is None:
        return {}
    most = rule_value("case.near_metres", day_of(at))
    north = most / _METRES_OF_A_DEGREE
    east = north / max(cos(radians(asking.lat)), 0.01)
    box = rows.filter(
        lat__range=(asking.lat - north, asking.lat + north),
        lon__range=(asking.lon - east, asking.lon + east),
    )
    told = {
        row.pk: (row, _metres(asking.lon, asking.lat, row))
        for row in box.order_by("-opened_at")[:_READ]
    }
    return {pk: (row, metres) for pk, (row, metres) in told.items() if metres <= most}


def _metres(lon: float, lat: float, row: Case) -> float:
    """Return the distance on the ground; within a kilometre a flat map is exact to centimetres."""
    east = ((row.lon or 0) - lon) * cos(radians(lat))
    return hypot(east, (row.lat or 0) - lat) * _METRES_OF_A_DEGREE


def _in_unit(rows: QuerySet[Case], asking: Asking, here: Unit) -> QuerySet[Case]:
    """Return what lies in the same unit; beside a point only what has none."""
    if asking.lon is None:
        rows = rows.filter(unit__path__startswith=here.path)
    else:
        committee = here.path if here.level == Level.COMMITTEE else _above(here.path)
        rows = rows.filter(lat=None, unit__path__in=(here.path, committee))
    return rows.order_by("-opened_at")[:MOST]


def _above(path: str) -> str:
    return f"{path.rstrip('/').rpartition('/')[0]}/"


def _told(
    row: Case, metres: float | None, reads: bool, photos: tuple[int, ...], at: datetime
) -> NearCase:
    hidden = row.is_confidential
    has_point = not hidden and row.lon is not None and row.lat is not None
    rounded = None if hidden or metres is None else round(metres / _ROUNDED_TO) * _ROUNDED_TO
    return NearCase(
        pk=row.pk,
        number=row.number,
        matter=matter_row(row.matter, at),
        state=row.state,
        opened_at=row.opened_at,
        metres=rounded,
        unit=_committee(row.unit) if hidden else row.unit.name,
        words="" if hidden else (_first(row.words) if reads else released_words(row)),
        others=getattr(row, "others", 0),
        lon=round(row.lon, POINT_DIGITS) if has_point and row.lon is not None else None,
        lat=round(row.lat, POINT_DIGITS) if has_point and row.lat is not None else None,
        photo=photos[0] if photos and not hidden else None,
    )


def released_words(case: Case) -> str:
    """Return the words that somebody released for everybody, without numbers; empty for none."""
    found = getattr(case, "public_words", None)  # a one-to-one that is not there has no attribute
    return without_numbers(found.words) if found and not case.is_confidential else ""


def _first(words: str) -> str:
    shown = " ".join(without_numbers(words).split())
    return shown if len(shown) <= _FIRST_WORDS else f"{shown[:_FIRST_WORDS]}…"


def _committee(unit: Unit) -> str:
    trail = ids_in(unit.path)
    found = Unit.objects.filter(pk__in=trail, level=Level.COMMITTEE).first()
    return found.name if found else ""
