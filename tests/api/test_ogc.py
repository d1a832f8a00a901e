"""OGC API Features: the standard's pages, links and parameters, and GDAL reading through them."""

import json
import subprocess
import sys

import pytest

from hequan.api.ogc import CONFORMS_TO, CRS84, LATITUDE_FIRST
from tests.world import MAPLE, place

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GEOJSON = "application/geo+json"
READ_BY_GDAL = """
import json, sys
import pyogrio

source, layer = sys.argv[1], sys.argv[2]
options = dict(pair.split("=", 1) for pair in sys.argv[3:])
box = options.pop("box", None)
box = tuple(float(part) for part in box.split(",")) if box else None
layers = pyogrio.list_layers("OAPIF:" + source)
meta, fids, shapes, columns = pyogrio.raw.read(
    "OAPIF:" + source, layer=layer, return_fids=True, bbox=box,
    PAGE_SIZE=options.pop("PAGE_SIZE", "1000"), **options)
names = [str(name) for name in meta["fields"]]
print(json.dumps({
    "layers": {str(name): str(kind) for name, kind in layers},
    "crs": meta["crs"], "geometry": meta["geometry_type"], "count": len(shapes),
    "fids": [int(fid) for fid in fids],
    "columns": {name: [str(one) for one in column] for name, column in zip(names, columns)},
}))
"""


def links(told):
    return {link["rel"]: link for link in told["links"]}


def test_the_landing_page_leads_everywhere(client, town):
    answer = client.get("/ogc")

    found = links(answer.json())
    assert answer["Content-Type"] == "application/json"
    assert set(found) == {"self", "service-desc", "conformance", "data"}
    for link in found.values():
        assert link["href"].startswith("http://testserver/ogc")
        told = client.get(link["href"])
        assert told.status_code == 200
        assert told["Content-Type"] == link["type"]


def test_conformance_is_declared_and_described_by_openapi_3_0(client, town):
    assert client.get("/ogc/conformance").json() == {"conformsTo": CONFORMS_TO}

    described = client.get("/ogc/api").json()

    assert described["openapi"].startswith("3.0.")
    assert "/collections/units-grid/items" in described["paths"]
    for path, told in described["paths"].items():
        for parameter in told["get"].get("parameters", []):
            name = parameter.get("$ref", "").rpartition("/")[2]
            assert not name or name in described["components"]["parameters"], path


def test_collections_are_levels_that_have_units_then_stations_and_streets(client, town):
    answer = client.get("/ogc/collections").json()

    keys = [one["id"] for one in answer["collections"]]
    assert keys == [
        *("units-city", "units-district", "units-town", "units-area", "units-committee"),
        *("units-grid", "stations", "streets"),
    ]
    by_key = {one["id"]: one for one in answer["collections"]}
    west, south, east, north = by_key["units-grid"]["extent"]["spatial"]["bbox"][0]
    assert (west, south) == pytest.approx(place(0, 0))
    assert (east, north) == pytest.approx(place(600, 400))
    assert "extent" not in by_key["units-city"]
    assert by_key["streets"]["crs"][0] == by_key["streets"]["storageCrs"] == CRS84


@pytest.mark.parametrize("key", ["units-grid", "stations", "streets"])
def test_pages_lead_on_until_every_feature_was_seen_once(client, town, key):
    address, seen = f"/ogc/collections/{key}/items?limit=2", []
    while address:
        answer = client.get(address)
        told = answer.json()
        assert answer["Content-Type"] == GEOJSON
        assert told["numberReturned"] == len(told["features"]) <= 2
        seen += [feature["id"] for feature in told["features"]]
        address = links(told).get("next", {}).get("href")

    assert len(seen) == len(set(seen)) == told["numberMatched"]
    assert links(told)["prev"]["href"]


@pytest.mark.parametrize("key", ["units-grid", "stations", "streets"])
def test_one_feature_is_the_same_as_in_the_list(client, town, key):
    listed = client.get(f"/ogc/collections/{key}/items").json()["features"][0]

    answer = client.get(f"/ogc/collections/{key}/items/{listed['id']}")

    told = answer.json()
    assert answer["Content-Type"] == GEOJSON
    assert set(links(told)) == {"self", "collection"}
    assert {**told, "links": None} == {**listed, "links": None}
    assert client.get(f"/ogc/collections/{key}/items/999999").status_code == 404


def test_a_unit_of_another_level_is_not_in_a_collection(client, town):
    path = f"/ogc/collections/units-grid/items/{town.world.maple.pk}"

    assert client.get(path).status_code == 404


def test_properties_and_boxes_narrow_a_collection(client, town):
    (west, south), (east, north) = place(210, 10), place(390, 90)
    box = f"{west},{south},{east},{north}"

    def matched(key, **query):
        return client.get(f"/ogc/collections/{key}/items", query).json()["numberMatched"]

    assert matched("units-committee", code=MAPLE) == 1
    assert matched("units-grid", parent_id=town.world.maple.pk) == 3
    assert matched("units-grid", bbox=box) == 1
    assert matched("stations", kind="library") == 1
    assert matched("stations", unit_id=town.world.maple.pk) == 1
    assert matched("streets", bbox=box) == 1  # the street north to south in its middle
    assert matched("units-town", bbox=f"{west},{south},0,{east},{north},10") == 1


def test_an_unknown_parameter_is_refused_as_the_standard_asks(client, town):
    answer = client.get("/ogc/collections/stations/items?colour=red&lang=en")

    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("There is no parameter “colour” here; known are: ")


def test_a_limit_beyond_the_most_is_cut_and_a_wrong_one_refused(client, town):
    items = "/ogc/collections/units-grid/items"

    assert client.get(items, {"limit": "10000000"}).json()["numberReturned"] == 6
    assert client.get(items, {"limit": "0"}).status_code == 400
    assert client.get(items, {"datetime": "2026-01-01T00:00:00Z/.."}).status_code == 200
    assert client.get(items, {"datetime": "yesterday"}).status_code == 400


def test_cgcs2000_puts_latitude_first_in_answers_and_boxes(client, town):
    (west, south), (east, north) = place(0, 200), place(200, 400)
    turned = {"crs": LATITUDE_FIRST[0], "bbox-crs": LATITUDE_FIRST[0]}
    box = f"{south},{west},{north},{east}"

    answer = client.get("/ogc/collections/stations/items", turned | {"bbox": box})

    feature = answer.json()["features"][0]
    lat, lon = feature["geometry"]["coordinates"]
    assert answer.json()["numberMatched"] == 1
    assert lat < lon
    assert answer["Content-Crs"] == f"<{LATITUDE_FIRST[0]}>"


def test_a_page_of_outlines_costs_stamps_and_one_question(
    client, town, django_assert_max_num_queries
):
    client.get("/ogc/collections/units-grid/items")

    with django_assert_max_num_queries(3):
        client.get("/ogc/collections/units-grid/items")


def read_by_gdal(server, layer, **options):
    """Read a collection by GDAL's own driver, in another process: it would hold our lock."""
    given = [f"{name}={value}" for name, value in options.items()]
    done = subprocess.run(
        [sys.executable, "-c", READ_BY_GDAL, f"{server.url}/ogc", layer, *given],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_gdal_reads_units_stations_and_streets_page_by_page(town, live_server):
    grids = read_by_gdal(live_server, "units-grid", PAGE_SIZE=4)
    stations = read_by_gdal(live_server, "stations")
    streets = read_by_gdal(live_server, "streets", PAGE_SIZE=7)

    assert set(grids["layers"]) >= {"units-town", "units-grid", "stations", "streets"}
    assert grids["count"] == 6
    assert sorted(grids["fids"]) == sorted(grid.pk for grid in town.world.grids)
    assert grids["geometry"] in ("Polygon", "Unknown")
    assert "84" in grids["crs"] or "4326" in grids["crs"]
    assert "红枫第1微网格" in grids["columns"]["name"]
    assert sorted(stations["columns"]["code"]) == ["S-1", "S-2", "S-3"]
    assert streets["count"] == town.world.network.edges


def test_gdal_asks_for_a_box_only(town, live_server):
    (west, south), (east, north) = place(0, 200), place(200, 400)

    found = read_by_gdal(live_server, "stations", box=f"{west},{south},{east},{north}")

    assert found["columns"]["code"] == ["S-2"]
