import pytest

from hequan.files.osm import read_network
from hequan.files.osm_lines import tags_of
from tests.files.osm_town import osm_xml, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("highway=path", {"highway": "path"}),
        ("name=North%20%Street,highway=path", {"name": "North Street", "highway": "path"}),
        ("na%3d%me=a%2c%b%25%", {"na=me": "a,b%"}),
        ("name=高境%1f6b2%路", {"name": "高境🚲路"}),
        ("name=", {"name": ""}),
    ],
)
def test_tags_are_read_as_the_library_writes_them(text, expected):
    assert tags_of(text) == expected


@pytest.mark.parametrize(
    "name",
    ["高境路", "A, b=c %20% d", "two\nlines", "line\u2028separator", "🚲 way", "xy", " n1x2y3,"],
)
def test_every_name_comes_through(tmp_path, name):
    way = ([1, 2], {"highway": "residential", "name": name})
    text = osm_xml({1: (121, 31), 2: (121.001, 31)}, {1: way}).replace("\n", "&#10;")

    network, _ = read_network(written(tmp_path, text))

    assert network.names == (name,)
    assert network.metres == pytest.approx(95.3, abs=0.1)


def test_positions_come_through_to_the_last_digit(tmp_path):
    nodes = {1: (-0.0000001, 89.9999999), 2: (179.9999999, -89.9999999)}

    network, _ = read_network(written(tmp_path, osm_xml(nodes, {1: ([1, 2], {"highway": "path"})})))

    lon = sorted(zip(network.lon.tolist(), network.lat.tolist(), strict=True))
    assert lon == [(-0.0000001, 89.9999999), (179.9999999, -89.9999999)]


def test_large_numbers_of_nodes_are_kept_apart(tmp_path):
    nodes = {12_999_999_998: (121, 31), 12_999_999_999: (121.001, 31)}

    network, report = read_network(
        written(tmp_path, osm_xml(nodes, {1: (list(nodes), {"highway": "path"})}))
    )

    assert (network.node_count, report.left_out) == (2, ())
