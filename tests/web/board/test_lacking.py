"""Who has no station yet, and giving it one."""

import pytest
from django.urls import reverse

from hequan.people.models import Organisation
from hequan.stations.models import AnsweringStation, CoreStation, MainStation


@pytest.fixture
def firm(world):
    return Organisation.objects.create(
        name="红枫快递", kind="firm", unit=world.maple, is_new_field=True
    )


def assign(client, what, thing, station):
    sent = {"what": what, "pk": thing.pk, "station": station.pk}
    return client.post(reverse("web:board-assign"), sent)


def test_the_page_lists_grids_organisations_and_circles_without_a_station(
    sign_in, world, stations, firm
):
    page = sign_in("officer").get(reverse("web:board-lacking"))

    assert page.context["grids_total"] == 6
    assert [row.name for row in page.context["organisations"]] == ["红枫快递"]
    assert len(page.context["circles"]) == 2


def test_a_grid_an_organisation_and_a_circle_get_their_station(sign_in, world, stations, firm):
    officer, station = sign_in("officer"), stations["ST-1"]
    assign(officer, "grid", world.grids[0], station)
    assign(officer, "organisation", firm, station)
    assign(officer, "circle", world.happy, station)

    assert MainStation.objects.get().grid == world.grids[0]
    assert AnsweringStation.objects.get().organisation == firm
    assert CoreStation.objects.get().circle == world.happy
    page = officer.get(reverse("web:board-lacking"))
    assert page.context["grids_total"] == 5
    assert page.context["organisations"] == ()


def test_a_clerk_cannot_give_a_grid_of_the_next_committee_a_station(sign_in, world, stations):
    answer = assign(sign_in("clerk"), "grid", world.grids[5], stations["ST-1"])

    assert answer.status_code == 404
    assert not MainStation.objects.exists()


def test_a_clerk_cannot_give_away_the_next_committees_station(sign_in, world, stations):
    answer = assign(sign_in("clerk"), "grid", world.grids[0], stations["ST-3"])

    assert answer.status_code == 404
    assert not MainStation.objects.exists()


def test_a_committee_is_no_grid_and_the_refusal_says_so(sign_in, world, stations):
    answer = assign(sign_in("officer"), "grid", world.maple, stations["ST-1"])

    assert answer.status_code == 302
    assert not MainStation.objects.exists()
