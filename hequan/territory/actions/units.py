"""Units saved, many at a time: a whole city's tree in a few seconds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.quick_rows import insert_rows
from hequan.territory.codes import has_official_code
from hequan.territory.errors import NotInForceError, UnknownParentError, WrongParentError
from hequan.territory.kinds import CodeScheme, Level
from hequan.territory.models import Unit, UnitCode
from hequan.territory.queries.units import STAMP, units_with_codes

_BATCH = 2000
_FIELDS = ("name", "parent", "zone_kind", "estate_type", "households", "valid_from")


@dataclass(frozen=True)
class UnitFacts:
    """What is said of one unit; the code is what it is known by, today."""

    level: Level
    code: str
    name: str
    parent_code: str = ""
    zone_kind: str = ""
    estate_type: str = ""
    households: int | None = None
    valid_from: date | None = None

    @property
    def scheme(self) -> CodeScheme:
        """Return who gave the code: the state down to committees, the town itself elsewhere."""
        return CodeScheme.OFFICIAL if has_official_code(self.level) else CodeScheme.LOCAL


@transaction.atomic
def save_units(*, units: Iterable[UnitFacts], by: Account, at: datetime) -> dict[str, int]:
    """Save units known by their codes, in any order, and return their ids by code.

    A code borne today changes its unit, another makes a new one. Parents stand in the same batch
    or in the database; UnknownParentError and WrongParentError name the unit at fault.
    """
    facts = sorted(units, key=lambda one: one.level.depth)
    named = {one.code for one in facts} | {one.parent_code for one in facts if one.parent_code}
    known = units_with_codes(named)
    changed: list[Unit] = []
    made = 0
    for level in Level:
        batch = [one for one in facts if one.level == level]
        made += _make(_unknown(batch, known), known)
        changed += _change([one for one in batch if one.code in known], known)
    Unit.objects.bulk_update(changed, _FIELDS, batch_size=_BATCH)
    _repath(changed)
    if made or changed:
        versions.bump(STAMP)
        _note(facts, known, made, len(changed), by, at)
    return {one.code: known[one.code].pk for one in facts}


def _unknown(batch: Sequence[UnitFacts], known: dict[str, Unit]) -> list[UnitFacts]:
    new = {one.code: one for one in batch if one.code not in known}
    return list(new.values())


def _make(batch: Sequence[UnitFacts], known: dict[str, Unit]) -> int:
    if not batch:
        return 0
    made = [Unit(level=one.level, **_values(one, known)) for one in batch]
    Unit.objects.bulk_create(made, batch_size=_BATCH)
    for one, unit in zip(batch, made, strict=True):
        unit.path = f"{_path_above(one, known)}{unit.pk}/"
    _write_new_paths()
    borne = (
        (unit.pk, str(one.scheme), one.code, one.valid_from, None)
        for one, unit in zip(batch, made, strict=True)
    )
    insert_rows(UnitCode, ("unit", "scheme", "code", "valid_from", "valid_to"), borne)
    known.update({one.code: unit for one, unit in zip(batch, made, strict=True)})
    return len(made)


def _path_above(facts: UnitFacts, known: dict[str, Unit]) -> str:
    return known[facts.parent_code].path if facts.parent_code else "/"


def _write_new_paths() -> None:
    """Give every unit made just now its path in one statement; its parent has one already."""
    above = Unit.objects.filter(pk=OuterRef("parent_id")).values("path")[:1]
    Unit.objects.filter(path="").update(
        path=Concat(
            Coalesce(Subquery(above), Value("/")),
            Cast("pk", CharField()),
            Value("/"),
            output_field=CharField(),
        )
    )


def _values(facts: UnitFacts, known: dict[str, Unit]) -> dict[str, Any]:
    return {
        "name": facts.name,
        "parent_id": _parent_id(facts, known),
        "zone_kind": facts.zone_kind,
        "estate_type": facts.estate_type,
        "households": facts.households,
        "valid_from": facts.valid_from,
    }


def _parent_id(facts: UnitFacts, known: dict[str, Unit]) -> int | None:
    if not facts.parent_code:
        return None
    parent = known.get(facts.parent_code)
    if parent is None:
        raise UnknownParentError(name=facts.name, code=facts.code, parent=facts.parent_code)
    if Level(parent.level).depth >= facts.level.depth:
        raise WrongParentError(name=facts.name, parent=parent.name)
    return parent.pk


def _change(batch: Sequence[UnitFacts], known: dict[str, Unit]) -> list[Unit]:
    changed = []
    for one in batch:
        unit = known[one.code]
        values = _values(one, known)
        if one.valid_from is None:
            values.pop("valid_from")
        if unit.level != one.level:
            raise WrongParentError(name=one.name, parent=unit.name)
        if any(getattr(unit, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(unit, field, value)
            changed.append(unit)
    return changed


def _repath(changed: Sequence[Unit]) -> None:
    """Give units that moved, and all below them, the path of their new parent."""
    for unit in changed:
        above = Unit.objects.get(pk=unit.parent_id).path if unit.parent_id else "/"
        path = f"{above}{unit.pk}/"
        if path == unit.path:
            continue
        below = list(Unit.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk))
        for one in below:
            one.path = path + one.path.removeprefix(unit.path)
        Unit.objects.bulk_update(below, ["path"], batch_size=_BATCH)
        unit.path = path
        unit.save(update_fields=["path"])


def _note(
    facts: Sequence[UnitFacts],
    known: dict[str, Unit],
    made: int,
    changed: int,
    by: Account,
    at: datetime,
) -> None:
    """One entry for the batch, on the highest unit it touched."""
    record(
        verb="territory.units_saved",
        by=by,
        at=at,
        thing=known[facts[0].code],
        after={"new": made, "changed": changed, "codes": [one.code for one in facts[:50]]},
    )


@transaction.atomic
def describe_unit(
    *,
    unit: Unit,
    zone_kind: str,
    estate_type: str,
    households: int | None,
    by: Account,
    at: datetime,
) -> Unit:
    """Change what kind of zone and estate a unit is and how many households it counts."""
    refuse_ended(unit)
    before = {f: getattr(unit, f) for f in ("zone_kind", "estate_type", "households")}
    unit.zone_kind, unit.estate_type, unit.households = zone_kind, estate_type, households
    unit.save(update_fields=list(before))
    after = {field: getattr(unit, field) for field in before}
    versions.bump(STAMP)
    record(verb="territory.unit_described", by=by, at=at, thing=unit, before=before, after=after)
    return unit


def refuse_ended(unit: Unit) -> None:
    """Raise NotInForceError for a unit that has ended."""
    if unit.valid_to is not None:
        raise NotInForceError(name=unit.name, day=unit.valid_to.isoformat())
