"""My fifteen minutes (我的十五分钟): which stations a person reaches on foot, now and later.

Everything it needs lies in memory: the directory of stations and the walking network, compared
with the stamps by one query per answer. Where no street is known the answer is by straight line,
and says so.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from threading import Lock

import numpy as np
import numpy.typing as npt

from hequan.core.versions import Kept
from hequan.planner import fifteen as planner
from hequan.planner.entries import Doors
from hequan.planner.gates import gates_open
from hequan.planner.network import METRES_PER_DEGREE
from hequan.planner.profiles import Profile
from hequan.stations.errors import OutsideGlobeError, UnknownProfileError
from hequan.stations.hours import OpenState
from hequan.stations.queries.cards import StationCard
from hequan.stations.queries.directory import STAMP, Directory, station_directory
from hequan.territory.queries import OpenNetwork, current_network, profiles_in_force

STREETS, STRAIGHT = "streets", "straight"
OFF_NETWORK_METRES = 500.0
FARTHEST_MINUTES = 60.0
_MOST_BEYOND = 5
_MOST_MINUTES = 2_000  # moments whose gates are remembered
_MOST_KEPT = 24  # walkers times states of the gates

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Reach:
    """A station within reach; `open` is its state when one sets out, `in_time` says whether it is
    open when one arrives."""

    station: StationCard
    seconds: float
    metres: float
    straight_metres: float
    open: OpenState
    in_time: bool

    @property
    def minutes(self) -> int:
        """The walk in whole minutes, rounded up."""
        return max(1, math.ceil(self.seconds / 60))


@dataclass(frozen=True)
class Beyond:
    """A station near by straight line that cannot be walked to in time."""

    station: StationCard
    straight_metres: float


@dataclass(frozen=True)
class Fifteen:
    """The answer: stations open on arrival first, then by walking time.

    `measure` is "streets", or "straight" where no street is known near the place. `origin_metres`
    is the way to the first street. `nearest_beyond` is told where nothing lies within the limit.
    """

    reaches: tuple[Reach, ...]
    nearest_beyond: Reach | None
    beyond: tuple[Beyond, ...]
    origin_metres: float | None
    measure: str
    profile: str
    minutes: int
    at: datetime


@dataclass(frozen=True)
class Route:
    """The way to one station as a line of (longitude, latitude), and the streets it follows."""

    line: tuple[tuple[float, float], ...]
    streets: tuple[str, ...]
    metres: float
    seconds: float
    measure: str


@dataclass(frozen=True, eq=False)
class _Ground:
    """Stations and streets as this process knows them, with what was derived for each walker."""

    directory: Directory
    streets: OpenNetwork | None
    doors: Doors | None
    _walkers: dict[date, Mapping[str, Profile]] = field(default_factory=dict)
    _walks: dict[tuple[Profile, bytes], planner.Walks] = field(default_factory=dict)
    _gates_then: dict[tuple[date, int], npt.NDArray[np.bool_]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def walker(self, code: str, on: date) -> Profile:
        """Return the walker of that code by the rules in force on a day."""
        if on not in self._walkers:
            self._walkers.clear()
            self._walkers[on] = profiles_in_force(on)
        known = self._walkers[on]
        if code not in known:
            raise UnknownProfileError(profile=code, known=", ".join(known))
        return known[code]

    def walks(self, walker: Profile, at: datetime) -> planner.Walks | None:
        """Return the ways of one walker with the gates open at that moment, None = no streets."""
        if self.streets is None or self.doors is None or not self.directory.cards:
            return None
        gates = self._gates(self.streets, at)
        key = (walker, b"" if gates is None else gates.tobytes())
        with self._lock:
            if key not in self._walks:
                if len(self._walks) >= _MOST_KEPT:
                    self._walks.clear()
                self._walks[key] = planner.Walks.build(
                    self.streets.network,
                    self.streets.weights(walker, gates),
                    self.directory.lon,
                    self.directory.lat,
                    doors=self.doors,
                    max_snap_metres=OFF_NETWORK_METRES,
                )
            return self._walks[key]

    def _gates(self, streets: OpenNetwork, at: datetime) -> npt.NDArray[np.bool_] | None:
        if not len(streets.network.gates):
            return None
        wall = at.astimezone(self.directory.zone)
        minute = wall.hour * 60 + wall.minute
        key = (wall.date(), minute)
        if key not in self._gates_then:
            if len(self._gates_then) >= _MOST_MINUTES:
                self._gates_then.clear()
            self._gates_then[key] = gates_open(
                streets.network, wall.weekday(), minute, week_of=wall.date()
            )
        return self._gates_then[key]


def _build() -> _Ground:
    streets = current_network()
    doors = Doors(streets.network) if streets else None
    return _Ground(station_directory(), streets, doors)


_kept = Kept(_build, STAMP, "calendar", "territory", "streets")


def fifteen_minutes_from(
    lon: float, lat: float, *, profile: str, at: datetime, minutes: int = 15
) -> Fifteen:
    """Return the stations within so many minutes' walk of a place, and how they stand.

    Raises UnknownProfileError, and OutsideGlobeError for degrees that are no place.
    """
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise OutsideGlobeError(lon=lon, lat=lat)
    ground = _kept.get()
    walker = ground.walker(profile, at.astimezone(ground.directory.zone).date())
    straight = _straight_metres(ground.directory, lon, lat)
    reached = _reached(ground, walker, lon, lat, at, minutes)
    if reached is None:
        found, measure, origin = _by_straight_line(straight, walker, minutes), STRAIGHT, None
    else:
        found, measure = _ways_of(reached), STREETS
        origin = float(reached.door.air_length[0]) / 1000
    reaches = [_reach(ground, place, way, straight, at) for place, way in found.items()]
    reaches.sort(key=lambda reach: (not reach.in_time, reach.seconds, reach.station.pk))
    nearest = None if reaches else _nearest(ground, walker, lon, lat, at, straight, measure)
    near = np.flatnonzero(straight <= minutes * 60 * walker.metres_per_second)
    missed = sorted((place for place in near.tolist() if place not in found), key=straight.item)
    cards = ground.directory.cards
    return Fifteen(
        reaches=tuple(reaches),
        nearest_beyond=nearest,
        beyond=tuple(Beyond(cards[n], float(straight[n])) for n in missed[:_MOST_BEYOND]),
        origin_metres=origin,
        measure=measure,
        profile=profile,
        minutes=minutes,
        at=at,
    )


Ways = dict[int, tuple[float, float]]  # place in the directory: seconds, metres


def _reached(
    ground: _Ground, walker: Profile, lon: float, lat: float, at: datetime, minutes: float
) -> planner.Reach | None:
    """What is reached along streets; None where there is no street near."""
    walks = ground.walks(walker, at)
    reached = walks.reach_from(lon, lat, minutes) if walks else None
    return reached if reached and reached.door.edge[0] >= 0 else None


def _ways_of(reached: planner.Reach) -> Ways:
    ways = zip(reached.seconds.tolist(), reached.metres.tolist(), strict=True)
    return dict(zip(reached.station.tolist(), ways, strict=True))


def _by_straight_line(straight: Floats, walker: Profile, minutes: float) -> Ways:
    seconds = straight / walker.metres_per_second
    near = np.flatnonzero(seconds <= minutes * 60)
    return {n: (float(seconds[n]), float(straight[n])) for n in near.tolist()}


def _nearest(
    ground: _Ground,
    walker: Profile,
    lon: float,
    lat: float,
    at: datetime,
    straight: Floats,
    measure: str,
) -> Reach | None:
    found = _by_straight_line(straight, walker, FARTHEST_MINUTES)
    if measure == STREETS:
        reached = _reached(ground, walker, lon, lat, at, FARTHEST_MINUTES)
        found = _ways_of(reached) if reached else {}
    if not found:
        return None
    place = min(found, key=lambda n: (found[n][0], n))
    return _reach(ground, place, found[place], straight, at)


def _reach(
    ground: _Ground, place: int, way: tuple[float, float], straight: Floats, at: datetime
) -> Reach:
    card = ground.directory.cards[place]
    seconds, metres = way
    return Reach(
        station=card,
        seconds=seconds,
        metres=metres,
        straight_metres=float(straight[place]),
        open=ground.directory.open_state(card.pk, at),
        in_time=ground.directory.is_open(card.pk, at + timedelta(seconds=seconds)),
    )


def _straight_metres(directory: Directory, lon: float, lat: float) -> Floats:
    """Metres on the plane at this latitude: exact to a few per mille within a town's reach."""
    east = (directory.lon - lon) * math.cos(math.radians(lat))
    return np.hypot(east, directory.lat - lat) * METRES_PER_DEGREE


def route_to(
    lon: float, lat: float, station_pk: int, *, profile: str, at: datetime
) -> Route | None:
    """Return the way to a station; None where it cannot be walked within an hour.

    Without streets it is a straight line and says so. Raises StationNotFoundError and
    UnknownProfileError.
    """
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise OutsideGlobeError(lon=lon, lat=lat)
    ground = _kept.get()
    card = ground.directory.card(station_pk)
    walker = ground.walker(profile, at.astimezone(ground.directory.zone).date())
    place = ground.directory.places[card.pk]
    reached = _reached(ground, walker, lon, lat, at, FARTHEST_MINUTES)
    if reached is None:
        metres = float(_straight_metres(ground.directory, lon, lat)[place])
        line = ((lon, lat), (card.lon, card.lat))
        return Route(line, (), metres, metres / walker.metres_per_second, STRAIGHT)
    if place not in reached.station:
        return None
    way = reached.route_to(place)
    names = (reached.walks.network.name_of(edge) for edge in way.edges)
    streets = tuple(name for name, _ in groupby(name for name in names if name))
    points = tuple((x, y) for x, y in way.line.tolist())
    return Route(points, streets, way.metres, way.seconds, STREETS)


def warm_answers(at: datetime) -> None:
    """Answer once for every profile, so that no visitor waits for streets to be opened."""
    ground = _kept.get()
    if ground.directory.cards:
        door = ground.directory.cards[0]
        for profile in profiles_in_force(at.astimezone(ground.directory.zone).date()):
            fifteen_minutes_from(door.lon, door.lat, profile=profile, at=at)
