"""Units found as they are typed: by name, else by code, where one may look, each with its code."""

import pytest

from hequan.territory.actions import UnitFacts, save_units
from hequan.territory.kinds import Level
from hequan.territory.models import Unit
from hequan.territory.queries import NamedUnit, units_named
from tests.world import AT, MAPLE, PINE, TOWN


@pytest.fixture
def namesakes(world):
    """Two micro-grids of one name, in two committees."""
    facts = [UnitFacts(Level.GRID, f"{code}-901", "桥头微网格", code) for code in (MAPLE, PINE)]
    ids = save_units(units=facts, by=world.system, at=AT)
    return {code: Unit.objects.get(pk=ids[f"{code}-901"]) for code in (MAPLE, PINE)}


def test_one_of_a_name_is_found_without_its_code(world):
    assert units_named("高境镇", ["/"]) == [NamedUnit(world.town.pk, "高境镇")]
    assert units_named(TOWN, ["/"]) == [NamedUnit(world.town.pk, "高境镇")]


def test_namesakes_are_told_apart_by_code_and_each_found_by_its_own(namesakes):
    both = units_named("桥头微网格", ["/"])
    assert {one.code for one in both} == {f"{MAPLE}-901", f"{PINE}-901"}
    (one,) = units_named(f"{PINE}-901", ["/"])
    assert one.pk == namesakes[PINE].pk


def test_nothing_is_found_where_one_may_not_look(namesakes):
    here = [namesakes[MAPLE].path]
    assert [one.pk for one in units_named("桥头微网格", here)] == [namesakes[MAPLE].pk]
    assert units_named(f"{PINE}-901", here) == []
    assert units_named("高境镇", here) == []
    assert units_named("高境镇", []) == []


def test_an_ended_unit_is_found_by_nothing(namesakes):
    Unit.objects.filter(pk=namesakes[PINE].pk).update(valid_to=AT.date())
    assert len(units_named("桥头微网格", ["/"])) == 1
    assert units_named(f"{PINE}-901", ["/"]) == []
