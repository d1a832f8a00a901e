"""A number in an address: read where it is one, none where it is not, whatever is sent."""

import pytest
from django.urls import reverse

from hequan.web.numbers import whole_number


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("007", 7), ("0", 0), ("9" * 18, 10**18 - 1)]
)
def test_a_whole_number_is_read(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", None, "-1", "1.5", "²", "７", "x", "9" * 19, "9" * 5000])
def test_what_is_no_number_of_ours_is_none(text):
    assert whole_number(text) is None


@pytest.mark.parametrize("sent", ["²", "9" * 4400, "9" * 30, "-1"])
def test_no_number_breaks_a_public_page(client, world, sent):
    route = reverse("web:map-route")

    assert client.get(route, {"place": "121.48,31.32", "station": sent}).status_code in (400, 404)
    assert client.get(reverse("web:services"), {"page": sent}).status_code == 200
    assert client.get(reverse("web:home"), {"committee": sent}).status_code == 200


@pytest.mark.parametrize("sent", ["²", "9" * 4400, "9" * 30])
def test_no_number_breaks_a_board_page(client, world, sent):
    client.force_login(world.officer)

    assert client.get(reverse("web:board-home"), {"unit": sent}).status_code == 404
    assert client.get(reverse("web:board-stations"), {"page": sent}).status_code == 200
    assert client.get(reverse("web:board-services"), {"page": sent}).status_code == 200
