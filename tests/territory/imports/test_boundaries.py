"""Map files joined to units by code: repaired, compared, refused, and warned of by distance."""

import json

import pytest

from hequan.files.coordinates import CoordinateSystem, convert
from hequan.files.errors import FileError
from hequan.territory.models import Boundary
from hequan.territory.queries import grid_at
from tests.import_steps import fates, refusals, warnings
from tests.world import MAPLE, box, place


@pytest.fixture
def map_file(tmp_path):
    """Writes features (properties, geometry) as GeoJSON."""

    def write(*features, name="map.geojson"):
        path = tmp_path / name
        listed = [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}))
        return path

    return write


def moved(geometry, change):
    """The polygon with every point changed."""
    (ring,) = geometry["coordinates"]
    return {"type": "Polygon", "coordinates": [[list(change(lon, lat)) for lon, lat in ring]]}


def test_an_outline_joins_its_unit_by_code(world, run, map_file):
    Boundary.objects.filter(unit=world.grids[0]).delete()
    path = map_file(({"code": "GJ-M1"}, box(0, 0, 200, 200)))

    found = run("boundaries", path, extra={"source": "测绘院"})

    assert fates(found) == {"new": 1}
    assert world.grids[0] == grid_at(*place(100, 100))
    assert Boundary.objects.get(unit=world.grids[0]).source == "测绘院"
    assert fates(run("boundaries", path)) == {"same": 1}


def test_a_changed_outline_tells_its_size_before_and_after(world, run, map_file):
    found = run("boundaries", map_file(({"code": "GJ-M1"}, box(0, 0, 100, 200))))

    before, after = found.fates[0].changes["km²"]
    assert (pytest.approx(before, rel=1e-2), pytest.approx(after, rel=1e-2)) == (0.04, 0.02)


def test_a_unit_nobody_knows_is_refused(world, plan, map_file):
    found = plan("boundaries", map_file(({"code": "GJ-X"}, box(0, 0, 1, 1))))

    assert refusals(found)[0].startswith("1 code GJ-X: no unit bears this code | Import the unit")


def test_a_self_crossing_polygon_is_repaired_and_told(world, run, map_file):
    ring = box(0, 0, 200, 200)["coordinates"][0]
    eight = {"type": "Polygon", "coordinates": [[ring[0], ring[2], ring[1], ring[3], ring[0]]]}

    found = run("boundaries", map_file(({"code": "GJ-M1"}, eight)))

    assert "crossed itself and was repaired" in warnings(found)[0]
    assert Boundary.objects.get(unit=world.grids[0]).repaired


def test_a_feature_without_a_polygon_is_refused(world, plan, map_file):
    path = map_file(
        ({"code": "GJ-M1"}, None),
        ({"code": "GJ-M2"}, {"type": "Point", "coordinates": list(place(1, 1))}),
    )

    said = refusals(plan("boundaries", path))

    assert [one[:2] for one in said] == ["1 ", "2 "]
    assert "no shape" in said[0]
    assert "not a polygon" in said[1]


def test_the_same_code_twice_is_refused_the_second_time(world, plan, map_file):
    path = map_file(*[({"code": "GJ-M1"}, box(0, 0, 100, 200))] * 2)

    assert fates(plan("boundaries", path)) == {"changed": 1, "refused": 1}


def test_exchanged_degrees_are_recognised(world, plan, map_file):
    swapped = moved(box(0, 0, 200, 200), lambda lon, lat: (lat, lon))

    (said,) = refusals(plan("boundaries", map_file(({"code": "GJ-M1"}, swapped))))

    assert "beyond the globe" in said
    assert "Longitude and latitude are probably exchanged" in said


def test_an_outline_far_from_its_parent_is_warned_of(world, plan, map_file):
    found = plan("boundaries", map_file(({"code": "GJ-M1"}, box(9000, 0, 9200, 200))))

    assert "8.5 km outside 红枫居委会" in warnings(found)[0]


def test_gcj02_unlabelled_is_recognised_and_labelled_is_converted(world, plan, run, map_file):
    shifted = moved(
        box(0, 0, 200, 200),
        lambda lon, lat: map(float, convert(lon, lat, CoordinateSystem.WGS84, "gcj02")),
    )
    path = map_file(({"code": "GJ-M1"}, shifted))

    (said,) = warnings(plan("boundaries", path))
    found = plan("boundaries", path, coordinates="gcj02")

    assert "GCJ-02" in said
    assert fates(found) == {"same": 1}


def test_another_name_under_the_code_is_warned_of(world, plan, map_file):
    found = plan("boundaries", map_file(({"code": MAPLE, "name": "青松"}, box(0, 0, 600, 200))))

    assert "is called 红枫居委会" in warnings(found)[0]
    assert fates(found) == {"same": 1}


def test_a_map_without_codes_is_refused_with_its_columns(world, plan, map_file):
    with pytest.raises(FileError) as refused:
        plan("boundaries", map_file(({"id": "x", "name": "红枫"}, box(0, 0, 1, 1))))

    assert "id, name" in str(refused.value)


def test_a_table_is_no_map(world, plan, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("code,name\nGJ-M1,x\n")

    with pytest.raises(FileError):
        plan("boundaries", path)


def test_outlines_outside_the_importers_part_are_refused(world, plan, map_file):
    path = map_file(({"code": "GJ-M1"}, box(0, 0, 9, 9)), ({"code": "GJ-P1"}, box(0, 200, 9, 209)))

    found = plan("boundaries", path, paths=(world.maple.path,))

    assert fates(found) == {"changed": 1, "refused": 1}
