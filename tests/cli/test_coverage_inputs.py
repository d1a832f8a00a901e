"""Stations and residents from files of every kind."""

import json

import numpy as np
import pyogrio
import pytest
import shapely

from hequan.cli.coverage_inputs import (
    Reading,
    RowsRefusedError,
    is_age_title,
    read_residents,
    read_stations,
    settled,
)
from hequan.files.coordinates import CoordinateSystem, convert
from hequan.files.osm import read_network
from hequan.files.sheets import Sheet, workbook_bytes
from hequan.files.wording import ReadError, say
from tests.cli import town
from tests.realdata import real_data

WGS84, GCJ02 = CoordinateSystem.WGS84, CoordinateSystem.GCJ02
HEADERS = ("id", "lon", "lat", "people")


def reading(path, columns=None, system=WGS84):
    return Reading(path, columns or {}, system)


@pytest.fixture(scope="module")
def streets(tmp_path_factory):
    network, _ = read_network(town.write_streets(tmp_path_factory.mktemp("streets")))
    return network


def test_stations_are_read_with_services_and_hours(tmp_path):
    stations = read_stations(reading(town.write_town(tmp_path)["stations"]))

    assert stations.places.ids == ("S1", "S2")
    assert stations.names == ("东站", "西站")
    assert stations.services == ("助餐", "阅览")
    assert stations.offers.tolist() == [[True, True], [False, True]]
    assert stations.hours[0] == "Mo-Fr 09:00-17:00"


def test_stations_need_only_a_place(tmp_path):
    path = town.write_csv(tmp_path / "a.csv", ("经度", "纬度"), [(121.48, 31.3), (121.49, 31.3)])
    stations = read_stations(reading(path))

    assert stations.places.ids == stations.names == ("2", "3")
    assert stations.services == ()
    assert stations.offers.shape == (2, 0)


def test_residents_are_read_with_their_age_groups(tmp_path):
    residents = read_residents(reading(town.write_town(tmp_path)["residents"]))

    assert residents.people.tolist() == [40, 30, 20, 10]
    assert {one: counts.tolist() for one, counts in residents.ages.items()} == {
        "65+": [10, 0, 20, 1]
    }


def test_a_chinese_workbook_with_a_title_and_full_width_digits_is_read(tmp_path):
    headings = ("编号", "经度", "纬度", "常住人口", "65岁及以上")
    rows = [headings, ("甲", "１２１．４８", 31.3, " 1,200 ", None)]
    path = tmp_path / "居民.xlsx"
    path.write_bytes(workbook_bytes([Sheet("人口", ["高境镇人口"], rows)]))
    residents = read_residents(reading(path))

    assert (residents.places.ids, residents.people.tolist()) == (("甲",), [1200])
    assert residents.ages["65岁及以上"].tolist() == [0]


def test_other_columns_are_mapped_by_name_and_chosen_as_ages(tmp_path):
    headings = ("nr", "lon", "lat", "einwohner", "seniors")
    path = town.write_csv(tmp_path / "a.csv", headings, [("a", 121.48, 31.3, 5, 2)])
    residents = read_residents(reading(path, {"id": "nr", "people": "einwohner"}), ["seniors"])

    assert residents.places.ids == ("a",)
    assert residents.ages["seniors"].tolist() == [2]
    with pytest.raises(ReadError, match="juniors"):
        read_residents(reading(path, {"people": "einwohner"}), ["juniors"])


def test_cells_of_a_grid_are_residents_at_a_point_inside(tmp_path):
    cells = np.array([shapely.box(121.48, 31.3, 121.482, 31.302)])
    path = tmp_path / "grid.gpkg"
    pyogrio.raw.write(
        path,
        shapely.to_wkb(cells),
        [np.array([7]), np.array([55])],
        ["id", "population"],
        driver="GPKG",
        geometry_type="Polygon",
        crs="EPSG:4326",
    )
    residents = read_residents(reading(path))

    assert (residents.places.ids, residents.people.tolist()) == (("7",), [55])
    assert residents.places.lon[0] == pytest.approx(121.481)
    assert shapely.equals(residents.places.shapes, cells).all()


def test_geojson_points_are_stations_whatever_else_they_call_their_place(tmp_path):
    properties = {"name": "东站", "longitude": 0, "services": "助餐|阅览"}
    point = {"type": "Point", "coordinates": [121.48, 31.3]}
    feature = {"type": "Feature", "properties": properties, "geometry": point}
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    stations = read_stations(reading(path))

    assert (stations.names, stations.services) == (("东站",), ("助餐", "阅览"))
    assert stations.places.lon.tolist() == [121.48]


def test_facilities_of_a_map_are_stations_that_offer_what_they_are(tmp_path):
    tags = '<tag k="amenity" v="library"/><tag k="name" v="图书馆"/>'
    path = tmp_path / "a.osm"
    path.write_text(
        f'<osm version="0.6"><node id="5" lon="121.48" lat="31.3" version="1">{tags}</node></osm>'
    )
    stations = read_stations(reading(path, system=GCJ02))

    assert (stations.places.ids, stations.names) == (("n5",), ("图书馆",))
    assert stations.services == ("library",)
    assert stations.places.in_wgs84


def test_every_row_that_cannot_be_read_is_told_at_once(tmp_path):
    rows = [("a", 121.48, 31.3, -5), ("b", "x", 31.3, 5), ("c", 121.48, 31.3, None)]
    path = town.write_csv(tmp_path / "a.csv", HEADERS, rows)
    with pytest.raises(RowsRefusedError) as refused:
        read_residents(reading(path))

    assert [(one.row, one.code) for one in refused.value.problems] == [
        (2, "negative"),
        (3, "not-a-number"),
        (4, "cell-blank"),
    ]


def test_an_id_that_stands_twice_is_refused_with_both_rows(tmp_path):
    rows = [("a", 121.48, 31.3, 5), ("b", 121.48, 31.3, 5), ("a", 121.48, 31.3, 5)]
    with pytest.raises(RowsRefusedError) as refused:
        read_residents(reading(town.write_csv(tmp_path / "a.csv", HEADERS, rows)))

    assert say(refused.value.problems[0], "zh") == (
        "a.csv，第 4 行，“id”列：编号“a”在第 2 行已出现（读到“a”）。每一行的编号必须不同。"
    )


def test_a_table_with_headings_only_is_refused(tmp_path):
    with pytest.raises(ReadError) as refused:
        read_residents(reading(town.write_csv(tmp_path / "a.csv", HEADERS, [])))

    assert refused.value.code == "table-empty"


def places_at(tmp_path, points, system=WGS84):
    rows = [(at, lon, lat, 1) for at, (lon, lat) in enumerate(points)]
    path = town.write_csv(tmp_path / "a.csv", HEADERS, rows)
    return read_residents(reading(path, system=system)).places


def test_exchanged_coordinates_are_put_right_and_told(tmp_path, streets):
    places, remarks = settled(
        places_at(tmp_path, [(town.LAT, town.along(at)) for at in (0, 500)]), WGS84, streets
    )

    assert places.lat.tolist() == [town.LAT, town.LAT]
    assert [remark.key for remark in remarks] == ["warn.swapped"]


def test_coordinates_off_the_globe_are_refused_with_their_row(tmp_path, streets):
    places = places_at(tmp_path, [(town.along(0), town.LAT)] * 3 + [(1214.8, 95)])
    with pytest.raises(RowsRefusedError) as refused:
        settled(places, WGS84, streets)

    assert [(one.row, one.column) for one in refused.value.problems] == [(5, "lon"), (5, "lat")]


def test_coordinates_of_a_chinese_map_are_converted_when_said(tmp_path, streets):
    shifted = [tuple(map(float, convert(town.along(0), town.LAT, WGS84, GCJ02)))]
    places, remarks = settled(places_at(tmp_path, shifted), GCJ02, streets)

    assert places.lon[0] == pytest.approx(town.LON, abs=1e-7)
    assert remarks == []


def test_coordinates_of_a_chinese_map_are_suspected_when_not_said(tmp_path, streets):
    lon, lat = convert([town.along(at) for at in range(0, 1000, 100)], town.LAT, WGS84, GCJ02)
    places, remarks = settled(
        places_at(tmp_path, list(zip(lon.tolist(), lat.tolist(), strict=True))), WGS84, streets
    )

    assert [remark.key for remark in remarks] == ["warn.shifted"]
    assert remarks[0].gaps["option"] == "gcj02"
    assert places.lon[0] == pytest.approx(lon[0])  # told, not changed


def test_coordinates_that_fit_are_not_suspected(tmp_path, streets):
    points = [(town.along(at), town.LAT + 0.0001) for at in range(0, 1000, 100)]

    assert settled(places_at(tmp_path, points), WGS84, streets)[1] == []


AGES = ("65+", "0-14", "60岁以上", "65岁及以上", "age_0_14", "over65", "under 15", "０－６岁")
OTHER_AGES = ("80岁以上人口", "15 to 59", "75plus", "people_65+")


@pytest.mark.parametrize("title", AGES + OTHER_AGES)
def test_age_groups_are_known_by_their_headings(title):
    assert is_age_title(title)


@pytest.mark.parametrize("title", ["id", "65", "jobs", "2020", "lon", "人口", "schools", "name"])
def test_other_headings_are_no_age_groups(title):
    assert not is_age_title(title)


@pytest.mark.real
def test_the_hexagons_of_porto_alegre_are_residents():
    path = real_data("network-porto-alegre") / "poa_hexgrid.csv"
    residents = read_residents(reading(path))

    assert (len(residents.people), residents.people.sum(), residents.ages) == (1227, 812_935, {})
