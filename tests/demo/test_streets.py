"""The streets hang together, and what parts them is meant."""

import numpy as np
import pytest

from hequan.demo.land import make_land
from hequan.demo.scale import SCALES
from hequan.demo.street_classes import Crossing, StreetClass, classify_streets
from hequan.demo.streets import ISLET_NAME
from hequan.demo.uses import Use
from hequan.planner.network import EdgeFlag
from hequan.planner.network_build import build_network


@pytest.fixture(scope="module")
def built(town):
    return build_network(town.streets)


def test_all_streets_are_one_part_but_for_the_islets_path(built):
    network, report = built

    assert report.part_count == 2
    lost = np.flatnonzero(network.component[network.edge_from] == 1)
    assert [network.name_of(int(edge)) for edge in lost] == [ISLET_NAME]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_they_hang_together_whatever_the_seed(seed):
    _, report = build_network(make_land(SCALES["town"], seed).streets)

    assert report.part_count == 2


def test_a_town_has_gates_steps_crossings_and_names(built):
    network, report = built

    assert report.gates > 100
    assert report.crossings > 50
    assert report.steps_metres > 50
    assert {gate.opening_hours for gate in network.gates} > {"24/7", "06:00-22:00"}
    assert len(set(network.names)) == len(network.names)


def test_a_gate_can_be_shut_at_night(built):
    network, _ = built

    shut = [gate for gate in network.gates if gate.opening_hours != "24/7"]
    assert len(shut) > len(network.gates) / 3


def test_the_river_is_crossed_at_few_places(town):
    grid = classify_streets(town.plan)
    row = int(town.plan.lattice.river_rows[0])
    crossed = np.flatnonzero(grid.columns[row] > StreetClass.NONE)

    assert 2 <= len(crossed) <= 7
    assert (grid.column_crossing[row, crossed] != Crossing.NONE).all()
    assert np.diff(crossed).min() >= 6


def test_the_railway_is_crossed_at_few_places(town):
    grid = classify_streets(town.plan)
    column = int(town.plan.lattice.railway_columns[0])
    crossed = np.flatnonzero(grid.rows[:, column] > StreetClass.NONE)

    assert 2 <= len(crossed) <= 7
    assert np.diff(crossed).min() >= 6


def test_behind_a_fence_only_gates_lead_to_the_street(town):
    edges, paths, plan = town.edges, town.paths, town.plan
    on_path = (edges.zone >= 0) & (paths.state == 1)
    outside = edges.on_perimeter[edges.start] | edges.on_perimeter[edges.end]
    fenced = plan.gated[np.maximum(edges.zone, 0)] & on_path & outside

    assert fenced.sum() == len(paths.gates)
    assert (paths.gate[fenced] >= 0).all()


def test_barracks_have_no_paths(town):
    zone = town.edges.zone
    inside = (zone >= 0) & (town.plan.use[np.maximum(zone, 0)] == Use.BARRACKS)

    assert inside.any()
    assert (town.paths.state[inside] == 0).all()


def test_a_wheelchair_is_kept_out_by_some_gates_and_all_steps(built):
    network, _ = built
    flags = network.edge_flags

    assert ((flags & EdgeFlag.NO_WHEELS) != 0).any()
    assert ((flags & EdgeFlag.STEPS) != 0).any()


def test_the_same_seed_gives_the_same_streets(town):
    again = make_land(SCALES["town"], 1).streets

    assert (again.lon == town.streets.lon).all()
    assert (again.from_node == town.streets.from_node).all()
    assert again.gates == town.streets.gates
    assert again.names == town.streets.names
