"""Reading the catalogue of matters (事项目录): on a day, searched, one with its past."""

from dataclasses import replace
from datetime import date

from hequan.core import versions
from hequan.roster.matters import Catalogue, MatterFacts, MatterRow, class_code_of
from hequan.roster.models import Matter, MatterVersion

MATTERS_STAMP = "roster.matters"


class _Books:
    """All versions of all matters, and the catalogues already made of them by day."""

    def __init__(self) -> None:
        self.rows = tuple(_rows())
        self.by_day: dict[date, Catalogue] = {}


def _rows() -> list[MatterRow]:
    found = MatterVersion.objects.order_by("matter__code", "valid_from").values_list(
        *("matter_id", "matter__code", "name", "name_en", "place_kinds", "description"),
        *("matter__local_code", "valid_from", "valid_to"),
    )
    return [
        MatterRow(
            pk=row[0],
            code=row[1],
            class_code=class_code_of(row[1]),
            name=row[2],
            name_en=row[3],
            place_kinds=tuple(row[4]),
            description=row[5],
            local_code=row[6],
            valid_from=row[7],
            valid_to=row[8],
        )
        for row in found
    ]


_kept = versions.Kept(_Books, MATTERS_STAMP)
_DAYS_KEPT = 64


def catalogue_on(on: date) -> Catalogue:
    """Return the matters in force on a day: one query of a stamp, the rest is kept."""
    books = _kept.get()
    if on not in books.by_day:
        if len(books.by_day) >= _DAYS_KEPT:
            books.by_day.clear()
        rows = [one for one in books.rows if _holds_on(one, on)]
        by_code = {one.code: one for one in rows}
        books.by_day[on] = Catalogue(by_code, {one.pk: one for one in rows})
    return books.by_day[on]


def _holds_on(row: MatterRow, on: date) -> bool:
    begun = row.valid_from is not None and row.valid_from <= on
    return begun and (row.valid_to is None or on < row.valid_to)


def matters_matching(words: str, class_code: str, on: date) -> list[MatterRow]:
    """Return the matters in force whose name, code or local code holds the words, by code.

    A class is among them when it fits itself or one of its subclasses does.
    """
    wanted = words.strip().casefold()
    by_code = catalogue_on(on).by_code
    found = {
        one.code
        for one in by_code.values()
        if wanted in f"{one.name} {one.name_en} {one.code} {one.local_code}".casefold()
    }
    found |= {by_code[code].class_code for code in found if by_code[code].class_code in by_code}
    return [
        one
        for code, one in sorted(by_code.items())
        if code in found and class_code in ("", one.code, one.class_code)
    ]


def matter_versions(matter: Matter) -> list[MatterRow]:
    """Return all that was and will be said of a matter, newest first."""
    return [one for one in reversed(_kept.get().rows) if one.pk == matter.pk]


def matters_by_code() -> dict[str, Matter]:
    """Return every matter ever entered, by its code."""
    return {one.code: one for one in Matter.objects.all()}


def newest_versions() -> dict[str, MatterRow]:
    """Return what is said last of every matter, by code."""
    return {one.code: one for one in _kept.get().rows}


def matter_facts(row: MatterRow) -> MatterFacts:
    """Return a version as the facts an action takes."""
    return MatterFacts(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        description=row.description,
        place_kinds=row.place_kinds,
        local_code=row.local_code,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def without_days(facts: MatterFacts) -> MatterFacts:
    """Return the facts without their days, to tell whether anything else differs."""
    return replace(facts, valid_from=None, valid_to=None)
