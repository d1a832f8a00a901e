"""Cells as people type them."""

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hequan.files import values
from hequan.files.values import CellError


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("　高境镇　 第一 \u200b居委会 ", "高境镇 第一 居委会"),
        ("\ufeffid", "id"),
        ("a\nb", "a b"),
        (12.0, "12"),
        (12.5, "12.5"),
        (datetime.datetime(2024, 5, 1), "2024-05-01"),
        ("东部（一期）", "东部（一期）"),
    ],
)
def test_text_loses_spaces_nobody_sees(cell, text):
    assert values.clean_text(cell) == text


@pytest.mark.parametrize(
    "cell",
    ["310113", " 310113 ", "３１０１１３", 310113, 310113.0, "310113.0", "'310113", '="310113"'],
)
def test_a_code_is_the_same_however_it_was_stored(cell):
    assert values.clean_code(cell) == "310113"


def test_a_code_keeps_its_leading_zero():
    assert values.clean_code("010") == "010"


@pytest.mark.parametrize("cell", [3.10113123456789e17, "3.10113E+17", 2**60])
def test_a_code_that_lost_digits_is_refused(cell):
    with pytest.raises(CellError) as refused:
        values.clean_code(cell)

    assert refused.value.code == "code-lost-digits"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("１２３．５", 123.5),
        ("1,234", 1234.0),
        ("1 234", 1234.0),
        ("24,9384", 24.9384),
        ("1,234,567.5", 1234567.5),
        ("-51.15", -51.15),
        ("", None),
        ("　", None),
        (None, None),
        (7, 7.0),
        ("1e3", 1000.0),
    ],
)
def test_numbers_are_read_as_written(cell, number):
    assert values.parse_number(cell) == number


@pytest.mark.parametrize("cell", ["120人", "nan", "inf", True, datetime.date(2024, 1, 2), "1.2.3"])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(CellError) as refused:
        values.parse_number(cell)

    assert refused.value.code == "not-a-number"
    assert refused.value.value == cell


def test_a_number_too_large_to_hold_is_refused():
    with pytest.raises(CellError):
        values.parse_number("1e999")


def test_whole_numbers_may_come_as_floats():
    assert values.parse_whole("12.0") == 12
    assert values.parse_whole("") is None
    with pytest.raises(CellError, match="not-whole"):
        values.parse_whole(12.5)


def test_people_cannot_be_negative():
    assert values.parse_count("1.5") == 1.5
    with pytest.raises(CellError, match="negative"):
        values.parse_count("-3")


def test_degrees_stay_on_the_globe():
    assert values.parse_longitude("121.48") == 121.48
    with pytest.raises(CellError, match="not-a-latitude"):
        values.parse_latitude(121.48)
    with pytest.raises(CellError, match="not-a-longitude"):
        values.parse_longitude("3121.48")


@pytest.mark.parametrize(
    "cell",
    [
        datetime.date(2024, 5, 1),
        datetime.datetime(2024, 5, 1, 10, 30),
        45413,
        45413.4375,
        "45413",
        "2024-05-01",
        "2024/5/1",
        "2024.5.1",
        "2024年5月1日",
        "２０２４年５月１日",
        "2024-05-01 10:30:00",
        "20240501",
        20240501,
    ],
)
def test_a_day_is_the_same_however_it_was_stored(cell):
    assert values.parse_day(cell) == datetime.date(2024, 5, 1)


@pytest.mark.parametrize("cell", ["2024", "01/05/2024", "2024-13-01", "soon", True, 1e9])
def test_what_is_no_certain_day_is_refused(cell):
    with pytest.raises(CellError, match="not-a-day"):
        values.parse_day(cell)


@pytest.mark.parametrize(
    "cell", ["9:30", "09:30", "９：３０", "9：30", 0.395833333, datetime.time(9, 30), "9时30分"]
)
def test_a_time_is_the_same_however_it_was_stored(cell):
    assert values.parse_time(cell) == datetime.time(9, 30)


@pytest.mark.parametrize("cell", ["25:00", "morning", True, datetime.timedelta(hours=30)])
def test_what_is_no_time_is_refused(cell):
    with pytest.raises(CellError, match="not-a-time"):
        values.parse_time(cell)


def test_blank_days_and_times_are_none():
    assert values.parse_day(" ") is None
    assert values.parse_time(None) is None


@pytest.mark.parametrize("cell", ["是", "Yes", "Ｙ", "√", 1, 1.0, "TRUE", True, "有"])
def test_yes_in_every_spelling(cell):
    assert values.parse_yes_no(cell) is True


@pytest.mark.parametrize("cell", ["否", "no", "×", 0, "FALSE", False, "无"])
def test_no_in_every_spelling(cell):
    assert values.parse_yes_no(cell) is False


def test_neither_yes_nor_no_is_refused():
    assert values.parse_yes_no("") is None
    with pytest.raises(CellError, match="not-yes-no"):
        values.parse_yes_no("maybe")


def test_lists_are_split_at_every_usual_mark():
    assert values.parse_list("助餐; 阅览、助餐|理发｜\n咨询；") == ("助餐", "阅览", "理发", "咨询")
    assert values.parse_list(None) == ()


@pytest.mark.slow
@given(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans()))
def test_any_cell_is_read_or_refused(cell):
    readers = [value for name, value in vars(values).items() if name.startswith("parse_")]
    for read in [*readers, values.clean_text, values.clean_code]:
        with contextlib.suppress(CellError):
            read(cell)
