from pathlib import Path

import pytest

from hequan.files.errors import FileError
from hequan.files.osm_points import OsmPoint, read_points
from tests.files.osm_town import osm_xml, written

HALL = {1: (121, 31), 2: (121.002, 31), 3: (121.002, 31.002), 4: (121, 31.002)}


def points(folder: Path, *town: object) -> list[OsmPoint]:
    return read_points(written(folder, osm_xml(*town)))  # type: ignore[arg-type]


def test_a_library_is_a_point_with_name_and_hours(tmp_path):
    tags = {"amenity": "library", "name": "高境图书馆", "opening_hours": "Tu-Su 09:00-17:00"}

    found = points(tmp_path, {7: (121.47, 31.32, tags), 8: (121, 31, {"amenity": "bench"})})

    assert found == [OsmPoint("n7", "高境图书馆", 121.47, 31.32, "library", "Tu-Su 09:00-17:00")]


def test_a_building_gives_a_point_inside_it(tmp_path):
    tags = {"amenity": "community_centre", "building": "yes"}

    [found] = points(tmp_path, HALL, {5: ([1, 2, 3, 4, 1], tags)})

    assert (found.id, found.name, found.kind) == ("w5", "", "community_centre")
    assert (found.lon, found.lat) == pytest.approx((121.001, 31.001), abs=0.001)


def test_a_site_drawn_as_a_relation_gives_a_point(tmp_path):
    tags = {"amenity": "social_facility", "type": "multipolygon"}

    [found] = points(tmp_path, HALL, {5: ([1, 2, 3], {}), 6: ([3, 4, 1], {})}, {9: ([5, 6], tags)})

    assert (found.id, found.kind) == ("r9", "social_facility")


def test_of_several_values_the_wanted_one_is_the_kind(tmp_path):
    [found] = points(tmp_path, {1: (121, 31, {"amenity": "cafe; library"})})

    assert found.kind == "library"


def test_an_open_line_is_no_place(tmp_path):
    assert points(tmp_path, HALL, {5: ([1, 2, 3], {"amenity": "library"})}) == []


def test_other_tags_may_be_asked_for(tmp_path):
    path = written(tmp_path, osm_xml({1: (121, 31, {"leisure": "park", "amenity": "library"})}))

    [found] = read_points(path, wanted={"leisure": frozenset({"park"})})

    assert found.kind == "park"


def test_a_broken_file_is_refused(tmp_path):
    text = osm_xml({1: (121, 31, {"amenity": "library"})})

    with pytest.raises(FileError, match="damaged"):
        read_points(written(tmp_path, text[:-20]))
