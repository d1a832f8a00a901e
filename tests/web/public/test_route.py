"""The way to a station, drawn without scripts."""

import re

import pytest

from tests.world import place

pytestmark = pytest.mark.django_db


def address(code="ST-3", x=100, y=110, **asked):
    lon, lat = place(x, y)
    more = "".join(f"&{name}={value}" for name, value in asked.items())
    return f"/route/{code}/?place={lon:.4f},{lat:.4f}&label=家{more}"


def test_the_way_has_minutes_metres_and_a_sketch(english, cast):
    page = english.get(address()).content.decode()

    assert "Route to 骑手驿站" in page
    assert re.search(r'reach-number number">\d+<', page)
    assert re.search(r'<path class="way" d="M[\d. ]+(L[\d. ]+)+"/>', page)
    assert "from 家" in page


def test_the_streets_of_the_way_are_told_in_order(english, cast):
    page = english.get(address()).content.decode()

    assert re.search(r"<p>Along (东西|南北)", page)


def test_a_wheelchair_goes_around_the_steps(english, cast):
    adult = english.get(address("ST-2", 300, 105)).content.decode()
    wheels = english.get(address("ST-2", 300, 105, profile="wheelchair")).content.decode()

    way = r'<path class="way" d="([^"]+)"'
    assert re.findall(way, adult)
    assert re.findall(way, wheels)
    assert "Wheelchair, no steps" in wheels


def test_too_far_for_an_hour_is_said(english, cast):
    page = english.get(address(x=20_000)).content.decode()

    assert "straight line" in page or "no route leads there" in page


@pytest.mark.parametrize(
    "wrong", ["/route/NONE/?place=121.48,31.32", "/route/ST-3/", "/route/ST-3/?place=x"]
)
def test_a_station_or_place_that_is_none_is_not_found(client, cast, wrong):
    assert client.get(wrong).status_code == 404


def test_a_label_is_text_and_never_markup(client, cast):
    page = client.get(address().replace("家", "<script>x</script>")).content.decode()

    assert "<script>x" not in page
