"""Early warning: a place against its own past, with numbers one can follow; never of a person."""

from datetime import date, timedelta
from math import exp, factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hequan.cases.early_warning import (
    Recurrence,
    WarningRule,
    choose_warnings,
    rolled_up,
    spans_before,
    tail,
    warned,
)
from hequan.cases.rule_seeds import RULES

pytestmark = pytest.mark.once
RULE = WarningRule.of(RULES["case.warning"][0])
PAST = (2, 1, 3, 2, 2, 2, 2, 2, 3, 1, 2, 2)


def row(now, past=PAST, unit=7, path="/1/5/7/", matter=3):
    return Recurrence(unit, path, matter, now, past)


def test_nine_in_fourteen_days_where_two_are_usual():
    told = warned(row(9), RULE)

    assert (told.of.now, told.usual, told.most) == (9, 2.0, 3)


@pytest.mark.parametrize(
    ("now", "past"),
    [
        (4, (0,) * 12),  # too few, however unusual
        (9, (6,) * 12),  # not twice what is usual
        (5, (2,) * 12),  # comes by chance in five of a hundred spans
        (30, (0, 0)),  # of too short a past nothing is known
    ],
)
def test_no_warning_of_what_is_usual_rare_or_unknown(now, past):
    assert warned(row(now, past), RULE) is None


def test_a_place_without_any_is_held_against_a_half():
    assert warned(row(5, (0,) * 12), RULE).usual == 0


@settings(max_examples=30)
@given(some.integers(0, 40), some.floats(0.1, 30))
def test_the_tail_is_that_of_poisson(count, usual):
    below = sum(exp(-usual) * usual**n / factorial(n) for n in range(count))

    assert tail(count, usual) == pytest.approx(1 - below, abs=1e-9)


@settings(max_examples=30)
@given(some.lists(some.integers(0, 9), min_size=3, max_size=12), some.integers(0, 60))
def test_more_never_takes_a_warning_away(past, now):
    if warned(row(now, tuple(past)), RULE):
        assert warned(row(now + 1, tuple(past)), RULE)


def test_only_whole_spans_of_a_known_past_count():
    today = date(2026, 3, 31)
    begins = today - timedelta(days=13)

    assert spans_before(today, None, RULE) == 0
    assert spans_before(today, begins, RULE) == 0
    assert spans_before(today, begins - timedelta(days=27), RULE) == 1
    assert spans_before(today, begins - timedelta(days=28), RULE) == 2
    assert spans_before(today, begins - timedelta(days=9999), RULE) == 12


def test_what_is_small_in_each_micro_grid_is_seen_in_the_committee():
    grids = [row(3, (0,) * 12, pk, f"/1/5/{pk}/") for pk in (7, 8, 9)]
    told = choose_warnings(rolled_up(grids, {5: "/1/5/"}), RULE)

    assert [(one.of.unit, one.of.now) for one in told] == [(5, 9)]


def test_a_committee_is_not_told_beside_the_micro_grid_that_makes_it():
    grids = [row(9), row(1, PAST, 8, "/1/5/8/")]
    told = choose_warnings(rolled_up(grids, {5: "/1/5/"}), RULE)

    assert [one.of.unit for one in told] == [7]


def test_matters_are_not_mixed_and_the_most_unusual_comes_first():
    rows = [row(9, matter=3), row(20, matter=4)]

    assert [one.of.matter for one in choose_warnings(rows, RULE)] == [4, 3]


def test_what_lies_in_the_committee_itself_counts_once():
    told = rolled_up([row(2, (1,), 5, "/1/5/"), row(3, (2,))], {5: "/1/5/"})

    assert sorted((one.unit, one.now, one.past) for one in told) == [(5, 5, (3,)), (7, 3, (2,))]
