"""Chance is the same everywhere and shares add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hequan.demo.chance import chosen, shared_out, stream


def test_a_seed_and_a_topic_always_give_the_same_numbers():
    assert stream(1, "plan").integers(1000, size=4).tolist() == [7, 617, 711, 749]


def test_topics_do_not_share_a_stream():
    assert stream(1, "plan").random() != stream(1, "people").random()


@pytest.mark.slow
@given(
    st.integers(0, 100_000),
    st.lists(st.floats(0.01, 100), min_size=1, max_size=40),
)
def test_shares_add_up_whatever_the_weights(total, weights):
    assert shared_out(total, weights).sum() == total


@pytest.mark.slow
@given(st.lists(st.floats(0, 100), min_size=2, max_size=20), st.integers(0, 5))
def test_nobody_gets_less_than_the_least(weights, least):
    shares = shared_out(least * len(weights) + 7, [*weights[1:], 1.0], least)

    assert shares.min() >= least


def test_shares_follow_the_weights():
    assert shared_out(10, [1, 3, 1]).tolist() == [2, 6, 2]


def test_too_little_for_everyone_is_refused():
    with pytest.raises(ValueError, match="3 cannot be shared out over 2 shares"):
        shared_out(3, [1, 1], 2)


def test_things_are_chosen_once():
    found = chosen(stream(1, "x"), "abcdefgh", 8)

    assert sorted(found) == list("abcdefgh")
