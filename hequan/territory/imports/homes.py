"""Homes (住处) of a file: buildings, population cells or committees, each at its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from hequan.core.accounts import Account
from hequan.core.file_words import remark_of, sentence
from hequan.core.import_rows import (
    ImportRow,
    ImportTable,
    outside_reach,
    points_of,
    refuse_repeated,
    refused_fate,
)
from hequan.core.imports import ImportOptions, ImportPlan, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.wording import ReadError
from hequan.planner.network import metres_between
from hequan.territory.actions import HomeFacts, place_stand_ins, save_homes
from hequan.territory.imports.place_words import PlaceChecks, reading_note
from hequan.territory.kinds import AgeBand
from hequan.territory.models import Home, Unit
from hequan.territory.queries import units_at, units_with_codes, units_with_ids

KIND = "people-counts"
_SAME_PLACE_METRES = 1000.0
_AT_ONCE = 5000
_COMPARED = ("lon", "lat", "people", "by_age", "unit_id", "address")


@dataclass(frozen=True)
class _Known:
    """What the rows are compared with: homes by code, units by code and by id."""

    homes: dict[str, Home]
    named: dict[str, Unit]
    located: dict[int, Unit]
    checks: PlaceChecks


def plan_homes(table: ImportTable, options: ImportOptions) -> ImportPlan:
    """Decide the fate of every home; nothing is written."""
    rows = refuse_repeated(table.rows, "id", table.column("id"))
    lon, lat = points_of(rows)
    placed = np.isfinite(lon) & np.isfinite(lat)
    units = np.zeros(len(rows), dtype=np.int64)
    units[placed] = units_at(lon[placed], lat[placed])
    known = _known(rows, units.tolist(), options)
    source = options.extra.get("source") or table.file_name
    fates, homes = [], []
    for row, unit_id in zip(rows, units.tolist(), strict=True):
        fate, home = _decide(row, known.located.get(unit_id), table, known, options, source)
        fates.append(fate)
        if home is not None and fate.fate in (Fate.NEW, Fate.CHANGED):
            homes.append(home)

    def write(by: Account, at: datetime) -> None:
        coordinates = options.coordinates or "wgs84"
        save_homes(
            homes=homes, source=source, source_coordinates=coordinates, by=by, at=at, locate=False
        )
        place_stand_ins(by=by, at=at)

    advice = reading_note(lon, lat)
    notes = (*table.notes, *((advice,) if advice else ()), _sum_note(homes))
    return ImportPlan(KIND, table.file_name, fates, write, table.columns, notes)


def _known(rows: Sequence[ImportRow], units: Sequence[int], options: ImportOptions) -> _Known:
    codes = [_home_code(row, options) for row in rows]
    homes: dict[str, Home] = {}
    for start in range(0, len(codes), _AT_ONCE):
        found = Home.objects.filter(code__in=codes[start : start + _AT_ONCE])
        homes.update({home.code: home for home in found})
    named = units_with_codes(row.text("unit_code") for row in rows if row.text("unit_code"))
    return _Known(homes, named, units_with_ids(units), PlaceChecks())


def _home_code(row: ImportRow, options: ImportOptions) -> str:
    return f"{options.extra.get('prefix', '')}{row.text('id')}"[:64]


def _decide(
    row: ImportRow,
    located: Unit | None,
    table: ImportTable,
    known: _Known,
    options: ImportOptions,
    source: str,
) -> tuple[RowFate, HomeFacts | None]:
    label = row.text("address") or row.text("id")
    row = _placed(row, table)
    unit, row = _unit(row, located, table, known)
    if not row.refusals and not options.may_write(unit.path if unit else "/"):
        row = outside_reach(row, table.column("lon"), _place_text(row))
    old = known.homes.get(_home_code(row, options))
    row = _same_home(row, old, source, table)
    if row.refusals:
        return refused_fate(row, label), None
    facts = _facts(row, unit, table, old, options)
    warnings = _warnings(row, facts, unit, known, table)
    if old is None:
        return RowFate(row.number, Fate.NEW, label, warnings=warnings), facts
    changes = _changes(old, facts)
    fate = Fate.CHANGED if changes else Fate.SAME
    return RowFate(row.number, fate, label, changes, warnings=warnings), facts


def _placed(row: ImportRow, table: ImportTable) -> ImportRow:
    """A row without a place is refused; a cell that could not be read has been already."""
    spoilt = {remark.column for remark in row.refusals}
    for name in ("lon", "lat"):
        column = table.column(name)
        if row.values.get(name) is None and column not in spoilt:
            row = row.refused(remark_of(ReadError("cell-blank", column=column)))
    return row


def _place_text(row: ImportRow) -> str:
    lon, lat = row.values.get("lon"), row.values.get("lat")
    return "" if lon is None or lat is None else f"{lon:.6f}, {lat:.6f}"


def _unit(
    row: ImportRow, located: Unit | None, table: ImportTable, known: _Known
) -> tuple[Unit | None, ImportRow]:
    """The unit named in the row, or the smaller one inside it where the place lies."""
    code = row.text("unit_code")
    if not code:
        return located, row
    named = known.named.get(code)
    if named is None:
        remedy = _("Import the unit with its code first, or correct the code.")
        wrong = Remark(_("no unit bears this code"), table.column("unit_code"), code, remedy)
        return None, row.refused(wrong)
    inside = located is not None and located.path.startswith(named.path)
    return (located if inside else named), row


def _same_home(row: ImportRow, old: Home | None, source: str, table: ImportTable) -> ImportRow:
    """Two files may both number their cells from 1: no home jumps to another source's place."""
    if old is None or row.refusals or old.source == source:
        return row
    metres = float(metres_between(old.lon, old.lat, row.values["lon"], row.values["lat"]))
    if metres <= _SAME_PLACE_METRES:
        return row
    text = _("another home bears this id, {kilometres} km away, from {source}")
    return row.refused(
        Remark(
            sentence(text, kilometres=f"{metres / 1000:,.1f}", source=old.source),
            column=table.column("id"),
            value=row.text("id"),
            remedy=_("Give a text to put before every id of this file."),
        )
    )


def _facts(
    row: ImportRow, unit: Unit | None, table: ImportTable, old: Home | None, options: ImportOptions
) -> HomeFacts:
    by_age = {band: row.values.get(f"age_{band}") for band in AgeBand}
    counted = {str(band): number for band, number in by_age.items() if number is not None}
    has_ages = any(table.has(f"age_{band}") for band in AgeBand)
    return HomeFacts(
        code=_home_code(row, options),
        lon=round(row.values["lon"], 8),
        lat=round(row.values["lat"], 8),
        people=round(row.values["people"]),
        by_age=counted if has_ages or old is None else old.by_age,
        address=row.text("address") if table.has("address") or old is None else old.address,
        unit_id=unit.pk if unit else None,
    )


def _warnings(
    row: ImportRow, facts: HomeFacts, unit: Unit | None, known: _Known, table: ImportTable
) -> tuple[Remark, ...]:
    found = []
    if row.text("unit_code") and unit is not None:
        wrong = known.checks.remark(facts.lon, facts.lat, unit, table.column("lon"))
        found += [wrong] if wrong else []
    by_age = sum(facts.by_age.values())
    if by_age > facts.people + len(facts.by_age):
        text = _("the ages add up to {sum}, more than all people, {people}")
        said = sentence(text, sum=round(by_age), people=facts.people)
        found.append(Remark(said, table.column("people"), str(facts.people)))
    return tuple(found)


def _changes(old: Home, facts: HomeFacts) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (getattr(old, name), getattr(facts, name)) for name in _COMPARED}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _sum_note(homes: Sequence[HomeFacts]) -> Remark:
    text = _("New or changed: {homes} homes with {people} people, {outside} of them in no unit.")
    outside = sum(1 for home in homes if home.unit_id is None)
    people = sum(home.people for home in homes)
    return Remark(sentence(text, homes=len(homes), people=f"{people:,}", outside=outside))
