"""What a merger or split may join, and which code held on a day."""

from datetime import date

from hequan.territory.lineage import CodeHeld, Span, can_merge, can_split, code_on

D1, D2, D3 = date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1)


def test_the_code_of_a_day_is_the_one_that_held_then():
    held = [CodeHeld("old", Span(None, D2)), CodeHeld("new", Span(D2, None))]

    assert [code_on(held, day) for day in (D1, D2, D3)] == ["old", "new", "new"]
    assert code_on([CodeHeld("late", Span(D2, D3))], D1) == ""


def test_the_day_a_span_ends_is_no_longer_in_it():
    assert not Span(D1, D2).holds_on(D2)
    assert Span(D1, D2).holds_on(D1)


def test_only_an_open_span_ends_and_only_after_it_began():
    assert Span(D1, None).may_end_on(D2)
    assert not Span(D2, None).may_end_on(D2)
    assert not Span(D1, D2).may_end_on(D3)
    assert Span(None, None).may_end_on(D1)


def test_only_brothers_merge():
    assert can_merge(["committee", "committee"], [3, 3])
    assert not can_merge(["committee", "committee"], [3, 4])
    assert not can_merge(["committee", "grid"], [3, 3])
    assert not can_merge(["committee"], [3])


def test_a_unit_splits_into_several_of_its_own_level():
    assert can_split("committee", ["committee", "committee"])
    assert not can_split("committee", ["committee"])
    assert not can_split("committee", ["committee", "grid"])
