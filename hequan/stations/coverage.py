"""Measuring coverage (覆盖测算): from the rows of the database to the planner's answer.

Reads only, outside any transaction: a city takes most of a minute, and nobody should wait for it.
Services are measured one by one where that fits the memory, else by category.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils import timezone
from django.utils.translation import gettext as _

from hequan.core.calendar import WorkingCalendar
from hequan.core.versions import stamps
from hequan.planner.coverage import cover
from hequan.planner.coverage_problem import FAR_METRES, CoverageProblem
from hequan.planner.coverage_result import CoverageResult
from hequan.planner.errors import CoverageError
from hequan.planner.gates import gates_open
from hequan.planner.network import METRES_PER_DEGREE, WalkNetwork
from hequan.planner.profiles import Profile
from hequan.stations import hours
from hequan.stations.coverage_runs import CoverageRun
from hequan.stations.errors import (
    HomesFarAwayError,
    NothingToMeasureError,
    UnknownProfileError,
)
from hequan.stations.hours import WEEKDAYS, Schedule
from hequan.stations.kinds import OpeningDay
from hequan.stations.queries.directory import Directory, station_directory
from hequan.territory.kinds import AgeBand, Level
from hequan.territory.queries import (
    CircleRow,
    HomeArrays,
    OpenNetwork,
    ancestor_ids,
    circle_sets_of,
    current_network,
    homes_arrays,
    profiles_in_force,
)

STAMPS = ("stations", "streets", "territory")
MARGIN_METRES = 5_000.0  # stations this far outside the homes may still be somebody's nearest
SERVICE_CELLS = 40_000_000  # homes x services of one walker: 160 MB of seconds
_MOST_GRIDS = 3_000
_LEVELS = tuple(Level)[: Level.GRID.depth + 1]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Grouping:
    """Homes by unit or circle: `ids[code]` is the unit or circle of a code; -1 = none."""

    codes: npt.NDArray[np.int32]
    ids: npt.NDArray[np.int64]
    of_circles: bool = False


@dataclass(frozen=True, eq=False)
class Measured:
    """What one run found, with the arrays it was found by; nothing is written yet."""

    network_pk: int
    homes: HomeArrays
    station_pks: npt.NDArray[np.int64]
    groupings: dict[str, Grouping]
    result: CoverageResult
    services_by: str
    stamps: dict[str, int]
    seconds: float
    profiles: tuple[Profile, ...]


def measure(run: CoverageRun) -> Measured:
    """Measure a run; NothingToMeasureError, UnknownProfileError or a PlannerError say why not."""
    began = time.perf_counter()
    seen = dict(zip(STAMPS, stamps(*STAMPS), strict=True))
    streets = _streets()
    homes, directory = _homes(run), station_directory()
    near = _stations_near(directory, homes, streets.network)
    walkers = walkers_of(run.profiles, timezone.localtime(run.asked_at).date())
    services_by, services, offered = _services(directory, near, len(homes))
    groupings = _groupings(homes)
    problem = _problem(
        network=streets.network,
        home_lon=homes.lon,
        home_lat=homes.lat,
        people=homes.people,
        station_lon=directory.lon[near],
        station_lat=directory.lat[near],
        ages={band.value: homes.by_age[:, place] for place, band in enumerate(AgeBand)},
        services=services,
        station_services=offered,
        station_open=_open_then(directory, near, run),
        gates_open=_gates_then(streets.network, run),
        profiles=walkers,
        minutes=tuple(run.minutes),
        groupings={name: grouping.codes for name, grouping in groupings.items()},
    )
    result = cover(problem)
    return Measured(
        network_pk=streets.pk,
        homes=homes,
        station_pks=np.array([directory.cards[n].pk for n in near], np.int64),
        groupings=groupings,
        result=result,
        services_by=services_by,
        stamps=seen,
        seconds=time.perf_counter() - began,
        profiles=walkers,
    )


def _homes(run: CoverageRun) -> HomeArrays:
    homes = homes_arrays(run.unit)
    if not len(homes):
        raise NothingToMeasureError(missing=_("no homes are known here; import people first"))
    return homes


def _problem(**arrays: Any) -> CoverageProblem:
    try:
        return CoverageProblem(**arrays)
    except CoverageError as error:
        if error.code == "coverage.home_far_away":
            raise HomesFarAwayError(**error.params) from error
        raise


def walkers_of(codes: Sequence[str], on: date) -> tuple[Profile, ...]:
    """Return the walking profiles of these codes by the rules in force on a day."""
    known = profiles_in_force(on)
    for code in codes:
        if code not in known:
            raise UnknownProfileError(profile=code, known=", ".join(known))
    return tuple(known[code] for code in codes)


def _streets() -> OpenNetwork:
    streets = current_network()
    if streets is None:
        raise NothingToMeasureError(missing=_("no streets are loaded; import streets first"))
    return streets


def _stations_near(
    directory: Directory, homes: HomeArrays, network: WalkNetwork
) -> npt.NDArray[np.int64]:
    """Stations around the homes, and on the map of the streets; others serve nobody here."""
    own = _inside(directory, _box(homes.lon, homes.lat), MARGIN_METRES)
    west, south, east, north = network.bounds()
    near = np.flatnonzero(own & _inside(directory, (west, south, east, north), FAR_METRES / 2))
    if not len(near):
        raise NothingToMeasureError(missing=_("no open station lies here; enter stations first"))
    return near


def _box(lon: Floats, lat: Floats) -> tuple[float, float, float, float]:
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _inside(
    directory: Directory, box: tuple[float, float, float, float], margin: float
) -> npt.NDArray[np.bool_]:
    west, south, east, north = box
    high = margin / METRES_PER_DEGREE
    wide = high / max(float(np.cos(np.radians((south + north) / 2))), 0.01)
    lon, lat = directory.lon, directory.lat
    inside = (lon >= west - wide) & (lon <= east + wide)
    return np.asarray(inside & (lat >= south - high) & (lat <= north + high))


def _services(
    directory: Directory, near: npt.NDArray[np.int64], homes: int
) -> tuple[str, tuple[str, ...], npt.NDArray[np.bool_]]:
    """Return how services are told apart, their codes, and [station, service] offered."""
    offered: dict[str, list[int]] = defaultdict(list)
    by_category: dict[str, set[int]] = defaultdict(set)
    for place, station in enumerate(near.tolist()):
        for service in directory.cards[station].services:
            offered[service.code].append(place)
            by_category[service.category].add(place)
    alone = len(offered) * homes <= SERVICE_CELLS
    chosen: dict[str, Any] = dict(offered) if alone else dict(by_category)
    codes = tuple(sorted(chosen))
    flags = np.zeros((len(near), len(codes)), dtype=bool)
    for column, code in enumerate(codes):
        flags[list(chosen[code]), column] = True
    return "service" if alone else "category", codes, flags


def _open_then(
    directory: Directory, near: npt.NDArray[np.int64], run: CoverageRun
) -> npt.NDArray[np.bool_] | None:
    """Which stations are open at the run's weekday and minute by their usual hours."""
    if not run.day or run.minute is None:
        return None
    day = OpeningDay(run.day)
    on = ordinary_day(day, timezone.localtime(run.asked_at).date())
    calendar = WorkingCalendar({on: True} if day == OpeningDay.HOLIDAY else {})
    midnight = datetime.combine(on, datetime.min.time(), tzinfo=directory.zone)
    moment = midnight + timedelta(minutes=run.minute)
    alike: dict[tuple[Any, ...], bool] = {}  # most stations keep the same hours
    found = []
    for station in near.tolist():
        rules = directory.schedules[directory.cards[station].pk].rules
        if rules not in alike:
            alike[rules] = hours.is_open(Schedule(rules, calendar, directory.zone), moment)
        found.append(alike[rules])
    return np.array(found, dtype=bool)


def ordinary_day(day: OpeningDay, after: date) -> date:
    """Return the first day from `after` on of that weekday; for a holiday, that day itself."""
    if day == OpeningDay.HOLIDAY:
        return after
    return after + timedelta(days=(WEEKDAYS.index(day) - after.weekday()) % 7)


def _gates_then(network: WalkNetwork, run: CoverageRun) -> npt.NDArray[np.bool_] | None:
    if not run.day or run.minute is None or not len(network.gates):
        return None
    day = OpeningDay(run.day)
    weekday = 6 if day == OpeningDay.HOLIDAY else WEEKDAYS.index(day)
    return gates_open(network, weekday, run.minute)


def _groupings(homes: HomeArrays) -> dict[str, Grouping]:
    found = {}
    above: dict[str, npt.NDArray[np.int64]] = {}
    for level in _LEVELS:
        ids = ancestor_ids(homes.unit, level)
        above[level.value] = ids
        grouping = _grouping(ids)
        if len(grouping.ids) and (level != Level.GRID or len(grouping.ids) <= _MOST_GRIDS):
            found[level.value] = grouping
    for number, codes in enumerate(_circles(above)):
        found[f"circles-{number}"] = codes
    return found


def _grouping(ids: npt.NDArray[np.int64]) -> Grouping:
    each, codes = np.unique(ids, return_inverse=True)
    if len(each) and each[0] == 0:  # homes in no unit of the level
        each, codes = each[1:], codes - 1
    return Grouping(codes.astype(np.int32), each)


def _circles(above: dict[str, npt.NDArray[np.int64]]) -> list[Grouping]:
    """The first sets of circles of all towns as one grouping, their second sets as another ...

    Within a set a unit lies in one circle only, and towns do not share homes; a city of 234 towns
    is so one grouping to sum over and not 234.
    """
    homes_in = above[Level.TOWN.value]
    towns = set(np.unique(homes_in).tolist())
    layers: dict[int, list[CircleRow]] = defaultdict(list)
    seen: Counter[int] = Counter()
    for circle_set in circle_sets_of(None):
        if circle_set.town_id in towns:
            layers[seen[circle_set.town_id]] += circle_set.circles
            seen[circle_set.town_id] += 1
    return [_layer(circles, above) for _number, circles in sorted(layers.items())]


def _layer(circles: list[CircleRow], above: dict[str, npt.NDArray[np.int64]]) -> Grouping:
    place_of = {unit: place for place, one in enumerate(circles) for unit in one.unit_ids}
    units = np.array(sorted(place_of), np.int64)
    places = np.array([place_of[unit] for unit in units.tolist()], np.int32)
    codes = np.full(len(above[Level.TOWN.value]), -1, np.int32)
    for ids in above.values():
        at = np.minimum(np.searchsorted(units, ids), max(len(units) - 1, 0))
        inside = units[at] == ids if len(units) else np.zeros(len(ids), dtype=bool)
        codes[inside] = places[at[inside]]
    return Grouping(codes, np.array([one.pk for one in circles], np.int64), of_circles=True)
