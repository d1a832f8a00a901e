"""The plan tiles the ground and keeps its counts."""

import numpy as np
import pytest

from hequan.demo.lattice import to_metres
from hequan.demo.layers import Layer
from hequan.demo.plan import NO_ZONE, make_plan
from hequan.demo.scale import SCALES
from hequan.demo.splitting import Rectangle, Splitter
from hequan.demo.uses import AGE_SHARES, HOUSING, Use
from hequan.territory.kinds import CircleSpeciality

LAYERS = ("districts", "towns", "areas", "committees", "zones", "grids")


def plan_of(code: str, seed: int = 1):
    return make_plan(SCALES[code], seed)


@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize("code", ["hamlet", "town"])
def test_every_count_is_the_scales_whatever_the_seed(code, seed):
    plan, scale = plan_of(code, seed), SCALES[code]

    found = [len(getattr(plan, name)) for name in LAYERS if name != "zones"]
    areas = scale.towns * scale.areas_per_town
    assert found == [scale.districts, scale.towns, areas, scale.committees, scale.grids]


@pytest.mark.slow
def test_a_district_keeps_its_counts():
    plan, scale = plan_of("district"), SCALES["district"]

    assert (len(plan.towns), len(plan.committees), len(plan.grids)) == (
        scale.towns,
        scale.committees,
        scale.grids,
    )


@pytest.mark.parametrize("name", LAYERS)
def test_units_of_a_level_cover_the_ground_once(town, name):
    layer: Layer = getattr(town.plan, name)
    lattice = town.plan.lattice
    times = np.zeros((lattice.rows, lattice.columns), int)
    for part in layer.rectangles:
        times[part.south : part.north, part.west : part.east] += 1

    assert (times == 1).all()


@pytest.mark.parametrize(("child", "parent"), list(zip(LAYERS[1:], LAYERS, strict=False)))
def test_children_lie_inside_their_parent(town, child, parent):
    below, above = getattr(town.plan, child), getattr(town.plan, parent)
    for part, index in zip(below.rectangles, below.parent.tolist(), strict=True):
        whole = above.rectangles[index]
        assert whole.west <= part.west < part.east <= whole.east
        assert whole.south <= part.south < part.north <= whole.north


def test_children_are_numbered_from_the_north_west(town):
    parts = [
        part
        for part, parent in zip(
            town.plan.areas.rectangles, town.plan.areas.parent.tolist(), strict=True
        )
        if parent == 0
    ]
    assert parts == sorted(parts, key=lambda part: (-part.north, part.west))
    assert town.plan.areas.serial.tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("seed", range(1, 6))
def test_every_block_is_convex_so_that_a_place_in_it_is_inside(seed):
    lattice = plan_of("town", seed).lattice
    corners = np.stack(to_metres(lattice.lon, lattice.lat), axis=-1)
    ring = [corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]]
    for i in range(4):
        before, at, after = ring[i - 1], ring[i], ring[(i + 1) % 4]
        (ax, ay), (bx, by) = np.moveaxis(at - before, -1, 0), np.moveaxis(after - at, -1, 0)
        assert (ax * by - ay * bx > 0).all()


def test_a_town_is_about_seven_square_kilometres(town):
    lattice = town.plan.lattice
    east, north = to_metres(lattice.lon, lattice.lat)
    ring = np.concatenate(
        [
            np.stack([east[0], north[0]], 1),
            np.stack([east[:, -1], north[:, -1]], 1),
            np.stack([east[-1, ::-1], north[-1, ::-1]], 1),
            np.stack([east[::-1, 0], north[::-1, 0]], 1),
        ]
    )
    x, y = ring.T
    square_metres = 0.5 * abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
    assert 6.5e6 < square_metres < 7.7e6


def test_the_same_seed_gives_the_same_plan_and_another_seed_another():
    one, again, other = plan_of("hamlet", 3), plan_of("hamlet", 3), plan_of("hamlet", 4)

    assert (one.lattice.lon == again.lattice.lon).all()
    assert (one.grid_of == again.grid_of).all()
    assert (one.lattice.lon != other.lattice.lon).any()


def test_a_town_has_one_circle_of_each_speciality(town):
    assert sorted(town.plan.speciality) == sorted(set(CircleSpeciality) - {CircleSpeciality.OTHER})


def test_a_town_has_a_park_a_mall_campuses_and_science_parks(town):
    found = set(town.plan.use.tolist())

    assert found >= {Use.GREEN, Use.MALL, Use.CAMPUS, Use.SCIENCE, Use.OLD_PUBLIC, Use.COMMODITY}


def test_water_and_railway_belong_to_no_zone(town):
    plan = town.plan
    assert (plan.zone_of[plan.lattice.river_rows] == NO_ZONE).all()
    assert (plan.zone_of[:, plan.lattice.railway_columns] == NO_ZONE).all()


def test_shares_of_ages_and_of_housing_are_whole():
    assert AGE_SHARES.sum(axis=1) == pytest.approx(1)
    assert [sum(row) for row in HOUSING.values()] == pytest.approx([1] * len(HOUSING))


def test_a_cut_prefers_the_bank_of_a_river():
    rng = np.random.Generator(np.random.PCG64(1))
    splitter = Splitter(4, 20, np.array([], np.int64), np.array([8]), rng)

    parts = splitter.split(Rectangle(0, 0, 4, 20), [1, 1], [1, 1])

    assert parts == [Rectangle(0, 0, 4, 9), Rectangle(0, 9, 4, 20)]


def test_a_rectangle_without_room_is_not_split():
    rng = np.random.Generator(np.random.PCG64(1))
    none = np.array([], np.int64)
    with pytest.raises(ValueError, match="too small to be split"):
        Splitter(2, 2, none, none, rng).split(Rectangle(0, 0, 2, 2), [1, 1], [4, 4])
