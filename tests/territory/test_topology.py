"""Gaps, overlaps and parts outside, told with the units and the square metres."""

from itertools import pairwise

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from hequan.territory.topology import TopologyFault, check_topology
from tests.world import place


def box(west, south, east, north):
    """A rectangle given in metres."""
    (x1, y1), (x2, y2) = place(west, south), place(east, north)
    return shapely.box(x1, y1, x2, y2)


TOWN = box(0, 0, 400, 200)
LEFT, RIGHT = box(0, 0, 200, 200), box(200, 0, 400, 200)


def test_two_halves_that_meet_are_sound():
    report = check_topology({1: LEFT, 2: RIGHT}, TOWN)

    assert report.is_sound
    assert report.outlines == 2


def test_an_overlap_names_both_units_and_its_size():
    report = check_topology({1: LEFT, 2: box(190, 0, 400, 200)}, TOWN)

    (found,) = report.findings
    assert (found.fault, found.units) == (TopologyFault.OVERLAP, (1, 2))
    assert pytest.approx(found.square_metres, rel=2e-3) == 10 * 200
    assert pytest.approx(found.width_metres, rel=2e-2) == 10
    assert shapely.Point(found.lon, found.lat).within(LEFT)


def test_a_gap_names_the_units_beside_it():
    report = check_topology({1: LEFT, 2: box(210, 0, 400, 200)}, TOWN)

    (found,) = report.findings
    assert (found.fault, found.units) == (TopologyFault.GAP, (1, 2))
    assert pytest.approx(found.square_metres, rel=2e-3) == 10 * 200


def test_a_part_outside_the_parent_is_told():
    report = check_topology({1: LEFT, 2: box(200, 0, 430, 200)}, TOWN)

    (found,) = report.findings
    assert (found.fault, found.units) == (TopologyFault.OUTSIDE, (2,))
    assert pytest.approx(found.square_metres, rel=2e-3) == 30 * 200


def test_a_strip_narrower_than_the_tolerance_is_drawing_noise():
    drawn = {1: LEFT, 2: box(199.5, 0, 400, 200)}

    assert check_topology(drawn, TOWN, tolerance_metres=1.0).is_sound
    assert not check_topology(drawn, TOWN, tolerance_metres=0.1).is_sound


def test_without_a_parent_only_enclosed_gaps_are_known():
    ring = box(0, 0, 300, 300).difference(box(100, 100, 200, 200))

    report = check_topology({1: ring})

    assert [one.fault for one in report.findings] == [TopologyFault.GAP]
    assert check_topology({1: LEFT, 2: box(210, 0, 400, 200)}).is_sound


def test_a_hole_filled_by_another_unit_is_sound():
    inner = box(100, 50, 150, 100)

    assert check_topology({1: LEFT.difference(inner), 2: RIGHT, 3: inner}, TOWN).is_sound


def test_no_outlines_no_findings():
    assert check_topology({}, TOWN).is_sound


@pytest.mark.slow
@settings(max_examples=30)
@given(st.lists(st.integers(20, 380), min_size=1, max_size=6, unique=True))
def test_any_cutting_of_the_town_into_strips_is_sound(cuts):
    edges = [0, *sorted(cuts), 400]
    strips = {
        number: box(west, 0, east, 200) for number, (west, east) in enumerate(pairwise(edges))
    }

    assert check_topology(strips, TOWN, tolerance_metres=0.5).is_sound
