"""Point location against shapely, and on the borders where shapely gives no single answer."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from hequan.planner.errors import PlannerError
from hequan.planner.pointlocation import PolygonIndex

pytestmark = pytest.mark.slow  # the first call compiles


def _square(west, south, size, hole=None):
    outer = shapely.box(west, south, west + size, south + size)
    return outer if hole is None else outer.difference(hole)


def _units(seed, count=60):
    """Return districts of a plane: Voronoi cells around random places, cut to a frame."""
    rng = np.random.default_rng(seed)
    places = shapely.MultiPoint(rng.uniform(0, 10, (count, 2)))
    frame = shapely.box(0, 0, 10, 10)
    cells = shapely.voronoi_polygons(places, extend_to=frame)
    return [shapely.intersection(cell, frame) for cell in cells.geoms]


@pytest.mark.parametrize("seed", range(4))
def test_points_inside_are_found_where_shapely_finds_them(seed):
    units, rng = _units(seed), np.random.default_rng(seed)
    index = PolygonIndex.build(units)
    x, y = rng.uniform(-2, 12, (2, 3_000))
    expected = np.full(3_000, -1)
    for number, unit in enumerate(units):
        expected[shapely.contains_xy(unit, x, y)] = number
    found = index.locate(x, y)
    assert found.tolist() == expected.tolist()
    assert [index.locate_one(*point) for point in zip(x[:50], y[:50], strict=True)] == found[
        :50
    ].tolist()


@pytest.mark.parametrize("seed", range(4))
def test_every_corner_and_border_point_belongs_to_one_of_its_neighbours(seed):
    units = _units(seed)
    index = PolygonIndex.build(units)
    corners = np.concatenate([shapely.get_coordinates(unit) for unit in units])
    middles = np.concatenate(
        [
            (ring[1:] * t + ring[:-1] * (1 - t))
            for ring in (shapely.get_coordinates(unit) for unit in units)
            for t in (0.5, 0.123)
        ]
    )
    points = np.concatenate([corners, middles])
    found = index.locate(*points.T)
    assert (found >= 0).all()
    away = shapely.distance(shapely.points(points), np.array(units)[found])
    assert away.max() < 1e-9


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 16), st.integers(0, 16)), min_size=1, max_size=20),
    st.integers(1, 4),
)
def test_on_a_shared_grid_each_point_belongs_to_exactly_one_square(points, size):
    per_side = 16 // size
    squares = [_square(x * size, y * size, size) for y in range(per_side) for x in range(per_side)]
    x, y = np.array(points, dtype=float).T
    alone = np.stack([PolygonIndex.build([square]).locate(x, y) for square in squares])
    together = PolygonIndex.build(squares).locate(x, y)
    edge = per_side * size
    inner = (x < edge) & (y < edge)
    expected = (np.minimum(y, edge - 1) // size) * per_side + np.minimum(x, edge - 1) // size
    assert (together[inner] == expected[inner]).all()
    within = (x <= edge) & (y <= edge)
    assert (together[within] >= 0).all()
    assert (alone.max(axis=0)[within] == 0).all()


def test_a_hole_belongs_to_whoever_fills_it():
    hole = _square(3, 3, 2)
    ring = _square(0, 0, 10, hole)
    index = PolygonIndex.build([ring, hole])
    assert index.locate([1, 4, 3, 5, 4], [1, 4, 4, 4, 3]).tolist() == [0, 1, 1, 0, 1]
    alone = PolygonIndex.build([ring])
    assert alone.locate([4, 1], [4, 1]).tolist() == [-1, 0]


def test_parts_of_one_unit_and_plain_rings_are_understood():
    parts = shapely.MultiPolygon([_square(0, 0, 1), _square(5, 5, 1)])
    rings = [np.array([[10, 0], [14, 0], [14, 4], [10, 4]]), np.array([[11, 1], [12, 1], [12, 2]])]
    index = PolygonIndex.build([parts, rings])
    assert index.locate([0.5, 5.5, 3, 13, 11.9], [0.5, 5.5, 3, 3, 1.2]).tolist() == [
        0,
        0,
        -1,
        1,
        -1,
    ]


def test_where_units_overlap_the_first_one_wins():
    index = PolygonIndex.build([_square(5, 5, 10), _square(0, 0, 10)])
    assert index.locate([6, 1], [6, 1]).tolist() == [0, 1]
    covering = PolygonIndex.build([_square(4, 4, 1), _square(0, 0, 1000)])
    assert covering.locate([4.5], [4.5]).tolist() == [0]


def test_nothing_lies_in_no_polygon_or_in_an_empty_one():
    assert PolygonIndex.build([]).locate([0.0], [0.0]).tolist() == [-1]
    index = PolygonIndex.build([shapely.Polygon(), _square(0, 0, 1)])
    assert index.locate([0.5, np.nan, 9, np.inf], [0.5, 0.5, 9, 0]).tolist() == [1, -1, -1, -1]


def test_the_outer_corner_is_still_found_and_a_step_beyond_is_not():
    index = PolygonIndex.build([_square(121.0, 31.0, 0.01)])
    assert index.locate_one(121.01, 31.01) == 0
    assert index.locate_one(121.01 + 1e-7, 31.01) == -1


def test_lines_and_lost_points_are_refused():
    with pytest.raises(PlannerError, match="LineString has no inside"):
        PolygonIndex.build([shapely.LineString([(0, 0), (1, 1)])])
    with pytest.raises(PlannerError, match="without position"):
        PolygonIndex.build([shapely.polygons([[0, 0], [1, np.inf], [1, 1], [0, 0]])])
