"""One coverage run on plain files (一次测算): what was asked, what was read, what came out."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely import MultiPolygon

from hequan.cli.coverage_hours import Moment
from hequan.cli.coverage_inputs import Remark, Residents, Stations
from hequan.cli.words import Words
from hequan.planner.coverage_result import CoverageResult, ProfileCoverage
from hequan.planner.network import WalkNetwork


@dataclass(frozen=True, eq=False)
class CoverageRun:
    """Everything the outputs are made from; outlines are keyed by walker and minutes."""

    words: Words
    title: str
    network: WalkNetwork
    stations: Stations
    residents: Residents
    minutes: tuple[int, ...]
    moment: Moment | None
    station_open: NDArray[np.bool_]
    closed_gates: int
    result: CoverageResult
    outlines: Mapping[tuple[str, int], MultiPolygon]
    inputs: Mapping[str, str]
    remarks: tuple[Remark, ...]
    attribution: str

    @property
    def total(self) -> float:
        """Return the number of people."""
        return float(self.residents.people.sum())

    @property
    def first(self) -> ProfileCoverage:
        """Return the answers of the walker named first, whom map and gaps speak of."""
        return next(iter(self.result.profiles.values()))

    def straight_share(self, answer: ProfileCoverage) -> dict[int, float]:
        """Return the share of people who would arrive in time as the crow flies."""
        reach = {m: answer.profile.metres_per_second * m * 60 for m in self.minutes}
        metres, people = self.result.straight_metres, self.residents.people
        return {m: self._share(people[metres <= most].sum()) for m, most in reach.items()}

    def service_shares(self, answer: ProfileCoverage) -> dict[str, dict[int, float]]:
        """Return for each service the share of people who reach a station offering it."""
        within = answer.service_within
        return {
            service: {m: self._share(part) for m, part in zip(self.minutes, row, strict=True)}
            for service, row in zip(answer.services, within, strict=True)
        }

    def _share(self, part: float) -> float:
        return float(part) / self.total if self.total else math.nan

    def profile_name(self, code: str) -> str:
        """Return the walker's name in the language of the run."""
        key = f"profile.{code}"
        return self.words(key) if self.words.knows(key) else code
