"""The real extracts: what is walked agrees with what their own tags say, counted by hand rules."""

import gzip

import osmium
import pytest

from hequan.files.osm import read_network
from hequan.files.osm_points import read_points
from tests.realdata import real_data

pytestmark = [pytest.mark.real, pytest.mark.slow]


def test_shanghai_centre_has_both_banks_without_a_tunnel_between_them():
    path = real_data("network-shanghai-center") / "shanghai_center.osm.gz"

    network, report = read_network(path)

    left_out = {item.reason: item.count for item in report.left_out}
    assert left_out == {"no_foot": 156, "road_tunnel": 32, "elevated": 5}
    assert not any("隧道" in name or "高架" in name for name in network.names)
    # the Huangpu parts the walking network; Pudong is the second largest part
    assert report.largest_part_metres > 700_000
    assert report.parts[0].metres > 100_000
    assert report.parts[0].lon > 121.46
    assert report.junctions == pytest.approx(3_388, rel=0.02)


def test_the_one_line_file_with_ways_back_and_forth_is_read():
    path = real_data("network-shanghai-center") / "shanghai_huangpu_osmnx.osm.gz"
    with gzip.open(path, "rb") as file:
        assert file.read().count(b"\n") <= 1

    network, report = read_network(path)

    assert {item.reason: item.count for item in report.left_out}["repeated"] == 265
    assert network.edge_count > 700
    assert not any("高架" in name for name in network.names)


@pytest.mark.parametrize(
    ("folder", "name", "junctions", "metres"),
    [
        ("network-helsinki", "Helsinki.osm.pbf", 2_191, 106_186),
        ("network-porto-alegre", "poa_osm.pbf", 14_172, 1_864_884),
        ("network-monaco", "monaco.osm.pbf", 2_607, 466_667),
        ("osm-tiny", "bayfront_singapore.osm.pbf", 241, 28_634),
        ("osm-tiny", "amsterdam.osm.pbf", 27, 6_503),
        ("osm-tiny", "whitelion_bristol_uk.osm.pbf", 14, 2_114),
        ("osm-tiny", "pyrosm_test.osm.pbf", 234, 49_065),
    ],
)
def test_the_extract_is_read_as_before(folder, name, junctions, metres):
    network, report = read_network(real_data(folder) / name)

    assert (report.junctions, round(report.metres)) == (junctions, metres)
    assert report.largest_part_metres <= report.metres
    assert network.edge_metres.min() >= 0


def test_every_metre_of_monaco_comes_from_a_way_of_the_file():
    path = real_data("network-monaco") / "monaco.osm.pbf"
    network, report = read_network(path)
    ways = {}
    for way in (
        osmium.FileProcessor(path).with_locations().with_filter(osmium.filter.KeyFilter("highway"))
    ):
        if way.is_way() and len(way.nodes) > 1:
            ways[way.id] = osmium.geom.haversine_distance(way.nodes)
    walked = sum(ways.values())
    dropped = [item for item in report.left_out if item.reason not in ("repeated", "loop")]

    assert report.metres < walked
    assert report.metres > 0.8 * walked
    assert sum(item.count for item in dropped) < 200
    assert network.metres == report.metres


def test_helsinki_tells_its_libraries_and_a_passage_with_hours():
    path = real_data("network-helsinki") / "Helsinki.osm.pbf"

    network, _ = read_network(path)
    kinds = [point.kind for point in read_points(path)]

    assert "Mo-Fr 08:00-20:00" in {gate.opening_hours for gate in network.gates}
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "library": 7,
        "community_centre": 3,
        "social_facility": 2,
    }
