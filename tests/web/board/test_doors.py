"""Every page of the board: a visitor is led to sign in, a stranger finds nothing there."""

import pytest
from django.test import Client
from django.urls import reverse

PAGES = [
    "web:board-home",
    "web:board-stations",
    "web:board-lacking",
    "web:board-services",
    "web:board-territory",
    "web:board-imports",
    "web:board-station-new",
    "web:board-service-new",
]
READS = PAGES[:5]


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_led_to_the_sign_in_page(world, name):
    answer = Client().get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("web:sign-in"))


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_nothing(sign_in, name):
    assert sign_in("stranger").get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_the_officer_may_open_every_page(sign_in, stations, name):
    assert sign_in("officer").get(reverse(name), follow=True).status_code == 200


@pytest.mark.parametrize("name", [p for p in PAGES if p not in READS])
def test_a_viewer_finds_no_page_that_writes(sign_in, name):
    assert sign_in("viewer").get(reverse(name)).status_code == 404


def test_the_navigation_shows_only_what_may_be_entered(sign_in, stations):
    page = sign_in("viewer").get(reverse("web:board-stations")).content.decode()

    assert reverse("web:board-imports") not in page
    assert reverse("web:board-territory") in page


def test_a_clerk_cannot_open_a_station_of_the_next_committee(sign_in, stations):
    theirs = reverse("web:board-station", args=[stations["ST-3"].pk, "facts"])
    own = reverse("web:board-station", args=[stations["ST-1"].pk, "facts"])

    assert sign_in("clerk").get(own).status_code == 200
    assert sign_in("clerk").get(theirs).status_code == 404
    assert sign_in("clerk").post(theirs, {"name": "x"}).status_code == 404


def test_a_viewer_cannot_open_a_unit_of_the_next_committee(world, sign_in):
    client = sign_in("viewer")

    assert client.get(reverse("web:board-unit", args=[world.pine.pk])).status_code == 200
    assert client.get(reverse("web:board-unit", args=[world.maple.pk])).status_code == 404
    assert client.get(reverse("web:board-home") + f"?unit={world.maple.pk}").status_code == 404
