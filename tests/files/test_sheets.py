"""Tables going out: nothing typed by people comes back as a formula."""

import csv
import datetime
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hequan.files.sheets import Sheet, csv_bytes, safe_text, workbook_bytes
from hequan.files.tables import read_table

EVIL = '=HYPERLINK("http://x","y")'


def opened(*sheets):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(sheets)))


def test_a_workbook_comes_back_as_it_was_written():
    day = datetime.date(2026, 5, 1)
    rows = [(1, "高境", 12.5, True, day, None), (2, "逸仙", -3.0, False, day, "x")]
    written = workbook_bytes([Sheet("站点", ["编号", "名称", "数", "是", "日", "注"], rows)])
    table = read_table(written, name="a.xlsx")

    assert table.sheet == "站点"
    assert [row.cells for row in table.rows] == rows


@pytest.mark.parametrize("text", [EVIL, "+1+2", "-1+2", "@SUM(A1)", "#N/A", "=1", "＝1+1"])
def test_no_cell_of_a_workbook_is_a_formula(text):
    cell = opened(Sheet("a", [text], [[text]])).active["A2"]

    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text[0] != "#")


def test_headings_stay_in_sight_and_can_be_filtered():
    page = opened(Sheet("a", ["x", "y"], [[1, 2]])).active

    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B2"
    assert page["A1"].font.bold


def test_choices_and_hints_are_offered_below_their_heading():
    sheet = Sheet("a", ["kind"], [], choices={"kind": ["core", "main"]}, hints={"kind": "站点类型"})
    (rule,) = opened(sheet).active.data_validations.dataValidation

    assert rule.formula1 == '"core,main"'
    assert rule.prompt == "站点类型"
    assert str(rule.sqref) == "A2:A10000"


def test_characters_a_workbook_cannot_hold_are_left_out():
    page = opened(Sheet("a/b:c*" + "长" * 40, ["a\x00b"], [["x\x0by" + "z" * 40_000]])).active

    assert page.title == ("a b c " + "长" * 40)[:31]
    assert page["A1"].value == "ab"
    assert len(page["A2"].value) == 32_767


def test_a_sheet_without_a_title_gets_one():
    assert opened(Sheet("", ["a"]), Sheet("'", ["a"])).sheetnames == ["Sheet1", "Sheet2"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (EVIL, f"'{EVIL}"),
        ("-3.5", "-3.5"),
        ("-3+cmd", "'-3+cmd"),
        ("\t=1", "'\t=1"),
        ("高境", "高境"),
        ("", ""),
    ],
)
def test_a_csv_holds_no_formula(text, written):
    assert safe_text(text) == written


def test_a_plain_csv_has_no_mark_and_a_chinese_one_has():
    assert csv_bytes(["id"], [["a"], [None], [1.5]]) == b'id\na\n""\n1.5\n'
    assert csv_bytes(["id"], [["高境"]]).decode("utf-8") == "\ufeffid\n高境\n"


@pytest.mark.slow
@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_what_is_written_is_read_again_without_formulas(rows):
    text = csv_bytes(["a", "b"], rows).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert all(
            not cell.startswith(("=", "+", "@")) or cell.lstrip("+").replace(".", "").isdigit()
            for cell in row
        )
