"""Point -> unit: exactly one at a shared border, none in a hole, the smallest on request."""

import numpy as np
import pytest
import shapely

from hequan.territory.kinds import Level
from hequan.territory.locate import UnitLocator

LEFT, RIGHT = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)


@pytest.fixture
def locator() -> UnitLocator:
    """Two grids side by side in one committee that reaches further north."""
    return UnitLocator(
        {
            Level.GRID: ([11, 12], [LEFT, RIGHT]),
            Level.COMMITTEE: ([7], [shapely.box(0, 0, 2, 2)]),
        }
    )


def test_a_point_lies_in_the_unit_around_it(locator):
    assert locator.locate([0.5, 1.5, 5], [0.5, 0.5, 5], Level.GRID).tolist() == [11, 12, 0]


def test_a_point_on_a_shared_border_lies_in_exactly_one(locator):
    found = locator.locate(np.ones(11), np.linspace(0, 1, 11), Level.GRID)

    assert set(found.tolist()) <= {11, 12}
    assert len(set(found[1:-1].tolist())) == 1


def test_the_outer_border_belongs_to_somebody(locator):
    corners_lon, corners_lat = [0, 2, 0, 2, 1], [0, 0, 1, 1, 1]

    assert 0 not in locator.locate(corners_lon, corners_lat, Level.GRID).tolist()


def test_without_a_level_the_smallest_unit_answers(locator):
    assert locator.locate([0.5, 0.5, 0.5], [0.5, 1.5, 2.5]).tolist() == [11, 7, 0]


def test_a_level_without_outlines_finds_nothing(locator):
    assert locator.locate([0.5], [0.5], Level.TOWN).tolist() == [0]
    assert locator.levels == (Level.COMMITTEE, Level.GRID)


def test_a_hole_belongs_to_whoever_fills_it():
    island = shapely.box(0.4, 0.4, 0.6, 0.6)
    lake = shapely.box(0.1, 0.1, 0.2, 0.2)
    around = LEFT.difference(island).difference(lake)
    locator = UnitLocator({Level.GRID: ([1, 2], [around, island])})

    assert locator.locate([0.5, 0.15, 0.3], [0.5, 0.15, 0.5], Level.GRID).tolist() == [2, 0, 1]


def test_an_empty_territory_finds_nothing():
    assert UnitLocator({}).locate([1.0], [1.0]).tolist() == [0]
