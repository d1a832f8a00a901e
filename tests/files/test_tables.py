"""Tables of every kind, and the ways they come broken."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hequan.files import tables, workbooks
from hequan.files.errors import FileError
from hequan.files.tables import read_table
from hequan.files.wording import ReadError, say
from tests.realdata import real_data

PLAIN = "编号,名称,人口\n1,高境第一居委会,1200\n2,逸仙,800\n"
KNOWN = ("编号", "名称", "人口")


def rows_of(table):
    return [row.cells for row in table.rows]


def workbook(fill, *, sheets=1):
    book = openpyxl.Workbook()
    for _ in range(sheets - 1):
        book.create_sheet()
    fill(*book.worksheets)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def refused(source, **options):
    with pytest.raises(ReadError) as caught:
        read_table(source, **{"name": "人口.xlsx", **options})
    assert say(caught.value, "zh") != say(caught.value, "en")
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_chinese_csv_reads_the_same_in_every_encoding(encoding):
    table = read_table(PLAIN.encode(encoding), known=KNOWN)

    assert table.headers == KNOWN
    assert rows_of(table) == [("1", "高境第一居委会", "1200"), ("2", "逸仙", "800")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_told_by_its_zeros(encoding):
    assert rows_of(read_table("id,name\n1,a\n".encode(encoding))) == [("1", "a")]


def test_western_letters_are_not_taken_for_chinese():
    text = "id,name\n1,Café Müller – “Olé”\n2,Ålborg\n"

    assert rows_of(read_table(text.encode("cp1252")))[0] == ("1", "Café Müller – “Olé”")


def test_rare_characters_in_gbk_survive():
    text = "编号,姓名\n1,朱镕\n2,李喆\n3,张堃\n"

    assert rows_of(read_table(text.encode("gb18030")))[2] == ("3", "张堃")


def test_utf8_with_a_broken_byte_is_refused_and_not_turned_into_gibberish():
    cut_inside_a_character = (PLAIN * 20).encode().removesuffix("仙,800\n".encode()[1:])

    assert refused(cut_inside_a_character).code == "broken-encoding"


def test_bytes_that_are_no_text_are_refused():
    assert refused(bytes(range(256)) * 4).code == "not-a-table"
    assert refused(b"id,name\n1,\x81\x8d\xff\n").code == "unknown-encoding"


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_the_separator_is_told_from_the_rows(mark):
    text = PLAIN.replace(",", mark)

    assert read_table(text.encode(), known=KNOWN).headers == KNOWN


def test_a_decimal_comma_does_not_make_a_comma_separated_file():
    text = "id;lon;lat\n1;24,94;60,17\n2;24,95;60,18\n"

    assert rows_of(read_table(text.encode()))[0] == ("1", "24,94", "60,17")


def test_excels_own_line_about_the_separator_is_obeyed():
    table = read_table(b"sep=;\nid;name\n1;a,b,c\n")

    assert table.headers == ("id", "name")
    assert table.rows[0].number == 3


def test_title_rows_and_blank_rows_are_passed_over_and_numbers_kept():
    text = "高境镇人口表,,\n,,\n制表：2024年5月,,\n" + PLAIN.replace("\n2,", "\n,,\n2,")
    table = read_table(text.encode(), known=KNOWN)

    assert table.headers == KNOWN
    assert [row.number for row in table.rows] == [5, 7]
    assert table.notes[-1].say("zh") == "表头在第 4 行，其上 2 行标题未读取。"


def test_a_file_without_known_headings_starts_at_its_first_full_row():
    table = read_table(b"Report\n\na,b,c\n1,2,3\n")

    assert table.headers == ("a", "b", "c")


def test_a_row_wider_than_the_headings_widens_them():
    table = read_table(b"id,name\n1,a,extra\n2,b\n")

    assert table.headers == ("id", "name", "")
    assert rows_of(table) == [("1", "a", "extra"), ("2", "b", None)]


def test_headings_alone_make_a_table_without_rows():
    assert read_table(b"id,name\n").rows == ()


def test_a_quote_that_never_closes_is_refused_with_its_row():
    error = refused(b'id,name\n1,a\n2,"b\n3,c\n')

    assert (error.code, error.row) == ("bad-quotes", 3)


def test_line_breaks_inside_quotes_stay_in_one_row():
    assert rows_of(read_table(b'id,name\r\n1,"a\r\nb"\r\n')) == [("1", "a\r\nb")]


def test_old_mac_line_ends_are_line_ends():
    assert len(read_table(b"id,name\r1,a\r2,b\r").rows) == 2


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "file-empty"),
        (b"\n\n , \n", "text-blank"),
        (b"%PDF-1.4 ...", "is-pdf"),
        (b"\x1f\x8b\x08\x00", "is-archive"),
        (b"\xef\xbb\xbf<html><table><tr><td>1", "web-page"),
        (b"PK\x03\x04 cut off", "workbook-damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "workbook-damaged"),
    ],
)
def test_what_is_no_table_is_refused(source, code):
    assert refused(source).code == code


def test_a_missing_file_is_refused(tmp_path):
    assert refused(tmp_path / "nowhere.csv").code == "file-missing"
    assert refused(tmp_path).code == "file-missing"


def test_a_200_mb_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    big = tmp_path / "big.csv"
    with big.open("wb") as stream:
        stream.truncate(200_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    error = refused(big)

    assert error.code == "file-too-big"
    assert "200 MB" in say(error, "zh")


def test_a_table_with_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "MAX_CELLS", 10)

    assert refused(b"a,b\n" + b"1,2\n" * 10).code == "too-many-cells"


def test_a_workbook_reads_with_its_types_and_row_numbers():
    def fill(page):
        page.append(["编号", "名称", "人口"])
        page.append([])
        page.append([310113, " 高境　", "１２００"])

    table = read_table(workbook(fill), name="a.xlsx")

    assert table.rows[0].number == 3
    assert rows_of(table) == [(310113, " 高境　", "１２００")]


def test_merged_cells_are_filled_down_and_noted():
    def fill(page):
        page.append(["高境镇一览", None, None])
        page.merge_cells("A1:C1")
        page.append(["片区", "名称", "人口"])
        page.append(["东片区", "一居", 100])
        page.append([None, "二居", 200])
        page.append([None, "三居", 300])
        page.append(["合计", None, None])
        page.merge_cells("A3:A5")
        page.merge_cells("A6:C6")

    table = read_table(workbook(fill), known=("片区", "名称"), name="a.xlsx")

    assert [cells[0] for cells in rows_of(table)] == ["东片区", "东片区", "东片区", "合计"]
    assert rows_of(table)[3] == ("合计", None, None)
    assert "2" in table.notes[0].say("en")


def test_the_sheet_with_the_known_headings_is_read_and_the_others_named():
    def fill(first, second, third):
        first.append(["说明", "请填写"])
        first.append(["x", "y"])
        second.title, third.title = "人口", "隐藏"
        second.append(["编号", "名称", "人口"])
        second.append([1, "a", 2])
        third.append(["编号", "名称", "人口"])
        third.sheet_state = "hidden"

    source = workbook(fill, sheets=3)
    table = read_table(source, known=KNOWN)

    assert (table.sheet, table.rows[0].cells) == ("人口", (1, "a", 2))
    assert table.notes[-1].code == "sheet-chosen"
    assert read_table(source, sheet="隐藏").headers == KNOWN
    assert refused(source, sheet="没有").code == "sheet-missing"


def test_a_workbook_without_rows_is_refused():
    assert refused(workbook(lambda page: None)).code == "table-empty"


def test_a_stray_cell_far_away_does_not_eat_the_memory():
    """A reader lays out every cell up to the last one: 17 thousand million of them here."""

    def fill(page):
        page["A1"] = "编号"
        page["XFD1048576"] = "x"

    assert refused(workbook(fill)).code == "too-many-cells"


def test_formatted_blank_cells_far_away_do_no_harm():
    def fill(page):
        page.append(["编号", "名称"])
        page.append([1, "a"])
        page["XFD90000"].font = openpyxl.styles.Font(bold=True)

    assert len(read_table(workbook(fill)).rows) == 1


def test_a_workbook_that_unfolds_to_gigabytes_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_UNFOLDED_BYTES", 1000)

    assert refused(workbook(lambda page: page.append(["a"] * 5))).code == "unfolds-too-big"


OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def opened_document(body):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{OASIS}:manifest:1.0">'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        )
        packed.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{OASIS}:office:1.0"'
            f' xmlns:table="{OASIS}:table:1.0" xmlns:text="{OASIS}:text:1.0">'
            '<office:body><office:spreadsheet><table:table table:name="S">'
            f"{body}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return stream.getvalue()


def open_cell(text, repeated=1):
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


BLANK_REST = (
    '<table:table-row table:number-rows-repeated="1048573">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def test_an_open_document_with_its_blank_rest_is_read():
    row = f"<table:table-row>{open_cell('编号')}{open_cell('名称')}</table:table-row>"
    table = read_table(opened_document(row + row.replace("编号", "1") + BLANK_REST), name="a.ods")

    assert table.headers == ("编号", "名称")
    assert rows_of(table) == [("1", "名称")]


def test_an_open_document_that_repeats_a_cell_a_million_times_is_refused():
    row = f'<table:table-row table:number-rows-repeated="1000000">{open_cell("x", 16384)}'

    assert refused(opened_document(f"{row}</table:table-row>")).code == "too-many-cells"


def test_tags_cut_by_a_piece_are_still_counted(monkeypatch):
    monkeypatch.setattr(workbooks, "_PIECE", 7)

    def fill(page):
        page["XFD1048576"] = "x"

    assert refused(workbook(fill)).code == "too-many-cells"


@pytest.mark.slow
@given(st.binary(max_size=200))
@example(b"PK\x03\x04")
@example(b'a,b\n"')
def test_any_bytes_are_read_or_refused(source):
    try:
        table = read_table(source, name="x")
    except FileError:
        return
    assert all(len(row.cells) == len(table.headers) for row in table.rows)


@pytest.mark.real
def test_the_committees_of_shanghai_are_read():
    table = read_table(real_data("admin-codes-shanghai") / "villages.csv")

    assert len(table.rows) == 6509
