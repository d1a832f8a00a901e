"""Who reaches which station on foot, and how soon (步行可达性, 15分钟生活圈).

For each walker one search from all open stations against the walking direction labels every street
corner with its nearest station; homes read the labels at the ends of their edges. A further search
for each different set of stations that offer a service, no longer than the longest minute limit,
answers for the services. Nothing is approximate beyond whole milliseconds and millimetres per edge.

    problem = CoverageProblem(network, home_lon, home_lat, people, station_lon, station_lat)
    result = cover(problem)
    result.profile("elder").share_within[15]
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.planner.buckets import UNSET
from hequan.planner.coverage_problem import CoverageProblem
from hequan.planner.coverage_result import CoverageResult, GroupCoverage, ProfileCoverage
from hequan.planner.entries import Doors, Entries, walking_graph
from hequan.planner.gaps import gaps_among
from hequan.planner.home_labels import HomeLabeller
from hequan.planner.network import EARTH_RADIUS_METRES
from hequan.planner.profiles import Profile
from hequan.planner.search import Graph, Search, Seeds, label_each
from hequan.planner.snapping import Snapped
from hequan.planner.weights import ArcWeights, arc_weights

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class _Ground:
    """What all walkers share: the graph, the snapped points, the different sets of stations."""

    problem: CoverageProblem
    graph: Graph
    doors: Doors
    homes: Snapped
    stations: Snapped
    sets: Flags  # [set, station]; row 0 is every open station
    service_set: npt.NDArray[np.int32]  # [service]: its row among sets[1:]
    counts: Floats  # [home, column]
    threads: int | None


def cover(
    problem: CoverageProblem, *, progress: Progress | None = None, threads: int | None = None
) -> CoverageResult:
    """Answer the problem; `progress(done, total)` is told about each finished search.

    The answer is the same on any number of threads.
    """
    ground = _ground(problem, threads)
    tell = _counter(progress, len(problem.walkers) * len(ground.sets))
    answers = {walker.code: _cover_one(ground, walker, tell) for walker in problem.walkers}
    columns = ("people", *problem.ages)
    return CoverageResult(columns, _straight_metres(problem), answers)


def _ground(problem: CoverageProblem, threads: int | None) -> _Ground:
    doors = Doors(problem.network)
    most = problem.max_snap_metres
    sets, service_set = _station_sets(problem)
    return _Ground(
        problem=problem,
        graph=walking_graph(problem.network),
        doors=doors,
        homes=doors.snap(problem.home_lon, problem.home_lat, most),
        stations=doors.snap(problem.station_lon, problem.station_lat, most),
        sets=sets,
        service_set=service_set,
        counts=problem.head_counts(),
        threads=threads,
    )


def _station_sets(problem: CoverageProblem) -> tuple[Flags, npt.NDArray[np.int32]]:
    """Return [set, station], row 0 all that are open, and for each service its row among the rest.

    Services offered by the same stations share a row, and so one search.
    """
    rows: dict[bytes, int] = {}
    offers = np.ascontiguousarray(problem.offers().T)
    service_set = [rows.setdefault(row.tobytes(), len(rows)) for row in offers]
    sets = [problem.open_stations(), *(np.frombuffer(row, dtype=bool) for row in rows)]
    return np.stack(sets), np.array(service_set, dtype=np.int32)


def _counter(progress: Progress | None, total: int) -> Callable[[], None]:
    done = iter(range(1, total + 1))

    def tell() -> None:
        if progress:
            progress(next(done), total)

    return tell


def _cover_one(ground: _Ground, walker: Profile, tell: Callable[[], None]) -> ProfileCoverage:
    problem = ground.problem
    weights = arc_weights(problem.network, walker, open_gates=problem.gates_open)
    most = problem.max_snap_metres
    homes = ground.doors.entries(weights, problem.home_lon, problem.home_lat, ground.homes, most)
    stations = ground.doors.entries(
        weights, problem.station_lon, problem.station_lat, ground.stations, most
    )
    label, length, set_seconds = _search(ground, weights, homes, stations, tell)
    return _summed(ground, walker, homes, label, length, set_seconds)


def _search(
    ground: _Ground,
    weights: ArcWeights,
    homes: Entries,
    stations: Entries,
    tell: Callable[[], None],
) -> tuple[Longs, Longs, npt.NDArray[np.float32]]:
    """Return each home's label and mm to the nearest station, and [set, home] seconds."""
    problem = ground.problem
    labeller = HomeLabeller.build(problem.network, weights, homes, stations)
    seeds = stations.arriving(problem.network)
    searches = [
        Search(weights.in_weight, _seeds_of(seeds, chosen), problem.limit if row else None, not row)
        for row, chosen in enumerate(ground.sets)
    ]
    set_seconds = np.empty((len(searches) - 1, problem.homes), np.float32)
    nearest: dict[str, Longs] = {}

    def keep(row: int, key: Longs, carry: npt.NDArray[np.int32] | None) -> None:
        if row == 0:
            nearest["label"], nearest["length"] = labeller.read(key, carry, ground.sets[0])
        else:
            label, _ = labeller.read(key, None, ground.sets[row], problem.limit)
            set_seconds[row - 1] = _seconds(label)
        tell()

    label_each(ground.graph, searches, keep, threads=ground.threads)
    return nearest["label"], nearest["length"], set_seconds


def _seeds_of(seeds: Seeds, chosen: Flags) -> Seeds:
    kept = chosen[seeds.owner]
    carry = None if seeds.carry is None else seeds.carry[kept]
    return Seeds(seeds.node[kept], seeds.cost[kept], seeds.owner[kept], carry)


def _seconds(label: Longs) -> npt.NDArray[np.float32]:
    return np.where(label == UNSET, np.inf, (label >> 32) / 1000).astype(np.float32)


def _summed(
    ground: _Ground,
    walker: Profile,
    homes: Entries,
    label: Longs,
    length: Longs,
    set_seconds: npt.NDArray[np.float32],
) -> ProfileCoverage:
    problem, people = ground.problem, ground.problem.people
    reached = label != UNSET
    station = np.where(reached, label & 0xFFFFFFFF, -1).astype(np.int32)
    within = reached & ((label >> 32)[None] <= np.array(problem.minutes)[:, None] * 60_000)
    return ProfileCoverage(
        profile=walker,
        minutes=problem.minutes,
        home_station=station,
        home_seconds=_seconds(label),
        home_metres=np.where(reached, length / 1000, np.inf).astype(np.float32),
        people=ground.counts.sum(axis=0),
        within=within @ ground.counts,
        off_network_people=float(people[homes.edge < 0].sum()),
        unreachable_people=float(people[~reached].sum()),
        station_people=_people_by(station, people, problem.stations),
        station_within=np.stack(
            [_people_by(np.where(row, station, -1), people, problem.stations) for row in within],
            axis=1,
        ),
        services=problem.services,
        service_set=ground.service_set,
        set_seconds=set_seconds,
        set_within=_set_within(problem, set_seconds),
        groups={
            name: _by_group(codes, within, ground.counts)
            for name, codes in problem.groupings.items()
        },
        gaps=gaps_among(problem.home_lon, problem.home_lat, people, ~within[-1]),
    )


def _people_by(codes: npt.NDArray[np.int32], people: Floats, count: int) -> Floats:
    """Return the people of each code, those at -1 left out."""
    return np.bincount(codes + 1, weights=people, minlength=count + 1)[1:].astype(np.float64)


def _set_within(problem: CoverageProblem, set_seconds: npt.NDArray[np.float32]) -> Floats:
    limits = [minute * 60 for minute in problem.minutes]
    rows = [[problem.people[row <= limit].sum() for limit in limits] for row in set_seconds]
    return np.array(rows, dtype=np.float64).reshape(len(set_seconds), len(limits))


def _by_group(codes: npt.NDArray[np.int32], within: Flags, counts: Floats) -> GroupCoverage:
    groups = int(codes.max(initial=-1)) + 1
    columns = range(counts.shape[1])
    people = np.stack([_people_by(codes, counts[:, c], groups) for c in columns], axis=1)
    inside = [
        [_people_by(np.where(row, codes, -1), counts[:, c], groups) for c in columns]
        for row in within
    ]
    return GroupCoverage(people, np.array(inside).transpose(0, 2, 1))


def _straight_metres(problem: CoverageProblem) -> npt.NDArray[np.float32]:
    """Return great-circle metres from each home to the nearest open station."""
    chosen = problem.open_stations()
    if not chosen.any():
        return np.full(problem.homes, np.inf, np.float32)
    # here, since no start of a process should wait for it
    from scipy.spatial import cKDTree

    tree = cKDTree(_on_sphere(problem.station_lon[chosen], problem.station_lat[chosen]))
    chord, _ = tree.query(_on_sphere(problem.home_lon, problem.home_lat))
    metres = 2 * EARTH_RADIUS_METRES * np.arcsin(np.minimum(chord / 2, 1))
    return np.asarray(metres, dtype=np.float32)


def _on_sphere(lon: Floats, lat: Floats) -> Floats:
    """Return points of the unit sphere, so that straight chords order like great circles."""
    phi, turn = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(phi) * np.cos(turn), np.cos(phi) * np.sin(turn), np.sin(phi)], axis=1)
