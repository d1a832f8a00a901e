"""Collections of features (要素集): what OGC API Features serves, each from one query of an app."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.api.errors import Refusal, shown
from hequan.api.parameters import LARGEST_ID, Box, inside
from hequan.api.territory import unit_feature
from hequan.stations.queries import StationCard, station_directory
from hequan.territory.feature_queries import UnitFilter, outlines_of, unit_entries, unit_shelf
from hequan.territory.kinds import Level
from hequan.territory.street_features import (
    StreetFeature,
    street_feature,
    street_features,
    streets_extent,
)

Feature = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One request for features, its parameters read."""

    box: Box | None
    offset: int
    limit: int
    filters: Mapping[str, str]


@dataclass(frozen=True)
class Collection:
    """One collection: how it is named, filtered, listed and looked into."""

    key: str
    title: str
    description: str
    filters: tuple[str, ...]
    extent: Callable[[], Box | None]
    page: Callable[[Asked], tuple[list[Feature], int]]
    one: Callable[[int], Feature]  # LookupError where there is none


def collections() -> dict[str, Collection]:
    """Return the collections there are now: a level without units has none."""
    found = [_unit_collection(level) for level in unit_shelf().levels()]
    return {one.key: one for one in (*found, STATIONS, STREETS)}


def _unit_collection(level: Level) -> Collection:
    name = level.value.replace("_", " ")
    return Collection(
        key=f"units-{level.value.replace('_', '-')}",
        title=f"Units: {name}",
        description=f"Units of the level “{name}” in force, with their outlines.",
        filters=("code", "parent_id"),
        extent=lambda: unit_shelf().extent(level),
        page=partial(_unit_page, level),
        one=partial(_unit, level),
    )


def _unit_page(level: Level, asked: Asked) -> tuple[list[Feature], int]:
    found = unit_entries(
        UnitFilter(
            level=level,
            code=asked.filters.get("code", ""),
            parent=_whole(asked.filters, "parent_id"),
            box=asked.box,
        ),
        offset=asked.offset,
        limit=asked.limit,
    )
    shapes = outlines_of(entry.pk for entry in found.rows)
    return [unit_feature(entry, shapes.get(entry.pk)) for entry in found.rows], found.total


def _unit(level: Level, key: int) -> Feature:
    entry = unit_shelf().entry(key)
    if entry.level != level:
        raise LookupError(key)
    return unit_feature(entry, outlines_of([key]).get(key))


def _whole(filters: Mapping[str, str], name: str) -> int | None:
    text = filters.get(name, "")
    if not text:
        return None
    try:
        return min(max(int(text), 0), LARGEST_ID)
    except ValueError:
        refused = _("%(name)s: “%(value)s” is not a whole number.")
        raise Refusal(400, refused, name=name, value=shown(text)) from None


def _station_page(asked: Asked) -> tuple[list[Feature], int]:
    unit = _whole(asked.filters, "unit_id")
    found = [
        card
        for card in station_directory().cards
        if inside(asked.box, card.lon, card.lat)
        and asked.filters.get("kind", card.kind) == card.kind
        and asked.filters.get("code", card.code) == card.code
        and (unit is None or f"/{unit}/" in card.unit_path)
    ]
    shown_cards = found[asked.offset : asked.offset + asked.limit]
    return [_station_feature(card) for card in shown_cards], len(found)


def _station(key: int) -> Feature:
    return _station_feature(station_directory().card(key))


def _station_feature(card: StationCard) -> Feature:
    properties = {
        "code": card.code,
        "name": card.name,
        "kind": card.kind,
        "level": card.level,
        "unit_id": card.unit_id,
        "unit_name": card.unit_name,
        "address": card.address,
        "phone": card.phone,
        "step_free": card.step_free,
        "zone_kind": card.zone_kind,
        "services": ",".join(service.code for service in card.services),
    }
    point = {"type": "Point", "coordinates": [card.lon, card.lat]}
    return {"type": "Feature", "id": card.pk, "properties": properties, "geometry": point}


def _stations_extent() -> Box | None:
    found = station_directory()
    if not len(found.cards):
        return None
    return (
        float(found.lon.min()),
        float(found.lat.min()),
        float(found.lon.max()),
        float(found.lat.max()),
    )


def _street_page(asked: Asked) -> tuple[list[Feature], int]:
    found = street_features(box=asked.box, offset=asked.offset, limit=asked.limit)
    return [_street_feature(one) for one in found.rows], found.total


def _street(key: int) -> Feature:
    return _street_feature(street_feature(key))


def _street_feature(street: StreetFeature) -> Feature:
    properties = asdict(street)
    key, line = properties.pop("pk"), properties.pop("line")
    geometry = {"type": "LineString", "coordinates": line}
    return {"type": "Feature", "id": key, "properties": properties, "geometry": geometry}


STATIONS = Collection(
    key="stations",
    title="Stations",
    description="Stations in service.",
    filters=("kind", "code", "unit_id"),
    extent=_stations_extent,
    page=_station_page,
    one=_station,
)
STREETS = Collection(
    key="streets",
    title="Streets",
    description="Pieces of the walking network in use; their ids change when streets are imported.",
    filters=(),
    extent=streets_extent,
    page=_street_page,
    one=_street,
)
