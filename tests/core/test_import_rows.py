"""Reading a file as rows: cells refused in place, repeats, places converted, options checked."""

import pytest

from hequan.core.import_rows import (
    ImportRow,
    one_of,
    points_of,
    read_rows,
    refuse_repeated,
    template_book,
)
from hequan.core.imports import ImportOptions
from hequan.files.coordinates import CoordinateSystem, convert
from hequan.files.errors import FileError
from hequan.files.headers import Field
from hequan.files.values import CellError, clean_code, parse_count, parse_latitude, parse_longitude

FIELDS = (
    Field("id", ("编号",), parse=clean_code),
    Field("lon", ("经度",), False, parse_longitude),
    Field("lat", ("纬度",), False, parse_latitude),
    Field("people", ("人口",), False, parse_count),
)


def read(path, **options):
    return read_rows(path, path.name, FIELDS, ImportOptions(**options))


def test_rows_carry_the_number_their_owner_sees(csv_file):
    table = read(csv_file(["说明"], ["编号", "人口"], ["a", 3], ["", ""], ["b", "x"]))

    assert [row.number for row in table.rows] == [3, 5]
    assert {k: v for k, v in table.rows[0].values.items() if v} == {"id": "a", "people": 3.0}
    (refusal,) = table.rows[1].refusals
    assert (refusal.column, refusal.value) == ("人口", "x")
    assert table.column("people") == "人口"
    assert not table.has("lon")


def test_places_are_converted_at_the_edge(csv_file):
    shifted = convert(121.48, 31.32, CoordinateSystem.WGS84, CoordinateSystem.BD09)
    path = csv_file(["编号", "经度", "纬度"], ["a", *map(float, shifted)], ["b", "", ""])

    rows = read(path, coordinates="bd09").rows

    lon, lat = points_of(rows)
    assert pytest.approx((lon[0], lat[0]), abs=1e-8) == (121.48, 31.32)
    assert rows[1].values["lon"] is None


def test_an_unknown_coordinate_system_is_refused(csv_file):
    with pytest.raises(FileError, match="gcj02"):
        read(csv_file(["编号"], ["a"]), coordinates="mars")


def test_a_column_nobody_knows_is_told(csv_file):
    table = read(csv_file(["编号", "备注"], ["a", "x"]))

    assert any("备注" in str(note.text) for note in table.notes)


def test_a_repeated_value_is_refused_and_points_to_the_first():
    rows = [ImportRow(2, {"id": "a"}), ImportRow(3, {"id": "a"}), ImportRow(4, {"id": None})]

    checked = refuse_repeated(rows, "id", "编号")

    assert [len(row.refusals) for row in checked] == [0, 1, 0]


def test_words_of_both_languages_mean_one_code():
    parse = one_of({"firm": "firm", "企业": "firm"})

    assert [parse(" 企 业"), parse("FIRM"), parse("")] == ["firm", "firm", None]
    with pytest.raises(CellError):
        parse("王国")


def test_a_template_is_read_back_by_its_own_headings(tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_bytes(template_book("表", (("编号", "id"), ("人口", "people")), [["a", 3]]))

    (row,) = read(path).rows

    assert (row.values["id"], row.values["people"]) == ("a", 3.0)


@pytest.mark.slow
def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(200_000_001)

    with pytest.raises(FileError, match="200 MB"):
        read(path)
