"""Units, outlines and the unit of a place, as outside systems ask for them."""

import json

import pytest

from hequan.files.coordinates import CoordinateSystem, convert
from hequan.territory.actions import BoundaryFacts, save_boundaries
from hequan.territory.kinds import Level
from tests.world import MAPLE, TOWN, place

pytestmark = pytest.mark.django_db


def ask(client, path, **query):
    return client.get(f"/api{path}", query)


def test_units_come_level_by_level_with_their_codes(client, world):
    answer = ask(client, "/units", level="committee").json()

    assert answer["total"] == 2
    assert [one["name"] for one in answer["items"]] == ["红枫居委会", "青松居委会"]
    assert answer["items"][0]["code"] == MAPLE
    assert answer["items"][0]["parent_id"] == world.area.pk
    assert answer["items"][0]["households"] == 1200


def test_units_are_filtered_by_code_parent_place_above_and_box(client, world):
    lon, lat = place(10, 10)
    box = f"{lon},{lat},{lon + 0.0001},{lat + 0.0001}"

    assert [u["id"] for u in ask(client, "/units", code=TOWN).json()["items"]] == [world.town.pk]
    assert ask(client, "/units", parent=world.maple.pk).json()["total"] == 3
    assert ask(client, "/units", below=world.area.pk).json()["total"] == 8
    assert ask(client, "/units", level="grid", bbox=box).json()["total"] == 1
    assert ask(client, "/units", bbox="0,0,1,1").json()["total"] == 0


def test_a_box_in_the_hollow_of_an_outline_does_not_meet_it(client, world):
    corners = [(0, 0), (200, 0), (200, 20), (20, 20), (20, 200), (0, 200), (0, 0)]
    hollow = {"type": "Polygon", "coordinates": [[list(place(*spot)) for spot in corners]]}
    first = world.grids[0].pk
    save_boundaries(
        boundaries=[BoundaryFacts(first, hollow, "an angle")], by=world.system, at=world.at
    )
    (west, south), (east, north) = place(100, 100), place(110, 110)

    found = ask(client, "/units", level="grid", bbox=f"{west},{south},{east},{north}").json()
    across = ask(client, "/units", level="grid", bbox=f"{west},{south - 1},{east},{north}").json()

    assert first not in [one["id"] for one in found["items"]]
    assert first in [one["id"] for one in across["items"]]


def test_a_page_of_units_costs_one_question_to_the_database(
    client, world, django_assert_num_queries
):
    ask(client, "/units")

    with django_assert_num_queries(1):
        ask(client, "/units", level="grid", limit=5)


def test_one_unit_tells_the_units_it_lies_in(client, world):
    answer = ask(client, f"/units/{world.grids[0].pk}").json()

    names = [one["name"] for one in answer["trail"]]
    assert names == ["上海市", "宝山区", "高境镇", "第一片区", "红枫居委会", "红枫第1微网格"]


def test_a_unit_that_is_not_there_is_told_in_both_languages(client, world):
    chinese = ask(client, "/units/999999")
    english = ask(client, "/units/999999", lang="en")

    assert chinese.status_code == english.status_code == 404
    assert english["Content-Type"] == "application/problem+json"
    assert english.json()["detail"] == "There is no unit “999999”."
    assert "999999" in chinese.json()["detail"]
    assert chinese.json()["detail"] != english.json()["detail"]


def test_children_are_the_units_directly_inside(client, world):
    answer = ask(client, f"/units/{world.area.pk}/children").json()

    assert [one["id"] for one in answer] == [world.maple.pk, world.pine.pk]


def test_an_outline_is_a_geojson_feature(client, world):
    answer = ask(client, f"/units/{world.maple.pk}/boundary")

    assert answer["Content-Type"] == "application/geo+json"
    feature = json.loads(answer.content)
    assert feature["type"] == "Feature"
    assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert ask(client, f"/units/{world.city.pk}/boundary").status_code == 404


@pytest.mark.parametrize("crs", ["wgs84", "gcj02", "bd09"])
def test_a_place_is_found_whatever_system_it_is_given_in(client, world, crs):
    x, y = place(210, 190)
    lon, lat = convert([x], [y], CoordinateSystem.WGS84, CoordinateSystem(crs))

    answer = ask(client, "/locate", lon=float(lon[0]), lat=float(lat[0]), crs=crs).json()

    assert answer["grid"]["id"] == world.grids[1].pk
    assert answer["trail"][-1]["level"] == Level.GRID
    assert answer["lon"] == pytest.approx(x, abs=1e-6)


def test_a_place_outside_lies_in_nothing(client, world):
    answer = ask(client, "/locate", lon=0, lat=0).json()

    assert answer["grid"] is None
    assert answer["trail"] == []


def test_many_places_are_found_at_once_in_their_order(client, world):
    spots = [place(10, 10), (0.0, 0.0), place(590, 390)]
    body = {"points": [list(spot) for spot in spots]}

    answer = client.post("/api/locate", json.dumps(body), content_type="application/json").json()

    assert answer["grids"] == [world.grids[0].pk, None, world.grids[5].pk]
    assert set(answer["units"]) == {str(world.grids[0].pk), str(world.grids[5].pk)}


def test_more_places_than_ten_thousand_are_refused(client, world):
    body = json.dumps({"points": [[121.4, 31.3]] * 10_001})

    answer = client.post("/api/locate?lang=en", body, content_type="application/json")

    assert answer.status_code == 422
    assert "holds more than 10000 entries" in answer.json()["detail"]


def test_a_refusal_names_the_parameter_the_value_and_the_remedy(client, world):
    answer = ask(client, "/locate", lon="east", lat=91, lang="en").json()

    assert answer["status"] == 422
    assert [one["name"] for one in answer["errors"]] == ["lon", "lat"]
    assert answer["errors"][0]["message"] == "lon: “east” is not a number."
    assert answer["errors"][1]["message"] == "lat: “91” is too large; it must be 90 or less."
