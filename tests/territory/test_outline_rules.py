"""Outlines: repaired where they cross themselves, refused where there is no surface."""

import math

import pytest
import shapely
from shapely.geometry import mapping

from hequan.territory.boundaries import OutlineError, km2_of, outline_from, same_outline

SW, SE, NE, NW = [121.0, 31.0], [121.01, 31.0], [121.01, 31.01], [121.0, 31.01]


def polygon(*corners):
    """A GeoJSON polygon of one ring."""
    return {"type": "Polygon", "coordinates": [list(corners)]}


SQUARE = polygon(SW, SE, NE, NW, SW)
EIGHT = polygon(SW, NE, SE, NW, SW)


def test_a_sound_outline_comes_back_as_it_was():
    found = outline_from(SQUARE)

    assert not found.repaired
    assert same_outline(SQUARE, found.geojson())


def test_a_figure_of_eight_becomes_its_two_lobes():
    found = outline_from(EIGHT)

    assert found.repaired
    assert found.shape.is_valid
    assert len(shapely.get_parts(found.shape)) == 2
    assert outline_from(SQUARE).km2 / 2 == pytest.approx(found.km2, rel=1e-3)


def test_area_is_the_ground_and_not_the_map():
    # one hundredth of a degree each way at 31 degrees north, on the ellipsoid
    north = 0.01 * math.radians(1) * 6_351_300
    east = 0.01 * math.radians(1) * 6_383_700 * math.cos(math.radians(31.005))

    assert north * east / 1e6 == pytest.approx(outline_from(SQUARE).km2, rel=2e-3)


def test_a_hole_is_not_counted():
    hole = shapely.box(121.004, 31.004, 121.006, 31.006)
    ring = shapely.geometry.shape(SQUARE).difference(hole)

    assert outline_from(SQUARE).km2 - km2_of(hole) == pytest.approx(
        outline_from(ring).km2, rel=1e-6
    )


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        ({"type": "Point", "coordinates": [121, 31]}, "not-a-surface"),
        ({"type": "LineString", "coordinates": [[121, 31], [122, 32]]}, "not-a-surface"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        (polygon(SW, NE, SW, SW), "no-surface-left"),
        ({"type": "Circle"}, "unreadable"),
        (polygon([5e5, 4e6], [6e5, 4e6], [6e5, 5e6], [5e5, 4e6]), "not-degrees"),
    ],
)  # fmt: skip
def test_what_has_no_surface_is_refused_with_its_reason(geometry, reason):
    with pytest.raises(OutlineError) as refused:
        outline_from(geometry)

    assert reason == refused.value.reason


def test_heights_are_dropped():
    raised = shapely.force_3d(shapely.geometry.shape(SQUARE), 5.0)

    assert same_outline(SQUARE, outline_from(raised).geojson())


def test_where_a_ring_begins_does_not_matter():
    ring = SQUARE["coordinates"][0][:-1]
    turned = {"type": "Polygon", "coordinates": [[*ring[2:], *ring[:2], ring[2]]]}

    assert same_outline(SQUARE, turned)
    moved = mapping(shapely.affinity.translate(shapely.geometry.shape(SQUARE), 1e-5, 0))
    assert not same_outline(SQUARE, moved)
