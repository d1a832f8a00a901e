"""The real files of the issue, as they are: what comes in, what is refused, and again unchanged."""

import pytest

from hequan.core.kinds import Fate
from hequan.files.errors import FileError
from hequan.territory.kinds import Level
from hequan.territory.models import Boundary, Home, Unit
from hequan.territory.queries import (
    current_network,
    homes_arrays,
    unit_at,
    unit_rows,
    unit_with_code,
    units_below,
)
from tests.import_steps import fates, notes, warnings
from tests.realdata import real_data

pytestmark = [pytest.mark.slow, pytest.mark.real, pytest.mark.once]
CHINA = {"extra": {"within": "31"}}


@pytest.fixture
def shanghai(run):
    """All districts, towns and committees of the city."""
    codes = real_data("admin-codes-shanghai")
    return [
        run("territory", codes / f"{name}.csv", **CHINA)
        for name in ("areas-national", "streets", "villages")
    ]


def test_all_of_shanghai_comes_in_from_the_state_tables(shanghai, run):
    assert [fates(found) for found in shanghai] == [{"new": 16}, {"new": 234}, {"new": 6509}]
    assert Unit.objects.count() == 1 + 16 + 234 + 6509
    gaojing = unit_with_code("310113111")
    assert (gaojing.name, gaojing.parent.name) == ("高境镇", "宝山区")
    committees = {
        "310113111": 32,
        "310113112": 24,
        "310110019": 32,
        "310115136": 62,
        "310115103": 94,
    }
    assert committees == {
        code: units_below(unit_with_code(code), Level.COMMITTEE).count() for code in committees
    }


def test_all_of_shanghai_again_is_the_same(shanghai, run):
    codes = real_data("admin-codes-shanghai")

    assert fates(run("territory", codes / "villages.csv")) == {"same": 6509}
    assert fates(run("territory", codes / "areas-national.csv")) == {"same": 16}


def test_towns_without_their_districts_are_refused(plan):
    found = plan("territory", real_data("admin-codes-shanghai") / "streets.csv")

    assert fates(found) == {"refused": 234}


def test_the_outlines_join_by_code(shanghai, run):
    path = real_data("admin-boundaries-shanghai") / "streets-towns.geojson"

    found = run("boundaries", path)

    assert fates(found) == {"new": 64}
    (row,) = unit_rows(Unit.objects.filter(pk=unit_with_code("310113111").pk))
    assert pytest.approx(row.area_km2, abs=0.01) == 7.11
    assert unit_at(121.514, 31.302, Level.TOWN).name == "五角场街道"
    assert fates(run("boundaries", path)) == {"same": 64}


def test_outlines_of_unknown_units_are_refused(run, world):
    path = real_data("admin-boundaries-shanghai") / "streets-towns.geojson"

    found = run("boundaries", path)

    assert fates(found) == {"refused": 63, "changed": 1}


def test_residential_areas_have_no_codes_and_are_refused(shanghai, plan):
    path = real_data("admin-boundaries-shanghai") / "residential-areas-3-communities.geojson"

    with pytest.raises(FileError, match="officialMembers"):
        plan("boundaries", path)

    assert not Boundary.objects.exists()


@pytest.mark.parametrize(
    ("folder", "name", "kilometres", "parts"),
    [
        ("network-shanghai-center", "shanghai_center.osm.gz", (900, 915), (5, 20)),
        ("network-shanghai-center", "shanghai_huangpu_osmnx.osm.gz", (60, 75), (50, 100)),
        ("network-helsinki", "Helsinki.osm.pbf", (100, 112), (30, 90)),
        ("network-porto-alegre", "poa_osm.pbf", (1800, 1900), (50, 100)),
    ],
)
def test_real_streets_become_the_network_in_use(db, run, folder, name, kilometres, parts):
    path = real_data(folder) / name

    found = run("streets", path)

    network = current_network().network
    assert kilometres[0] < network.metres / 1000 < kilometres[1]
    assert parts[0] < int(network.component.max()) < parts[1]
    assert "are not connected" in warnings(found)[0]
    assert fates(run("streets", path)) == {"same": 1}


def test_helsinki_population_cells_become_homes(db, run):
    path = real_data("network-helsinki") / "helsinki_population_grid_2020.gpkg"

    found = run("people-counts", path)

    assert fates(found) == {"new": 92}
    assert homes_arrays(None).people.sum() == 71_724
    assert "92 homes with 71,724 people" in notes(found)
    assert fates(run("people-counts", path)) == {"same": 92}


def test_porto_alegre_hexagons_become_homes(db, run):
    found = run("people-counts", real_data("network-porto-alegre") / "poa_hexgrid.csv")

    assert fates(found) == {"new": 1227}
    assert homes_arrays(None).people.sum() == 812_935
    assert Home.objects.filter(unit=None).count() == 1227


def test_every_year_of_the_calendar_comes_in(db, run):
    years = sorted(real_data("calendar-cn").glob("20*.json"))

    found = [run("calendar", path) for path in years]

    assert len(found) == 10
    assert not any(one.counts()[Fate.REFUSED] for one in found)
    assert found[8].counts()[Fate.NEW] == 39
