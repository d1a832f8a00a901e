"""Places outside their unit, and the conversion that would bring them home."""

import numpy as np
import shapely

from hequan.files.coordinates import CoordinateSystem, convert
from hequan.territory.place_checks import Reading, better_reading, metres_outside, misplaced
from tests.world import place

(_WEST, _SOUTH), (_EAST, _NORTH) = place(0, 0), place(600, 400)
TOWN = shapely.box(_WEST, _SOUTH, _EAST, _NORTH)
LON, LAT = place(300, 200)


def as_drawn_in(system):
    """The middle of town as a map in that system shows it."""
    lon, lat = convert(LON, LAT, CoordinateSystem.WGS84, system)
    return float(lon), float(lat)


def test_a_place_inside_or_at_the_door_is_well():
    assert misplaced(LON, LAT, TOWN) is None
    assert misplaced(*place(640, 200), TOWN) is None


def test_how_far_outside_is_told_in_metres():
    assert round(metres_outside(*place(850, 200), TOWN)) == 250
    assert metres_outside(LON, LAT, TOWN) == 0


def test_exchanged_degrees_are_recognised():
    found = misplaced(LAT, LON, TOWN)

    assert found is not None
    assert found.reading == Reading.SWAPPED


def test_gcj02_is_recognised():
    found = misplaced(*as_drawn_in(CoordinateSystem.GCJ02), TOWN)

    assert found is not None
    assert found.reading == Reading.GCJ02
    assert 100 < found.metres < 1000


def test_bd09_is_recognised():
    found = misplaced(*as_drawn_in(CoordinateSystem.BD09), TOWN)

    assert found is not None
    assert found.reading == Reading.BD09


def test_a_place_in_another_town_fits_no_reading():
    found = misplaced(*place(9000, 200), TOWN)

    assert found is not None
    assert found.reading is None


def test_a_whole_file_in_gcj02_is_recognised():
    spots = [place(x, y) for x in range(10, 600, 50) for y in range(10, 400, 50)]
    lon, lat = (np.asarray(one) for one in zip(*spots, strict=True))
    drawn = convert(lon, lat, CoordinateSystem.WGS84, CoordinateSystem.GCJ02)

    reading, given, share = better_reading(*drawn, TOWN)

    assert reading == Reading.GCJ02
    assert given < 0.5
    assert share == 1
    assert better_reading(lon, lat, TOWN) is None
    assert better_reading(np.asarray([np.nan]), np.asarray([np.nan]), TOWN) is None
