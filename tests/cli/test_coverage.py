"""`hequan coverage` from files to files, in a town that can be worked out by hand."""

import csv
import json
import re

import pytest

from hequan.cli import coverage, coverage_map, main
from hequan.files.osm import read_network
from tests.cli import town

WRITTEN = [
    "isochrones.geojson",
    "map.png",
    "report.html",
    "residents.csv",
    "stations.csv",
    "summary.json",
]


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    return town.write_town(folder)


def run(files, out, *more):
    return main(["coverage", *town.options(files, out, *more)])


def rows_of(path):
    with path.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def refused(capsys, files, out, *more):
    """Run, expect a refusal, and return what the error stream said."""
    assert run(files, out, *more) == coverage.REFUSED
    assert not out.exists()
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


@pytest.mark.slow
def test_a_run_writes_the_six_files_and_prints_the_shares(files, tmp_path, capsys):
    out = tmp_path / "out"

    assert run(files, out, "--lang", "en") == 0
    assert sorted(one.name for one in out.iterdir()) == WRITTEN
    printed = capsys.readouterr().out
    assert "100 people, 2 stations" in printed
    assert "wheelchair" in printed
    assert "90.0%" in printed


@pytest.mark.slow
def test_the_summary_holds_shares_by_walker(files, tmp_path):
    """Adults walk 396, 792, 1188 m in 5, 10, 15 minutes; frail elders 192, 384, 576 m."""
    run(files, tmp_path / "out", "--profile", "adult,frail")
    found = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    adult, frail = found["profiles"]["adult"], found["profiles"]["frail"]

    assert (found["people"], found["stations"], found["minutes"]) == (100, 2, [5, 10, 15])
    assert adult["speed_m_s"] == 1.32
    assert adult["share_within"] == {"5": 0.6, "10": 0.9, "15": 0.9}
    assert adult["unreachable_people"] == 10
    assert frail["share_within"] == {"5": 0.6, "10": 0.6, "15": 0.9}
    assert adult["services"]["助餐"]["share_within"] == {"5": 0.4, "10": 0.7, "15": 0.9}
    assert frail["ages"]["65+"]["15"] == pytest.approx(30 / 31, abs=1e-6)
    assert adult["straight_share_within"]["15"] == 0.9
    assert [gap["people"] for gap in adult["gaps"]] == [10]


@pytest.mark.slow
def test_residents_and_stations_have_the_columns_promised(files, tmp_path):
    run(files, tmp_path / "out", "--profile", "adult", "--minutes", "5,15")
    homes, stations = (
        rows_of(tmp_path / "out" / f"{name}.csv") for name in ("residents", "stations")
    )

    assert list(homes[0]) == [
        "id", "people", "straight_metres", "adult_station", "adult_metres", "adult_minutes",
    ]  # fmt: skip
    assert list(stations[0]) == ["id", "adult_5_people", "adult_15_people"]
    assert [row["adult_station"] for row in homes] == ["S1", "S1", "S2", ""]
    assert [float(row["adult_metres"] or -1) for row in homes] == pytest.approx(
        [100, 500, 100, -1], abs=0.2
    )
    assert float(homes[1]["adult_minutes"]) == pytest.approx(500 / 1.32 / 60, abs=0.01)
    assert homes[3]["adult_minutes"] == ""
    assert [(row["adult_5_people"], row["adult_15_people"]) for row in stations] == [
        ("40", "70"),
        ("20", "20"),
    ]


@pytest.mark.slow
def test_opening_hours_count_at_the_hour_asked(files, tmp_path):
    run(files, tmp_path / "out", "--profile", "adult", "--at", "周二 10:00")
    found = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))

    assert found["stations_open"] == 1
    assert found["at"]["text"] == "Tuesday 10:00"
    assert {row["adult_station"] for row in rows_of(tmp_path / "out" / "residents.csv")} == {
        "S1",
        "",
    }


@pytest.mark.slow
def test_when_nothing_is_open_nobody_reaches_anything_and_it_is_said(files, tmp_path, capsys):
    run(files, tmp_path / "out", "--profile", "adult", "--at", "Tue 03:00", "--lang", "en")
    found = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))

    assert found["profiles"]["adult"]["unreachable_people"] == 100
    assert "No station is open at Tuesday 03:00" in capsys.readouterr().out


@pytest.mark.slow
def test_what_was_done_to_a_file_is_told_with_the_result(files, tmp_path, capsys):
    rows = [
        ("高境镇人口表", "", "", "", ""),
        ("id", "lon", "lat", "people", "65+"),
        *town.home_rows(),
    ]
    town.write_csv(files["residents"], ("2026", "", "", "", ""), rows, encoding="gbk")
    run(files, tmp_path / "out", "--profile", "adult", "--lang", "zh")

    assert "residents.csv：表头在第 3 行，其上 2 行标题未读取。" in capsys.readouterr().out


@pytest.mark.slow
def test_outlines_lie_inside_one_another_around_the_station(files, tmp_path):
    import shapely

    run(files, tmp_path / "out", "--profile", "adult,elder")
    found = json.loads((tmp_path / "out" / "isochrones.geojson").read_text(encoding="utf-8"))
    outlines = {
        (one["properties"]["profile"], one["properties"]["minutes"]): shapely.geometry.shape(
            one["geometry"]
        )
        for one in found["features"]
    }

    assert len(outlines) == 6
    assert outlines["adult", 5].contains(shapely.Point(town.along(300), town.LAT))
    assert not outlines["elder", 5].contains(shapely.Point(town.along(500), town.LAT))
    assert outlines["adult", 15].buffer(1e-4).contains(outlines["adult", 5])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "lang", "word"), [("zh", "zh-Hans", "服务盲区"), ("en", "en", "left out")]
)
def test_the_report_stands_alone_in_either_language(files, tmp_path, language, lang, word):
    run(files, tmp_path / "out", "--lang", language, "--at", "Sat 10:00")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")

    assert f'<html lang="{lang}">' in page
    assert word in page
    assert 'src="data:image/png;base64,' in page
    assert not re.search(r'(?:src|href)="(?!data:)|url\(|@import|<script|<link', page)


@pytest.mark.slow
def test_names_from_the_files_are_text_in_the_report_and_no_formula_in_the_tables(files, tmp_path):
    rows = [('=HYPERLINK("x")', "<script>alert(1)</script>", town.LON, town.LAT, "<b>助餐</b>", "")]
    town.write_csv(files["stations"], town.STATION_HEADERS, rows)
    run(files, tmp_path / "out", "--title", "<i>报告</i>", "--attribution", "<u>us</u>")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")

    for tag in ("<script", "<b>助餐", "<i>报告", "<u>us"):
        assert tag not in page
    assert "&lt;script&gt;" in page
    assert rows_of(tmp_path / "out" / "stations.csv")[0]["id"] == '\'=HYPERLINK("x")'


@pytest.mark.slow
def test_a_machine_without_chinese_fonts_draws_an_english_map(files, tmp_path, monkeypatch):
    monkeypatch.setattr(coverage_map, "_CHINESE_FONTS", ())

    assert run(files, tmp_path / "out", "--profile", "adult", "--title", "Report") == 0


@pytest.mark.slow
def test_nobody_living_anywhere_gives_no_shares_and_no_failure(files, tmp_path):
    rows = [(one, lon, lat, 0, 0) for one, lon, lat, _, _ in town.home_rows()]
    town.write_csv(files["residents"], ("id", "lon", "lat", "people", "65+"), rows)

    assert run(files, tmp_path / "out", "--profile", "adult") == 0
    found = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert found["profiles"]["adult"]["share_within"] == {"5": None, "10": None, "15": None}


@pytest.mark.slow
def test_a_run_that_fails_at_its_end_leaves_nothing(files, tmp_path, monkeypatch, capsys):
    def fail(*_):
        raise OSError(28, "No space left on device", "map.png")

    monkeypatch.setattr(coverage_map, "write_map", fail)

    assert "No space left" in refused(capsys, files, tmp_path / "out", "--profile", "adult")
    assert [one.name for one in tmp_path.iterdir()] == ["in"]


def test_rows_that_cannot_be_read_are_listed_and_the_rest_counted(files, tmp_path, capsys):
    rows = [(at, town.LON, town.LAT, -1) for at in range(14)]
    town.write_csv(files["residents"], ("id", "lon", "lat", "people"), rows)
    said = refused(capsys, files, tmp_path / "out", "--lang", "zh").splitlines()

    assert len(said) == 11
    assert said[0] == (
        "hequan coverage：residents.csv，第 2 行，“people”列：数量不能为负数（读到“-1”）。"
        "请改正此单元格；不清楚时留空。"
    )
    assert said[-1] == "……另有 4 处类似问题。"


@pytest.mark.parametrize(
    ("more", "zh", "en"),
    [
        (["--profile", "runner"], "没有“runner”这类人群", "no profile “runner”"),
        (["--at", "never"], "时刻“never”无法识别", "the hour “never” cannot be read"),
        (["--minutes", "15,5"], "时间上限“15,5”", "minutes “15,5” must be"),
        (["--columns", "people"], "列的写法是", "columns are named as"),
        (["--resident-columns", "people=x"], "没有“x”这一列", "there is no column “x”"),
    ],
)
def test_a_wrong_option_is_told_in_either_language(files, tmp_path, capsys, more, zh, en):
    assert zh in refused(capsys, files, tmp_path / "out", *more, "--lang", "zh")
    assert en in refused(capsys, files, tmp_path / "out", *more, "--lang", "en")


@pytest.mark.parametrize(
    ("content", "zh", "en"),
    [
        (None, "没有这个文件", "there is no such file"),
        (b"", "文件是空的", "the file is empty"),
        (b"\x00\x01 nothing", "", ""),
        (b"<osm version='0.6'><node id='1' lon='1'", "", ""),
        (b"<osm version='0.6'></osm>", "路", "street"),
    ],
)
def test_streets_that_are_none_are_told_in_either_language(
    files, tmp_path, capsys, content, zh, en
):
    files["streets"].unlink()
    if content is not None:
        files["streets"].write_bytes(content)

    chinese = refused(capsys, files, tmp_path / "out", "--lang", "zh")
    assert chinese.startswith("hequan coverage：streets.osm：")
    assert zh in chinese
    english = refused(capsys, files, tmp_path / "out", "--lang", "en")
    assert en in english


def test_hours_that_cannot_be_read_are_told_with_their_row_when_an_hour_is_asked(
    files, tmp_path, capsys
):
    rows = [("S1", "东站", town.LON, town.LAT, "", "详见公告")]
    town.write_csv(files["stations"], town.STATION_HEADERS, rows)
    said = refused(capsys, files, tmp_path / "out", "--at", "Tue 10:00", "--lang", "zh")

    assert "stations.csv，第 2 行，“opening_hours”列：开放时间无法识别（读到“详见公告”）" in said


@pytest.mark.slow
def test_a_station_in_another_country_is_told(files, tmp_path, capsys):
    rows = [("S1", "远站", 24.94, 60.17, "", "")]
    town.write_csv(files["stations"], town.STATION_HEADERS, rows)

    assert "公里" in refused(capsys, files, tmp_path / "out", "--lang", "zh")
    assert "km from" in refused(capsys, files, tmp_path / "out", "--lang", "en")


def test_a_place_that_cannot_be_written_to_is_told(files, tmp_path, capsys):
    (tmp_path / "file").write_text("not a folder")

    assert run(files, tmp_path / "file", "--lang", "en") == coverage.REFUSED
    assert "Choose another folder with --out" in capsys.readouterr().err


def test_a_run_that_is_stopped_says_that_nothing_was_written(files, tmp_path, capsys, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("hequan.cli.coverage_computing.compute", stop)

    assert run(files, tmp_path / "out", "--lang", "en") == 130
    assert "nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_street_of_the_town_is_a_kilometre(files):
    network, _ = read_network(files["streets"])

    assert network.metres == pytest.approx(1000, abs=0.5)
