"""Files made to hurt: archives that unfold, pages that fetch, entities that grow."""

import http.server
import io
import json
import struct
import threading
import time
import zipfile

import openpyxl
import pytest

from hequan.files import features as map_files
from hequan.files import workbooks
from hequan.files.errors import FileError
from hequan.files.features import read_features
from hequan.files.osm import read_network
from hequan.files.osm_points import read_points
from hequan.files.tables import read_table

SHEET = "xl/worksheets/sheet1.xml"


def packed_sheet(into, extra, *, name=SHEET, declared=None):
    """A small workbook with `extra` put before the text `into` of one of its parts."""
    book = openpyxl.Workbook()
    book.active.append(["name", "code"])
    book.active.append(["a", "b"])
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.namelist():
            text = given.read(part)
            made.writestr(part, text.replace(into, extra + into) if part == name else text)
    return out.getvalue() if declared is None else lying(bytearray(out.getvalue()), declared)


def lying(content, declared):
    """The same archive saying that the sheet is small."""
    at = content.find(b"PK\x01\x02")
    while content[at + 46 : at + 46 + len(SHEET)] != SHEET.encode():
        at = content.find(b"PK\x01\x02", at + 4)
    struct.pack_into("<I", content, at + 24, declared)
    (head,) = struct.unpack_from("<I", content, at + 42)
    struct.pack_into("<I", content, head + 22, declared)
    return bytes(content)


def refused(source):
    with pytest.raises(FileError) as caught:
        read_table(source, name="big.xlsx")
    return caught.value.code


def rows(count):
    cell = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row>'
    return b"".join(cell % (at, at) for at in range(3, count))


def test_a_workbook_that_unfolds_far_beyond_its_size_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "SMALL_BYTES", 1_000_000)

    assert refused(packed_sheet(b"</sheetData>", b" " * 2_000_000)) == "unfolds-too-big"


def test_a_workbook_that_lies_about_its_size_is_read_no_further():
    assert refused(packed_sheet(b"</sheetData>", rows(5000), declared=900)) == "workbook-damaged"


def test_a_workbook_of_endless_merged_cells_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_MERGES", 100)
    merges = b"<mergeCells>" + b'<mergeCell ref="A1:A9"/>' * 101 + b"</mergeCells>"

    assert refused(packed_sheet(b"<pageMargins", merges)) == "workbook-damaged"


def test_an_archive_of_endless_parts_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_PARTS", 5)

    assert refused(packed_sheet(b"</sheetData>", b"")) == "workbook-damaged"


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "a file of the server": '[<!ENTITY a9 SYSTEM "file:///etc/hostname">]',
    "a thousand million laughs": f'[<!ENTITY a0 "laugh">{LAUGHS}]',
    "an outside definition": 'SYSTEM "http://127.0.0.1:9/x.dtd"',
}


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES)
def test_a_sheet_that_brings_entities_tells_nothing_and_grows_nothing(doctype):
    cell = b'<row r="3"><c r="A3" t="inlineStr"><is><t>&a9;</t></is></c></row>'
    book = packed_sheet(b"</sheetData>", cell)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(out, "w") as made:
        for part in given.namelist():
            text = given.read(part)
            made.writestr(
                part, f"<!DOCTYPE x {doctype}>".encode() + text if part == SHEET else text
            )
    began = time.monotonic()

    try:
        cells = [
            cell for row in read_table(out.getvalue(), name="x.xlsx").rows for cell in row.cells
        ]
    except FileError:
        cells = []

    with open("/etc/hostname") as told:
        assert told.read().strip() not in map(str, cells)
    assert "laughlaugh" not in str(cells)
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("doctype", list(DOCTYPES.values())[:2], ids=list(DOCTYPES)[:2])
@pytest.mark.parametrize("read", [read_network, lambda path: list(read_points(path))])
def test_a_map_extract_that_brings_entities_is_refused(tmp_path, doctype, read):
    path = tmp_path / "x.osm"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE osm {doctype}><osm version="0.6">'
        '<node id="1" lat="31" lon="121"><tag k="amenity" v="clinic"/></node>'
        '<node id="2" lat="31.01" lon="121"/><way id="1"><nd ref="1"/><nd ref="2"/>'
        '<tag k="highway" v="residential"/><tag k="name" v="&a9;"/></way></osm>'
    )

    with pytest.raises(FileError):
        read(path)


@pytest.mark.parametrize("doctype", ["", *DOCTYPES.values()])
def test_a_kml_that_declares_anything_is_refused(tmp_path, doctype):
    path = tmp_path / "x.kml"
    place = "<Placemark><name>&a9;</name><Point><coordinates>121,31</coordinates></Point>"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE kml {doctype}>'
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{place}</Placemark></Document></kml>'
    )

    with pytest.raises(FileError):
        read_features(path)


@pytest.fixture
def listener():
    """A server of this machine that notes who asks."""
    asked = []

    class Note(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Note)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def collection(crs):
    point = {"type": "Point", "coordinates": [121.4, 31.3]}
    feature = {"type": "Feature", "properties": {"type": "link"}, "geometry": point}
    return {"type": "FeatureCollection", "features": [feature], "crs": crs}


def crs(kind, address):
    return {"type": kind, "properties": {"href": address, "url": address, "type": "ogcwkt"}}


@pytest.mark.parametrize("kind", ["link", "url"])
def test_a_map_file_that_names_an_address_makes_nobody_ask_there(tmp_path, listener, kind):
    address, asked = listener
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps(collection(crs(kind, address))))

    with pytest.raises(FileError):
        read_features(path)
    assert asked == []


def test_a_letter_in_disguise_does_not_get_past(tmp_path):
    path = tmp_path / "x.geojson"
    text = json.dumps(collection(crs("link", "http://127.0.0.1:9/")))
    path.write_text(
        text.replace('"link", "prop', '"l\\u0069nk", "prop').replace('"crs"', '"\\u0063rs"')
    )

    with pytest.raises(FileError):
        read_features(path)


@pytest.mark.parametrize("kind", ["link", "url"])
def test_even_unchecked_the_reader_asks_nobody(tmp_path, listener, kind, monkeypatch):
    monkeypatch.setattr(map_files, "refuse_foreign", lambda path, name: None)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    address, asked = listener
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps(collection(crs(kind, address))))

    assert len(read_features(path)) == 1
    assert asked == []


def test_a_coordinate_system_by_its_name_is_read(tmp_path):
    path = tmp_path / "x.geojson"
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    path.write_text(json.dumps(collection(named)))

    assert len(read_features(path)) == 1
