"""Stations of spreadsheets, GeoJSON and OpenStreetMap: places, units, hours and bad cells."""

import json

import pytest
from django.utils import translation

from hequan.core.import_runs import plan_import
from hequan.core.imports import ImportOptions, import_kind
from hequan.core.kinds import Fate
from hequan.files.coordinates import CoordinateSystem, convert
from hequan.files.errors import FileError
from hequan.files.sheets import Sheet, workbook_bytes
from hequan.stations.hours_text import hours_text
from hequan.stations.models import OpeningRule, Station
from hequan.stations.queries import hours_rules
from tests.world import AT, MAPLE, PINE, place

pytestmark = pytest.mark.slow
HEADERS = (
    "编号",
    "站点名称",
    "类型",
    "居委会编码",
    "经度",
    "纬度",
    "开放时间",
    "服务项目",
    "功能",
    "坡道",
)
LON, LAT = place(100, 100)
GOOD = [
    "A-1",
    "红枫驿站",
    "党群驿站",
    MAPLE,
    LON,
    LAT,
    "周一至周五 9:00-17:00",
    "图书借阅",
    "窗口；议事厅",
    "是",
]


def row(**more):
    """The good row with some cells otherwise, by heading."""
    cells = dict(zip(HEADERS, GOOD, strict=True)) | more
    return [cells[heading] for heading in HEADERS]


def plan(tmp_path, rows, headers=HEADERS, **options):
    path = tmp_path / "stations.xlsx"
    path.write_bytes(workbook_bytes([Sheet("站点", headers, rows)]))
    return plan_import("stations", path, path.name, ImportOptions(**options))


def only(tmp_path, *cells, **options):
    (fate,) = plan(tmp_path, [row(**dict(cells))], **options).fates
    return fate


def said(remarks):
    with translation.override("en"):
        return " ".join(f"{r.text} {r.column} {r.value} {r.remedy}" for r in remarks)


def test_a_register_is_read_written_and_the_same_again(world, cast, tmp_path):
    found = plan(tmp_path, [GOOD])
    assert found.counts()[Fate.NEW] == 1
    assert not Station.objects.filter(code="A-1").exists()
    found.write(world.system, AT)
    station = Station.objects.get(code="A-1")
    assert (station.unit, station.level, station.kind) == (world.maple, "committee", "post")
    assert station.roles == ["window", "forum"]
    assert hours_text(hours_rules(station)) == "Mon-Fri 09:00-17:00"
    assert [offer.service for offer in station.offers.all()] == [cast.reading]
    assert station.accessibility.ramp is True
    assert plan(tmp_path, [GOOD]).counts()[Fate.SAME] == 1


def test_a_changed_row_tells_what_changes_and_blanks_stay(world, cast, tmp_path):
    plan(tmp_path, [GOOD]).write(world.system, AT)
    changed = row(
        站点名称="新驿站", 开放时间="周一 9:00-12:00", 服务项目="SV-2", 坡道=None, 类型=None
    )
    found = plan(tmp_path, [changed])
    (fate,) = found.fates
    assert fate.fate == Fate.CHANGED
    assert dict(fate.changes) == {
        "name": ("红枫驿站", "新驿站"),
        "hours": ("Mon-Fri 09:00-17:00", "Mon 09:00-12:00"),
        "services": ("图书借阅", "助餐送餐"),
    }
    found.write(world.system, AT)
    station = Station.objects.get(code="A-1")
    assert (station.kind, station.accessibility.ramp) == ("post", True)
    assert station.offers.get().service == cast.meals


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (("居委会编码", "999"), ("no unit bears this code", "999")),
        (("服务项目", "图书借阅；算命"), ("no such service", "算命", "catalogue")),
        (("开放时间", "周一 9:00-13:00；周一 12:00-17:00"), ("overlap", "Mon 09:00-13:00")),
        (("开放时间", "看天气"), ("cannot be read", "看天气")),
        (("开放时间", "每天 20:00-次日08:00；每天 07:00-09:00"), ("overlap",)),
        (("类型", "宫殿"), ("宫殿", "town_centre")),
        (("功能", "窗口；王座"), ("王座",)),
        (("经度", None), ("经度",)),
        (("纬度", 200), ("纬度", "200")),
        (("坡道", "也许"), ("坡道", "也许")),
        (("站点名称", " "), ("站点名称",)),
    ],
)
def test_a_bad_cell_is_named_with_its_remedy(world, cast, tmp_path, cell, words):
    fate = only(tmp_path, cell)
    assert fate.fate == Fate.REFUSED
    assert all(word in said(fate.refusals) for word in words)


def test_a_station_beside_its_unit_is_warned_and_far_away_refused(world, cast, tmp_path):
    beside = only(tmp_path, ("居委会编码", PINE))
    assert (beside.fate, beside.warnings) == (Fate.NEW, ())  # 100 m is within an outline's doubt
    lon, lat = place(100, -400)
    near = only(tmp_path, ("经度", lon), ("纬度", lat))
    assert near.fate == Fate.NEW
    assert "outside" in said(near.warnings)
    far = only(tmp_path, ("经度", LON + 1), ("纬度", LAT))
    assert far.fate == Fate.REFUSED
    assert "km outside" in said(far.refusals)


def test_shifted_chinese_coordinates_are_suspected_and_converted_when_told(world, cast, tmp_path):
    lon, lat = convert(LON, LAT, CoordinateSystem.WGS84, CoordinateSystem.GCJ02)
    shifted = (("经度", float(lon)), ("纬度", float(lat)))
    assert "GCJ-02" in said(only(tmp_path, *shifted).warnings)
    found = plan(tmp_path, [row(**dict(shifted))], coordinates="gcj02")
    assert found.fates[0].warnings == ()
    found.write(world.system, AT)
    station = Station.objects.get(code="A-1")
    assert (station.lon, station.lat) == pytest.approx((LON, LAT), abs=1e-5)
    assert station.source_coordinates == "gcj02"


def test_swapped_coordinates_are_named(world, cast, tmp_path):
    fate = only(tmp_path, ("经度", LAT), ("纬度", 89.0))
    assert fate.fate == Fate.REFUSED
    csv = "name,lon,lat\nA,31.32,121.48\n"  # a latitude of 121 is none
    path = tmp_path / "swapped.csv"
    path.write_text(csv, encoding="utf-8")
    (fate,) = plan_import("stations", path, path.name, ImportOptions()).fates
    assert (fate.fate, fate.refusals[0].column) == (Fate.REFUSED, "lat")


def test_a_station_without_a_unit_is_put_where_it_lies(world, cast, tmp_path):
    fate = plan(tmp_path, [row(居委会编码=None)])
    fate.write(world.system, AT)
    assert Station.objects.get(code="A-1").unit == world.maple
    lon, lat = place(-3000, 0)
    nowhere = only(tmp_path, ("编号", "A-2"), ("居委会编码", None), ("经度", lon), ("纬度", lat))
    assert "no unit is named" in said(nowhere.refusals)


def test_a_default_unit_and_kind_serve_rows_that_name_none(world, cast, tmp_path):
    lon, lat = place(-300, 0)
    rows = [row(居委会编码=None, 类型=None, 经度=lon, 纬度=lat)]
    plan(tmp_path, rows, extra={"unit": "310113111000", "kind": "图书馆"}).write(world.system, AT)
    station = Station.objects.get(code="A-1")
    assert (station.unit, station.kind) == (world.town, "library")
    for extra in ({"unit": "no"}, {"kind": "宫殿"}):
        with pytest.raises(FileError):
            plan(tmp_path, rows, extra=extra)


def test_units_may_be_named_by_name(world, cast, tmp_path):
    headers = ("编号", "站点名称", "所属居委会", "经度", "纬度")
    rows = [["A-1", "甲", "青松居委会", LON, LAT], ["A-2", "乙", "白杨居委会", LON, LAT]]
    found = plan(tmp_path, rows, headers)
    assert [fate.fate for fate in found.fates] == [Fate.NEW, Fate.REFUSED]
    found.write(world.system, AT)
    assert Station.objects.get(code="A-1").unit == world.pine


def test_a_table_without_codes_is_known_by_its_names(world, cast, tmp_path):
    headers = ("站点名称", "经度", "纬度", "地址")
    rows = [["青松邻里中心", *place(500, 300), "青松路20号"], ["新 站 2", LON, LAT, ""]]
    found = plan(tmp_path, rows, headers)
    assert [fate.fate for fate in found.fates] == [Fate.CHANGED, Fate.NEW]
    found.write(world.system, AT)
    assert Station.objects.get(pk=cast.shop.pk).address == "青松路20号"
    assert Station.objects.filter(code="新站2").exists()
    assert plan(tmp_path, rows, headers).counts()[Fate.SAME] == 2


def test_codes_that_stand_twice_are_refused_the_second_time(world, cast, tmp_path):
    found = plan(tmp_path, [GOOD, row(编号="Ａ－１")])
    assert [fate.fate for fate in found.fates] == [Fate.NEW, Fate.REFUSED]


def test_nobody_writes_outside_her_part(world, cast, tmp_path):
    found = plan(tmp_path, [GOOD, row(编号="ST-1")], paths=(world.pine.path,))
    assert [fate.fate for fate in found.fates] == [Fate.REFUSED, Fate.REFUSED]
    found.write(world.system, AT)
    assert not Station.objects.filter(code="A-1").exists()


def test_hours_of_the_past_stay_when_a_table_brings_todays(world, cast, tmp_path):
    from hequan.stations import actions
    from hequan.stations.hours_text import parse_hours

    plan(tmp_path, [GOOD]).write(world.system, AT)
    station = Station.objects.get(code="A-1")
    history = parse_hours("[~2020-01-01] 周一 08:00-16:00; [2020-01-01~] 周一 09:00-17:00")
    actions.set_opening_rules(station=station, rules=history, by=world.system, at=AT)
    plan(tmp_path, [row(开放时间="周一 10:00-18:00")]).write(world.system, AT)
    kept = hours_text(hours_rules(station))
    assert kept == "[~2020-01-01] Mon 08:00-16:00; [2020-01-01~] Mon 10:00-18:00"
    again = plan(tmp_path, [row(开放时间="周一 10:00-18:00")])
    assert again.counts()[Fate.SAME] == 1


def test_points_of_a_geojson_are_stations(world, cast, tmp_path):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [LON, LAT]},
        "properties": {"code": "G-1", "name": "驿站", "kind": "post", "hours": "24/7"},
    }
    path = tmp_path / "stations.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    found = plan_import("stations", path, path.name, ImportOptions())
    found.write(world.system, AT)
    station = Station.objects.get(code="G-1")
    assert (station.unit, station.kind) == (world.maple, "post")
    assert OpeningRule.objects.filter(station=station).count() == 7


OSM = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
 <node id="1" lat="{lat}" lon="{lon}"><tag k="amenity" v="library"/><tag k="name" v="枫叶图书馆"/>
  <tag k="opening_hours" v="Mo-Fr 09:00-17:00; We off"/></node>
 <node id="2" lat="{lat}" lon="{lon}"><tag k="amenity" v="community_centre"/></node>
 <node id="3" lat="{lat}" lon="{lon}"><tag k="amenity" v="social_facility"/>
  <tag k="name" v="敬老院"/><tag k="opening_hours" v="sunrise-sunset"/></node>
 <node id="4" lat="40" lon="2"><tag k="amenity" v="library"/><tag k="name" v="远方"/></node>
</osm>"""


def test_facilities_of_a_map_are_stations(world, cast, tmp_path):
    path = tmp_path / "town.osm"
    path.write_text(OSM.format(lon=LON, lat=LAT), encoding="utf-8")
    found = plan_import("stations", path, path.name, ImportOptions())
    fates = [fate.fate for fate in found.fates]
    assert fates == [Fate.NEW, Fate.REFUSED, Fate.NEW, Fate.REFUSED]
    assert "sunrise-sunset" in said(found.fates[2].warnings)
    found.write(world.system, AT)
    library = Station.objects.get(code="OSM-n1")
    assert (library.kind, library.unit) == ("library", world.maple)
    assert hours_text(hours_rules(library)) == "Mon,Tue 09:00-17:00; Thu,Fri 09:00-17:00"
    assert Station.objects.get(code="OSM-n3").kind == "elder_centre"
    again = plan_import("stations", path, path.name, ImportOptions())
    assert again.counts()[Fate.SAME] == 2


def test_the_template_can_be_imported_where_its_units_are(world, cast, tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(import_kind("stations").template())
    found = plan_import("stations", path, path.name, ImportOptions())
    refusals = [said(fate.refusals) for fate in found.fates]
    # the services of the examples are the only thing this town does not know
    assert [fate.fate for fate in found.fates] == [Fate.NEW, Fate.REFUSED], refusals
    assert "社区助餐" in refusals[1]
