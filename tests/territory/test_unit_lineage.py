"""Units renamed, recoded, merged and split, with codes that end and are handed on."""

from datetime import date

import pytest

from hequan.core.audit import AuditEntry
from hequan.territory.actions import (
    UnitFacts,
    end_unit,
    merge_units,
    recode_unit,
    rename_unit,
    split_unit,
)
from hequan.territory.errors import (
    BeforeItsBeginningError,
    CannotMergeError,
    CannotSplitError,
    CodeTakenError,
    NotInForceError,
)
from hequan.territory.kinds import Level, LineageKind
from hequan.territory.models import Home, Unit, UnitCode
from hequan.territory.queries import grid_at, unit_at, unit_page, unit_with_code, units_below
from tests.world import AREA, AT, MAPLE, PINE, place

DAY = date(2026, 4, 1)


def committee(code, name="新居委会"):
    return UnitFacts(Level.COMMITTEE, code, name, AREA)


def test_a_new_name_keeps_unit_and_code(world):
    rename_unit(unit=world.maple, name="红枫苑居委会", by=world.officer, at=AT)

    assert unit_with_code(MAPLE).name == "红枫苑居委会"
    assert AuditEntry.objects.latest("pk").before == {"name": "红枫居委会"}


def test_a_new_code_ends_the_old_one_which_may_be_handed_on(world):
    recode_unit(unit=world.maple, code="310113111009", on=DAY, by=world.officer, at=AT)

    assert world.maple == unit_with_code("310113111009")
    assert unit_with_code(MAPLE) is None
    recode_unit(unit=world.pine, code=MAPLE, on=DAY, by=world.officer, at=AT)
    assert world.pine == unit_with_code(MAPLE)
    ended = UnitCode.objects.get(unit=world.maple, code=MAPLE)
    assert ended.valid_to == DAY


def test_a_code_borne_by_another_unit_is_refused(world):
    with pytest.raises(CodeTakenError) as refused:
        recode_unit(unit=world.maple, code=PINE, on=DAY, by=world.officer, at=AT)

    assert refused.value.params["name"] == "青松居委会"


def test_merged_units_end_and_their_heir_takes_everything(world):
    heir = merge_units(
        units=[world.maple, world.pine], into=committee(MAPLE), on=DAY, by=world.officer, at=AT
    )

    assert heir == unit_with_code(MAPLE)
    assert unit_with_code(PINE) is None
    assert units_below(heir, Level.GRID).count() == 6
    assert [heir] == list(units_below(world.town, Level.COMMITTEE))
    assert Home.objects.filter(unit__path__startswith=heir.path).count() == 12
    assert [origin.kind for origin in unit_page(heir).origins] == [LineageKind.MERGED] * 2
    assert {heir.pk} == set(world.happy.units.values_list("pk", flat=True))


def test_the_ground_of_merged_units_is_their_heirs(world):
    heir = merge_units(
        units=[world.maple, world.pine], into=committee(MAPLE), on=DAY, by=world.officer, at=AT
    )

    assert (
        heir
        == unit_at(*place(50, 50), Level.COMMITTEE)
        == unit_at(*place(550, 390), Level.COMMITTEE)
    )
    assert world.grids[0] == grid_at(*place(50, 50))


def test_a_split_unit_ends_and_its_code_may_stay_with_one_heir(world):
    into = [committee(MAPLE, "红枫一居"), committee("310113111003", "红枫二居")]

    first, second = split_unit(unit=world.maple, into=into, on=DAY, by=world.officer, at=AT)

    world.maple.refresh_from_db()
    assert world.maple.valid_to == DAY
    assert first == unit_with_code(MAPLE)
    assert units_below(first, Level.GRID).count() == 3
    assert [world.maple] == [row.predecessor for row in second.origins.all()]
    assert first.valid_from == DAY


def test_units_of_different_parents_or_levels_do_not_merge(world):
    with pytest.raises(CannotMergeError):
        merge_units(
            units=[world.maple, world.grids[0]],
            into=committee(MAPLE),
            on=DAY,
            by=world.officer,
            at=AT,
        )
    with pytest.raises(CannotMergeError):
        merge_units(
            units=[world.grids[0], world.grids[5]],
            into=UnitFacts(Level.GRID, "GJ-X", "新网格", MAPLE),
            on=DAY,
            by=world.officer,
            at=AT,
        )


def test_a_split_into_one_is_no_split(world):
    with pytest.raises(CannotSplitError):
        split_unit(unit=world.maple, into=[committee(MAPLE)], on=DAY, by=world.officer, at=AT)


def test_a_merger_into_a_code_of_somebody_else_leaves_all_as_it_was(world):
    with pytest.raises(CodeTakenError):
        merge_units(
            units=[world.grids[0], world.grids[1]],
            into=UnitFacts(Level.GRID, "GJ-M3", "大网格", MAPLE),
            on=DAY,
            by=world.officer,
            at=AT,
        )

    assert world.grids[0] == unit_with_code("GJ-M1")
    assert units_below(world.maple, Level.GRID).count() == 3


def test_a_unit_ends_once_and_not_before_it_began(world):
    Unit.objects.filter(pk=world.maple.pk).update(valid_from=DAY)
    world.maple.refresh_from_db()
    with pytest.raises(BeforeItsBeginningError):
        end_unit(unit=world.maple, on=date(2026, 3, 1), by=world.officer, at=AT)
    end_unit(unit=world.maple, on=date(2026, 5, 1), by=world.officer, at=AT)

    with pytest.raises(NotInForceError):
        end_unit(unit=world.maple, on=date(2026, 6, 1), by=world.officer, at=AT)
