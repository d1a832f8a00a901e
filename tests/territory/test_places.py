"""Where a point lies, and which places a few words may mean."""

import pytest

from hequan.territory.actions import UnitFacts, save_units
from hequan.territory.kinds import Level
from hequan.territory.queries import (
    committees_for_choice,
    grid_at,
    grids_at,
    homes_addressed,
    place_names,
    places_named,
    street_names,
    unit_at,
    units_at,
)
from tests.world import AREA, AT, place


def test_a_point_lies_in_its_grid_committee_and_town(world):
    spot = place(450, 350)

    assert world.grids[5] == grid_at(*spot)
    assert world.pine == unit_at(*spot, Level.COMMITTEE)
    assert world.town == unit_at(*spot, Level.TOWN)
    assert world.grids[5] == unit_at(*spot)


def test_many_points_at_once(world):
    lon, lat = zip(place(50, 50), place(250, 50), place(-50, 50), strict=True)

    assert [world.grids[0].pk, world.grids[1].pk, 0] == grids_at(lon, lat).tolist()
    assert [world.maple.pk, world.maple.pk, 0] == units_at(lon, lat, Level.COMMITTEE).tolist()


def test_a_point_on_the_border_of_two_grids_lies_in_exactly_one(world):
    assert grid_at(*place(200, 50)) in world.grids[:2]


def test_outside_lies_nothing(world):
    assert grid_at(0, 0) is None


def test_homes_are_found_by_address_the_shortest_first(world):
    homes = homes_addressed(["红枫路", "1号"], limit=9)

    assert [one.kind for one in homes] == ["home"] * 3
    assert homes[0].label == "红枫路1号"
    assert homes_addressed([], limit=9) == []
    assert [one.label for one in homes_addressed(["11号"], ["红枫路"], limit=9)] == ["红枫路11号"]
    assert "红枫路" in street_names()


def test_units_are_found_by_name_with_a_point_inside(world):
    pine = next(one for one in place_names() if one.name == "青松居委会")
    (found,) = places_named([pine])

    assert found.label == "青松居委会（第一片区）"
    assert unit_at(found.lon, found.lat, Level.COMMITTEE) == world.pine


def test_committees_are_offered_where_their_people_live(world):
    maple, pine = committees_for_choice()

    assert [maple.name, pine.name] == ["红枫居委会", "青松居委会"]
    assert (maple.town_name, maple.area_name) == ("高境镇", "第一片区")
    assert world.grids[1] == grid_at(maple.lon, maple.lat)


def test_a_committee_that_cannot_be_placed_is_not_offered(world):
    new = UnitFacts(Level.COMMITTEE, "310113111003", "纸上居委会", AREA)
    save_units(units=[new], by=world.system, at=AT)

    assert len(committees_for_choice()) == 2


def test_finding_points_takes_one_query_once_the_index_is_built(world, django_assert_num_queries):
    grids_at([121.0], [31.0])

    with django_assert_num_queries(1):
        grids_at([121.0], [31.0])


def test_an_empty_territory_has_no_places(db):
    assert units_at([121.0], [31.0])[0] == 0
    assert [] == committees_for_choice() == homes_addressed(["x"], limit=9)
    assert place_names() == street_names() == ()


@pytest.mark.parametrize("words", ["'", "%", "_", "红枫路%"])
def test_signs_in_words_are_only_signs(world, words):
    assert homes_addressed([words], limit=9) == []
