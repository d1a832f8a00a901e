"""Units renamed, given another code, merged, split and ended, with their lineage (沿革) kept."""

from collections.abc import Sequence
from datetime import date, datetime

import shapely
from django.db import transaction
from shapely.geometry import mapping

from hequan.core import versions
from hequan.core.accounts import Account
from hequan.core.audit import record
from hequan.core.outbox import tell
from hequan.territory.actions.boundaries import BoundaryFacts, save_boundaries
from hequan.territory.actions.units import UnitFacts, refuse_ended, save_units
from hequan.territory.codes import has_official_code
from hequan.territory.errors import (
    BeforeItsBeginningError,
    CannotMergeError,
    CannotSplitError,
    CodeTakenError,
)
from hequan.territory.kinds import CodeScheme, Level, LineageKind
from hequan.territory.lineage import Span, can_merge, can_split
from hequan.territory.models import Boundary, Unit, UnitCode, UnitLineage
from hequan.territory.queries.units import STAMP, units_with_codes


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, by: Account, at: datetime) -> Unit:
    """Give a unit another name; it stays the same unit under the same code."""
    refuse_ended(unit)
    before = {"name": unit.name}
    unit.name = name
    unit.save(update_fields=["name"])
    versions.bump(STAMP)
    after = {"name": name}
    record(verb="territory.unit_renamed", by=by, at=at, thing=unit, before=before, after=after)
    return unit


@transaction.atomic
def recode_unit(*, unit: Unit, code: str, on: date, by: Account, at: datetime) -> Unit:
    """Give a unit another code from a day on; the old one ends and may be handed on."""
    refuse_ended(unit)
    bearer = units_with_codes([code]).get(code)
    if bearer is not None and bearer != unit:
        raise CodeTakenError(code=code, name=bearer.name)
    if bearer == unit:
        return unit
    official = has_official_code(Level(unit.level))
    scheme = CodeScheme.OFFICIAL if official else CodeScheme.LOCAL
    old = unit.codes.filter(valid_to=None, scheme=scheme).first()
    if old is not None:
        _refuse_earlier(unit, old.valid_from, on)
        unit.codes.filter(pk=old.pk).update(valid_to=on)
    UnitCode.objects.create(unit=unit, scheme=scheme, code=code, valid_from=on)
    versions.bump(STAMP)
    before, after = {"code": old.code if old else ""}, {"code": code, "on": on.isoformat()}
    record(verb="territory.unit_recoded", by=by, at=at, thing=unit, before=before, after=after)
    return unit


@transaction.atomic
def merge_units(
    *, units: Sequence[Unit], into: UnitFacts, on: date, by: Account, at: datetime
) -> Unit:
    """End units and begin one in their place on a day; its code may be one of theirs.

    What lay below them, their homes, circles and ground are the new unit's from then on.
    """
    if not can_merge([u.level for u in units], [u.parent_id for u in units]):
        raise CannotMergeError
    if into.level != units[0].level:
        raise CannotMergeError
    for unit in units:
        end_unit(unit=unit, on=on, by=by, at=at)
    heir = _begin(into, on, by, at)
    for unit in units:
        _hand_over(unit, heir)
        _tell_lineage(unit, heir, LineageKind.MERGED, on)
    _join_outlines(units, heir, by, at)
    _told("territory.units_merged", [heir], units, by, at)
    return heir


@transaction.atomic
def split_unit(
    *, unit: Unit, into: Sequence[UnitFacts], on: date, by: Account, at: datetime
) -> list[Unit]:
    """End a unit and begin several in its place on a day; one of them may bear its code.

    What lay below, its homes and circles go to the first of them until an import of outlines and
    codes puts them elsewhere.
    """
    if not can_split(unit.level, [one.level for one in into]):
        raise CannotSplitError
    end_unit(unit=unit, on=on, by=by, at=at)
    heirs = [_begin(one, on, by, at) for one in into]
    _hand_over(unit, heirs[0])
    for heir in heirs:
        _tell_lineage(unit, heir, LineageKind.SPLIT, on)
    _told("territory.unit_split", heirs, [unit], by, at)
    return heirs


@transaction.atomic
def end_unit(*, unit: Unit, on: date, by: Account, at: datetime) -> None:
    """End a unit and its codes on a day; NotInForceError where it has ended already."""
    refuse_ended(unit)
    _refuse_earlier(unit, unit.valid_from, on)
    unit.valid_to = on
    unit.save(update_fields=["valid_to"])
    unit.codes.filter(valid_to=None).update(valid_to=on)
    versions.bump(STAMP)
    after = {"valid_to": on.isoformat()}
    record(verb="territory.unit_ended", by=by, at=at, thing=unit, after=after)


def _refuse_earlier(unit: Unit, began: date | None, on: date) -> None:
    if not Span(began, None).may_end_on(on):
        raise BeforeItsBeginningError(name=unit.name, day=began.isoformat() if began else "")


def _begin(facts: UnitFacts, on: date, by: Account, at: datetime) -> Unit:
    bearer = units_with_codes([facts.code]).get(facts.code)
    if bearer is not None:
        raise CodeTakenError(code=facts.code, name=bearer.name)
    ids = save_units(units=[facts], by=by, at=at)
    unit = Unit.objects.get(pk=ids[facts.code])
    unit.valid_from = on
    unit.save(update_fields=["valid_from"])
    unit.codes.update(valid_from=on)
    return unit


def _hand_over(unit: Unit, heir: Unit) -> None:
    """Give the heir what the ended unit held: what lies below, its homes, its circles."""
    for child in list(unit.children.filter(valid_to=None)):
        below = list(Unit.objects.filter(path__startswith=child.path))
        for one in below:
            one.path = heir.path + one.path.removeprefix(unit.path)
        Unit.objects.bulk_update(below, ["path"], batch_size=500)
        Unit.objects.filter(pk=child.pk).update(parent=heir)
    unit.homes.update(unit=heir)
    for circle in unit.circles.all():
        circle.units.remove(unit)
        circle.units.add(heir)


def _join_outlines(units: Sequence[Unit], heir: Unit, by: Account, at: datetime) -> None:
    """The ground of merged units becomes their heir's, where all of them are drawn."""
    drawn = [row.geometry for row in Boundary.objects.filter(unit__in=units)]
    if len(drawn) == len(units):
        together = shapely.union_all([shapely.geometry.shape(one) for one in drawn])
        facts = BoundaryFacts(heir.pk, mapping(together), source="joined by merger")
        save_boundaries(boundaries=[facts], by=by, at=at)


def _tell_lineage(old: Unit, new: Unit, kind: LineageKind, on: date) -> None:
    UnitLineage.objects.create(predecessor=old, successor=new, kind=kind, on=on)


def _told(
    verb: str, heirs: Sequence[Unit], ended: Sequence[Unit], by: Account, at: datetime
) -> None:
    after = {"heirs": [one.pk for one in heirs], "ended": [one.pk for one in ended]}
    record(verb=verb, by=by, at=at, thing=heirs[0], after=after)
    tell(verb, after, at)
