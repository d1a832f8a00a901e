"""Which matters in force a text looks like (类别提示): told to whoever chooses, never chosen."""

from dataclasses import dataclass
from datetime import datetime

from hequan.cases.class_hints import Known, hints_of, known_matters
from hequan.roster.days import day_of
from hequan.roster.matters import Catalogue, MatterRow
from hequan.roster.queries.matters import catalogue_on


@dataclass(frozen=True)
class ClassHint:
    """A matter that can be asked for, and the words of the text that speak for it."""

    matter: MatterRow
    words: tuple[str, ...]


_kept: list[tuple[Catalogue, Known]] = []  # what the catalogue asked for last is known by


def class_hints(words: str, at: datetime) -> tuple[ClassHint, ...]:
    """Return at most three matters the words may be about, the likeliest first."""
    catalogue = catalogue_on(day_of(at))
    found = hints_of(words, _known_in(catalogue))
    return tuple(ClassHint(catalogue.by_code[one.code], one.words) for one in found)


def _known_in(catalogue: Catalogue) -> Known:
    for there, known in _kept:
        if there is catalogue:
            return known
    known = known_matters(catalogue.asked_for())
    _kept[:] = [(catalogue, known)]
    return known
