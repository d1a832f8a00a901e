"""The rows that keep one coverage measurement, made from the planner's arrays."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from hequan.planner.coverage_result import GroupCoverage, ProfileCoverage
from hequan.planner.gaps import Gap
from hequan.stations.coverage import Grouping, Measured
from hequan.stations.coverage_runs import (
    CoverageGap,
    CoverageReach,
    CoverageRun,
    CoverageStation,
    CoverageUnit,
)
from hequan.stations.reach_arrays import SHARED, packed

_MOST_GAPS = 2_000  # of one profile, those with most people


def figures_of(measured: Measured) -> dict[str, Any]:
    """Return the summary of a run: people, shares by walker, straight line, services, stamps."""
    return {
        "people": _whole(measured.homes.people.sum()),
        "homes": len(measured.homes),
        "stations": len(measured.station_pks),
        "services_by": measured.services_by,
        "profiles": {
            walker.code: _profile_figures(measured, measured.result.profile(walker.code))
            for walker in measured.profiles
        },
        "stamps": measured.stamps,
    }


def _profile_figures(measured: Measured, found: ProfileCoverage) -> dict[str, Any]:
    total = float(found.people[0])
    straight = measured.result.straight_metres / found.profile.metres_per_second
    people = measured.homes.people
    return {
        "speed_m_s": found.profile.metres_per_second,
        "source": found.profile.source,
        "within": {str(m): _whole(n) for m, n in found.people_within.items()},
        "share_within": {str(m): _share(n, total) for m, n in found.people_within.items()},
        "straight_share_within": {
            str(m): _share(people[straight <= m * 60].sum(), total) for m in found.minutes
        },
        "by_age": _by_age(measured, found.people, found.within, found.minutes),
        "unreachable_people": _whole(found.unreachable_people),
        "off_network_people": _whole(found.off_network_people),
        "gap_people": _whole(sum(gap.people for gap in found.gaps)),
        "gaps": len(found.gaps),
        "services": {
            code: {str(m): _share(n, total) for m, n in zip(found.minutes, row, strict=True)}
            for code, row in zip(found.services, found.service_within.tolist(), strict=True)
        },
    }


def _by_age(measured: Measured, people: Any, within: Any, minutes: tuple[int, ...]) -> Any:
    """People of each band, all of them and within each limit; column 0 is everybody."""
    return {
        band: {"people": _whole(people[column])}
        | {str(m): _whole(within[row, column]) for row, m in enumerate(minutes)}
        for column, band in enumerate(measured.result.columns)
        if column
    }


def rows_of(
    run: CoverageRun, measured: Measured
) -> tuple[Iterator[CoverageUnit], Iterator[CoverageStation]]:
    """Return the rows of units and circles, and of stations."""
    return _unit_rows(run, measured), _station_rows(run, measured)


def _unit_rows(run: CoverageRun, measured: Measured) -> Iterator[CoverageUnit]:
    for name, grouping in measured.groupings.items():
        by_walker = {code: found.groups[name] for code, found in measured.result.profiles.items()}
        people = next(iter(by_walker.values())).people
        for place, pk in enumerate(grouping.ids.tolist()):
            if place < len(people):
                yield _unit_row(run, measured, grouping, by_walker, place, pk)


def _unit_row(
    run: CoverageRun,
    measured: Measured,
    grouping: Grouping,
    by_walker: dict[str, GroupCoverage],
    place: int,
    pk: int,
) -> CoverageUnit:
    people = next(iter(by_walker.values())).people[place]
    bands = measured.result.columns[1:]
    return CoverageUnit(
        run=run,
        unit_id=None if grouping.of_circles else pk,
        circle_id=pk if grouping.of_circles else None,
        people=_whole(people[0]),
        figures={
            code: {str(m): _whole(group.within[row, place, 0]) for row, m in enumerate(run.minutes)}
            for code, group in by_walker.items()
        },
        by_age={"people": {band: _whole(n) for band, n in zip(bands, people[1:], strict=True)}}
        | {code: _ages(run, group, place, bands) for code, group in by_walker.items()},
    )


def _ages(
    run: CoverageRun, group: GroupCoverage, place: int, bands: tuple[str, ...]
) -> dict[str, dict[str, int]]:
    return {
        band: {
            str(m): _whole(group.within[row, place, column + 1])
            for row, m in enumerate(run.minutes)
        }
        for column, band in enumerate(bands)
    }


def _station_rows(run: CoverageRun, measured: Measured) -> Iterator[CoverageStation]:
    for place, pk in enumerate(measured.station_pks.tolist()):
        yield CoverageStation(
            run=run,
            station_id=pk,
            figures={
                code: {"people": _whole(found.station_people[place])}
                | {
                    str(m): _whole(found.station_within[place, row])
                    for row, m in enumerate(found.minutes)
                }
                for code, found in measured.result.profiles.items()
            },
        )


def gaps_of(run: CoverageRun, measured: Measured) -> Iterator[CoverageGap]:
    """Return the rows of the gaps with most people, per walker."""
    for code, found in measured.result.profiles.items():
        for gap in found.gaps[:_MOST_GAPS]:
            yield _gap_row(run, measured, code, found, gap)


def _gap_row(
    run: CoverageRun, measured: Measured, code: str, found: ProfileCoverage, gap: Gap
) -> CoverageGap:
    weight = measured.homes.people[gap.homes]
    seconds = found.home_seconds[gap.homes]
    reached = np.isfinite(seconds)
    minutes = np.average(seconds[reached], weights=weight[reached]) / 60 if reached.any() else None
    return CoverageGap(
        run=run,
        profile=code,
        unit_id=int(measured.homes.unit[gap.middle]) or None,
        lon=gap.lon,
        lat=gap.lat,
        homes=len(gap.homes),
        people=_whole(gap.people),
        nearest_minutes=None if minutes is None else round(float(minutes), 1),
    )


def reaches_of(run: CoverageRun, measured: Measured) -> Iterator[CoverageReach]:
    """Return the row all walkers share and one row per walker; station 0 = none is reached."""
    homes = measured.homes
    shared: dict[str, npt.NDArray[Any]] = {
        "home": homes.pk,
        "lon": homes.lon,
        "lat": homes.lat,
        "people": homes.people.astype(np.float32),
        "straight_metres": measured.result.straight_metres,
    }
    yield CoverageReach(run=run, profile=SHARED, arrays=packed(shared))
    pks = np.append(measured.station_pks, 0)  # the planner's -1 picks the last
    for code, found in measured.result.profiles.items():
        arrays: dict[str, npt.NDArray[Any]] = {
            "station": pks[found.home_station],
            "seconds": found.home_seconds,
            "metres": found.home_metres,
        }
        yield CoverageReach(run=run, profile=code, arrays=packed(arrays))


def _whole(number: float) -> int:
    return round(float(number))


def _share(part: float, whole: float) -> float | None:
    return round(float(part) / whole, 6) if whole else None
