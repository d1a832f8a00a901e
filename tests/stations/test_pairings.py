"""Many pairs at once stand as single ones would."""

import pytest
from django.db import IntegrityError, transaction

from hequan.core import versions
from hequan.core.audit import AuditEntry
from hequan.people.models import Organisation
from hequan.stations.actions import pairings
from hequan.stations.models import AnsweringStation, CoreStation, MainStation, ServiceOffer
from tests.world import AT

pytestmark = pytest.mark.django_db


def test_main_stations_are_set_and_set_again(world, cast):
    first, second = world.grids[:2]
    pairings.set_main_stations(
        pairs=[(first.pk, cast.hall.pk), (second.pk, cast.hall.pk)], by=world.system, at=AT
    )

    pairings.set_main_stations(pairs=[(first.pk, cast.shop.pk)], by=world.system, at=AT)

    found = dict(MainStation.objects.values_list("grid_id", "station_id"))
    assert found == {first.pk: cast.shop.pk, second.pk: cast.hall.pk}


def test_core_stations_are_set(world, cast):
    pairings.set_core_stations(pairs=[(world.happy.pk, cast.rest.pk)], by=world.system, at=AT)

    assert CoreStation.objects.get(circle=world.happy).station == cast.rest


def test_answering_stations_are_set(world, cast):
    body = Organisation.objects.create(name="红枫物业")

    pairings.set_answering_stations(pairs=[(body.pk, cast.hall.pk)], by=world.system, at=AT)

    assert AnsweringStation.objects.get(organisation=body).station == cast.hall


def test_offers_are_added_in_the_services_own_mode(world, cast):
    pairings.add_offers(pairs=[(cast.rest.pk, cast.reading.pk)], by=world.system, at=AT)

    assert ServiceOffer.objects.get(station=cast.rest).mode == ""


def test_an_offer_twice_is_refused_as_a_whole(world, cast):
    pairs = [(cast.rest.pk, cast.meals.pk), (cast.hall.pk, cast.reading.pk)]
    with pytest.raises(IntegrityError), transaction.atomic():
        pairings.add_offers(pairs=pairs, by=world.system, at=AT)

    assert not ServiceOffer.objects.filter(station=cast.rest).exists()


def test_one_entry_tells_of_all_and_the_stamp_is_raised(world, cast):
    (before,) = versions.stamps("stations")
    pairings.set_main_stations(
        pairs=[(grid.pk, cast.hall.pk) for grid in world.grids], by=world.system, at=AT
    )

    (after,) = versions.stamps("stations")
    assert after == before + 1
    entry = AuditEntry.objects.get(verb="stations.main_stations_set")
    assert entry.after == {"pairs": 6}
