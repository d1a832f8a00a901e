"""Outlines saved: repaired, measured, compared, and refused as a whole where one is none."""

import pytest

from hequan.territory.actions import BoundaryFacts, save_boundaries
from hequan.territory.errors import BadOutlineError, NoSuchUnitError
from hequan.territory.kinds import Level
from hequan.territory.models import Boundary
from hequan.territory.queries import (
    boundaries_geojson,
    extent_of,
    grid_at,
    outlines,
    topology_report,
)
from hequan.territory.topology import TopologyFault
from tests.world import AT, box, place


def eight(west, south, east, north):
    """A rectangle whose ring crosses itself."""
    ring = box(west, south, east, north)["coordinates"][0]
    return {"type": "Polygon", "coordinates": [[ring[0], ring[2], ring[1], ring[3], ring[0]]]}


def test_a_self_crossing_outline_is_repaired_and_reported(world):
    facts = BoundaryFacts(world.grids[0].pk, eight(0, 0, 200, 200))

    saved = save_boundaries(boundaries=[facts], by=world.system, at=AT)

    assert (world.grids[0].pk,) == saved.repaired
    row = Boundary.objects.get(unit=world.grids[0])
    assert row.repaired
    assert pytest.approx(row.area_km2, rel=2e-2) == 0.02


def test_the_same_outline_again_is_no_change(world):
    facts = BoundaryFacts(world.grids[0].pk, box(0, 0, 200, 200))

    saved = save_boundaries(boundaries=[facts], by=world.system, at=AT)

    assert (saved.new, saved.changed, saved.same) == (0, 0, 1)


def test_one_outline_without_surface_leaves_all_as_it_was(world):
    line = {"type": "LineString", "coordinates": [[121, 31], [122, 32]]}
    facts = [
        BoundaryFacts(world.grids[0].pk, box(0, 0, 100, 100)),
        BoundaryFacts(world.grids[1].pk, line),
    ]

    with pytest.raises(BadOutlineError) as refused:
        save_boundaries(boundaries=facts, by=world.system, at=AT)

    assert world.grids[1].name == refused.value.params["name"]
    assert world.grids[0] == grid_at(*place(150, 150))


def test_an_outline_of_nobody_is_refused(world):
    with pytest.raises(NoSuchUnitError):
        save_boundaries(
            boundaries=[BoundaryFacts(999_999, box(0, 0, 1, 1))], by=world.system, at=AT
        )


def test_the_index_follows_a_new_outline(world):
    assert world.grids[0] == grid_at(*place(150, 150))
    facts = BoundaryFacts(world.grids[0].pk, box(0, 0, 100, 200))

    save_boundaries(boundaries=[facts], by=world.system, at=AT)

    assert grid_at(*place(150, 150)) is None


def test_outlines_of_a_level_inside_a_unit(world):
    found = outlines(Level.GRID, unit=world.maple)

    assert [one.code for one in found] == ["GJ-M1", "GJ-M2", "GJ-M3"]
    assert len(boundaries_geojson(Level.GRID)["features"]) == 6


def test_outlines_are_cut_to_a_box_and_simplified(world):
    west, south = place(10, 10)
    east, north = place(20, 20)

    (found,) = outlines(Level.GRID, box=(west, south, east, north), simplify_metres=5)

    assert world.grids[0].pk == found.pk
    assert len(found.geometry["coordinates"][0]) == 5


def test_the_extent_of_a_part_is_its_own(world):
    west, south, east, north = extent_of(world.grids[5])

    assert place(400, 200) == pytest.approx((west, south), abs=1e-6)
    assert place(600, 400) == pytest.approx((east, north), abs=1e-6)
    assert place(0, 0) == pytest.approx(extent_of()[:2], abs=1e-6)


def test_no_outline_no_extent(db):
    assert extent_of() is None


def test_the_topology_of_the_town_is_sound_until_an_outline_is_wrong(world):
    assert topology_report(world.town, Level.GRID).is_sound
    facts = BoundaryFacts(world.grids[0].pk, box(0, 0, 190, 200))

    save_boundaries(boundaries=[facts], by=world.system, at=AT)

    (found,) = topology_report(world.town, Level.GRID).findings
    assert found.fault == TopologyFault.GAP
    assert {world.grids[0].pk, world.grids[1].pk} <= set(found.units)
    assert pytest.approx(found.square_metres, rel=1e-2) == 2000
