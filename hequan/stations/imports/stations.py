"""Stations of a table or a map file (站点导入): every row's fate first, then one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from django.db.models import Q

from hequan.core.accounts import Account
from hequan.core.import_rows import (
    ImportRow,
    points_of,
    read_rows,
    refuse_repeated,
)
from hequan.core.imports import ImportOptions, ImportPlan, Remark
from hequan.core.kinds import Fate
from hequan.files.headers import heading_key
from hequan.files.values import clean_code
from hequan.files.wording import ReadError
from hequan.stations.actions.batch import save_stations
from hequan.stations.imports.osm_stations import is_osm, osm_table
from hequan.stations.imports.station_fields import FIELDS, code_from_name, stations_template
from hequan.stations.imports.station_rows import Books, KnownStation, decide
from hequan.stations.imports.words import KIND_WORDS
from hequan.stations.kinds import StationKind
from hequan.stations.models import AccessibilityCheck, Service, ServiceOffer, Station
from hequan.stations.queries import station_record
from hequan.stations.queries.directory import schedules_of
from hequan.stations.records import AccessibilityRecord
from hequan.territory.codes import short_code
from hequan.territory.imports.place_words import reading_note
from hequan.territory.kinds import Level
from hequan.territory.models import Unit
from hequan.territory.queries import units_at, units_with_codes, units_with_ids

__all__ = ["read_stations", "stations_template"]

KIND = "stations"
_AT_ONCE = 5000


def read_stations(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read a table, a map file or an OpenStreetMap extract; nothing is written."""
    warnings: Mapping[int, Remark] = {}
    if is_osm(file_name):
        table, warnings = osm_table(path, file_name)
    else:
        table = read_rows(path, file_name, FIELDS, options)
    rows = [_coded(row) for row in table.rows]
    rows = refuse_repeated(rows, "code", table.column("code"))
    coordinates = {"source_coordinates": options.coordinates or "wgs84"}
    rows = [replace(row, values={**row.values, **coordinates}) for row in rows]
    lon, lat = points_of(rows)
    located = _located(lon, lat)
    books = _books(rows, options)
    decided = [
        decide(row, unit, table, books, options) for row, unit in zip(rows, located, strict=True)
    ]
    written = (Fate.NEW, Fate.CHANGED)
    entries = [entry for fate, entry in decided if entry and fate.fate in written]

    def write(by: Account, at: datetime) -> None:
        save_stations(entries=entries, source=file_name, by=by, at=at)

    fates = [
        replace(fate, warnings=(*fate.warnings, warnings[fate.row]))
        if fate.row in warnings
        else fate
        for fate, _entry in decided
    ]
    advice = reading_note(lon, lat)
    notes = (*table.notes, *((advice,) if advice else ()))
    return ImportPlan(KIND, file_name, fates, write, table.columns, notes)


def _coded(row: ImportRow) -> ImportRow:
    """A table without codes is known by its names."""
    if row.text("code") or not row.text("name"):
        return row
    return replace(row, values={**row.values, "code": code_from_name(row.text("name"))})


def _located(lon: Any, lat: Any) -> Sequence[Unit | None]:
    """The committee each place lies in, or the smallest unit where there is no committee."""
    known = np.isfinite(lon) & np.isfinite(lat)
    ids = np.zeros(len(lon), dtype=np.int64)
    if known.any():
        committees = units_at(lon[known], lat[known], Level.COMMITTEE)
        ids[known] = np.where(committees > 0, committees, units_at(lon[known], lat[known]))
    units = units_with_ids(pk for pk in ids.tolist() if pk)
    return [units.get(pk) for pk in ids.tolist()]


def _books(rows: Sequence[ImportRow], options: ImportOptions) -> Books:
    stations = _stations_of(rows)
    services = list(Service.objects.filter(ended_on=None).values_list("pk", "code", "name"))
    named = {name: pk for pk, _code, name in services} | {code: pk for pk, code, _name in services}
    return Books(
        by_code={one.record.code: one for one in stations},
        by_name=_by_single_name(stations, rows),
        units_by_code=units_with_codes({row.text("unit_code") for row in rows} - {""}),
        units_by_name=_units_called({row.text("unit_name") for row in rows} - {""}),
        services=named,
        service_names={pk: name for pk, _code, name in services},
        default_unit=_default_unit(options.extra.get("unit", "")),
        default_kind=_default_kind(options.extra.get("kind", "")),
    )


def _by_single_name(
    stations: Iterable[KnownStation], rows: Iterable[ImportRow]
) -> dict[str, KnownStation]:
    """A row whose code was made from its name means the one station of that name."""
    made = {
        row.text("name") for row in rows if row.text("code") == code_from_name(row.text("name"))
    }
    found: dict[str, list[KnownStation]] = defaultdict(list)
    for one in stations:
        if one.record.name in made:
            found[one.record.name].append(one)
    return {name: ones[0] for name, ones in found.items() if len(ones) == 1}


def _stations_of(rows: Sequence[ImportRow]) -> list[KnownStation]:
    codes = [row.text("code") for row in rows if row.text("code")]
    names = [row.text("name") for row in rows if row.text("name")]
    found: dict[int, Station] = {}
    for start in range(0, max(len(codes), len(names)), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        meant = Q(code__in=codes[part]) | Q(name__in=names[part])
        found |= {one.pk: one for one in Station.objects.filter(meant).select_related("unit")}
    return _known(found)


def _known(stations: Mapping[int, Station]) -> list[KnownStation]:
    schedules = schedules_of(stations, everything=len(stations) > _AT_ONCE)
    offers: dict[int, list[int]] = defaultdict(list)
    for station, service in ServiceOffer.objects.values_list("station_id", "service_id"):
        offers[station].append(service)
    checks = {one.station_id: one for one in AccessibilityCheck.objects.all()}
    return [
        KnownStation(
            pk=pk,
            path=one.unit.path,
            record=station_record(one),
            rules=schedules[pk].rules,
            services=tuple(offers[pk]),
            accessibility=_check_record(checks.get(pk)),
        )
        for pk, one in stations.items()
    ]


def _check_record(row: AccessibilityCheck | None) -> AccessibilityRecord:
    if row is None:
        return AccessibilityRecord()
    return AccessibilityRecord(
        **{f.name: getattr(row, f.name) for f in fields(AccessibilityRecord)}
    )


def _units_called(names: set[str]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(name__in=names, valid_to=None):
        found[unit.name].append(unit)
    return found


def _default_unit(code: str) -> Unit | None:
    if not code:
        return None
    wanted = short_code(clean_code(code))
    found = units_with_codes([wanted]).get(wanted)
    if found is None:
        raise ReadError("not-a-choice", column="unit", value=code, choices="310113111, …")
    return found


def _default_kind(word: str) -> str:
    if not word:
        return StationKind.OTHER.value
    by_key = {heading_key(one): code for one, code in KIND_WORDS.items()}
    if heading_key(word) not in by_key:
        known = ", ".join(kind.value for kind in StationKind)
        raise ReadError("not-a-choice", column="kind", value=word, choices=known)
    return by_key[heading_key(word)]
