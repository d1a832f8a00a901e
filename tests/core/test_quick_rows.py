"""Rows from tuples arrive as the ORM would read them."""

import pytest
from django.db import IntegrityError, transaction

from hequan.core.quick_rows import insert_rows
from hequan.core.versions import VersionStamp
from hequan.territory.models import Home

pytestmark = pytest.mark.django_db

FIELDS = (
    "code", "lon", "lat", "people", "by_age", "unit", "address", "source", "source_coordinates",
)  # fmt: skip


def row(code: str):
    return (code, 121.5, 31.3, 7, {"0_2": 7}, None, "泾溪路1号", "test", "wgs84")


def test_rows_are_read_back_as_they_were_given():
    assert insert_rows(Home, FIELDS, [row("a"), row("b")]) == 2

    home = Home.objects.get(code="a")
    assert (home.lon, home.people, home.by_age, home.unit, home.address) == (
        121.5,
        7,
        {"0_2": 7},
        None,
        "泾溪路1号",
    )


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_rows(Home, FIELDS, []) == 0


def test_a_row_the_database_refuses_leaves_none():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Home, FIELDS, [row("a"), row("a")])

    assert not Home.objects.exists()


def test_a_field_that_is_not_named_is_asked_for():
    with pytest.raises(ValueError, match=r"Home: name these fields too: .*people"):
        insert_rows(Home, ("code", "lon", "lat"), [])


def test_a_primary_key_that_means_something_can_be_named():
    insert_rows(VersionStamp, ("name", "number"), [("x", 3)])

    assert VersionStamp.objects.get(name="x").number == 3
