"""Whatever is sent, the answer is a refusal with words, never a failure of ours."""

import json

import pytest

pytestmark = pytest.mark.django_db

HOSTILE = (
    "",
    "nan",
    "inf",
    "-inf",
    "1e400",
    "-1",
    "0",
    "99999999999999999999999999",
    "1; DROP TABLE territory_unit; --",
    "' OR 1=1 --",
    "%00",
    "\x00",
    "高境镇",
    "٣",
    "１２",
    "\ud7ff\uffff",
    "{{7*7}}",
    "../../etc/passwd",
    "a" * 5000,
    "1,2,3",
    "nan,nan,nan,nan",
    "1e400,0,1e400,0",
    "181,91,182,92",
    "2026-13-45T99:99",
    "0001-01-01T00:00",
    "9999-12-31T23:59:59+14:00",
)
QUERIES = {
    "/api/units": ("level", "code", "parent", "below", "bbox", "limit", "offset"),
    "/api/locate": ("lon", "lat", "crs"),
    "/api/stations": ("kind", "unit", "service", "open_at", "search", "bbox", "limit", "offset"),
    "/api/stations/S-1/openings": ("days",),
    "/api/services": ("category", "mode", "search", "limit", "offset"),
    "/api/fifteen": ("lon", "lat", "crs", "profile", "minutes", "at"),
    "/ogc/collections/units-grid/items": ("bbox", "limit", "offset", "datetime", "crs", "code"),
    "/ogc/collections/stations/items": ("bbox", "bbox-crs", "limit", "kind", "unit_id", "f"),
    "/ogc/collections/streets/items": ("bbox", "limit", "offset", "surprise"),
    "/ogc": ("f", "surprise"),
    "/hsds/services": (
        *("search", "page", "per_page", "taxonomy_term_id", "organization_id"),
        *("full", "format", "modified_after"),
    ),
    "/hsds/service_at_locations": ("page", "per_page", "taxonomy_id", "proximity", "postcode"),
    "/hsds/organizations": ("search", "page", "per_page", "full", "full_service"),
    "/hsds/locations": ("search", "page", "per_page"),
    "/hsds/taxonomy_terms": ("taxonomy_id", "parent_id", "top_only", "page"),
}
PATHS = (
    "/api/units/{}",
    "/api/units/{}/children",
    "/api/units/{}/boundary",
    "/api/stations/{}",
    "/api/stations/{}/hours",
    "/api/services/{}",
    "/ogc/collections/{}",
    "/ogc/collections/{}/items",
    "/ogc/collections/streets/items/{}",
    "/ogc/collections/units-grid/items/{}",
    "/ogc/collections/stations/items/{}",
    "/hsds/services/{}",
    "/hsds/service_at_locations/{}",
    "/hsds/locations/{}",
    "/hsds/organizations/{}",
    "/hsds/taxonomies/{}",
    "/hsds/taxonomy_terms/{}",
)
BODIES = (
    "",
    "{",
    "[]",
    "null",
    '{"points": null}',
    '{"points": [[1]]}',
    '{"points": [[1, 2, 3]]}',
    '{"points": [["a", "b"]]}',
    '{"points": [[NaN, 1]]}',
    '{"points": [[1e400, 1]]}',
    '{"points": [[200, 100]]}',
    '{"points": {"a": 1}}',
    '{"crs": "mars", "points": []}',
    "\x00\x01",
    "[" * 20_000,
)


def is_answered(response) -> bool:
    """Either what was asked for, or a refusal with words."""
    if response.status_code < 300:
        return True
    told = json.loads(response.content)
    return response.status_code in (400, 401, 404, 405, 422) and bool(told["detail"])


@pytest.mark.slow
@pytest.mark.parametrize(("path", "names"), QUERIES.items(), ids=QUERIES)
def test_no_hostile_parameter_makes_a_failure(client, town, path, names):
    place = {"lon": "121.48", "lat": "31.32"} if path in ("/api/locate", "/api/fifteen") else {}
    for name in names:
        for value in HOSTILE:
            response = client.get(path, place | {name: value})

            assert is_answered(response) or response.status_code == 404, (name, value, response)


@pytest.mark.slow
def test_no_hostile_path_makes_a_failure(client, town):
    from urllib.parse import quote

    for path in PATHS:
        for value in HOSTILE:
            if value and "/" not in value:
                response = client.get(path.format(quote(value)))

                assert is_answered(response), (path, value, response)


def test_no_hostile_body_makes_a_failure(client, world):
    for body in BODIES:
        response = client.post("/api/locate", body, content_type="application/json")

        assert is_answered(response), body


@pytest.mark.parametrize("path", ["/api/nothing", "/ogc/nothing", "/hsds/nothing/here"])
def test_an_address_nobody_serves_is_told_in_json(client, world, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_what_cannot_be_done_here_is_told(client, world):
    assert client.post("/ogc/collections").status_code == 405
    assert client.delete("/api/units").status_code == 405


def test_a_refusal_is_not_kept_and_repeats_the_value_short(client, world):
    answer = client.get("/api/units", {"code": "x" * 3000, "limit": "y" * 3000, "lang": "en"})

    assert answer["Cache-Control"] == "no-store"
    assert len(answer.content) < 2000
    assert answer.json()["title"] == "Something in the request is wrong"


def test_the_language_follows_the_browser_where_nothing_else_is_said(client, world):
    header = {"HTTP_ACCEPT_LANGUAGE": "fr;q=0.9, en-GB;q=0.8, zh;q=0.5"}

    assert client.get("/api/units/1000000", **header).json()["title"] == "Not found"
    assert client.get("/api/units/1000000").json()["title"] != "Not found"
    assert client.get("/api/units/1000000?lang=zh", **header).json()["title"] != "Not found"
