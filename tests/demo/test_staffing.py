"""How many people a demo town employs."""

from hequan.demo.organisations import found_organisations
from hequan.demo.scale import SCALES
from hequan.demo.staffing import HELPERS_PER_GRID, PART_TIMERS_PER_GRID


def test_a_town_has_251_teams_with_6200_helpers_and_269_part_timers():
    teams = SCALES["town"].grids

    assert teams == 251
    assert round(HELPERS_PER_GRID * teams) == 6_200
    assert round(PART_TIMERS_PER_GRID * teams) == 269


def test_a_town_has_105_organisations(town):
    assert len(found_organisations(town)) == 105
