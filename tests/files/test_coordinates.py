"""Shifted Chinese coordinates: published values, round trips, swapped columns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hequan.files.coordinates import CoordinateSystem, convert, in_china, look_swapped, to_wgs84

WGS84, GCJ02, BD09 = CoordinateSystem.WGS84, CoordinateSystem.GCJ02, CoordinateSystem.BD09
CGCS2000 = CoordinateSystem.CGCS2000
# Inside the box by more than the shift, so that no point changes sides.
longitudes = st.floats(72.1, 137.7)
latitudes = st.floats(0.9, 55.7)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (WGS84, GCJ02, (116.41024449916938, 39.91640428150164)),
        (GCJ02, BD09, (116.41036949371029, 39.92133699351021)),
    ],
)
def test_a_point_in_beijing_moves_as_published(source, target, expected):
    """The values stand in the tests of the widely used coordtransform library."""
    moved = convert(116.404, 39.915, source, target)

    assert np.allclose(moved, expected, atol=1e-9)


@pytest.mark.slow
@given(longitudes, latitudes, st.sampled_from([GCJ02, BD09]))
def test_there_and_back_is_the_same_place(lon, lat, system):
    there = convert(lon, lat, WGS84, system)
    back = to_wgs84(*there, system)

    assert np.allclose(back, (lon, lat), rtol=0, atol=1e-9)


@pytest.mark.slow
@given(longitudes, latitudes)
def test_gcj02_lies_less_than_a_kilometre_and_a_half_beside(lon, lat):
    east, north = convert(lon, lat, WGS84, GCJ02)
    metres = np.hypot((east - lon) * np.cos(np.radians(lat)), north - lat) * 111_195

    assert metres < 1500


def test_baidu_to_gcj02_and_back_agree():
    gcj = convert(121.49, 31.32, BD09, GCJ02)

    assert np.allclose(convert(*gcj, GCJ02, BD09), (121.49, 31.32), rtol=0, atol=1e-9)


@pytest.mark.parametrize("system", [GCJ02, BD09])
def test_points_outside_china_stay(system):
    lon, lat = np.array([24.94, -51.2, np.nan]), np.array([60.17, -30.0, np.nan])
    moved = to_wgs84(lon, lat, system)

    assert np.array_equal(moved[0], lon, equal_nan=True)
    assert np.array_equal(moved[1], lat, equal_nan=True)


def test_cgcs2000_is_taken_as_wgs84():
    assert convert(121.49, 31.32, CGCS2000, WGS84) == (121.49, 31.32)
    assert convert(121.49, 31.32, CGCS2000, GCJ02) == convert(121.49, 31.32, WGS84, GCJ02)


def test_the_arrays_given_are_not_changed():
    lon, lat = np.array([121.49]), np.array([31.32])
    to_wgs84(lon, lat, GCJ02)[0][:] = 0
    convert(lon, lat, WGS84, CGCS2000)[0][:] = 0

    assert (lon[0], lat[0]) == (121.49, 31.32)


def test_china_is_a_box():
    assert in_china([121.5, 24.9], [31.3, 60.2]).tolist() == [True, False]


def test_exchanged_columns_are_seen_in_china():
    lon, lat = np.array([121.48, 121.5, 121.49]), np.array([31.3, 31.31, 31.32])

    assert look_swapped(lat, lon)
    assert not look_swapped(lon, lat)


def test_exchanged_columns_are_seen_beside_the_streets():
    streets = (24.935, 60.164, 24.953, 60.179)
    lon, lat = np.array([24.94, 24.95]), np.array([60.17, 60.171])

    assert look_swapped(lat, lon, within=streets)
    assert not look_swapped(lon, lat, within=streets)
    assert not look_swapped(lat, lon)  # nothing tells without the streets


def test_no_points_are_not_swapped():
    assert not look_swapped([], [])
    assert not look_swapped([np.nan], [np.nan])


@pytest.mark.parametrize("system", [CoordinateSystem.GCJ02, CoordinateSystem.BD09])
def test_a_point_far_from_china_stays_and_overflows_nothing(system):
    lon, lat = to_wgs84([-96.4, 180.0, -180.0], [-89.9, 90.0, -90.0], system)

    assert lon.tolist() == [-96.4, 180.0, -180.0]
    assert lat.tolist() == [-89.9, 90.0, -90.0]
