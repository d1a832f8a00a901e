"""Gaps: who is left out together."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hequan.planner.gaps import gaps_among
from tests.planner.streets import METRE


def _gaps(metres, people, left_out):
    lon, lat = np.array(metres, dtype=float).reshape(-1, 2).T * METRE
    return gaps_among(lon, lat, np.array(people, float), np.array(left_out, bool))


def test_neighbours_form_one_gap_and_far_homes_another():
    gaps = _gaps([(0, 0), (100, 50), (5000, 0), (50, 50)], [5, 6, 40, 9], [1, 1, 1, 0])
    assert [(gap.people, gap.homes.tolist()) for gap in gaps] == [(40, [2]), (11, [0, 1])]


def test_a_gap_is_told_at_its_own_home_nearest_to_where_its_people_are():
    (gap,) = _gaps([(0, 0), (200, 0)], [1, 3], [1, 1])
    assert gap.middle == 1
    assert abs(gap.lon - 200 * METRE) < METRE / 100
    assert (gap.west, gap.east) == (0, 200 * METRE)


def test_empty_homes_and_served_homes_form_no_gap():
    assert _gaps([(0, 0), (10, 0)], [0, 7], [1, 0]) == ()
    assert _gaps([], [], []) == ()


def test_the_far_end_of_one_row_does_not_touch_the_start_of_the_next():
    # squares (0, 0) and (column 3, row 0) would follow each other if rows were only counted on
    gaps = _gaps([(0, 400), (1000, 0)], [1, 1], [1, 1])
    assert len(gaps) == 2


points = st.tuples(st.integers(0, 4_000), st.integers(0, 4_000), st.integers(0, 9), st.booleans())


@settings(deadline=None)
@given(st.lists(points, max_size=40))
def test_every_left_out_person_is_in_exactly_one_gap_and_near_ones_share_it(rows):
    metres, people, left_out = [row[:2] for row in rows], [r[2] for r in rows], [r[3] for r in rows]
    gaps = _gaps(metres, people, left_out)
    found = sorted(home for gap in gaps for home in gap.homes.tolist())
    assert found == [i for i, row in enumerate(rows) if row[2] and row[3]]
    assert sum(gap.people for gap in gaps) == sum(row[2] for row in rows if row[3])
    assert [gap.people for gap in gaps] == sorted((gap.people for gap in gaps), reverse=True)
    gap_of = {home: number for number, gap in enumerate(gaps) for home in gap.homes.tolist()}
    for one in gap_of:
        for other in gap_of:
            apart = np.abs(np.subtract(metres[one], metres[other])).max()
            assert apart >= 299 or gap_of[one] == gap_of[other]
