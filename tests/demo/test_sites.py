"""Stations stand where they belong and are told apart."""

import numpy as np
import pytest
import shapely

from hequan.demo.answering import answering_stations, core_stations, main_stations
from hequan.demo.organisations import credit_code, found_organisations
from hequan.demo.outlines import outline_of
from hequan.demo.scale import SCALES
from hequan.demo.sites import choose_sites, still_planned
from hequan.demo.uses import Use
from hequan.people.credit_codes import is_credit_code


@pytest.fixture(scope="module")
def sites(town):
    return choose_sites(town)


def test_a_town_has_sixty_stations_of_every_kind(sites):
    kits = sites.kit

    assert len(sites) == SCALES["town"].stations
    assert (kits.count("centre"), kits.count("circle"), kits.count("committee")) == (1, 5, 31)
    assert set(kits) > {"grid", "post", "energy", "library", "elder", "culture", "smart", "green"}


def test_names_are_told_apart(sites):
    assert len(set(sites.name)) == len(sites)
    assert sites.name[0] == "泾溪镇党群服务中心"


def test_no_two_stations_share_a_place(sites):
    assert len(set(zip(sites.lon.tolist(), sites.lat.tolist(), strict=True))) == len(sites)


def test_every_station_lies_in_its_committee(town, sites):
    plan = town.plan
    for lon, lat, committee in zip(sites.lon, sites.lat, sites.committee.tolist(), strict=True):
        part = plan.committees.rectangles[committee]
        outline = shapely.Polygon(outline_of(plan.lattice, part)["coordinates"][0])
        assert outline.contains(shapely.Point(lon, lat))


def test_each_committee_has_its_station(town, sites):
    own = sites.committee[np.array(sites.kit) == "committee"]

    assert sorted(own.tolist()) == list(range(len(town.plan.committees)))


def test_no_station_is_inside_barracks(town, sites):
    assert not (town.plan.use[sites.zone] == Use.BARRACKS).any()


def test_each_circle_has_its_core(town, sites):
    assert sorted(core_stations(town, sites)) == list(range(5))


def test_a_few_grids_have_no_main_station_on_purpose(town, sites):
    pairs = main_stations(town, sites)
    grids = [grid for grid, _ in pairs]

    waiting = still_planned(sites)
    assert len(set(grids)) == len(grids) < 244
    assert not waiting & {site for _, site in pairs}
    assert all(sites.committee[site] == town.plan.grid_committee[grid] for grid, site in pairs)


def test_a_few_organisations_have_no_answering_station_on_purpose(town, sites):
    bodies = found_organisations(town)
    pairs = answering_stations(town, sites, bodies)

    assert len(bodies) == 105
    assert len({body for body, _ in pairs}) == len(pairs) < 97
    assert not still_planned(sites) & {site for _, site in pairs}


def test_a_corner_of_the_town_waits_for_its_stations(sites):
    waiting = still_planned(sites)

    assert 5 < len(waiting) < 20
    assert {sites.kit[site] for site in waiting}.isdisjoint({"centre", "circle"})


def test_credit_codes_are_right_by_their_check_character_and_different(town):
    found = [body.credit_code for body in found_organisations(town) if body.credit_code]

    assert all(is_credit_code(code) for code in found)
    assert len(set(found)) == len(found)
    assert credit_code("91", 0) == "91109901000000000" + found_check("91", 0)


def found_check(prefix: str, serial: int) -> str:
    """Return the character that python-stdnum, written by others, computes."""
    from stdnum.cn import uscc

    return str(uscc.calc_check_digit(credit_code(prefix, serial)[:17]))


def test_organisations_are_named_apart(town):
    names = [body.name for body in found_organisations(town)]

    assert len(set(names)) == len(names)
