"""A sketch is plain geometry: metres from the north-west corner, y downwards."""

from hypothesis import given
from hypothesis import strategies as st

from hequan.web.public.sketch import BROADEST, NARROWEST, box_around, draw

HOME, STATION = (121.48, 31.32), (121.49, 31.33)


def drawn(landmarks=(), streets=()):
    box = box_around([HOME, STATION])
    return draw(box, HOME, STATION, [HOME, STATION], streets, landmarks)


def test_north_is_up_and_east_is_right():
    sketch = drawn()

    assert sketch.start[0] < sketch.end[0]
    assert sketch.start[1] > sketch.end[1]


def test_distances_are_metres():
    sketch = drawn()

    assert abs(abs(sketch.start[1] - sketch.end[1]) - 1112) < 1
    assert abs(abs(sketch.start[0] - sketch.end[0]) - 950) < 1


def test_a_polygon_closes_and_a_line_does_not():
    ring = [[121.48, 31.32], [121.49, 31.32], [121.49, 31.33], [121.48, 31.32]]
    area = {"properties": {"kind": "park"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    line = {
        "properties": {"kind": "river"},
        "geometry": {"type": "LineString", "coordinates": ring},
    }

    park, river = drawn([area, line]).areas

    assert park.path.endswith("Z")
    assert not river.path.endswith("Z")


def test_every_part_of_a_multipolygon_is_drawn():
    ring = [[121.48, 31.32], [121.49, 31.32], [121.49, 31.33], [121.48, 31.32]]
    area = {
        "properties": {"kind": "park"},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring], [ring]]},
    }

    assert drawn([area]).areas[0].path.count("M") == 2


@given(st.lists(st.tuples(st.floats(121, 122), st.floats(31, 32)), min_size=1, max_size=6))
def test_every_point_lies_inside_a_frame_of_pleasant_shape(points):
    west, south, east, north = box_around(points)

    assert all(west <= lon <= east and south <= lat <= north for lon, lat in points)
    sketch = draw((west, south, east, north), points[0], points[-1], points, [], [])
    assert NARROWEST - 0.02 <= sketch.width / sketch.height <= BROADEST + 0.02
    assert sketch.width >= 700
