"""What the map draws: our own geometry as GeoJSON, rounded, compressed, bounded."""

import gzip
import json

import pytest

from hequan.territory.kinds import Level
from hequan.web.public.maps import level_for, read_box, rounded
from tests.world import place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d", "2,2,1,3", "1,3,2,2", "-200,0,0,1"])
def test_what_is_no_box_is_none(text):
    assert read_box(text) is None


def test_a_box_is_west_south_east_north():
    assert read_box("121.4,31.2,121.5,31.3") == (121.4, 31.2, 121.5, 31.3)


def test_coordinates_keep_five_decimals_however_nested():
    assert rounded([[[121.123456789, 31.0]]]) == [[[121.12346, 31.0]]]


@pytest.mark.parametrize(
    ("degrees", "level"), [(0.05, Level.COMMITTEE), (0.5, Level.TOWN), (2, Level.DISTRICT)]
)
def test_a_wide_box_has_larger_units(degrees, level):
    assert level_for(degrees) == level


def test_the_background_holds_streets_and_committees(client, cast):
    found = client.get("/map/background.json?box=121.47,31.31,121.50,31.33").json()

    assert found["streets"]["geometry"]["type"] == "MultiLineString"
    assert len(found["streets"]["geometry"]["coordinates"]) > 10
    assert {u["properties"]["name"] for u in found["units"]["features"]} == {
        "红枫居委会",
        "青松居委会",
    }


def test_a_very_wide_box_has_no_streets(client, cast):
    found = client.get("/map/background.json?box=120,30,122,32").json()

    assert found["streets"]["geometry"]["coordinates"] == []


def test_without_a_box_everything_is_drawn(client, cast):
    assert client.get("/map/background.json").json()["streets"]["geometry"]["coordinates"]


def test_an_unreadable_box_is_refused(client, cast):
    assert client.get("/map/background.json?box=1,2").status_code == 400


def test_without_any_territory_there_is_nothing_to_draw(client, django_user_model):
    django_user_model.objects.create_user("zhang", "password")

    drawn = client.get("/map/background.json").json()

    assert drawn["streets"]["geometry"]["coordinates"] == []
    assert drawn["units"]["features"] == []


def test_the_answer_is_compressed_where_the_browser_can(client, cast):
    answer = client.get("/map/background.json", headers={"accept-encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.content))["streets"]


def test_stations_are_points_with_name_kind_and_state(client, cast):
    found = client.get("/map/stations.json").json()

    by_code = {f["properties"]["code"]: f for f in found["features"]}
    assert set(by_code) == {"ST-1", "ST-2", "ST-3"}
    assert by_code["ST-3"]["properties"] == {
        "code": "ST-3",
        "name": "骑手驿站",
        "kind": "energy_point",
        "open": True,
    }


def test_the_route_is_a_line_with_its_seconds(client, cast):
    lon, lat = place(100, 110)

    found = client.get(f"/map/route.json?place={lon},{lat}&station={cast.rest.pk}").json()

    (line,) = found["features"]
    assert line["geometry"]["type"] == "LineString"
    assert 550 < line["properties"]["metres"] < 700
    assert line["properties"]["seconds"] > 300


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("place=x&station=1", 400),
        ("place=121.48,31.32&station=x", 400),
        ("place=121.48,31.32", 400),
    ],
)
def test_a_route_without_place_or_station_is_refused(client, cast, asked, status):
    assert client.get(f"/map/route.json?{asked}").status_code == status


def test_a_route_to_nowhere_is_not_found(client, cast):
    assert client.get("/map/route.json?place=121.48,31.32&station=999999").status_code == 404
