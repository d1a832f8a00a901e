"""What is asked on one day of the demo's year (演示诉求): from askings.csv, elsewhere each time."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import numpy as np

from hequan.cases.asking import Asking
from hequan.cases.kinds import CaseChannel
from hequan.demo.chance import stream
from hequan.demo.year_days import Series, door_of, moment_of, series_of, weights_of

_TAILS = (
    "",
    "",
    "",
    "已经好几天了，请尽快看看。",
    "老人和孩子进出不方便。",
    "上次来看过，过了一阵又这样。",
    "邻居们都有意见。",
    "请给个答复。",
)
_NO_CLASS, _NO_PLACE, _CONFIDENTIAL, _NO_CONTACT = 0.04, 0.03, 0.06, 0.15
_FOLLOWED, _TOLD_AT_ONCE = 0.05, 0.85
_DESKS = (CaseChannel.COUNTER, CaseChannel.TELEPHONE)
_HOUSE = re.compile(r"\d+号楼")


@dataclass(frozen=True)
class Town:
    """Where the demo's cases lie: the town, its micro-grids, and how many are asked in each."""

    unit: int
    grids: Sequence[int]
    shares: Sequence[float]


@dataclass(frozen=True)
class Planned:
    """One asking to come: what, when, under which key, and how it is taken in."""

    key: str
    at: datetime
    asking: Asking
    drawn: int  # which clerk takes it
    grid: int
    matter: str
    is_told_at_once: bool = False
    may_follow: bool = False


def town_of_grids(unit: int, grids: Sequence[int], seed: int) -> Town:
    """Return a town whose micro-grids ask unevenly, the same for the same seed."""
    weights = stream(seed, "year/grids").lognormal(0.0, 0.6, len(grids))
    return Town(unit, grids, [float(one) for one in weights / weights.sum()])


def asked_on(
    series: Series, day: int, count: int, is_off: bool, town: Town, zone: ZoneInfo
) -> list[Planned]:
    """Return what is asked on a day, in the order of the clock; the same for the same series."""
    shares = _shares(series.day_on(day).month)
    found = [_planned(series, day, n, is_off, town, zone, shares) for n in range(count)]
    return sorted(found, key=lambda one: (one.at, one.key))


def known_to(series: Series, key: str, town: Town) -> tuple[str, int]:
    """Return the class and the micro-grid of an asking that told neither: what was meant by it."""
    month = series.day_on(series_of(key)[1]).month
    row, grid = _what_and_where(stream(series.seed, key), town, _shares(month))
    return row["matter"] or ROWS[0]["matter"], grid


def _shares(month: int) -> list[float]:
    return weights_of([row["matter"] for row in ROWS], month)


def _planned(
    series: Series,
    day: int,
    number: int,
    is_off: bool,
    town: Town,
    zone: ZoneInfo,
    shares: Sequence[float],
) -> Planned:
    key = series.key(day, number)
    rng = stream(series.seed, key)
    row, grid = _what_and_where(rng, town, shares)
    channel, hours = door_of(rng, is_off)
    at = moment_of(rng, series.day_on(day), hours, zone)
    asking = _asking(rng, row, key, grid, town, channel)
    is_question = not row["place"] and bool(row["matter"])
    told = is_question and channel in _DESKS and rng.random() < _TOLD_AT_ONCE
    follows = not is_question and rng.random() < _FOLLOWED
    drawn = int(rng.integers(1 << 30))
    return Planned(key, at, asking, drawn, grid, row["matter"], told, follows)


def _what_and_where(
    rng: np.random.Generator, town: Town, shares: Sequence[float]
) -> tuple[Mapping[str, str], int]:
    row = ROWS[int(rng.choice(len(ROWS), p=shares))]
    return row, town.grids[int(rng.choice(len(town.grids), p=town.shares))]


def _asking(
    rng: np.random.Generator,
    row: Mapping[str, str],
    key: str,
    grid: int,
    town: Town,
    channel: CaseChannel,
) -> Asking:
    house = f"{int(rng.integers(1, 40))}号楼"
    place = _HOUSE.sub(house, row["place"])
    words = row["words"] + _TAILS[int(rng.integers(len(_TAILS)))]
    asking = Asking(
        channel=channel,
        words=words,
        at_unit=town.unit,
        matter_code="" if rng.random() < _NO_CLASS else row["matter"],
        unit=None if rng.random() < _NO_PLACE else grid,
        place_words=place,
        is_confidential=bool(rng.random() < _CONFIDENTIAL),
        form_key=key,
    )
    if rng.random() < _NO_CONTACT:
        return asking
    phone = f"1548{int(rng.integers(10_000_000)):07d}"  # of the range that no operator has
    return replace(asking, contact_name="居民", contact_phone=phone)


def _rows() -> list[dict[str, str]]:
    text = files("hequan.demo").joinpath("askings.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


ROWS = _rows()
