"""The chain's bytes: JSON both databases give back, and macs that cover all an entry says."""

import json
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from hequan.core.audit.chain import Facts, Place, mac_of, steady
from hequan.core.keyring import Key

KEY = Key("k1", b"k" * 32)
PLACE = Place(3, 7, "a" * 64)
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
FACTS = Facts(12, AT, 5, None, "tests.saved", "core.account", "9", {"name": "a"}, {"name": "b"})

numbers = st.one_of(
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from([1e22, -0.0, 1e300, 5e-324, 1.0, 0.1, 1e16, -1e-7]),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, st.text()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.slow
@given(values)
def test_a_steady_value_stays_as_it_is(value):
    once = steady(value)

    assert steady(once) == once
    assert json.loads(json.dumps(once)) == once


@pytest.mark.slow
@pytest.mark.django_db
@given(values)
def test_both_databases_give_a_steady_value_back_to_the_last_byte(value):
    said = json.dumps(steady(value), sort_keys=True)
    cast = "::jsonb::text" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s{cast}", [said])
        back = json.loads(cursor.fetchone()[0])

    assert json.dumps(back, sort_keys=True) == said


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (1e22, 10**22),
        (-0.0, 0),
        (2.0, 2),
        (math.inf, "inf"),
        ("a\0b", "a\N{REPLACEMENT CHARACTER}b"),
        ("\ud800", "?"),
        ((1, 2), [1, 2]),
        ({1: "a"}, {"1": "a"}),
        (AT, "2026-03-10 02:00:00+00:00"),
        (True, True),
    ],
)
def test_what_a_database_would_change_is_changed_before(given, kept):
    assert steady(given) == kept


@pytest.mark.parametrize(
    "change",
    [
        {"entry_id": 13},
        {"at": AT + timedelta(microseconds=1)},
        {"by": 6},
        {"on_behalf_of": 4},
        {"verb": "tests.removed"},
        {"thing_kind": "core.grant"},
        {"thing_id": "10"},
        {"before": None},
        {"after": {"name": "c"}},
    ],
)
def test_a_mac_covers_everything_an_entry_says(change):
    assert mac_of(PLACE, replace(FACTS, **change), KEY) != mac_of(PLACE, FACTS, KEY)


@pytest.mark.parametrize("change", [{"lane": 4}, {"number": 8}, {"previous": "b" * 64}])
def test_a_mac_covers_the_place_and_the_entry_before(change):
    assert mac_of(replace(PLACE, **change), FACTS, KEY) != mac_of(PLACE, FACTS, KEY)


def test_a_mac_needs_the_key():
    assert mac_of(PLACE, FACTS, Key("k1", b"x" * 32)) != mac_of(PLACE, FACTS, KEY)
    assert mac_of(PLACE, FACTS, Key("k2", b"k" * 32)) != mac_of(PLACE, FACTS, KEY)


def test_a_mac_is_the_same_in_every_time_zone():
    there = replace(FACTS, at=AT.astimezone(timezone(timedelta(hours=8))))

    assert mac_of(PLACE, there, KEY) == mac_of(PLACE, FACTS, KEY)
