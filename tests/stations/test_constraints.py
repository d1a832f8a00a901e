"""The database itself keeps scarce things single, whoever writes past the actions."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hequan.people.models import Organisation
from hequan.stations.models import (
    AnsweringStation,
    Closure,
    CoreStation,
    Corridor,
    CorridorStop,
    HoursException,
    MainStation,
    OpeningRule,
    ServiceOffer,
    Space,
    Station,
)
from tests.world import AT


def refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_a_grid_cannot_have_two_main_stations(world, cast):
    MainStation.objects.create(grid=world.grids[0], station=cast.hall)
    refused(lambda: MainStation.objects.create(grid=world.grids[0], station=cast.shop))


def test_a_circle_cannot_have_two_cores(world, cast):
    CoreStation.objects.create(circle=world.happy, station=cast.hall)
    refused(lambda: CoreStation.objects.create(circle=world.happy, station=cast.shop))


def test_an_organisation_cannot_have_two_answering_stations(world, cast):
    firm = Organisation.objects.create(name="晨光科技", unit=world.maple)
    AnsweringStation.objects.create(organisation=firm, station=cast.hall)
    refused(lambda: AnsweringStation.objects.create(organisation=firm, station=cast.shop))


def test_a_code_cannot_be_borne_twice(cast):
    refused(lambda: Station.objects.filter(pk=cast.shop.pk).update(code="ST-1"))


def test_a_station_cannot_lie_off_the_globe(cast):
    refused(lambda: Station.objects.filter(pk=cast.shop.pk).update(lat=91))
    refused(lambda: Station.objects.filter(pk=cast.shop.pk).update(lon=-181))


def test_a_service_cannot_be_offered_twice(cast):
    refused(lambda: ServiceOffer.objects.create(station=cast.shop, service=cast.meals))


def test_a_space_cannot_be_named_twice(cast):
    refused(lambda: Space.objects.create(station=cast.hall, name="阅览室"))


def test_a_corridor_cannot_pass_a_space_or_a_place_twice(world, cast):
    corridor = Corridor.objects.create(name="走廊", unit=world.town)
    CorridorStop.objects.create(corridor=corridor, space=cast.library, position=1)
    refused(lambda: CorridorStop.objects.create(corridor=corridor, space=cast.library, position=2))
    refused(lambda: CorridorStop.objects.create(corridor=corridor, space=cast.canteen, position=1))


@pytest.mark.parametrize(("opens", "closes"), [(600, 600), (600, 540), (1500, 1600), (600, 2881)])
def test_hours_cannot_end_before_they_begin(cast, opens, closes):
    refused(
        lambda: OpeningRule.objects.create(station=cast.hall, day="mon", opens=opens, closes=closes)
    )
    refused(
        lambda: HoursException.objects.create(
            station=cast.hall, day=AT.date(), opens=opens, closes=closes
        )
    )


def test_a_row_of_hours_may_say_shut(cast):
    OpeningRule.objects.create(station=cast.hall, day="mon", opens=0, closes=0)
    HoursException.objects.create(station=cast.hall, day=AT.date())


def test_a_closure_cannot_end_before_it_begins(cast):
    now = timezone.now()
    refused(
        lambda: Closure.objects.create(
            station=cast.hall,
            from_at=now,
            to_at=now,
            reason="x",
            announced_at=now,
            announced_by=cast.by,
        )
    )
