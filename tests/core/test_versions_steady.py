"""Within `steady` the stamps are read once, and a page sees one state of things."""

import pytest

from hequan.core import versions

pytestmark = pytest.mark.django_db


def test_one_query_serves_every_name_and_every_call(django_assert_num_queries):
    versions.bump("stations")

    with django_assert_num_queries(1), versions.steady():
        assert versions.stamps("stations") == (1,)
        assert versions.stamps("streets", "stations") == (0, 1)


def test_what_changes_meanwhile_shows_the_next_time():
    versions.bump("stations")
    with versions.steady():
        before = versions.stamps("stations")
        versions.VersionStamp.objects.update(number=2)  # as another process does
        assert versions.stamps("stations") == before

    assert versions.stamps("stations") == (2,)


def test_what_one_changes_oneself_shows_at_once():
    versions.bump("stations")
    with versions.steady():
        assert versions.stamps("stations") == (1,)
        versions.bump("stations")
        assert versions.stamps("stations") == (2,)


def test_single_things_are_read_once_inside_and_each_time_outside():
    seen = []

    def read():
        seen.append(len(seen))
        return seen[-1]

    with versions.steady():
        assert [versions.once("a", read), versions.once("a", read), versions.once("b", read)] == [
            *(0, 0, 1)
        ]
    assert [versions.once("a", read), versions.once("a", read)] == [2, 3]


def test_one_inside_another_is_the_same_moment(django_assert_num_queries):
    with django_assert_num_queries(1), versions.steady():
        versions.stamps("stations")
        with versions.steady():
            versions.stamps("stations")
        versions.stamps("stations")


def test_nothing_is_read_where_nobody_asks(django_assert_num_queries):
    with django_assert_num_queries(0), versions.steady():
        pass


def test_an_error_inside_ends_it_too():
    def fail():
        with versions.steady():
            versions.stamps("stations")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    versions.bump("stations")
    assert versions.stamps("stations") == (1,)
