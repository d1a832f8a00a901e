"""The one door: a grant opens the stations of its part of the territory, and no others."""

import pytest
from django.contrib.auth.models import AnonymousUser

from hequan.core.kinds import Capability
from hequan.stations import access
from hequan.stations.actions import ask_coverage
from hequan.stations.errors import RunNotFoundError, StationNotFoundError
from tests.world import AT


def test_a_clerk_edits_the_stations_of_her_committee_only(world, cast):
    assert access.station_for(world.clerk, cast.hall.pk, AT) == cast.hall
    with pytest.raises(StationNotFoundError):
        access.station_for(world.clerk, cast.shop.pk, AT)
    assert list(access.stations_visible(world.clerk, AT).order_by("code")) == [cast.hall, cast.rest]


def test_seeing_is_not_editing(world, cast):
    seen = access.station_for(world.viewer, cast.shop.pk, AT, Capability.SEE_BOARD)
    assert seen == cast.shop
    with pytest.raises(StationNotFoundError):
        access.station_for(world.viewer, cast.shop.pk, AT)


@pytest.mark.parametrize("who", ["stranger", "anonymous"])
def test_without_a_grant_no_door_opens(world, cast, who):
    user = world.stranger if who == "stranger" else AnonymousUser()
    for door, pk in (
        (access.station_for, cast.hall.pk),
        (access.space_for, cast.library.pk),
        (access.service_for, cast.reading.pk),
        (access.closure_for, 0),
        (access.corridor_for, 0),
    ):
        with pytest.raises(StationNotFoundError):
            door(user, pk, AT)
    assert not access.stations_visible(user, AT).exists()


def test_a_station_that_is_not_there_is_refused_like_a_foreign_one(world):
    with pytest.raises(StationNotFoundError):
        access.station_for(world.officer, 0, AT)


def test_spaces_and_services_follow_their_station(world, cast):
    assert access.space_for(world.clerk, cast.library.pk, AT) == cast.library
    assert access.service_for(world.clerk, cast.reading.pk, AT) == cast.reading
    with pytest.raises(StationNotFoundError):
        access.space_for(world.clerk, cast.canteen.pk, AT)


def test_a_coverage_run_belongs_to_its_unit(world, cast):
    run = ask_coverage(unit=world.town, by=world.officer, at=AT)
    assert access.run_for(world.officer, run.pk, AT) == run
    with pytest.raises(RunNotFoundError):
        access.run_for(world.clerk, run.pk, AT)
