"""What a coverage run is asked (可达性问题): homes, stations, services, walkers and the hour.

The hour itself never gets here: the caller says which stations and gates stand open then, and which
service is offered where. Everything is checked once, before any work; the refusal names the row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from hequan.planner.errors import CoverageError, PlannerError
from hequan.planner.network import METRES_PER_DEGREE, WalkNetwork
from hequan.planner.profiles import Profile, profile_named

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
FAR_METRES = 20_000.0  # beyond this distance from the network a point belongs to another place
LONGEST_MINUTES = 600


@dataclass(frozen=True, eq=False)
class CoverageProblem:
    """Homes, stations and walkers on one network, at one hour; checked when it is made.

    A home is any point with people: a building, a population cell, a committee's centre. Points
    farther than `max_snap_metres` from every usable street are unreachable, not refused.
    """

    network: WalkNetwork
    home_lon: Floats
    home_lat: Floats
    people: Floats  # per home
    station_lon: Floats
    station_lat: Floats
    ages: Mapping[str, Floats] = field(default_factory=dict)  # people per home by age group
    services: tuple[str, ...] = ()
    station_services: Flags | None = None  # [station, service] offered
    station_open: Flags | None = None  # at the hour asked; None = all
    service_open: Flags | None = None  # [station, service] available at the hour asked
    gates_open: Flags | None = None  # per gate of the network; None = all
    profiles: tuple[Profile | str, ...] = ("adult", "elder", "frail", "child", "wheelchair")
    minutes: tuple[int, ...] = (5, 10, 15)
    groupings: Mapping[str, npt.NDArray[np.int32]] = field(default_factory=dict)  # -1 = no group
    max_snap_metres: float = 500.0

    def __post_init__(self) -> None:
        """Bring every array to its type and refuse what no answer can be given for."""
        self._keep_numbers("home", ("home_lon", "home_lat", "people"))
        self._keep_numbers("station", ("station_lon", "station_lat"))
        _refuse_far(self.network, "home", self.home_lon, self.home_lat)
        _refuse_far(self.network, "station", self.station_lon, self.station_lat)
        ages = {name: _amounts(f"age group {name}", v, self.homes) for name, v in self.ages.items()}
        object.__setattr__(self, "people", _amounts("people", self.people, self.homes))
        object.__setattr__(self, "ages", ages)
        object.__setattr__(self, "profiles", tuple(_profile(one) for one in self.profiles))
        object.__setattr__(self, "groupings", _codes(self.groupings, self.homes))
        _check_choices(self.walkers, self.services, self.minutes)
        offers = (self.stations, len(self.services))
        self._keep_flags("station_open", (self.stations,))
        self._keep_flags("station_services", offers)
        self._keep_flags("service_open", offers)
        self._keep_flags("gates_open", (len(self.network.gates),))

    @property
    def homes(self) -> int:
        """Return how many homes there are."""
        return len(self.home_lon)

    @property
    def stations(self) -> int:
        """Return how many stations there are, open or not."""
        return len(self.station_lon)

    @property
    def walkers(self) -> tuple[Profile, ...]:
        """Return the profiles as values."""
        return tuple(one for one in self.profiles if isinstance(one, Profile))

    @property
    def limit(self) -> int:
        """Return the longest minute limit in milliseconds."""
        return max(self.minutes) * 60_000

    def open_stations(self) -> Flags:
        """Return which stations stand open at the hour asked."""
        if self.station_open is None:
            return np.ones(self.stations, dtype=bool)
        return self.station_open

    def offers(self) -> Flags:
        """Return [station, service]: open, offered and available at the hour asked."""
        offered = np.ones((self.stations, len(self.services)), dtype=bool)
        for flags in (self.station_services, self.service_open):
            offered = offered if flags is None else offered & flags
        return np.asarray(offered & self.open_stations()[:, None])

    def head_counts(self) -> Floats:
        """Return [home, 1 + age groups]: all people, then those of each age group."""
        return np.column_stack([self.people, *self.ages.values()])

    def _keep_numbers(self, kind: str, names: tuple[str, ...]) -> None:
        count = len(np.atleast_1d(getattr(self, names[0])))
        for name in names:
            try:
                values = np.atleast_1d(np.asarray(getattr(self, name), dtype=np.float64))
            except (TypeError, ValueError) as error:
                raise CoverageError(
                    "coverage.not_numbers", "{name} must hold numbers only.", name=name
                ) from error
            _refuse_length(name, len(values), count)
            bad = np.flatnonzero(~np.isfinite(values))
            if len(bad):
                raise CoverageError(
                    f"coverage.{kind}_not_a_number",
                    "Row {row} of the {kind}s has no usable number for {name}; "
                    "fill it in or leave the row out.",
                    row=int(bad[0]) + 1,
                    kind=kind,
                    name=name,
                    rows=len(bad),
                )
            object.__setattr__(self, name, values)

    def _keep_flags(self, name: str, shape: tuple[int, ...]) -> None:
        values = getattr(self, name)
        if values is None:
            return
        flags = np.asarray(values, dtype=bool)
        if flags.shape != shape:
            raise CoverageError(
                "coverage.shape",
                "{name} has the shape {found} where {expected} is expected.",
                name=name,
                found=str(flags.shape),
                expected=str(shape),
            )
        object.__setattr__(self, name, flags)


def _refuse_length(name: str, found: int, expected: int) -> None:
    if found != expected:
        raise CoverageError(
            "coverage.length",
            "{name} has {found} values where {expected} are expected.",
            name=name,
            found=found,
            expected=expected,
        )


def _refuse_far(network: WalkNetwork, kind: str, lon: Floats, lat: Floats) -> None:
    west, south, east, north = network.bounds()
    side = np.maximum(np.maximum(west - lon, lon - east), 0) * np.cos(np.radians(lat))
    away = np.hypot(side, np.maximum(np.maximum(south - lat, lat - north), 0)) * METRES_PER_DEGREE
    far = np.flatnonzero((away > FAR_METRES) | (np.abs(lat) > 90) | (np.abs(lon) > 180))
    if len(far):
        row = int(far[0])
        raise CoverageError(
            f"coverage.{kind}_far_away",
            "Row {row} of the {kind}s lies at longitude {lon}, latitude {lat}, "
            "{kilometres} km from the nearest end of the streets ({rows} such rows); "
            "check for swapped coordinates, or take the streets of that place.",
            row=row + 1,
            kind=kind,
            lon=float(lon[row]),
            lat=float(lat[row]),
            kilometres=round(float(away[row]) / 1000),
            rows=len(far),
        )


def _amounts(name: str, values: npt.ArrayLike, homes: int) -> Floats:
    amounts = np.atleast_1d(np.asarray(values, dtype=np.float64))
    _refuse_length(name, len(amounts), homes)
    bad = np.flatnonzero(~(np.isfinite(amounts) & (amounts >= 0)))
    if len(bad):
        raise CoverageError(
            "coverage.people",
            "Row {row} of the homes has {value} for {name}; it must be 0 or more.",
            row=int(bad[0]) + 1,
            value=float(amounts[bad[0]]),
            name=name,
            rows=len(bad),
        )
    return amounts


def _profile(one: Profile | str) -> Profile:
    if isinstance(one, Profile):
        return one
    try:
        return profile_named(one)
    except PlannerError as error:
        raise CoverageError(error.code, error.sentence, **error.params) from error


def _codes(
    groupings: Mapping[str, npt.NDArray[np.int32]], homes: int
) -> dict[str, npt.NDArray[np.int32]]:
    kept: dict[str, npt.NDArray[np.int32]] = {}
    for name, values in groupings.items():
        codes = np.atleast_1d(np.asarray(values))
        _refuse_length(f"grouping {name}", len(codes), homes)
        if len(codes) and (not np.issubdtype(codes.dtype, np.integer) or codes.min() < -1):
            raise CoverageError(
                "coverage.group",
                "Grouping {name} must number its groups from 0, with -1 for no group.",
                name=name,
            )
        kept[name] = codes.astype(np.int32)
    return kept


def _check_choices(
    profiles: tuple[Profile, ...], services: tuple[str, ...], minutes: tuple[Any, ...]
) -> None:
    for name, chosen in (("profile", [p.code for p in profiles]), ("service", list(services))):
        twice = {code for code in chosen if chosen.count(code) > 1}
        if twice:
            raise CoverageError(
                "coverage.twice", "The {name} {code} stands twice.", name=name, code=min(twice)
            )
    if not profiles:
        raise CoverageError("coverage.no_profile", "Choose at least one profile.")
    whole = all(isinstance(minute, int | np.integer) for minute in minutes)
    if not whole or not minutes or sorted(set(minutes)) != list(minutes):
        raise CoverageError("coverage.minutes", "Minutes must be whole numbers, rising.")
    if minutes[0] < 1 or minutes[-1] > LONGEST_MINUTES:
        raise CoverageError(
            "coverage.minutes_range",
            "Minutes must lie between 1 and {longest}.",
            longest=LONGEST_MINUTES,
        )
