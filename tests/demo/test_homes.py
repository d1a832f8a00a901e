"""People live where the plan says, all of them, once."""

import numpy as np
import pytest
import shapely

from hequan.demo.homes import home_addresses, home_codes
from hequan.demo.outlines import outline_of
from hequan.demo.scale import SCALES
from hequan.demo.units import give_codes
from hequan.planner.network_build import build_network
from hequan.planner.snapping import snap


def test_people_and_homes_add_up_to_the_scales(town):
    scale = SCALES["town"]

    assert len(town.homes) == scale.homes
    assert town.homes.people.sum() == scale.people
    assert town.homes.people.min() >= 1


def test_age_bands_add_up_to_the_people(town):
    assert (town.homes.by_age.sum(axis=1) == town.homes.people).all()


def test_between_25_and_30_percent_are_over_60(town):
    over_60 = town.homes.by_age[:, 4:].sum() / town.homes.people.sum()

    assert 0.25 < over_60 < 0.30


def test_every_home_lies_in_exactly_the_grid_it_is_counted_in(town):
    lattice, grids = town.plan.lattice, town.plan.grids
    shapes = [shapely.Polygon(outline_of(lattice, r)["coordinates"][0]) for r in grids.rectangles]
    tree = shapely.STRtree(shapes)
    home, grid = tree.query(shapely.points(town.homes.lon, town.homes.lat), predicate="within")

    assert np.bincount(home, minlength=len(town.homes)).tolist() == [1] * len(town.homes)
    assert (grid[np.argsort(home)] == town.homes.grid).all()


@pytest.mark.slow
def test_every_home_stands_at_a_street_or_path(town):
    network, _ = build_network(town.streets)

    found = snap(network, town.homes.lon, town.homes.lat)

    assert (found.edge >= 0).all()
    assert found.metres.max() < 0.1


def test_codes_are_unique_and_begin_with_the_grids(town):
    codes = give_codes(town)
    found = home_codes(town.plan, town.homes, codes.grids)

    assert len(set(found)) == len(found)
    assert all(
        code.startswith(codes.grids[grid])
        for code, grid in zip(found, town.homes.grid.tolist(), strict=True)
    )


def test_addresses_name_a_lane_and_a_number_nobody_else_has(town):
    found = home_addresses(town.plan, town.homes, town.edges, town.names)

    assert all("弄" in address and address.endswith("号") for address in found)
    assert len(set(found)) == len(found)
