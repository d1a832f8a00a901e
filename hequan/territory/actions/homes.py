"""Homes and counts of people saved, hundreds of thousands at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

import numpy as np
from django.db import transaction

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.quick_rows import insert_rows
from hequan.territory.models import Home, PeopleCount
from hequan.territory.queries.places import units_at
from hequan.territory.queries.units import STAMP

_BATCH = 5000
_COLUMNS = ("lon", "lat", "people", "by_age", "unit_id", "address", "source", "source_coordinates")
_FIELDS = ["lon", "lat", "people", "by_age", "unit", "address", "source", "source_coordinates"]


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """One place where people live, by a code of its own; `unit_id` None = looked up by place."""

    code: str
    lon: float
    lat: float
    people: int
    by_age: Mapping[str, float] = field(default_factory=dict)
    address: str = ""
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class CountFacts:
    """People of one age band in one unit."""

    unit_id: int
    band: str
    people: int


@dataclass(frozen=True)
class Saved:
    """How many rows were new, changed and the same."""

    new: int
    changed: int
    same: int


@transaction.atomic
def save_homes(
    *,
    homes: Iterable[HomeFacts],
    source: str,
    by: Account,
    at: datetime,
    source_coordinates: str = "wgs84",
    locate: bool = True,
) -> Saved:
    """Save homes known by their codes; those without a unit get the smallest one they lie in."""
    new = changed = same = 0
    stream = iter(homes)
    while batch := list(islice(stream, _BATCH)):
        made, altered = _save_batch(batch, source, source_coordinates, locate)
        new, changed = new + made, changed + altered
        same += len(batch) - made - altered
    if new or changed:
        versions.bump(STAMP)
        _note("territory.homes_saved", {"new": new, "changed": changed}, source, by, at)
    return Saved(new, changed, same)


def _save_batch(
    batch: Sequence[HomeFacts], source: str, coordinates: str, locate: bool
) -> tuple[int, int]:
    units = _units_of(batch) if locate else [one.unit_id for one in batch]
    rows = {
        one.code: _values(one, unit_id, source[:200], coordinates)
        for one, unit_id in zip(batch, units, strict=True)
    }
    there = Home.objects.filter(code__in=list(rows)).values_list("code", *_COLUMNS)
    known = {code: tuple(values) for code, *values in there}
    changed = [code for code, values in known.items() if values != rows[code]]
    new = [code for code in rows if code not in known]
    insert_rows(Home, ("code", *_FIELDS), ((code, *rows[code]) for code in new))
    _overwrite([_home(code, rows[code]) for code in changed])
    return len(new), len(changed)


def _overwrite(rows: Sequence[Home]) -> None:
    """Write changed rows by inserting over them: many times faster than a CASE per row."""
    Home.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=_FIELDS,
    )


def _values(one: HomeFacts, unit_id: int | None, source: str, coordinates: str) -> tuple[Any, ...]:
    """The row's values in the order of _COLUMNS."""
    by_age = {str(band): number for band, number in one.by_age.items()}
    place = (float(one.lon), float(one.lat), int(one.people), by_age)
    return (*place, unit_id, one.address[:120], source, coordinates)


def _home(code: str, values: tuple[Any, ...]) -> Home:
    return Home(code=code, **dict(zip(_COLUMNS, values, strict=True)))


def _units_of(batch: Sequence[HomeFacts]) -> list[int | None]:
    found = units_at([one.lon for one in batch], [one.lat for one in batch]).tolist()
    return [
        one.unit_id if one.unit_id is not None else (at or None)
        for one, at in zip(batch, found, strict=True)
    ]


@transaction.atomic
def place_homes(*, by: Account, at: datetime) -> int:
    """Look up again which unit every home lies in; return how many moved to another."""
    rows = Home.objects.values_list("pk", "lon", "lat", "unit_id").order_by("pk")
    found = list(rows)
    if not found:
        return 0
    pk, lon, lat, unit = zip(*found, strict=True)
    old = np.asarray([one or 0 for one in unit], dtype=np.int64)
    new = units_at(lon, lat)
    moved = [
        Home(pk=pk[index], unit_id=int(new[index]) or None)
        for index in np.flatnonzero(old != new).tolist()
    ]
    Home.objects.bulk_update(moved, ["unit"], batch_size=500)
    if moved:
        versions.bump(STAMP)
        _note("territory.homes_placed", {"moved": len(moved)}, "", by, at)
    return len(moved)


@transaction.atomic
def save_people_counts(
    *, counts: Iterable[CountFacts], as_of: date, source: str, by: Account, at: datetime
) -> Saved:
    """Save how many people of an age band a unit had on a day; a count told again replaces it."""
    given = {(one.unit_id, one.band): one for one in counts}
    there = PeopleCount.objects.filter(as_of=as_of).values_list("unit_id", "band", "people")
    known = {(unit_id, band): people for unit_id, band, people in there}
    new = {key for key in given if key not in known}
    changed = {key for key in given if key in known and known[key] != given[key].people}
    PeopleCount.objects.bulk_create(
        (
            PeopleCount(
                unit_id=one.unit_id,
                band=one.band,
                people=one.people,
                as_of=as_of,
                source=source[:200],
            )
            for key, one in given.items()
            if key in new or key in changed
        ),
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["unit", "band", "as_of"],
        update_fields=["people", "source"],
    )
    if new or changed:
        versions.bump(STAMP)
        after = {"new": len(new), "changed": len(changed), "as_of": as_of.isoformat()}
        _note("territory.people_counted", after, source, by, at)
    return Saved(len(new), len(changed), len(given) - len(new) - len(changed))


def _note(verb: str, after: dict[str, Any], source: str, by: Account, at: datetime) -> None:
    """One entry for the batch: it has no single row to stand on."""
    record(
        at=at,
        by=by,
        verb=verb,
        thing=Home,
        after=after | {"source": source[:200]},
    )
