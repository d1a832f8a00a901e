"""My fifteen minutes in the small town: along streets, around steps, through gates, and later."""

from datetime import timedelta

import numpy as np
import pytest

from hequan.stations import actions
from hequan.stations.errors import OutsideGlobeError, StationNotFoundError, UnknownProfileError
from hequan.stations.fifteen import fifteen_minutes_from, route_to
from hequan.territory.models import StreetNetwork
from tests.world import AT, place

DOOR = place(50, 90)  # the first home of maple 1: 10 m off the street at y 100


def codes(reaches):
    return [reach.station.code for reach in reaches]


def ask(x=50, y=90, *, profile="adult", at=AT, minutes=15):
    return fifteen_minutes_from(*place(x, y), profile=profile, at=at, minutes=minutes)


def test_the_walk_is_measured_along_the_streets(cast):
    first = ask().reaches[0]
    assert first.station.code == "ST-1"
    assert first.metres == pytest.approx(60, abs=0.5)  # 10 m to the street, 50 m along it
    assert first.seconds == pytest.approx(60 / 1.32, abs=0.5)
    assert (first.minutes, first.in_time, first.open.is_open) == (1, True, True)
    assert first.straight_metres == pytest.approx(np.hypot(50, 10), abs=0.5)


def test_stations_open_on_arrival_come_first(cast):
    evening = AT + timedelta(hours=9)  # 19:00: the hall is shut
    found = ask(at=evening)
    assert codes(found.reaches)[-1] == "ST-1"
    hall = found.reaches[-1]
    assert (hall.in_time, hall.open.is_open) == (False, False)
    assert hall.open.opens_at == AT + timedelta(hours=23)


def test_a_station_that_shuts_on_the_way_is_not_in_time(cast):
    noon = AT + timedelta(hours=2) - timedelta(seconds=20)
    hall = next(r for r in ask(at=noon).reaches if r.station.code == "ST-1")
    assert (hall.open.is_open, hall.in_time) == (True, False)


def test_a_wheelchair_goes_around_the_steps(cast):
    south_of_the_steps = (300, 95)
    actions.save_station(station=cast.hall, record=_moved(cast.hall, 300, 205), by=cast.by, at=AT)
    walking = ask(*south_of_the_steps, profile="adult").reaches[0]
    rolling = next(
        r
        for r in ask(*south_of_the_steps, profile="wheelchair").reaches
        if r.station.code == "ST-1"
    )
    assert walking.metres == pytest.approx(110, abs=1)
    assert rolling.metres == pytest.approx(310, abs=1)


def _moved(station, x, y):
    from dataclasses import replace

    from hequan.stations.queries import station_record

    lon, lat = place(x, y)
    return replace(station_record(station), lon=lon, lat=lat)


def test_a_gate_that_is_shut_lengthens_the_way(cast):
    by_day = next(r for r in ask(500, 190).reaches if r.station.code == "ST-2")
    midnight = AT + timedelta(hours=13, minutes=30)  # 23:30
    by_night = next(r for r in ask(500, 190, at=midnight).reaches if r.station.code == "ST-2")
    assert by_night.metres == pytest.approx(by_day.metres + 200, abs=1)


def test_what_is_too_far_is_told_with_the_nearest_and_the_straight_line(cast):
    found = ask(minutes=0.5)
    assert found.reaches == ()
    assert found.nearest_beyond.station.code == "ST-1"
    assert found.beyond == ()
    near = ask(400, 150, profile="frail", minutes=2)
    assert near.reaches == ()
    assert near.beyond == ()
    slow = ask(500, 235, profile="frail", minutes=1.7, at=AT + timedelta(hours=13, minutes=30))
    assert (codes(slow.reaches), [b.station.code for b in slow.beyond]) == ([], ["ST-2"])


def test_without_streets_the_answer_is_a_straight_line_and_says_so(cast):
    from hequan.core.versions import bump

    StreetNetwork.objects.update(is_current=False)
    bump("streets")
    found = ask()
    assert (found.measure, found.origin_metres) == ("straight", None)
    assert found.reaches[0].metres == pytest.approx(np.hypot(50, 10), abs=0.5)
    route = route_to(*DOOR, cast.hall.pk, profile="adult", at=AT)
    assert (route.measure, len(route.line)) == ("straight", 2)


def test_a_place_far_from_any_street_gets_a_straight_line(cast):
    assert ask(50, 1200).measure == "straight"
    assert ask().measure == "streets"
    assert ask().origin_metres == pytest.approx(10, abs=0.5)


def test_the_route_follows_the_streets_to_the_door(cast):
    route = route_to(*DOOR, cast.shop.pk, profile="adult", at=AT)
    assert route.line[0] == pytest.approx(DOOR)
    assert route.line[-1] == pytest.approx((cast.shop.lon, cast.shop.lat))
    assert route.metres == pytest.approx(10 + 450 + 200, abs=1)
    assert len(route.streets) >= 2
    reach = next(r for r in ask().reaches if r.station.code == "ST-2")
    assert (route.seconds, route.metres) == pytest.approx((reach.seconds, reach.metres))


def test_a_moved_station_is_found_where_it_is_now(cast):
    assert codes(ask(minutes=1).reaches) == ["ST-1"]
    actions.save_station(station=cast.hall, record=_moved(cast.hall, 600, 400), by=cast.by, at=AT)
    assert ask(minutes=1).reaches == ()


def test_an_answer_costs_one_query_once_the_town_is_known(cast, django_assert_num_queries):
    ask()
    with django_assert_num_queries(1):
        ask(x=450)


def test_nobody_walks_like_that_nor_there(cast):
    with pytest.raises(UnknownProfileError) as refused:
        ask(profile="bird")
    assert "adult" in str(refused.value)
    with pytest.raises(OutsideGlobeError):
        fifteen_minutes_from(200, 0, profile="adult", at=AT)
    with pytest.raises(OutsideGlobeError):
        route_to(float("nan"), 0, cast.hall.pk, profile="adult", at=AT)
    with pytest.raises(StationNotFoundError):
        route_to(*DOOR, 0, profile="adult", at=AT)


def test_a_town_without_stations_answers_with_nothing(world):
    found = fifteen_minutes_from(*DOOR, profile="adult", at=AT)
    assert (found.reaches, found.nearest_beyond) == ((), None)
