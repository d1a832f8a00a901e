"""What a station is responsible for, and taking one duty away."""

import pytest
from django.urls import reverse

from hequan.people.models import Organisation
from hequan.stations.models import AnsweringStation, CoreStation, MainStation
from tests.web.board.test_lacking import assign


@pytest.fixture
def firm(world):
    return Organisation.objects.create(
        name="红枫快递", kind="firm", unit=world.maple, is_new_field=True
    )


@pytest.fixture
def hall(sign_in, world, stations, firm):
    """A station with a grid, a firm and a circle."""
    officer, hall = sign_in("officer"), stations["ST-1"]
    for what, thing in (("grid", world.grids[0]), ("organisation", firm), ("circle", world.happy)):
        assign(officer, what, thing, hall)
    return hall


def page(station):
    return reverse("web:board-station", args=[station.pk, "duties"])


def test_the_record_lists_the_grids_organisations_and_circles(sign_in, world, hall):
    text = sign_in("officer").get(page(hall)).content.decode()

    assert world.grids[0].name in text
    assert "红枫快递" in text
    assert "幸福圈" in text


@pytest.mark.parametrize("what", ["grid", "organisation", "circle"])
def test_a_duty_is_taken_away(sign_in, world, hall, firm, what):
    things = {"grid": world.grids[0], "organisation": firm, "circle": world.happy}
    sign_in("officer").post(page(hall), {"what": what, "pk": things[what].pk})

    left = (MainStation.objects.count(), AnsweringStation.objects.count())
    left += (CoreStation.objects.count(),)
    assert left == tuple(int(what != one) for one in things)


@pytest.mark.parametrize("what", ["grid", "nonsense"])
def test_the_duty_of_another_station_is_not_taken_away_here(sign_in, world, hall, stations, what):
    sent = {"what": what, "pk": world.grids[0].pk}
    answer = sign_in("officer").post(page(stations["ST-2"]), sent)

    assert answer.context["form"].non_field_errors()
    assert MainStation.objects.exists()


def test_a_clerk_takes_away_nothing_outside_the_committee(sign_in, world, hall):
    sent = {"what": "circle", "pk": world.happy.pk}
    answer = sign_in("clerk").post(page(hall), sent)

    assert answer.context["form"].non_field_errors()
    assert CoreStation.objects.exists()
