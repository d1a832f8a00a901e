"""People with a place become homes; people per unit and age become counts."""

import json
from datetime import date

import pytest

from hequan.core.imports import import_kind
from hequan.files.coordinates import CoordinateSystem, convert
from hequan.files.errors import FileError
from hequan.territory.actions import HomeFacts, save_homes
from hequan.territory.models import Home, PeopleCount
from hequan.territory.queries import people_of
from tests.import_steps import fates, notes, refusals, warnings
from tests.world import AT, MAPLE, PINE, box, place

HEAD = ["id", "lon", "lat", "people"]


def test_homes_get_the_unit_they_lie_in(world, run, csv_file):
    path = csv_file(["楼栋编号", "经度", "纬度", "常住人口", "0-2岁", "80岁及以上"],
                    ["A1", *place(50, 50), "１２０", 5, 11])  # fmt: skip

    found = run("people-counts", path)

    home = Home.objects.get(code="A1")
    assert fates(found) == {"new": 1}
    assert (120, {"0_2": 5, "80_plus": 11}, world.grids[0]) == (home.people, home.by_age, home.unit)
    assert home.source == "table.csv"


def test_the_same_homes_again_are_the_same(world, run, csv_file):
    path = csv_file(HEAD, ["A1", *place(50, 50), 120], ["A2", *place(450, 50), 80])
    run("people-counts", path)

    assert fates(run("people-counts", path)) == {"same": 2}
    assert Home.objects.count() == 14


def test_a_changed_number_is_told_with_old_and_new(world, run, csv_file):
    run("people-counts", csv_file(HEAD, ["A1", *place(50, 50), 120]))

    found = run("people-counts", csv_file(HEAD, ["A1", *place(50, 50), 125]))

    assert found.fates[0].changes == {"people": (120, 125)}


def test_the_cells_of_a_population_grid_are_homes_at_their_middle(world, run, tmp_path):
    path = tmp_path / "grid.geojson"
    feature = {"type": "Feature", "properties": {"id": 7, "population": 40}}
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [feature | {"geometry": box(0, 0, 200, 200)}],
            }
        )
    )

    run("people-counts", path)

    home = Home.objects.get(code="7")
    assert place(100, 100) == pytest.approx((home.lon, home.lat), abs=1e-6)
    assert world.grids[0] == home.unit


def test_negative_people_are_refused_with_row_column_and_value(world, plan, csv_file):
    found = plan("people-counts", csv_file(HEAD, ["A1", *place(50, 50), -3]))

    assert refusals(found)[0].startswith("2 people -3: a count cannot be negative")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["A1", "", 31.3, 1], "lon"),
        (["A1", 121.4, "", 1], "lat"),
        (["A1", 421.4, 31.3, 1], "lon"),
        (["A1", 121.4, 131.3, 1], "lat"),
        (["A1", 121.4, 31.3, ""], "people"),
        (["", 121.4, 31.3, 1], "id"),
        (["A1", "here", 31.3, 1], "lon"),
    ],
)
def test_a_cell_that_cannot_be_used_is_refused_once(world, plan, csv_file, row, column):
    (said,) = refusals(plan("people-counts", csv_file(HEAD, row)))

    assert said.startswith(f"2 {column} ")


def test_an_id_that_stands_twice_is_refused(world, plan, csv_file):
    found = plan(
        "people-counts", csv_file(HEAD, ["A1", *place(50, 50), 1], ["A1", *place(60, 50), 2])
    )

    assert fates(found) == {"new": 1, "refused": 1}


def test_a_home_outside_the_unit_it_names_is_warned_of(world, run, csv_file):
    head = [*HEAD, "居委会代码"]

    found = run("people-counts", csv_file(head, ["A1", *place(50, 350), 100, MAPLE]))

    assert "150 m outside 红枫居委会" in warnings(found)[0]
    assert world.maple == Home.objects.get(code="A1").unit


def test_a_home_in_the_unit_it_names_gets_the_grid_inside(world, run, csv_file):
    run("people-counts", csv_file([*HEAD, "unit_code"], ["A1", *place(50, 50), 100, MAPLE]))

    assert world.grids[0] == Home.objects.get(code="A1").unit


def test_a_unit_nobody_knows_is_refused(world, plan, csv_file):
    found = plan("people-counts", csv_file([*HEAD, "unit_code"], ["A1", *place(50, 50), 100, "X9"]))

    assert "no unit bears this code" in refusals(found)[0]


def scattered():
    """Places all over the town."""
    return [place(x, y) for x in range(20, 600, 60) for y in range(20, 400, 60)]


def test_a_file_in_gcj02_is_recognised_and_converted_when_told(world, plan, run, csv_file):
    lon, lat = zip(*scattered(), strict=True)
    shifted = zip(*convert(lon, lat, CoordinateSystem.WGS84, CoordinateSystem.GCJ02), strict=True)
    path = csv_file(HEAD, *([f"A{n}", x, y, 10] for n, (x, y) in enumerate(shifted)))

    told = notes(plan("people-counts", path))
    run("people-counts", path, coordinates="gcj02")

    assert "read as GCJ-02 (Amap, Tencent) it would be 100%" in told
    home = Home.objects.get(code="A0")
    assert scattered()[0] == pytest.approx((home.lon, home.lat), abs=1e-5)
    assert home.source_coordinates == "gcj02"


def test_exchanged_columns_are_refused_with_that_advice(world, plan, csv_file):
    rows = [[f"A{n}", lat, lon, 10] for n, (lon, lat) in enumerate(scattered())]

    said = refusals(plan("people-counts", csv_file(HEAD, *rows)))

    assert len(said) == len(rows)
    assert "check that longitude and latitude are not exchanged" in said[0]


def test_a_home_never_jumps_to_the_place_of_another_source(world, plan, run, csv_file):
    far = HomeFacts("1", 24.94, 60.17, 10)
    save_homes(homes=[far], source="helsinki.gpkg", by=world.system, at=AT)
    path = csv_file(HEAD, ["1", *place(50, 50), 20])

    (said,) = refusals(plan("people-counts", path))
    run("people-counts", path, extra={"prefix": "GJ-"})

    assert "another home bears this id" in said
    assert "text to put before every id" in said
    assert (Home.objects.get(code="1").people, Home.objects.get(code="GJ-1").people) == (10, 20)


def test_ages_that_exceed_all_people_are_warned_of(world, plan, csv_file):
    found = plan("people-counts", csv_file([*HEAD, "0-2岁"], ["A1", *place(50, 50), 10, 50]))

    assert "add up to 50" in warnings(found)[0]


def test_homes_outside_the_importers_part_are_refused(world, plan, csv_file):
    path = csv_file(HEAD, ["A1", *place(50, 50), 1], ["A2", *place(50, 350), 1], ["A3", 0, 0, 1])

    found = plan("people-counts", path, paths=(world.maple.path,))

    assert fates(found) == {"new": 1, "refused": 2}


def test_people_of_units_by_age_are_counted_as_of_a_day(world, run, csv_file):
    path = csv_file(["居委会代码", "0-2岁", "3-6岁"], [MAPLE, 40, 50], [PINE, 10, ""])

    found = run("people-counts", path, extra={"as_of": "2026-12-31"})

    assert fates(found) == {"new": 2}
    assert ({"0_2": 40, "3_6": 50}, date(2026, 12, 31)) == people_of(world.maple)
    assert ({"0_2": 10}, date(2026, 12, 31)) == people_of(world.pine)
    assert fates(run("people-counts", path, extra={"as_of": "2026-12-31"})) == {"same": 2}


def test_rows_may_tell_their_own_day(world, run, csv_file):
    run("people-counts", csv_file(["unit_code", "as_of", "0_2"], [MAPLE, "2026/6/30", 41]))

    assert ({"0_2": 41}, date(2026, 6, 30)) == people_of(world.maple)


def test_counts_without_a_day_are_refused(world, plan, csv_file):
    found = plan("people-counts", csv_file(["unit_code", "0_2"], [MAPLE, 1]))

    assert "on which day" in refusals(found)[0]


def test_a_day_that_is_none_refuses_the_file(world, plan, csv_file):
    with pytest.raises(FileError, match="as_of"):
        plan("people-counts", csv_file(["unit_code", "0_2"], [MAPLE, 1]), extra={"as_of": "soon"})


def test_a_count_of_nobody_or_of_a_stranger_is_refused(world, plan, csv_file):
    rows = [[MAPLE, "", ""], ["X", 1, 1], [PINE, -1, 2]]

    found = plan(
        "people-counts", csv_file(["unit_code", "0_2", "3_6"], *rows), extra={"as_of": "2026-1-1"}
    )

    assert fates(found) == {"refused": 3}
    assert not PeopleCount.objects.filter(as_of=date(2026, 1, 1)).exists()


def test_units_without_ages_or_places_are_refused_as_a_file(world, plan, csv_file):
    with pytest.raises(FileError, match="age"):
        plan("people-counts", csv_file(["unit_code", "people"], [MAPLE, 1]))


def test_the_template_can_be_handed_in_as_it_is(world, run, tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(import_kind("people-counts").template())

    assert fates(run("people-counts", path)) == {"new": 1}
    assert sum(Home.objects.get(code="GJ-001-12").by_age.values()) == 300
