"""Rows as lines: every value comes back as it was, and the digest is the same from either place."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from hequan.core.accounts import Account
from hequan.core.installation.table_rows import (
    Table,
    codec_of,
    digest_of,
    insert_rows,
    line_of,
    row_of,
    rows_of,
    tables_of,
)
from hequan.people.models import Person

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
VALUES = [
    (models.BinaryField(), b"\x00\xff\n"),
    (models.DateField(), date(1, 1, 1)),
    (models.DateTimeField(), datetime(2026, 3, 10, 2, 0, 0, 1, tzinfo=UTC)),
    (models.TimeField(), time(23, 59, 59, 999999)),
    (models.DecimalField(max_digits=20, decimal_places=9), Decimal("-0.000000001")),
    (models.DurationField(), -timedelta(days=3, microseconds=1)),
    (models.UUIDField(), UUID(int=7)),
    (models.CharField(), "换行\n\u2028“引号”\\"),
    (models.BigIntegerField(), -(2**63)),
    (models.BooleanField(), False),
]


@pytest.mark.parametrize(("field", "value"), VALUES, ids=lambda one: type(one).__name__)
def test_a_value_of_every_kind_comes_back_from_its_line(field, value):
    write, read = codec_of(field)

    assert read(row_of(line_of([write(value)]))[0]) == value


@given(st.lists(JSON, max_size=4))
def test_a_line_is_one_line_and_comes_back(row):
    line = line_of(row)

    assert line.count(b"\n") == 1
    assert row_of(line) == row
    assert digest_of(row_of(line)) == digest_of(row)


def test_a_digest_takes_numbers_and_the_order_of_keys_as_a_database_gives_them_back():
    assert digest_of([{"a": 2.0, "b": [1.0]}]) == digest_of([{"b": [1], "a": 2}])
    assert digest_of([2.5]) != digest_of([2])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1, 2], [2, 1]),
        ([None], [""]),
        (["1"], [1]),
        ([True], ["true"]),
        (["ab", "c"], ["a", "bc"]),
    ],
)
def test_rows_that_differ_have_different_digests(one, other):
    assert digest_of(one) != digest_of(other)


def table(label):
    return next(one for one in tables_of(apps) if one.label == label)


def test_every_managed_table_is_there_once_and_in_order():
    labels = [one.label for one in tables_of(apps)]

    assert labels == sorted(set(labels))
    assert {"core.account", "people.person", "socialaccount.socialaccount"} <= set(labels)


def test_the_key_is_told_by_its_column_not_by_its_place():
    fields = tuple(reversed(table("people.person").fields))

    assert Table("x", Person, fields).key_at == len(fields) - 1


@pytest.mark.django_db
def test_rows_are_read_by_key_and_written_back_as_they_were(world):
    people = table("people.person")
    rows = list(rows_of(people))
    keys = [row[people.key_at] for row in rows]
    digests = [digest_of(row) for row in rows]
    lines = [line_of(row) for row in rows]
    last = Person.objects.order_by("-pk").first()
    Person.objects.filter(pk=last.pk).delete()
    insert_rows(people, [row_of(lines[-1])])

    assert keys == sorted(keys)
    assert [digest_of(row) for row in rows_of(people)] == digests


@pytest.mark.django_db
def test_a_sealed_value_travels_sealed(world):
    person = world.cast.resident
    phone = person.phone.open()
    people = table("people.person")
    row = next(row for row in rows_of(people) if row[people.key_at] == person.pk)

    assert phone.encode() not in line_of(row)
    assert person.phone.token in row


@pytest.mark.django_db
def test_what_is_written_is_not_taken_for_a_statement(world):
    accounts = table("core.account")
    row = next(iter(rows_of(accounts)))
    at = accounts.columns.index("name")
    row = [*row[:at], "'); DROP TABLE core_account; --", *row[at + 1 :]]
    Account.objects.filter(pk=row[accounts.key_at]).update(name="x")
    pk = Account.objects.order_by("-pk").first().pk + 1
    row[accounts.key_at] = pk
    row[accounts.columns.index("username")] = "another"
    insert_rows(accounts, [row])

    assert Account.objects.get(pk=pk).name == "'); DROP TABLE core_account; --"
