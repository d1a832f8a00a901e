"""What every public answer carries: an ETag, how long it may be kept, leave for other sites."""

import pytest

pytestmark = pytest.mark.django_db

PUBLIC = ("/api/units", "/api/stations", "/api/openapi.json", "/ogc", "/hsds/", "/hsds/services")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_answer_may_be_kept_shared_and_asked_for_again(client, world, path):
    first = client.get(path)
    again = client.get(path, HTTP_IF_NONE_MATCH=first["ETag"])

    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Cache-Control"] == "public, max-age=60"
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]


def test_a_changed_answer_is_sent_anew(client, world):
    first = client.get("/api/units?level=grid")

    other = client.get("/api/units?level=town", HTTP_IF_NONE_MATCH=first["ETag"])

    assert other.status_code == 200
    assert other.json()["total"] == 1
