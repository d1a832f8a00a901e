"""What a coverage run answers (可达性结果): per walker, home, station, service and group.

Times are seconds, lengths metres, people as given (they need not be whole). What cannot be reached
has station -1 and infinite seconds and metres. Shares of nobody are NaN.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.planner.errors import CoverageError
from hequan.planner.gaps import Gap
from hequan.planner.profiles import Profile

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class GroupCoverage:
    """People of each group of one grouping: column 0 all, then one per age group."""

    people: Floats  # [group, column]
    within: Floats  # [minute limit, group, column]

    @property
    def shares(self) -> Floats:
        """Return [minute limit, group, column], NaN where there is nobody."""
        return share(self.within, self.people[None])


@dataclass(frozen=True, eq=False)
class ProfileCoverage:
    """Everything about one profile; homes and stations are in the problem's order."""

    profile: Profile
    minutes: tuple[int, ...]
    home_station: npt.NDArray[np.int32]
    home_seconds: Singles
    home_metres: Singles
    people: Floats  # [column], column 0 all, then one per age group
    within: Floats  # [minute limit, column]
    off_network_people: float  # farther from every usable street than the snapping distance
    unreachable_people: float  # no way to any open station, those off the network included
    station_people: Floats  # people to whom the station is the nearest
    station_within: Floats  # [station, minute limit], of those
    services: tuple[str, ...]
    service_set: npt.NDArray[np.int32]  # [service]: row of set_seconds; equal station sets share
    set_seconds: Singles  # [set, home], infinite beyond the longest limit
    set_within: Floats  # [set, minute limit] people
    groups: Mapping[str, GroupCoverage]
    gaps: tuple[Gap, ...]  # beyond the longest limit, most people first

    @property
    def people_within(self) -> dict[int, float]:
        """Return people within each minute limit."""
        return {m: float(row[0]) for m, row in zip(self.minutes, self.within, strict=True)}

    @property
    def share_within(self) -> dict[int, float]:
        """Return the share of people within each minute limit."""
        total = float(self.people[0])
        return {m: n / total if total else float("nan") for m, n in self.people_within.items()}

    @property
    def service_within(self) -> Floats:
        """Return [service, minute limit] people who reach a station offering it."""
        return self.set_within[self.service_set]

    def service_seconds(self, service: str) -> Singles:
        """Return seconds from each home to the nearest station offering the service."""
        if service not in self.services:
            raise CoverageError(
                "service.unknown",
                "There is no service {service} in this coverage run.",
                service=service,
            )
        row = int(self.service_set[self.services.index(service)])
        return np.asarray(self.set_seconds[row])


@dataclass(frozen=True, eq=False)
class CoverageResult:
    """The answers for each profile, and the straight-line figures beside them."""

    columns: tuple[str, ...]  # "people", then the age groups
    straight_metres: Singles  # per home to the nearest open station
    profiles: Mapping[str, ProfileCoverage]

    def profile(self, code: str) -> ProfileCoverage:
        """Return the answers of one profile, or refuse with the list of those there are."""
        if code not in self.profiles:
            raise CoverageError(
                "profile.unknown",
                "There is no profile {profile}. Choose from: {known}.",
                profile=code,
                known=", ".join(self.profiles),
            )
        return self.profiles[code]


def share(part: Floats, whole: Floats) -> Floats:
    """Return part / whole, NaN where the whole is zero."""
    part, whole = np.broadcast_arrays(part, whole)
    shares = np.full(part.shape, np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares
