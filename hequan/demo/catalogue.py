"""The service catalogue of a demo (服务项目): 344 entries of catalogue.csv, and who offers which.

`packages` of an entry name the kinds of station that offer it; a kind of station draws its share.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from hequan.stations.records import ServiceRecord


@dataclass(frozen=True)
class Entry:
    """One entry and the packages it belongs to."""

    record: ServiceRecord
    packages: frozenset[str]


@lru_cache(maxsize=1)
def read_catalogue() -> tuple[Entry, ...]:
    """Return every entry of the catalogue, in the order of the file."""
    text = files("hequan.demo").joinpath("catalogue.csv").read_text(encoding="utf-8")
    return tuple(_entry(row) for row in csv.DictReader(text.splitlines()))


def _entry(row: dict[str, str]) -> Entry:
    papers = tuple(paper for paper in row["papers"].split(";") if paper)
    record = ServiceRecord(
        code=row["code"],
        name=row["name"],
        category=row["category"],
        mode=row["mode"],
        minutes=int(row["minutes"]),
        papers=papers,
        audience=row["audience"],
        fee=row["fee"],
    )
    return Entry(record, frozenset(row["packages"].split()))


def codes_in(packages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of all entries that belong to one of these packages."""
    wanted = set(packages)
    return tuple(entry.record.code for entry in read_catalogue() if entry.packages & wanted)
