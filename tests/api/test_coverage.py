"""Fifteen minutes from a place for everybody; coverage of a unit for those who may see it."""

import pytest

from hequan.stations.actions import ask_coverage, measure_coverage
from tests.world import place

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def measured(town):
    """The town with its coverage measured for adults and wheelchairs."""
    signed = {"by": town.world.system, "at": town.world.at}
    run = ask_coverage(unit=town.world.town, profiles=("adult", "wheelchair"), **signed)
    measure_coverage(run=run, **signed)
    return town


def ask(client, path, **query):
    return client.get(f"/api{path}", query)


def test_stations_within_minutes_of_a_place_come_the_open_ones_first(client, town):
    lon, lat = place(300, 180)

    answer = ask(client, "/fifteen", lon=lon, lat=lat, profile="elder").json()

    assert answer["measure"] == "streets"
    assert answer["profile"] == "elder"
    first = answer["reaches"][0]
    assert first["station"]["code"] == "S-1"
    assert first["minutes"] >= 1
    assert [one["in_time"] for one in answer["reaches"]] == sorted(
        (one["in_time"] for one in answer["reaches"]), reverse=True
    )


def test_an_unknown_profile_is_refused_with_those_there_are(client, town):
    lon, lat = place(300, 180)

    answer = ask(client, "/fifteen", lon=lon, lat=lat, profile="bird", lang="en")

    assert answer.status_code == 422
    assert "bird" in answer.json()["detail"]
    assert "adult" in answer.json()["detail"]


@pytest.mark.parametrize("tail", ["", "/units", "/circles", "/gaps"])
def test_coverage_asks_for_an_account_that_may_see_the_board_there(client, measured, tail):
    world, path = measured.world, f"/coverage/{measured.world.town.pk}{tail}"

    without = ask(client, path)
    client.force_login(world.stranger)
    stranger = ask(client, path)
    client.force_login(world.viewer)  # of pine only
    beside = ask(client, path)
    client.force_login(world.officer)
    officer = ask(client, path)

    assert [without.status_code, stranger.status_code, beside.status_code] == [401, 404, 404]
    assert "WWW-Authenticate" in without.headers
    assert officer.status_code == 200
    assert officer["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in officer.headers


def test_coverage_of_a_unit_tells_the_run_and_its_own_figures(client, measured):
    world = measured.world
    client.force_login(world.viewer)

    answer = ask(client, f"/coverage/{world.pine.pk}").json()

    assert answer["run"]["unit_name"] == "高境镇"
    assert answer["run"]["profiles"] == ["adult", "wheelchair"]
    assert answer["unit"]["name"] == "青松居委会"
    assert answer["unit"]["people"] == 600
    assert set(answer["unit"]["within"]["adult"]) == {"5", "10", "15"}


def test_committees_and_circles_of_a_measurement_are_listed(client, measured):
    world = measured.world
    client.force_login(world.officer)

    units = ask(client, f"/coverage/{world.town.pk}/units").json()
    grids = ask(client, f"/coverage/{world.pine.pk}/units", level="grid").json()
    circles = ask(client, f"/coverage/{world.town.pk}/circles").json()

    assert {one["unit_id"] for one in units} == {world.maple.pk, world.pine.pk}
    assert {one["unit_id"] for one in grids} == {grid.pk for grid in world.grids[3:]}
    assert {one["name"] for one in circles} == {"幸福圈", "文体圈"}


def test_a_unit_never_measured_says_so(client, town):
    client.force_login(town.world.officer)

    answer = ask(client, f"/coverage/{town.world.town.pk}", lang="en")

    assert answer.status_code == 404
    assert answer.json()["detail"] == "Coverage of 高境镇 has not been measured yet."
