"""Headings in any language become fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hequan.files import headers
from hequan.files.headers import Field, match_headers
from hequan.files.values import parse_count
from hequan.files.wording import ReadError, say

FIELDS = (
    Field("id", ("编号", "编码", "代码", "code")),
    Field("name", ("名称", "站点名称", "station name")),
    Field("people", ("人口", "常住人口", "population"), parse=parse_count),
    Field("note", ("备注",), required=False),
)


def matched(titles, **options):
    return match_headers(titles, FIELDS, file="站点.xlsx", **options)


@pytest.mark.parametrize(
    "titles",
    [
        ["编号", "名称", "人口"],
        ["　编 号", "名称*", "人口（人）"],
        ["ID", "Station_Name", "POPULATION"],
        ["ｃｏｄｅ", "station-name", "常住人口[人]"],
    ],
)
def test_titles_match_whatever_their_case_width_spaces_and_unit(titles):
    assert matched(titles).columns == {"id": 0, "name": 1, "people": 2}


def test_columns_nobody_asked_for_are_listed():
    assert matched(["id", "name", "people", "colour", ""]).unused == ("colour",)


def test_a_missing_field_names_the_headings_found_and_the_titles_wanted():
    with pytest.raises(ReadError) as refused:
        matched(["编号", "名称", "户数"])

    assert refused.value.code == "field-missing"
    assert "户数" in say(refused.value, "zh")
    assert "常住人口" in say(refused.value, "zh")
    assert say(refused.value, "en").startswith("站点.xlsx: no column for “people”")


def test_long_and_many_headings_are_named_in_short():
    with pytest.raises(ReadError) as refused:
        matched(["x" * 200, *(f"c{at}" for at in range(100))])

    assert len(str(refused.value)) < 500
    assert "x" * 30 + "…, c0" in str(refused.value)


def test_two_columns_for_one_field_are_not_guessed_between():
    with pytest.raises(ReadError) as refused:
        matched(["id", "name", "人口", "常住人口"])

    assert refused.value.code == "column-ambiguous"
    assert "人口, 常住人口" in str(refused.value)


def test_an_explicit_column_settles_it():
    mapping = matched(["id", "name", "人口", "常住人口"], explicit={"people": "常住人口"})

    assert mapping.columns["people"] == 3
    assert mapping.unused == ("人口",)


def test_an_explicit_column_may_be_a_letter():
    assert matched(["id", "name", ""], explicit={"people": "C"}).columns["people"] == 2


def test_a_column_already_taken_is_not_taken_twice():
    mapping = matched(["名称", "编号", "人口"], explicit={"id": "名称", "name": "编号"})

    assert mapping.columns == {"id": 0, "name": 1, "people": 2}


def test_an_explicit_column_that_is_not_there_is_refused():
    with pytest.raises(ReadError, match="pop") as refused:
        matched(["id", "name", "people"], explicit={"people": "pop"})

    assert refused.value.code == "column-missing"


def test_an_explicit_field_that_is_not_ours_is_refused():
    with pytest.raises(ReadError) as refused:
        matched(["id", "name", "people"], explicit={"colour": "x"})

    assert refused.value.code == "unknown-field"


def test_a_row_gives_its_values_and_its_problems():
    record = matched(["id", "name", "人口"]).record(7, ["A1", None, "-5"])

    assert record.values == {"id": "A1", "name": None, "people": None, "note": None}
    assert [problem.code for problem in record.problems] == ["cell-blank", "negative"]
    assert (record.problems[1].row, record.problems[1].column) == (7, "人口")
    assert say(record.problems[1], "zh").startswith(
        "站点.xlsx，第 7 行，“人口”列：数量不能为负数（读到“-5”）"
    )


def test_a_row_shorter_than_the_headings_is_blank_at_its_end():
    record = matched(["id", "name", "people", "备注"]).record(2, ["A1", "x", 3])

    assert record.values["note"] is None
    assert record.problems == ()


def test_an_option_names_columns():
    assert headers.parse_columns("people=population, id = 格网号", FIELDS) == {
        "people": "population",
        "id": "格网号",
    }
    assert headers.parse_columns("", FIELDS) == {}


@pytest.mark.parametrize(
    ("option", "code"), [("people", "columns-option"), ("pop=x", "unknown-field")]
)
def test_a_wrong_option_is_refused_with_the_fields_there_are(option, code):
    with pytest.raises(ReadError, match="people") as refused:
        headers.parse_columns(option, FIELDS)

    assert refused.value.code == code


@given(st.integers(0, 16_383))
def test_letters_count_as_in_a_spreadsheet(at):
    assert headers._letter_number(headers.column_letter(at)) == at


def test_known_letters():
    assert [headers.column_letter(at) for at in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


def test_titles_serve_to_find_the_row_of_headings():
    assert "常住人口" in headers.titles_of(FIELDS)
    assert "id" in headers.titles_of(FIELDS)
