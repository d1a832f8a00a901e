"""My fifteen minutes (我的十五分钟): which stations a person reaches on foot, now and later.

Everything it needs lies in memory: the directory of stations and the walking network, compared
with the stamps by one query per answer. Where no street is known the answer is by straight line,
and says so.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock

import numpy as np
import numpy.typing as npt

from hequan.core.versions import Kept
from hequan.planner.entries import Doors
from hequan.planner.fifteen import Reachable
from hequan.planner.gates import gates_open
from hequan.planner.network import METRES_PER_DEGREE
from hequan.planner.profiles import Profile
from hequan.stations.errors import OutsideGlobeError, UnknownProfileError
from hequan.stations.hours import OpenState
from hequan.stations.queries.cards import StationCard
from hequan.stations.queries.directory import STAMP, Directory, station_directory
from hequan.territory.queries import OpenNetwork, current_network, profiles_in_force

STREETS, STRAIGHT = "streets", "straight"
OFF_NETWORK_METRES = 1_000.0
FARTHEST_SECONDS = 3_600.0
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
    """The way to one station as a line of (longitude, latitude)."""

    line: tuple[tuple[float, float], ...]
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
    _reachable: dict[tuple[Profile, bytes], Reachable] = field(default_factory=dict)
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

    def reachable(self, walker: Profile, at: datetime) -> Reachable | None:
        """Return the stations as one walker finds them with the gates open at that moment."""
        if self.streets is None or self.doors is None or not self.directory.cards:
            return None
        gates = self._gates(self.streets, at)
        key = (walker, b"" if gates is None else gates.tobytes())
        with self._lock:
            if key not in self._reachable:
                if len(self._reachable) >= _MOST_KEPT:
                    self._reachable.clear()
                self._reachable[key] = Reachable.build(
                    self.streets.network,
                    self.streets.weights(walker, gates),
                    self.directory.lon,
                    self.directory.lat,
                    doors=self.doors,
                )
            return self._reachable[key]

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
    limit = minutes * 60.0
    straight = _straight_metres(ground.directory, lon, lat)
    found, origin = _found(ground, walker, lon, lat, at, limit)
    measure = STREETS
    if found is None:
        found, measure = _by_straight_line(straight, walker, limit), STRAIGHT
    reaches = [_reach(ground, place, way, straight, at) for place, way in found.items()]
    reaches.sort(key=lambda reach: (not reach.in_time, reach.seconds, reach.station.pk))
    nearest = None if reaches else _nearest(ground, walker, lon, lat, at, straight, measure)
    near = np.flatnonzero(straight <= limit * walker.metres_per_second)
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


def _found(
    ground: _Ground, walker: Profile, lon: float, lat: float, at: datetime, limit: float
) -> tuple[Ways | None, float | None]:
    """The ways along streets, None where there is no street near; and how near the street is."""
    reachable = ground.reachable(walker, at)
    if reachable is None:
        return None, None
    reached = reachable.from_point(lon, lat, limit)
    if not reached.origin_metres <= OFF_NETWORK_METRES:
        return None, None
    ways = zip(reached.seconds.tolist(), reached.metres.tolist(), strict=True)
    found = dict(zip(reached.station.tolist(), ways, strict=True))
    return found, float(reached.origin_metres)


def _by_straight_line(straight: Floats, walker: Profile, limit: float) -> Ways:
    seconds = straight / walker.metres_per_second
    near = np.flatnonzero(seconds <= limit)
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
    if measure == STREETS:
        found, _ = _found(ground, walker, lon, lat, at, FARTHEST_SECONDS)
    else:
        found = _by_straight_line(straight, walker, FARTHEST_SECONDS)
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
    reachable = ground.reachable(walker, at)
    near_street = (
        reachable and reachable.from_point(lon, lat, 0).origin_metres <= OFF_NETWORK_METRES
    )
    if reachable is not None and near_street:
        way = reachable.route(lon, lat, place, FARTHEST_SECONDS)
        if way is None:
            return None
        line = tuple(zip(way.lon.tolist(), way.lat.tolist(), strict=True))
        return Route(line, way.metres, way.seconds, STREETS)
    metres = float(_straight_metres(ground.directory, lon, lat)[place])
    line = ((lon, lat), (card.lon, card.lat))
    return Route(line, metres, metres / walker.metres_per_second, STRAIGHT)
