"""What a coverage measurement found (覆盖结果), as tables, maps and charts show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from hequan.core.versions import stamps
from hequan.stations.coverage_runs import (
    CoverageGap,
    CoverageReach,
    CoverageRun,
    CoverageStation,
    CoverageUnit,
)
from hequan.stations.errors import RunNotFoundError, UnknownProfileError
from hequan.stations.kinds import RunState
from hequan.stations.reach_arrays import SHARED, unpacked
from hequan.territory.models import UnitCode
from hequan.territory.paths import ids_in

Within = dict[str, dict[int, int]]
Shares = dict[str, dict[int, float | None]]


@dataclass(frozen=True)
class RunRow:
    """A coverage run; `stale` names what has changed since: stations, streets, territory."""

    pk: int
    unit_id: int
    unit_name: str
    unit_path: str
    state: str
    error: str
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None
    seconds: float | None
    day: str
    minute: int | None
    profiles: tuple[str, ...]
    minutes: tuple[int, ...]
    figures: dict[str, Any]
    network_name: str
    stale: tuple[str, ...]


@dataclass(frozen=True)
class CoverageRow:
    """People of a unit or a circle within each limit, per walker and age band."""

    unit_id: int | None
    circle_id: int | None
    name: str
    code: str
    people: int
    within: Within
    shares: Shares
    by_age: dict[str, dict[str, dict[int, float | None]]]


@dataclass(frozen=True)
class CatchmentRow:
    """People for whom a station is the nearest, all of them and within each limit."""

    station_id: int
    code: str
    name: str
    lon: float
    lat: float
    people: dict[str, int]
    within: Within


@dataclass(frozen=True)
class GapRow:
    """A place that no station serves in time; None minutes = no station can be walked to."""

    lon: float
    lat: float
    homes: int
    people: int
    nearest_minutes: float | None
    unit_name: str


@dataclass(frozen=True, eq=False)
class HomeReach:
    """What every home reaches: station 0 and infinite seconds where it reaches none."""

    home: npt.NDArray[np.int64]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    people: npt.NDArray[np.float32]
    straight_metres: npt.NDArray[np.float32]
    station: npt.NDArray[np.int64]
    seconds: npt.NDArray[np.float32]
    metres: npt.NDArray[np.float32]


def latest_run(path: str) -> RunRow | None:
    """Return the newest finished run of a unit or of one it lies in, the smallest first."""
    ids = ids_in(path)
    done = CoverageRun.objects.filter(unit_id__in=ids, state=RunState.DONE)
    for pk in reversed(ids):
        found = _rows(done.filter(unit_id=pk).order_by("-asked_at", "-pk")[:1])
        if found:
            return found[0]
    return None


def run_row(pk: int) -> RunRow:
    """Return one run; RunNotFoundError if there is none."""
    found = _rows(CoverageRun.objects.filter(pk=pk))
    if not found:
        raise RunNotFoundError
    return found[0]


def runs_of(path: str, limit: int = 20) -> tuple[RunRow, ...]:
    """Return the newest runs of a part of the territory, whatever became of them."""
    runs = CoverageRun.objects.filter(unit__path__startswith=path)
    return _rows(runs.order_by("-asked_at", "-pk")[:limit])


def _rows(runs: QuerySet[CoverageRun]) -> tuple[RunRow, ...]:
    found = list(runs.select_related("unit", "network", "asked_by"))
    seen = sorted({name for run in found for name in run.figures.get("stamps", {})})
    now = dict(zip(seen, stamps(*seen), strict=True)) if seen else {}
    return tuple(_row(run, now) for run in found)


def _row(run: CoverageRun, now: Mapping[str, int]) -> RunRow:
    then = run.figures.get("stamps", {})
    return RunRow(
        pk=run.pk,
        unit_id=run.unit_id,
        unit_name=run.unit.name,
        unit_path=run.unit.path,
        state=run.state,
        error=run.error,
        asked_by=str(run.asked_by),
        asked_at=run.asked_at,
        finished_at=run.finished_at,
        seconds=run.seconds,
        day=run.day,
        minute=run.minute,
        profiles=tuple(run.profiles),
        minutes=tuple(run.minutes),
        figures=run.figures,
        network_name=run.network.name if run.network else "",
        stale=tuple(name for name, number in then.items() if now[name] != number),
    )


def coverage_units(run_pk: int, level: str, path: str = "") -> tuple[CoverageRow, ...]:
    """Return the figures of the units of one level, inside a part: three queries."""
    rows = CoverageUnit.objects.filter(run_id=run_pk, unit__level=level)
    if path:
        rows = rows.filter(unit__path__startswith=path)
    found = list(rows.select_related("unit").order_by("unit__path"))
    held = UnitCode.objects.filter(unit__in=[row.unit_id for row in found], valid_to=None)
    codes = dict(held.order_by("-scheme").values_list("unit_id", "code"))
    return tuple(
        _coverage_row(row, row.unit.name, codes.get(row.unit.pk, "")) for row in found if row.unit
    )


def coverage_circles(run_pk: int) -> tuple[CoverageRow, ...]:
    """Return the figures of the circles: one query."""
    rows = CoverageUnit.objects.filter(run_id=run_pk, unit=None).select_related("circle")
    found = rows.order_by("circle__circle_set_id", "circle_id")
    return tuple(_coverage_row(row, row.circle.name, "") for row in found if row.circle)


def _coverage_row(row: CoverageUnit, name: str, code: str) -> CoverageRow:
    bands: dict[str, int] = row.by_age.get("people", {})
    return CoverageRow(
        unit_id=row.unit_id,
        circle_id=row.circle_id,
        name=name,
        code=code,
        people=row.people,
        within={walker: _by_minute(found) for walker, found in row.figures.items()},
        shares={walker: _shares(found, row.people) for walker, found in row.figures.items()},
        by_age={
            walker: {band: _shares(row.by_age[walker][band], n) for band, n in bands.items()}
            for walker in row.figures
        },
    )


def _by_minute(found: Mapping[str, int]) -> dict[int, int]:
    return {int(minutes): people for minutes, people in found.items() if minutes != "people"}


def _shares(found: Mapping[str, int], people: int) -> dict[int, float | None]:
    return {m: n / people if people else None for m, n in _by_minute(found).items()}


def coverage_stations(run_pk: int) -> tuple[CatchmentRow, ...]:
    """Return the catchment of every station of a run: one query."""
    rows = CoverageStation.objects.filter(run_id=run_pk).select_related("station")
    return tuple(
        CatchmentRow(
            station_id=row.station_id,
            code=row.station.code,
            name=row.station.name,
            lon=row.station.lon,
            lat=row.station.lat,
            people={walker: found["people"] for walker, found in row.figures.items()},
            within={walker: _by_minute(found) for walker, found in row.figures.items()},
        )
        for row in rows.order_by("station__name", "station_id")
    )


def coverage_gaps(run_pk: int, profile: str, limit: int = 200) -> tuple[GapRow, ...]:
    """Return the gaps of one walker, most people first: one query."""
    rows = CoverageGap.objects.filter(run_id=run_pk, profile=profile)
    columns = ("lon", "lat", "homes", "people", "nearest_minutes", "unit__name")
    found: Iterable[Any] = rows.order_by("-people", "pk").values_list(*columns)[:limit]
    return tuple(GapRow(*[*row[:5], row[5] or ""]) for row in found)


def home_reach(run_pk: int, profile: str) -> HomeReach:
    """Return what every home reaches under one walker; UnknownProfileError if not measured."""
    kept = CoverageReach.objects.filter(run_id=run_pk, profile__in=[SHARED, profile])
    found = {row.profile: unpacked(row.arrays) for row in kept}
    if SHARED not in found:
        raise RunNotFoundError
    if profile not in found or profile == SHARED:
        run = CoverageRun.objects.get(pk=run_pk)
        raise UnknownProfileError(profile=profile, known=", ".join(run.profiles))
    return HomeReach(**found[SHARED], **found[profile])
