"""Version stamps: a process rebuilds what it keeps exactly when a stamp has moved."""

import pytest

from hequan.core.versions import Kept, bump, stamps

pytestmark = pytest.mark.django_db


def test_a_stamp_never_bumped_is_zero_and_each_bump_raises_it():
    assert stamps("tests.roofs") == (0,)
    bump("tests.roofs")
    bump("tests.roofs")

    assert stamps("tests.roofs", "tests.other") == (2, 0)


def test_a_kept_thing_is_built_once_until_its_stamp_moves():
    built = []
    kept = Kept(lambda: built.append(1) or len(built), "tests.roofs")

    assert [kept.get(), kept.get()] == [1, 1]
    bump("tests.roofs")
    assert [kept.get(), kept.get()] == [2, 2]


def test_looking_at_a_kept_thing_costs_one_query(django_assert_num_queries):
    kept = Kept(lambda: "roof", "tests.roofs", "tests.walls")
    kept.get()

    with django_assert_num_queries(1):
        kept.get()
