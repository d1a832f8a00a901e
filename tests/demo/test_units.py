"""Codes look official and are nobody's; outlines share their corners."""

import itertools

import shapely

from hequan.demo.outlines import outline_of
from hequan.demo.units import give_codes, unit_facts, unit_outlines
from hequan.territory.kinds import Level, ZoneKind


def test_codes_have_the_lengths_of_the_states_and_no_province(town):
    codes = give_codes(town)

    assert (codes.districts, codes.towns) == (["990101"], ["990101101"])
    assert {len(code) for code in codes.committees} == {12}
    assert {len(code) for code in codes.grids} == {15}


def test_codes_are_unique(town):
    found = [facts.code for facts in unit_facts(town, give_codes(town))]

    assert len(set(found)) == len(found)


def test_parents_come_before_their_children(town):
    seen = {""}
    for facts in unit_facts(town, give_codes(town)):
        assert facts.parent_code in seen
        seen.add(facts.code)


def test_grids_have_zones_of_every_kind(town):
    kinds = {f.zone_kind for f in unit_facts(town, give_codes(town)) if f.level == Level.GRID}

    assert kinds == {*(str(kind) for kind in ZoneKind), ""}


def test_names_are_unique_among_siblings(town):
    found = [(f.parent_code, f.name) for f in unit_facts(town, give_codes(town))]

    assert len(set(found)) == len(found)


def test_a_single_towns_city_and_district_have_no_outline_of_their_own(hamlet):
    codes = give_codes(hamlet)

    assert len(list(unit_outlines(hamlet, codes))) == 1 + 2 + 3 + 12


def test_neighbouring_grids_share_a_line_and_no_ground(hamlet):
    shapes = [
        shapely.Polygon(outline_of(hamlet.plan.lattice, part)["coordinates"][0])
        for part in hamlet.plan.grids.rectangles
    ]
    assert all(shape.is_valid for shape in shapes)
    assert all(
        one.intersection(other).area == 0 for one, other in itertools.combinations(shapes, 2)
    )
    whole = outline_of(hamlet.plan.lattice, hamlet.plan.towns.rectangles[0])["coordinates"][0]
    assert shapely.union_all(shapes).equals(shapely.Polygon(whole))
