"""A file that is no table at all is told what it is, whatever its name says."""

import gzip
import io
import zipfile

import pytest
from PIL import Image

from hequan.files.headers import Field, match_headers
from hequan.files.tables import read_table
from hequan.files.wording import ReadError, say

FIELDS = (Field("name", ("姓名",)), Field("phone", ("手机",)), Field("unit", required=False))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def packed(*parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return stream.getvalue()


def picture(kind):
    stream = io.BytesIO()
    Image.new("RGB", (9, 9)).save(stream, kind)
    return stream.getvalue()


KINDS = {
    "a PDF of text only": (b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\n%%EOF\n", "is-pdf"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0\1", "is-pdf"),
    "PNG": (picture("PNG"), "is-picture"),
    "JPEG": (picture("JPEG"), "is-picture"),
    "GIF": (picture("GIF"), "is-picture"),
    "WebP": (picture("WEBP"), "is-picture"),
    "TIFF": (picture("TIFF"), "is-picture"),
    "a photo of a phone": (b"\0\0\0\x18ftypheic\0\0", "is-picture"),
    "Word": (packed("[Content_Types].xml", "word/document.xml"), "is-text-document"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), "is-text-document"),
    "rich text": (b"{\\rtf1\\ansi name}", "is-text-document"),
    "slides": (packed("[Content_Types].xml", "ppt/presentation.xml"), "is-slides"),
    "old slides": (OLE + "PowerPoint Document".encode("utf-16-le"), "is-slides"),
    "zip": (packed("people.csv"), "is-archive"),
    "gzip": (gzip.compress(b"name,phone\n"), "is-archive"),
    "rar": (b"Rar!\x1a\x07\x01\0", "is-archive"),
    "JSON": ('[{"name": "王"}]'.encode(), "is-json"),
    "JSON over lines": (b'\xef\xbb\xbf{\n "rows": []\n}', "is-json"),
    "a database": (b"SQLite format 3\0" + b"\0" * 90, "is-database"),
}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_named_for_what_it_is(kind, suffix):
    source, code = KINDS[kind]
    with pytest.raises(ReadError) as refused:
        read_table(source, name=f"people.{suffix}", known=("姓名", "手机"))

    assert refused.value.code == code
    assert "xlsx" in say(refused.value, "zh")
    assert say(refused.value, "en").startswith(f"people.{suffix}: ")


def test_a_file_on_disk_is_told_the_same(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(KINDS["JPEG"][0])
    with pytest.raises(ReadError) as refused:
        read_table(path)

    assert refused.value.code == "is-picture"


@pytest.mark.parametrize("title", ["[草稿]居民表", "{试行} 居民表", "II 居民表", "GIF 居民表"])
def test_a_title_row_that_begins_oddly_is_still_a_table(title):
    text = f"{title}\n姓名,手机\n王丽,139\n"

    assert read_table(text.encode(), known=("姓名", "手机")).headers == ("姓名", "手机")


@pytest.mark.parametrize("source", [b"\n\n \n", b"\xef\xbb\xbf", b"\xff\xfe", b" , ,\n"])
def test_a_text_of_blanks_is_said_to_be_that(source):
    with pytest.raises(ReadError) as refused:
        read_table(source)

    assert refused.value.code == "text-blank"


def headed(text):
    table = read_table(text.encode(), name="people.csv", known=("姓名", "手机"))
    return match_headers(table.headers, FIELDS, file="people.csv")


@pytest.mark.parametrize("mark", ["|", "，", "、", " ", "/"])
def test_columns_parted_by_odd_marks_are_one_column_and_told_so(mark):
    with pytest.raises(ReadError) as refused:
        headed(f"姓名{mark}手机\n王丽{mark}139\n李{mark}138\n")

    assert refused.value.code == "one-column"
    assert f"姓名{mark}手机" in say(refused.value, "zh")
    assert "逗号" in say(refused.value, "zh")


def test_a_letter_is_one_column_too():
    with pytest.raises(ReadError) as refused:
        headed("这是一封信。\n请各位周六来。\n")

    assert refused.value.code == "one-column"


def test_one_column_that_is_looked_for_lacks_the_others():
    with pytest.raises(ReadError) as refused:
        headed("姓名\n王丽\n")

    assert refused.value.code == "field-missing"


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_and_tabs_are_read(mark):
    assert headed(f"姓名{mark}手机\n王丽{mark}139\n").columns == {"name": 0, "phone": 1}


@pytest.mark.parametrize("encoding", ["utf-32", "utf-16", "gb18030", "utf-8-sig"])
def test_every_encoding_a_spreadsheet_writes_is_read(encoding):
    text = "姓名,手机\n王丽,139\n𠮷田,138\n"

    assert read_table(text.encode(encoding)).rows[1].cells == ("𠮷田", "138")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("姓名,手機\n王麗,139\n李國華,138\n", "big5"),
        ("名前,電話\n田中さんです,139\n", "shift_jis"),
        ("имя,телефон\nИванов,139\n", "cp1251"),
    ],
)
def test_an_encoding_that_is_not_known_is_not_guessed(text, encoding):
    with pytest.raises(ReadError) as refused:
        read_table(text.encode(encoding))

    assert refused.value.code == "unknown-encoding"


def test_a_short_utf8_text_with_a_broken_byte_is_said_to_be_that():
    good = "姓名,手机\n王丽,138\n".encode()
    with pytest.raises(ReadError) as refused:
        read_table(good * 3 + b"\xff\xfe" + good)

    assert refused.value.code == "broken-encoding"
