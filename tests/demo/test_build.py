"""A hamlet built end to end through the actions, and the command's refusals."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hequan.core.accounts import Account
from hequan.core.clock import now
from hequan.core.grants import is_granted
from hequan.core.kinds import Capability
from hequan.demo.accounts import SIGN_INS
from hequan.demo.build import build_demo
from hequan.demo.errors import NotEmptyError
from hequan.demo.land import make_land
from hequan.demo.scale import SCALES
from hequan.stations import queries as stations
from hequan.stations.models import Closure, Station
from hequan.territory import queries as territory
from hequan.territory.kinds import LandmarkKind, Level
from hequan.territory.models import Home, Landmark, Unit

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def built(hamlet, monkeypatch):
    monkeypatch.setattr("hequan.demo.build.make_land", lambda scale, seed: hamlet)
    return build_demo(scale=SCALES["hamlet"], seed=1, at=now())


def town() -> Unit:
    return Unit.objects.get(level=Level.TOWN)


def test_the_command_builds_a_hamlet_and_prints_its_sign_ins(client):
    out = StringIO()

    call_command("demo", size="hamlet", stdout=out)

    said = out.getvalue()
    for sign_in in SIGN_INS:
        assert f"{sign_in.username} / {sign_in.password}" in said
        assert client.login(username=sign_in.username, password=sign_in.password)
    assert "1,200" in said
    assert "泾溪镇" in said


def test_topology_is_clean_at_every_level(built):
    for parent in Unit.objects.filter(level__in=[Level.TOWN, Level.AREA, Level.COMMITTEE]):
        below = list(Level)[Level(parent.level).depth + 1]
        assert territory.topology_report(parent, below).rows == ()


def test_every_home_is_counted_in_the_grid_it_lies_in(built):
    homes = list(Home.objects.values_list("lon", "lat", "unit_id"))
    lon, lat, unit = zip(*homes, strict=True)

    assert territory.grids_at(lon, lat).tolist() == list(unit)


def test_the_board_shows_figures_at_once(built):
    run = stations.latest_run(town().path)

    assert run is not None
    assert run.figures["people"] == 1200
    assert set(run.figures["profiles"]) == {"adult", "elder", "frail", "child", "wheelchair"}
    assert built.within_15 == pytest.approx(run.figures["profiles"]["adult"]["share_within"]["15"])


def test_one_closure_is_sudden_and_one_announced_a_week_ahead(built):
    sudden, announced = Closure.objects.order_by("-is_sudden")

    assert (sudden.is_sudden, announced.is_sudden) == (True, False)
    assert (announced.from_at - announced.announced_at).days >= 7


def test_the_pages_of_gaps_have_rows(built):
    path = town().path

    assert stations.organisations_without_station(path)
    assert stations.grids_without_main_station(path)
    assert not stations.circles_without_core(path)


def test_a_corridor_joins_rooms_of_different_stations(built):
    (corridor,) = stations.corridors_in(town().path)

    assert len({stop.station_pk for stop in corridor.stops}) == len(corridor.stops) == 3


def test_the_map_has_water_railway_and_buildings(built):
    kinds = set(Landmark.objects.values_list("kind", flat=True))

    assert kinds > {LandmarkKind.RIVER, LandmarkKind.RAILWAY, LandmarkKind.BUILDING}
    assert territory.landmarks_geojson([LandmarkKind.RIVER])["features"]


def test_sign_ins_may_do_what_they_are_for(built):
    at, path = now(), town().path
    may = {
        sign_in.username: {
            capability
            for capability in Capability
            if is_granted(Account.objects.get(username=sign_in.username), capability, path, at)
        }
        for sign_in in SIGN_INS
    }
    assert may["officer"] == set(Capability)
    assert may["clerk"] == {Capability.SEE_BOARD, Capability.EDIT_STATIONS}
    assert may["viewer"] == {Capability.SEE_BOARD}


def test_a_database_in_use_is_refused_and_left_alone(built):
    before = Station.objects.count()

    with pytest.raises(NotEmptyError):
        build_demo(scale=SCALES["hamlet"], seed=2, at=now())
    with pytest.raises(CommandError):
        call_command("demo", size="hamlet", seed=2)

    assert Station.objects.count() == before


def test_again_says_what_it_would_delete_and_waits_for_a_yes(built):
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("demo", size="hamlet", again=True, stdout=out)

    assert str(Unit.objects.count()) in out.getvalue()
    assert Station.objects.count() == SCALES["hamlet"].stations


@pytest.mark.django_db(transaction=True)
def test_again_and_yes_delete_everything_and_build_anew(built):
    Station.objects.filter(pk=Station.objects.first().pk).update(name="changed by hand")

    call_command("demo", size="hamlet", again=True, yes=True, stdout=StringIO())

    assert not Station.objects.filter(name="changed by hand").exists()
    assert Station.objects.count() == SCALES["hamlet"].stations


def test_the_same_seed_writes_the_same_town(built, hamlet):
    again = make_land(SCALES["hamlet"], 1)
    written = list(Home.objects.order_by("code").values_list("lon", "lat", "people"))

    rows = zip(again.homes.lon, again.homes.lat, again.homes.people, strict=True)
    assert sorted(written) == sorted((float(x), float(y), int(p)) for x, y, p in rows)
