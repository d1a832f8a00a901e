"""What becomes of one row of a table of stations: its unit, its hours, its services, its fate."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import shapely
from django.utils.translation import gettext_lazy as _

from hequan.core.file_words import remark_of, sentence
from hequan.core.import_rows import ImportRow, ImportTable, outside_reach, refused_fate
from hequan.core.imports import ImportOptions, Remark, RowFate
from hequan.core.kinds import Fate
from hequan.files.wording import ReadError
from hequan.stations.actions.batch import StationEntry
from hequan.stations.hours import HoursError, Rule
from hequan.stations.hours_text import hours_text
from hequan.stations.hours_words import hours_problem
from hequan.stations.imports.services import changes_between, refuse_too_long
from hequan.stations.imports.station_fields import LENGTHS, overlapping
from hequan.stations.records import AccessibilityRecord, StationRecord
from hequan.territory.imports.place_words import PlaceChecks
from hequan.territory.models import Boundary, Unit
from hequan.territory.place_checks import metres_outside

FAR_METRES = 20_000.0  # a station this far outside its unit is a mistake, not a matter of outlines
_PLAIN = ("name", "kind", "level", "address", "phone", "roles", "zone_kind", "status")
_COPIED = (*_PLAIN, "opened_on", "introduction")


@dataclass(frozen=True)
class KnownStation:
    """A station as it stands in the books."""

    pk: int
    path: str
    record: StationRecord
    rules: tuple[Rule, ...]
    services: tuple[int, ...]
    accessibility: AccessibilityRecord


@dataclass
class Books:
    """What rows are compared with: stations, units, services, and defaults of the whole file."""

    by_code: Mapping[str, KnownStation]
    by_name: Mapping[str, KnownStation]
    units_by_code: Mapping[str, Unit]
    units_by_name: Mapping[str, list[Unit]]
    services: Mapping[str, int]  # codes and names
    service_names: Mapping[int, str]
    default_unit: Unit | None
    default_kind: str
    checks: PlaceChecks = field(default_factory=PlaceChecks)
    outlines: dict[int, Any] = field(default_factory=dict)

    def metres_outside(self, lon: float, lat: float, unit: Unit) -> float:
        """Return how far a place lies outside a unit; 0 where the unit has no outline."""
        if unit.pk not in self.outlines:
            row = Boundary.objects.filter(unit=unit).first()
            self.outlines[unit.pk] = shapely.geometry.shape(row.geometry) if row else None
        outline = self.outlines[unit.pk]
        return metres_outside(lon, lat, outline) if outline is not None else 0.0


def decide(
    row: ImportRow, located: Unit | None, table: ImportTable, books: Books, options: ImportOptions
) -> tuple[RowFate, StationEntry | None]:
    """Return the fate of a row and what would be written for it."""
    label = row.text("name") or row.text("code")
    old = books.by_code.get(row.text("code")) or books.by_name.get(row.text("name"))
    row = _checked(row, table)
    unit, row = _unit(row, located, old, table, books)
    row, warnings = _placed(row, unit, table, books)
    row = _writable(row, unit, old, table, options)
    services, row = _services(row, table, books)
    if row.refusals or unit is None:
        return refused_fate(row, label, warnings), None
    entry = _entry(row, unit, old, services, books)
    if old is None:
        return RowFate(row.number, Fate.NEW, label, warnings=tuple(warnings)), entry
    changes = _changes(old, entry, books)
    fate = Fate.CHANGED if changes else Fate.SAME
    return RowFate(row.number, fate, label, changes, warnings=tuple(warnings)), entry


def _checked(row: ImportRow, table: ImportTable) -> ImportRow:
    row = refuse_too_long(row, table, LENGTHS)
    hours = row.values.get("hours")
    if isinstance(hours, HoursError):
        text = sentence(_("hours: {problem}"), problem=hours_problem(hours))
        remedy = _("Write them as Mon-Fri 09:00-12:00,13:00-17:00; Sat 09:00-12:00.")
        return row.refused(Remark(text, table.column("hours"), hours.part, remedy))
    clash = overlapping(hours or ())
    if clash:
        row = row.refused(
            Remark(
                _("these hours overlap"),
                column=table.column("hours"),
                value=clash,
                remedy=_("Change one of them so that they do not share a minute."),
            )
        )
    return row


def _unit(
    row: ImportRow,
    located: Unit | None,
    old: KnownStation | None,
    table: ImportTable,
    books: Books,
) -> tuple[Unit | None, ImportRow]:
    """The unit named in the row; else the one in the books, the one around the place, or the
    file's default."""
    if code := row.text("unit_code"):
        named = books.units_by_code.get(code)
        return named, row if named else _no_unit(row, table, "unit_code", code)
    if name := row.text("unit_name"):
        called = books.units_by_name.get(name, [])
        if located is not None and len(called) > 1:
            called = [one for one in called if located.path.startswith(one.path)]
        single = called[0] if len(called) == 1 else None
        return single, row if single else _no_unit(row, table, "unit_name", name)
    if old is not None:
        return Unit.objects.get(pk=old.record.unit_id), row
    default = books.default_unit
    if located is not None and (default is None or located.path.startswith(default.path)):
        return located, row
    if default is None and not row.refusals:
        row = row.refused(
            Remark(
                _("no unit is named, and the place lies in none"),
                column=table.column("unit_code"),
                remedy=_("Fill in the code of the unit, or import the outlines of units first."),
            )
        )
    return default, row


def _no_unit(row: ImportRow, table: ImportTable, name: str, value: str) -> ImportRow:
    text, remedy = _("no unit bears this code"), _("Import the unit first, or correct the code.")
    if name == "unit_name":
        text = _("no unit, or more than one, bears this name")
        remedy = _("Give the code of the unit instead.")
    return row.refused(Remark(text, column=table.column(name), value=value, remedy=remedy))


def _placed(
    row: ImportRow, unit: Unit | None, table: ImportTable, books: Books
) -> tuple[ImportRow, list[Remark]]:
    lon, lat = row.values.get("lon"), row.values.get("lat")
    if unit is None or lon is None or lat is None:
        return row, []
    odd = books.checks.remark(lon, lat, unit, table.column("lon"))
    if odd is None:
        return row, []
    if books.metres_outside(lon, lat, unit) > FAR_METRES:
        return row.refused(odd), []
    return row, [odd]


def _writable(
    row: ImportRow,
    unit: Unit | None,
    old: KnownStation | None,
    table: ImportTable,
    options: ImportOptions,
) -> ImportRow:
    paths = [one for one in (unit.path if unit else None, old.path if old else None) if one]
    if row.refusals or all(options.may_write(path) for path in paths):
        return row
    return outside_reach(row, table.column("name"), row.text("name"))


def _services(
    row: ImportRow, table: ImportTable, books: Books
) -> tuple[tuple[int, ...] | None, ImportRow]:
    wanted = row.values.get("services")
    if not wanted:
        return None, row
    for word in wanted:
        if word not in books.services:
            row = row.refused(
                Remark(
                    _("there is no such service in the catalogue"),
                    column=table.column("services"),
                    value=word,
                    remedy=_("Import the service catalogue first, or correct the code or name."),
                )
            )
    return tuple(dict.fromkeys(books.services[w] for w in wanted if w in books.services)), row


def _entry(
    row: ImportRow,
    unit: Unit,
    old: KnownStation | None,
    services: tuple[int, ...] | None,
    books: Books,
) -> StationEntry:
    """What the row says; what it leaves blank stays as it is."""
    rules = row.values.get("hours") or None
    checks = {f.name: row.values.get(f.name) for f in fields(AccessibilityRecord)}
    seen = {name: value for name, value in checks.items() if value is not None}
    had = old.accessibility if old else AccessibilityRecord()
    return StationEntry(
        record=_record(row, unit, old, books),
        pk=old.pk if old else None,
        rules=_with_history(rules, old.rules if old else ()) if rules else None,
        service_ids=services,
        accessibility=AccessibilityRecord(**(asdict(had) | seen)) if seen else None,
    )


def _record(row: ImportRow, unit: Unit, old: KnownStation | None, books: Books) -> StationRecord:
    said = {n: row.values[n] for n in _COPIED if row.values.get(n) not in (None, "", ())}
    place = {"lon": round(row.values["lon"], 8), "lat": round(row.values["lat"], 8)}
    if old is not None:
        kept = asdict(old.record)
        return StationRecord(**(kept | said | place | {"unit_id": unit.pk}))
    plain = {"kind": books.default_kind, "level": unit.level}
    source = {"source_coordinates": row.text("source_coordinates") or "wgs84"}
    return StationRecord(
        **(plain | said | place | source | {"code": row.text("code"), "unit_id": unit.pk})
    )


def _with_history(rules: tuple[Rule, ...], had: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Hours of a table are those of today: rows that ended before stay, and the new ones begin
    where they end."""
    ended = tuple(rule for rule in had if rule.valid_to is not None)
    since = max((rule.valid_to for rule in ended if rule.valid_to), default=None)
    if since is None:
        return rules
    begun = [Rule(**(asdict(rule) | {"valid_from": rule.valid_from or since})) for rule in rules]
    return (*ended, *begun)


def _changes(old: KnownStation, entry: StationEntry, books: Books) -> dict[str, tuple[Any, Any]]:
    changes = changes_between(asdict(old.record), asdict(entry.record))
    if entry.rules is not None and set(entry.rules) != set(old.rules):
        changes["hours"] = (hours_text(old.rules), hours_text(entry.rules))
    if entry.service_ids is not None and set(entry.service_ids) != set(old.services):
        changes["services"] = tuple(  # type: ignore[assignment]  # a pair, before and after
            ", ".join(sorted(books.service_names.get(pk, "") for pk in pks))
            for pks in (old.services, entry.service_ids)
        )
    if entry.accessibility is not None:
        changes |= changes_between(asdict(old.accessibility), asdict(entry.accessibility))
    return changes


def cell_blank(row: ImportRow, table: ImportTable, name: str) -> ImportRow:
    """Return the row refused for a blank cell."""
    return row.refused(remark_of(ReadError("cell-blank", column=table.column(name))))


def left_out(text: str) -> Remark:
    """Return the warning that hours of a map could not be read and are left out."""
    said = sentence(_("the hours “{hours}” cannot be read and are left out"), hours=text[:80])
    return Remark(said, remedy=_("Enter the hours on the station's page."))
