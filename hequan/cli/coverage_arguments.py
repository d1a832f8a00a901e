"""The options of `hequan coverage` (选项), read and checked before any file is opened."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hequan.cli.coverage_hours import Moment, read_moment
from hequan.cli.coverage_inputs import RESIDENT_FIELDS, STATION_FIELDS, Reading
from hequan.cli.words import LANGUAGES, Words
from hequan.files.coordinates import CoordinateSystem
from hequan.files.headers import Field, parse_columns
from hequan.planner.profiles import PROFILES

DEFAULT_PROFILES = "adult,elder,frail,child,wheelchair"
DEFAULT_MINUTES = "5,10,15"
ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0"
_LONGEST = 240


class UsageError(Exception):
    """An option that cannot be used: a key of `words` and its gaps."""

    def __init__(self, key: str, **gaps: Any) -> None:
        """Keep the sentence's key and gaps."""
        super().__init__(key)
        self.key = key
        self.gaps = gaps


@dataclass(frozen=True)
class CoverageOptions:
    """What one run was asked."""

    streets: Path
    stations: Reading
    residents: Reading
    age_columns: tuple[str, ...]
    minutes: tuple[int, ...]
    profiles: tuple[str, ...]
    moment: Moment | None
    out: Path
    title: str
    attribution: str


def read_options(arguments: Sequence[str], words: Words) -> CoverageOptions:
    """Return the options; raise UsageError or FileError, or leave as argparse does."""
    given = _parser(words).parse_args(arguments)
    shared, fields = given.columns, (*STATION_FIELDS, *RESIDENT_FIELDS)
    both = parse_columns(shared, fields)
    return CoverageOptions(
        streets=given.streets,
        stations=Reading(
            given.stations,
            _columns(both, given.station_columns, STATION_FIELDS),
            CoordinateSystem(given.station_crs or given.crs),
        ),
        residents=Reading(
            given.residents,
            _columns(both, given.resident_columns, RESIDENT_FIELDS),
            CoordinateSystem(given.resident_crs or given.crs),
        ),
        age_columns=_listed(given.age_columns),
        minutes=_minutes(given.minutes),
        profiles=_profiles(given.profile),
        moment=_moment(given.at),
        out=given.out,
        title=given.title,
        attribution=given.attribution,
    )


def _parser(words: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hequan coverage", description=words("help.description"), allow_abbrev=False
    )
    systems = [system.value for system in CoordinateSystem]
    known = ", ".join(PROFILES)
    for name in ("streets", "stations", "residents", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True, help=words(f"help.{name}"))
    parser.add_argument("--minutes", default=DEFAULT_MINUTES, help=words("help.minutes"))
    parser.add_argument(
        "--profile", default=DEFAULT_PROFILES, help=words("help.profile", known=known)
    )
    parser.add_argument("--at", default="", help=words("help.at"))
    for name in ("columns", "station-columns", "resident-columns", "age-columns"):
        key = f"help.{name.replace('-', '_')}"
        parser.add_argument(f"--{name}", default="", metavar="FIELD=HEADING", help=words(key))
    parser.add_argument("--crs", choices=systems, default="wgs84", help=words("help.crs"))
    parser.add_argument("--station-crs", choices=systems, help=words("help.station_crs"))
    parser.add_argument("--resident-crs", choices=systems, help=words("help.resident_crs"))
    parser.add_argument(
        "--lang", choices=LANGUAGES, default=words.language, help=words("help.lang")
    )
    parser.add_argument("--title", default=words("report.title"), help=words("help.title"))
    parser.add_argument("--attribution", default=ATTRIBUTION, help=words("help.attribution"))
    return parser


def _columns(both: dict[str, str], own: str, fields: Sequence[Field]) -> dict[str, str]:
    names = {one.name for one in fields}
    shared = {name: title for name, title in both.items() if name in names}
    return shared | parse_columns(own, fields)


def _listed(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.replace("，", ",").replace("、", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _minutes(text: str) -> tuple[int, ...]:
    parts = _listed(text)
    minutes = tuple(int(part) for part in parts if part.isdecimal())
    rising = len(minutes) == len(parts) > 0 and sorted(set(minutes)) == list(minutes)
    if not rising or not 1 <= minutes[0] <= minutes[-1] <= _LONGEST:
        raise UsageError("error.minutes", wanted=text)
    return minutes


def _profiles(text: str) -> tuple[str, ...]:
    chosen = _listed(text)
    for code in chosen or ("",):
        if code not in PROFILES:
            raise UsageError("error.profile", wanted=code, known=", ".join(PROFILES))
    return chosen


def _moment(text: str) -> Moment | None:
    moment = read_moment(text) if text else None
    if text and moment is None:
        raise UsageError("error.at", wanted=text)
    return moment
