"""Division codes: level, parent and kind of town as the digits tell them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hequan.territory.codes import (
    CodeError,
    TownKind,
    city_code_of,
    code_fits,
    level_of_code,
    parent_code_of,
    short_code,
    town_kind,
)
from hequan.territory.kinds import Level

GAOJING, MIAOHANG, WUJIAOCHANG = "310113111", "310113112", "310110019"


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("310000", Level.CITY),
        ("440300", Level.CITY),
        ("310113", Level.DISTRICT),
        (GAOJING, Level.TOWN),
        ("310113111001", Level.COMMITTEE),
        ("310113111000", Level.TOWN),  # padded to twelve digits, as statistics tables write it
        ("310113000000", Level.DISTRICT),
    ],
)
def test_the_length_of_a_code_tells_the_level(code, level):
    assert level == level_of_code(code)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("31011311", "length"),
        ("3101131110011", "length"),
        ("", "not-digits"),
        ("31011A", "not-digits"),
        ("３１０１１３", "not-digits"),  # full width: cleaned before it comes here
        ("990101", "no-province"),
        ("310113911", "town-digit"),
        ("310113000", "town-digit"),
    ],
)
def test_a_code_no_division_bears_is_refused_with_its_reason(code, reason):
    with pytest.raises(CodeError) as refused:
        level_of_code(code)

    assert reason == refused.value.reason


def test_the_parent_of_a_code_is_its_beginning():
    assert parent_code_of("310113111001") == GAOJING
    assert parent_code_of(GAOJING) == "310113"
    assert parent_code_of("310000") == ""


def test_districts_of_a_municipality_lie_below_the_province_code():
    assert parent_code_of("310113") == "310000"
    assert parent_code_of("440305") == "440300"


def test_every_code_knows_its_city():
    assert [city_code_of(code) for code in ("310000", "310113", GAOJING, "310113111001")] == [
        "310000"
    ] * 4


def test_the_seventh_digit_tells_streets_from_towns():
    assert town_kind(WUJIAOCHANG) == TownKind.STREET
    assert town_kind(MIAOHANG) == TownKind.TOWN
    assert town_kind("310151201") == TownKind.TOWNSHIP
    assert town_kind("310151401") == TownKind.STATISTICAL


def test_padding_goes_and_nothing_else():
    assert short_code("310113000000") == "310113"
    assert short_code("310113111000") == GAOJING
    assert short_code("310113111010") == "310113111010"
    assert short_code("310000") == "310000"


def test_areas_and_grids_may_bear_any_short_code_of_the_town():
    assert code_fits(Level.GRID, "GJ-A1-001")
    assert not code_fits(Level.GRID, "a code of more than twenty-four letters")
    assert not code_fits(Level.COMMITTEE, "GJ-A1-001")


@settings(max_examples=30)
@given(
    st.sampled_from(["31", "11", "44"]),
    st.integers(1, 99),
    st.integers(1, 99),
    st.integers(1, 599),
    st.integers(1, 999),
)
def test_walking_up_the_parents_ends_at_the_city(province, city, district, town, committee):
    code = f"{province}{city:02}{district:02}{town:03}{committee:03}"

    steps = [code]
    while parent_code_of(steps[-1]):
        steps.append(parent_code_of(steps[-1]))

    assert city_code_of(code) == steps[-1]
    levels = [level_of_code(step).depth for step in steps]
    assert levels == sorted(levels, reverse=True)
