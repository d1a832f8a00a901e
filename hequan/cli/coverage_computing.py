"""From files to answers (测算步骤): read, hold against the streets, ask the planner."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from shapely import MultiPolygon

from hequan.cli.coverage_arguments import CoverageOptions
from hequan.cli.coverage_hours import Moment, open_at, osm_hours
from hequan.cli.coverage_inputs import (
    Places,
    Remark,
    Residents,
    RowsRefusedError,
    Stations,
    is_osm_file,
    read_residents,
    read_stations,
    settled,
)
from hequan.cli.coverage_run import CoverageRun
from hequan.cli.coverage_steps import Steps
from hequan.cli.words import Words
from hequan.files.osm import read_network
from hequan.files.values import CellError
from hequan.files.wording import cell_refused
from hequan.planner.coverage import cover
from hequan.planner.coverage_problem import CoverageProblem
from hequan.planner.entries import Doors, walking_graph
from hequan.planner.gates import gates_open
from hequan.planner.isochrones import outlines
from hequan.planner.network import WalkNetwork
from hequan.planner.network_report import NetworkReport
from hequan.planner.weights import arc_weights

_LOST_SHARE = 0.02  # of the streets outside the largest part before it is worth a remark
SNAP_METRES = 500.0


def compute(options: CoverageOptions, words: Words, steps: Steps) -> CoverageRun:
    """Return the whole run; raise FileError, RowsRefusedError or PlannerError."""
    with steps.step("step.places"):
        stations = _with_osm_hours(read_stations(options.stations), options.moment)
        residents = read_residents(options.residents, options.age_columns)
    with steps.step("step.streets"):
        network, report = read_network(options.streets)
    placed = _settle(options, stations, residents, network, words)
    problem = _problem(options, network, placed)
    with steps.step("step.walks") as step:
        result = cover(problem, progress=step.told)
    with steps.step("step.outlines"):
        doors = Doors(network)
        reached = _outlines(problem, doors)
    remarks = [
        *placed.remarks,
        *_far_remarks(problem, placed, doors, words),
        *_remarks(options, problem, report, words),
    ]
    shut = problem.gates_open is not None and int((~problem.gates_open).sum())
    return CoverageRun(
        words=words,
        title=options.title,
        network=network,
        stations=placed.stations,
        residents=placed.residents,
        minutes=options.minutes,
        moment=options.moment,
        station_open=problem.open_stations(),
        closed_gates=int(shut),
        result=result,
        outlines=reached,
        inputs=_inputs(options),
        remarks=tuple(remarks),
        attribution=options.attribution,
    )


@dataclass(frozen=True, eq=False)
class _Placed:
    """Stations and residents in WGS-84, with what was noticed on the way."""

    stations: Stations
    residents: Residents
    remarks: tuple[Remark, ...]


def _with_osm_hours(stations: Stations, moment: Moment | None) -> Stations:
    """Hours count only when an hour is asked for; then every one must be readable.

    Those of a map are not ours to correct: what cannot be read there counts as always open.
    """
    if moment is None:
        return stations
    hours, problems = [], []
    for text, row in zip(stations.hours, stations.places.rows.tolist(), strict=True):
        try:
            hours.append(osm_hours(text) if text else "")
        except CellError as error:
            hours.append("")
            file = stations.places.file
            problems.append(cell_refused(error, file=file, row=row, column="opening_hours"))
    if problems and not is_osm_file(stations.places.file):
        raise RowsRefusedError(problems)
    return replace(stations, hours=tuple(hours))


def _settle(
    options: CoverageOptions,
    stations: Stations,
    residents: Residents,
    network: WalkNetwork,
    words: Words,
) -> _Placed:
    at, first = settled(stations.places, options.stations.system, network)
    homes, second = settled(residents.places, options.residents.system, network)
    notes = [*_notes(at, words), *_notes(homes, words)]
    return _Placed(
        replace(stations, places=at), replace(residents, places=homes), (*notes, *first, *second)
    )


def _notes(places: Places, words: Words) -> list[Remark]:
    """What the reader did to a file on the way in; how its bytes were read is no news."""
    said = [note.say(words.language) for note in places.notes if note.code != "read-as"]
    return [Remark("note.file", {"file": places.file, "text": text}) for text in said]


def _problem(options: CoverageOptions, network: WalkNetwork, placed: _Placed) -> CoverageProblem:
    moment, stations, homes = options.moment, placed.stations, placed.residents
    return CoverageProblem(
        network=network,
        home_lon=homes.places.lon,
        home_lat=homes.places.lat,
        people=homes.people,
        ages=homes.ages,
        station_lon=stations.places.lon,
        station_lat=stations.places.lat,
        services=stations.services,
        station_services=stations.offers,
        station_open=open_at(stations.hours, moment) if moment else None,
        gates_open=_gates(network, moment) if moment else None,
        profiles=options.profiles,
        minutes=options.minutes,
        max_snap_metres=SNAP_METRES,
    )


def _gates(network: WalkNetwork, moment: Moment) -> NDArray[np.bool_]:
    return gates_open(network, moment.weekday, moment.minute, week_of=moment.on)


def _outlines(problem: CoverageProblem, doors: Doors) -> dict[tuple[str, int], MultiPolygon]:
    """Return what lies within each limit of any open station, for each walker."""
    network, is_open = problem.network, problem.open_stations()
    lon, lat = problem.station_lon[is_open], problem.station_lat[is_open]
    snapped = doors.snap(lon, lat, SNAP_METRES)
    graph = walking_graph(network)
    found: dict[tuple[str, int], MultiPolygon] = {}
    for walker in problem.walkers:
        weights = arc_weights(network, walker, open_gates=problem.gates_open)
        entries = doors.entries(weights, lon, lat, snapped, SNAP_METRES)
        for outline in outlines(network, weights, entries, problem.minutes, graph=graph):
            found[walker.code, int(outline.minutes)] = outline.shape
    return found


def _remarks(
    options: CoverageOptions, problem: CoverageProblem, report: NetworkReport, words: Words
) -> list[Remark]:
    remarks = []
    lost = 1 - report.largest_part_metres / report.metres
    if lost > _LOST_SHARE:
        gaps = {"count": report.part_count, "share": words.percent(lost)}
        remarks.append(Remark("warn.parts", gaps))
    if options.moment is None:
        return remarks
    at = options.moment.say(words.language)
    if not problem.open_stations().any():
        remarks.append(Remark("warn.none_open", {"at": at}))
    shut = 0 if problem.gates_open is None else int((~problem.gates_open).sum())
    if shut:
        gaps = {"count": shut, "all": len(problem.network.gates), "at": at}
        remarks.append(Remark("warn.gates", gaps))
    return remarks


def _far_remarks(
    problem: CoverageProblem, placed: _Placed, doors: Doors, words: Words
) -> list[Remark]:
    homes = doors.snap(problem.home_lon, problem.home_lat, SNAP_METRES).edge < 0
    stations = doors.snap(problem.station_lon, problem.station_lat, SNAP_METRES).edge < 0
    remarks = []
    if homes.any():
        people = words.number(float(problem.people[homes].sum()))
        gaps = {"file": placed.residents.places.file, "count": int(homes.sum()), "people": people}
        remarks.append(Remark("warn.far", gaps | {"metres": round(SNAP_METRES)}))
    if stations.any():
        gaps = {"file": placed.stations.places.file, "count": int(stations.sum())}
        remarks.append(Remark("warn.far_stations", gaps | {"metres": round(SNAP_METRES)}))
    return remarks


def _inputs(options: CoverageOptions) -> dict[str, str]:
    files = (options.streets, options.stations.path, options.residents.path)
    names = ("streets", "stations", "residents")
    return {name: path.name for name, path in zip(names, files, strict=True)}
