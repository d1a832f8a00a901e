"""The starter catalogue (起步事项目录): matters of a neighbourhood in matters.csv, ours to change.

Its codes are written as GB/T 30428.2 writes codes, but every subclass bears a local number: the
words are ours and not the standard's. A town imports it as it is, or edits the file first.
"""

import csv
from datetime import date
from functools import lru_cache
from importlib.resources import files

from hequan.roster.matters import MatterFacts

STARTER_FILE = "matters.csv"


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    text = files("hequan.roster").joinpath(STARTER_FILE).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def starter_matters(valid_from: date) -> list[MatterFacts]:
    """Return the starter catalogue, in force from a day on."""
    return [
        MatterFacts(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            description=row["description"],
            place_kinds=tuple(kind for kind in row["place_kinds"].split(";") if kind),
            valid_from=valid_from,
        )
        for row in _rows()
    ]
