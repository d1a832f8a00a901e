"""Units saved by code and read back: tree, rows, page, parents that are missing or wrong."""

from dataclasses import replace

import numpy as np
import pytest

from hequan.core.audit import AuditEntry
from hequan.core.versions import stamps
from hequan.territory.actions import UnitFacts, describe_unit, end_unit, save_units
from hequan.territory.errors import NotInForceError, UnknownParentError, WrongParentError
from hequan.territory.kinds import CodeScheme, Level
from hequan.territory.models import Unit, UnitCode
from hequan.territory.queries import (
    ancestor_ids,
    codes_of_units,
    names_of,
    root_units,
    trail_of,
    unit_page,
    unit_rows,
    unit_with_code,
    units_below,
    units_matching,
    units_with_codes,
)
from tests.world import AT, MAPLE, PINE, TOWN


def test_units_come_in_any_order_and_find_their_parents(db, system):
    facts = [
        UnitFacts(Level.TOWN, "310113111", "高境镇", "310113"),
        UnitFacts(Level.CITY, "310000", "上海市"),
        UnitFacts(Level.DISTRICT, "310113", "宝山区", "310000"),
    ]

    ids = save_units(units=facts, by=system, at=AT)

    town = Unit.objects.get(pk=ids["310113111"])
    assert f"/{ids['310000']}/{ids['310113']}/{town.pk}/" == town.path
    assert [unit.name for unit in trail_of(town)] == ["上海市", "宝山区", "高境镇"]


def test_saving_the_same_again_changes_nothing(world):
    entries, seen = AuditEntry.objects.count(), stamps("territory")
    facts = [UnitFacts(Level.TOWN, TOWN, "高境镇", "310113")]

    ids = save_units(units=facts, by=world.system, at=AT)

    assert {TOWN: world.town.pk} == ids
    assert (entries, seen) == (AuditEntry.objects.count(), stamps("territory"))


def test_a_new_name_changes_the_same_unit(world):
    facts = UnitFacts(Level.TOWN, TOWN, "高境街道", "310113")

    save_units(units=[facts], by=world.system, at=AT)

    assert Unit.objects.get(pk=world.town.pk).name == "高境街道"
    assert AuditEntry.objects.latest("pk").verb == "territory.units_saved"


def test_a_unit_that_moves_takes_all_below_along(world):
    save_units(units=[UnitFacts(Level.AREA, "GJ-B", "第二片区", TOWN)], by=world.system, at=AT)
    moved = UnitFacts(Level.COMMITTEE, MAPLE, "红枫居委会", "GJ-B", "estate", "old_public", 1200)

    save_units(units=[moved], by=world.system, at=AT)

    area = unit_with_code("GJ-B")
    grid = Unit.objects.get(pk=world.grids[0].pk)
    assert f"{area.path}{world.maple.pk}/{grid.pk}/" == grid.path
    assert units_below(area).count() == 4


def test_an_unknown_parent_is_named(world):
    orphan = UnitFacts(Level.COMMITTEE, "310113999001", "无主居委会", "310113999")

    with pytest.raises(UnknownParentError) as refused:
        save_units(units=[orphan], by=world.system, at=AT)

    assert {"310113999", "310113999001", "无主居委会"} == set(refused.value.params.values())
    assert unit_with_code("310113999001") is None


def test_a_parent_must_be_of_a_higher_level(world):
    inside_out = UnitFacts(Level.TOWN, "310113112", "庙行镇", MAPLE)

    with pytest.raises(WrongParentError):
        save_units(units=[inside_out], by=world.system, at=AT)


def test_one_bad_unit_leaves_nothing_half_written(world):
    good = UnitFacts(Level.TOWN, "310113112", "庙行镇", "310113")
    bad = UnitFacts(Level.COMMITTEE, "310113999001", "无主居委会", "310113999")

    with pytest.raises(UnknownParentError):
        save_units(units=[good, bad], by=world.system, at=AT)

    assert unit_with_code("310113112") is None


def test_states_codes_and_the_towns_own_are_kept_apart(world):
    schemes = dict(UnitCode.objects.values_list("code", "scheme"))

    assert schemes[MAPLE] == CodeScheme.OFFICIAL
    assert CodeScheme.LOCAL == schemes["GJ-A"] == schemes["GJ-M1"]


def test_units_below_count_levels_and_leave_the_unit_out(world):
    assert units_below(world.town, Level.COMMITTEE).count() == 2
    assert units_below(None, Level.GRID).count() == 6
    assert world.maple not in units_below(world.maple)
    assert [world.city] == list(root_units())


def test_a_list_of_units_takes_one_query(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = unit_rows(units_below(world.area, Level.COMMITTEE))

    assert [row.code for row in rows] == [MAPLE, PINE]
    assert [row.children for row in rows] == [3, 3]
    assert [row.parent_name for row in rows] == ["第一片区"] * 2
    assert pytest.approx(rows[0].area_km2, rel=5e-3) == 0.12


def test_the_page_of_a_unit_tells_people_homes_and_circles(world):
    page = unit_page(world.maple)

    assert sum(page.people.values()) == 600
    assert (page.homes, page.homes_people) == (6, 600)
    assert page.circles == ("一核五圈 · 幸福圈",)
    assert [code.code for code in page.codes] == [MAPLE]


def test_units_are_found_by_word_and_by_the_beginning_of_a_code(world):
    assert {world.maple, *world.grids[:3]} == set(units_matching("红枫"))
    assert {world.maple} == set(units_matching(MAPLE))
    assert {world.maple, world.pine} == set(units_matching("31011311100"))
    assert not units_matching("红枫", world.pine).exists()


def test_every_unit_knows_its_committee(world):
    ids = [world.grids[0].pk, world.grids[5].pk, world.town.pk, 0]

    found = ancestor_ids(ids, Level.COMMITTEE)

    assert [world.maple.pk, world.pine.pk, 0, 0] == found.tolist()
    assert [world.town.pk] == ancestor_ids([world.town.pk], Level.TOWN).tolist()
    assert len(ancestor_ids(np.zeros(0, dtype=np.int64), Level.TOWN)) == 0


def test_names_and_codes_by_id(world):
    assert {world.maple.pk: "红枫居委会"} == names_of([world.maple.pk])
    assert {world.maple.pk: MAPLE} == codes_of_units([world.maple.pk])
    assert {MAPLE: world.maple} == units_with_codes([MAPLE, "nobody"])


def test_describing_a_unit_is_audited_with_what_was_before(world):
    described = {"zone_kind": "campus", "estate_type": "", "households": 10}

    describe_unit(unit=world.maple, by=world.officer, at=AT, **described)

    entry = AuditEntry.objects.latest("pk")
    assert described == entry.after
    assert entry.before["households"] == 1200


def test_an_ended_unit_cannot_be_described(world):
    end_unit(unit=world.maple, on=AT.date(), by=world.officer, at=AT)

    with pytest.raises(NotInForceError):
        describe_unit(
            unit=world.maple,
            zone_kind="",
            estate_type="",
            households=None,
            by=world.officer,
            at=AT,
        )


def test_a_wrong_level_for_a_known_code_is_refused(world):
    facts = UnitFacts(Level.TOWN, TOWN, "高境镇", "310113")

    with pytest.raises(WrongParentError):
        save_units(units=[replace(facts, level=Level.AREA)], by=world.system, at=AT)
