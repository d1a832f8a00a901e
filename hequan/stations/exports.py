"""Downloads (下载): register and coverage as spreadsheets, coverage as GeoJSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from hequan.core.grants import EVERYWHERE
from hequan.files.sheets import Sheet, workbook_bytes
from hequan.stations.hours_text import hours_text
from hequan.stations.hours_words import in_chinese
from hequan.stations.imports.station_fields import PLAIN_FIELDS
from hequan.stations.queries.coverage_figures import (
    CoverageRow,
    RunRow,
    coverage_circles,
    coverage_gaps,
    coverage_stations,
    coverage_units,
    run_row,
)
from hequan.stations.queries.directory import schedules_of
from hequan.stations.queries.register import stations_registered
from hequan.territory.kinds import Level
from hequan.territory.queries import circle_outlines, outlines

CIRCLE = "circle"
REGISTER_COLUMNS = (
    *("code", "name", "kind", "level", "unit_code", "lon", "lat", "address", "phone", "status"),
    *("hours", "services"),
)
GAPS = 1000


def register_workbook(paths: Sequence[str] = (EVERYWHERE,)) -> bytes:
    """Return the stations of these parts of the territory in the columns the import reads."""
    rows = stations_registered(paths=paths).prefetch_related("offers__service", "unit__codes")
    stations = list(rows)
    schedules = schedules_of([station.pk for station in stations])
    chinese = in_chinese()
    titles = {field.name: field.titles[0] if chinese else field.name for field in PLAIN_FIELDS}
    headers = [titles[name] for name in REGISTER_COLUMNS]
    body: list[list[Any]] = [
        [
            *(one.code, one.name, one.kind, one.level, _unit_code(one.unit), one.lon, one.lat),
            *(one.address, one.phone, one.status),
            hours_text(schedules[one.pk].rules, chinese=chinese),
            ";".join(offer.service.code for offer in one.offers.all()),
        ]
        for one in stations
    ]
    return workbook_bytes([Sheet(_("Stations"), headers, body)])


def _unit_code(unit: Any) -> str:
    codes = [row.code for row in unit.codes.all() if row.valid_to is None]
    return codes[0] if codes else ""


def coverage_workbook(run_pk: int) -> bytes:
    """Return a run's figures: one sheet by unit, one by station, one of the gaps."""
    run = run_row(run_pk)
    limits = [
        (profile, minutes, _("%(profile)s within %(minutes)s min") % _named(profile, minutes))
        for profile in run.profiles
        for minutes in run.minutes
    ]
    return workbook_bytes([_unit_sheet(run, limits), _station_sheet(run, limits), _gap_sheet(run)])


def _named(profile: str, minutes: int) -> dict[str, Any]:
    return {"profile": profile, "minutes": minutes}


def _unit_sheet(run: RunRow, limits: list[tuple[str, int, str]]) -> Sheet:
    headers = [_("Level"), _("Code"), _("Name"), _("People"), *(words for *_rest, words in limits)]
    return Sheet(_("Units"), headers, _unit_lines(run, limits))


def _unit_lines(run: RunRow, limits: list[tuple[str, int, str]]) -> Iterator[list[Any]]:
    for level in (*Level, CIRCLE):
        for row in rows_by(run.pk, level):
            shares = [row.shares.get(profile, {}).get(minutes) for profile, minutes, _w in limits]
            yield [str(level), row.code, row.name, row.people, *map(_rounded, shares)]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _station_sheet(run: RunRow, limits: list[tuple[str, int, str]]) -> Sheet:
    headers = [_("Station code"), _("Station name"), *(words for *_rest, words in limits)]
    lines: Iterator[list[Any]] = (
        [row.code, row.name, *(row.within.get(p, {}).get(m, 0) for p, m, _words in limits)]
        for row in coverage_stations(run.pk)
    )
    return Sheet(_("Catchments"), headers, lines)


def _gap_sheet(run: RunRow) -> Sheet:
    headers = [
        *(_("Profile"), _("Unit"), _("Longitude"), _("Latitude"), _("People"), _("Homes")),
        _("Minutes to the nearest station"),
    ]
    lines = (
        [profile, g.unit_name, g.lon, g.lat, g.people, g.homes, _rounded(g.nearest_minutes)]
        for profile in run.profiles
        for g in coverage_gaps(run.pk, profile, limit=GAPS)
    )
    return Sheet(_("Gaps"), headers, lines)


def rows_by(run_pk: int, level: str) -> tuple[CoverageRow, ...]:
    """Return a run's rows of one level, or of the circles."""
    return coverage_circles(run_pk) if level == CIRCLE else coverage_units(run_pk, level)


def coverage_geojson(run_pk: int, level: str) -> str:
    """Return the outlines of a level with `share_<profile>_<minutes>` of each, as GeoJSON.

    Units without an outline are left out; an unknown level gives no features.
    """
    shapes = _shapes(run_pk, level)
    features = [
        {
            "type": "Feature",
            "id": key,
            "geometry": shapes[key],
            "properties": {"name": row.name, "code": row.code, "people": row.people, **_flat(row)},
        }
        for row in rows_by(run_pk, level)
        if (key := row.unit_id or row.circle_id) in shapes
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def _shapes(run_pk: int, level: str) -> dict[int, dict[str, Any]]:
    if level == CIRCLE:
        return circle_outlines()
    if level not in set(Level):
        return {}
    return {one.pk: one.geometry for one in outlines(Level(level), simplify_metres=3)}


def _flat(row: CoverageRow) -> dict[str, float]:
    return {
        f"share_{profile}_{minutes}": round(share, 4)
        for profile, by_minute in row.shares.items()
        for minutes, share in by_minute.items()
        if share is not None
    }


def gaps_geojson(run_pk: int, profile: str) -> str:
    """Return the gaps of a profile as GeoJSON points with people, homes and minutes."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(g.lon, 6), round(g.lat, 6)]},
            "properties": {
                "people": g.people,
                "homes": g.homes,
                "unit": g.unit_name,
                "nearest_minutes": _rounded(g.nearest_minutes),
            },
        }
        for g in coverage_gaps(run_pk, profile, limit=GAPS)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
