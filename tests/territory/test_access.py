"""The door to units: grants decide, and what may not be seen looks like what is not there."""

import pytest

from hequan.core.kinds import Capability
from hequan.territory.access import top_units, unit_for, units_visible
from hequan.territory.errors import NoSuchUnitError


def test_an_account_sees_its_part_and_nothing_else(world):
    seen = set(units_visible(world.viewer, world.at))

    assert {world.pine, *world.grids[3:]} == seen


def test_a_stranger_sees_nothing(world):
    assert not units_visible(world.stranger, world.at).exists()
    assert top_units(world.stranger, world.at) == []


def test_a_unit_opens_with_the_right_capability(world):
    assert world.maple == unit_for(world.clerk, world.maple.pk, world.at)
    assert world.maple == unit_for(
        world.officer, world.maple.pk, world.at, Capability.EDIT_TERRITORY
    )


@pytest.mark.parametrize("capability", [Capability.EDIT_TERRITORY, Capability.ADMINISTER_SECURITY])
def test_without_the_capability_the_unit_is_not_there(world, capability):
    with pytest.raises(NoSuchUnitError):
        unit_for(world.clerk, world.maple.pk, world.at, capability)


def test_the_unit_next_door_is_not_there(world):
    with pytest.raises(NoSuchUnitError):
        unit_for(world.viewer, world.maple.pk, world.at)
    with pytest.raises(NoSuchUnitError):
        unit_for(world.viewer, 999_999, world.at)


def test_a_board_begins_at_the_highest_unit_granted(world):
    assert [world.town] == top_units(world.officer, world.at)
    assert [world.pine] == top_units(world.viewer, world.at)
