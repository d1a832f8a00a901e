import gzip
from pathlib import Path

import numpy as np
import osmium
import pytest

from hequan.files.errors import FileError
from hequan.files.osm import read_network
from hequan.files.osm_wording import REASONS, reason_in
from hequan.planner.gates import gates_open
from hequan.planner.network import EdgeFlag, Gate, WalkNetwork
from hequan.planner.network_report import NetworkReport
from hequan.planner.profiles import PROFILES
from hequan.planner.weights import arc_weights
from tests.files.osm_town import osm_xml, written

STREET = {"highway": "residential", "name": "高境路"}
FIVE = {number: (121 + number * 0.001, 31.0) for number in range(1, 6)}


def read(folder: Path, *town: object) -> tuple[WalkNetwork, NetworkReport]:
    return read_network(written(folder, osm_xml(*town)))  # type: ignore[arg-type]


def counts(report: NetworkReport) -> dict[str, int]:
    return {item.reason: item.count for item in report.left_out}


def as_pbf(folder: Path, text: str) -> Path:
    path = folder / "town.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for thing in osmium.FileProcessor(str(written(folder, text, "source.osm"))):
            writer.add(thing)
    return path


def test_a_street_becomes_an_edge_with_its_name_and_source(tmp_path):
    network, report = read(tmp_path, FIVE, {1: ([1, 2, 3, 4, 5], STREET)})

    assert network.edge_count == 1
    assert network.name_of(0) == "高境路"
    assert "OpenStreetMap" in network.source
    assert report.segments == 4
    assert report.metres == pytest.approx(381.2, abs=0.1)


@pytest.mark.parametrize("name", ["town.osm", "town.osm.gz", "town.osm.pbf", "streets.bin"])
def test_every_kind_of_file_is_read_whatever_its_name(tmp_path, name):
    text = osm_xml(FIVE, {1: ([1, 2, 3], STREET)})
    path = tmp_path / name
    if "pbf" in name:
        path = as_pbf(tmp_path, text)
    else:
        path.write_bytes(gzip.compress(text.encode()) if "osm" not in name[-3:] else text.encode())

    assert read_network(path)[0].edge_count == 1


def test_a_file_that_starts_with_a_byte_order_mark_and_a_comment_is_read(tmp_path):
    text = osm_xml(FIVE, {1: ([1, 2, 3], STREET)})
    path = tmp_path / "town.osm"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("?>", "?>\n<!-- ours -->").encode())

    assert read_network(path)[0].edge_count == 1


def test_ways_that_are_not_walked_are_counted_with_examples(tmp_path):
    _, report = read(
        tmp_path,
        FIVE,
        {
            1: ([1, 2], STREET),
            7: ([2, 3], {"highway": "motorway"}),
            8: ([3, 4], {"highway": "motorway"}),
            9: ([4, 5], {"highway": "service", "access": "private"}),
            10: ([4, 5], {"building": "yes"}),
        },
    )

    assert counts(report) == {"motor_only": 2, "private": 1}
    assert report.left_out[0].examples == ("way 7", "way 8")


def test_a_way_whose_points_are_missing_is_cut_there_and_told(tmp_path):
    network, report = read(tmp_path, FIVE, {1: ([1, 2, 99, 3, 4], STREET), 2: ([98, 97], STREET)})

    assert network.metres == pytest.approx(190.6, abs=0.1)
    assert network.component.max() == 1
    assert counts(report) == {"missing_nodes": 3}
    assert report.left_out[0].examples == ("way 1", "way 2")


def test_ways_that_repeat_points_back_and_forth_are_walked_once(tmp_path):
    network, report = read(
        tmp_path, FIVE, {1: ([1, 2, 1], STREET), 2: ([2, 3, 3, 2], STREET), 3: ([4], STREET)}
    )

    assert network.metres == pytest.approx(190.6, abs=0.1)
    assert counts(report) == {"loop": 1, "repeated": 2, "one_point": 1}


def test_a_square_is_walked_along_its_outline(tmp_path):
    corners = {1: (121, 31), 2: (121.001, 31), 3: (121.001, 31.001), 4: (121, 31.001)}
    square = {"highway": "pedestrian", "area": "yes"}

    network, _ = read(tmp_path, corners, {1: ([1, 2, 3, 4, 1], square)})

    assert network.metres == pytest.approx(2 * (95.31 + 111.19), abs=0.1)


def test_a_square_drawn_as_a_relation_is_walked_along_its_outline(tmp_path):
    corners = {1: (121, 31), 2: (121.001, 31), 3: (121.001, 31.001), 4: (121, 31.001)}
    ways = {1: ([1, 2, 3], {}), 2: ([3, 4, 1], {}), 3: ([1, 4], {"highway": "steps"})}
    square = {"highway": "pedestrian", "type": "multipolygon", "name": "Market"}

    network, _ = read(tmp_path, corners, ways, {1: ([1, 2, 3], square)})

    assert {network.name_of(edge) for edge in range(network.edge_count)} == {"Market", ""}
    # the steps keep their own meaning although they bound the square
    assert ((network.edge_flags & int(EdgeFlag.STEPS)) != 0).sum() == 1
    assert network.edge_count == 3


def test_a_route_relation_is_no_square(tmp_path):
    network, _ = read(
        tmp_path,
        FIVE,
        {1: ([1, 2], STREET), 2: ([3, 4], {})},
        {1: ([2], {"highway": "pedestrian", "type": "route"})},
    )

    assert network.edge_count == 1


def test_a_private_gate_ends_the_street_and_a_gate_with_hours_opens_in_time(tmp_path):
    nodes = {
        1: (121, 31),
        2: (121.001, 31, {"barrier": "gate", "access": "private"}),
        3: (121.002, 31),
        4: (121.003, 31, {"barrier": "gate", "name": "东门", "opening_hours": "06:00-22:00"}),
        5: (121.004, 31),
    }

    network, report = read(tmp_path, nodes, {1: ([1, 2, 3, 4, 5], STREET)})

    assert report.part_count == 2
    assert network.gates == (Gate("东门", "06:00-22:00"),)
    at_night = arc_weights(network, PROFILES["adult"], open_gates=gates_open(network, 0, 23 * 60))
    by_day = arc_weights(network, PROFILES["adult"], open_gates=gates_open(network, 0, 12 * 60))
    assert by_day.usable.all()
    assert int((~at_night.usable).sum()) == 1


def test_a_passage_with_hours_is_a_gate_over_its_length(tmp_path):
    passage = {"highway": "footway", "opening_hours": "08:00-20:00"}

    network, report = read(tmp_path, FIVE, {1: ([1, 2], STREET), 2: ([2, 3, 4], passage)})

    assert report.gates == 1
    assert network.edge_metres[network.edge_gate == 0].sum() == pytest.approx(190.6, abs=0.1)


def crossings_of(folder: Path, ways: dict[int, tuple[list[int], dict[str, str]]]) -> int:
    """Return the crossings counted where 3 is a crossing in the middle of 1-5."""
    nodes = {
        number: place if number != 3 else (*place, {"highway": "crossing"})
        for number, place in FIVE.items()
    }
    return read(folder, nodes, ways)[1].crossings


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        # along the road nobody crosses it
        ({1: ([1, 2, 3, 4, 5], {"highway": "residential"})}, 0),
        ({1: ([1, 2, 3, 4, 5], {"highway": "footway"})}, 1),
        # two footways that meet at the crossing are one walk over the road
        ({1: ([1, 2, 3], {"highway": "footway"}), 2: ([3, 4, 5], {"highway": "footway"})}, 1),
        ({1: ([2, 3, 4], {"highway": "footway", "footway": "crossing"})}, 1),
        ({1: ([1, 2], {"highway": "footway", "footway": "crossing"})}, 1),
        (
            {
                1: ([2, 3, 4], {"highway": "footway", "footway": "crossing"}),
                2: ([1, 3], {"highway": "footway"}),
            },
            1,
        ),
    ],
)
def test_a_crossing_is_counted_once_where_a_walker_crosses(tmp_path, ways, expected):
    assert crossings_of(tmp_path, ways) == expected


def test_an_escalator_goes_one_way(tmp_path):
    network, report = read(
        tmp_path, FIVE, {1: ([1, 2], {"highway": "steps", "conveying": "forward"})}
    )

    weights = arc_weights(network, PROFILES["adult"])
    going_east = network.lon[network.edge_from[0]] < network.lon[network.edge_to[0]]
    assert report.one_way_edges == 1
    assert (weights.forward[0] < weights.backward[0]) == going_east


def test_values_that_cannot_be_read_are_told(tmp_path):
    nodes = {1: (121, 31, {"barrier": "gate", "opening_hours": "ask"}), 2: (121.001, 31)}

    _, report = read(tmp_path, nodes, {5: ([1, 2], {**STREET, "incline": "lots"})})

    [told] = report.warnings
    assert (told.reason, told.count) == ("unreadable_value", 2)
    assert set(told.examples) == {"node 1: opening_hours=ask", "way 5: incline=lots"}


def test_progress_ends_with_all_streets_read(tmp_path):
    path, heard = written(tmp_path, osm_xml(FIVE, {1: ([1, 2], STREET), 2: ([2, 3], STREET)})), []

    read_network(path, progress=heard.append)

    assert heard == [2]


def test_the_same_file_gives_the_same_network(tmp_path):
    path = written(tmp_path, osm_xml(FIVE, {1: ([1, 2], STREET), 2: ([4, 2, 3, 5], STREET)}))

    one, other = read_network(path)[0], read_network(path)[0]

    assert np.array_equal(one.arc_head, other.arc_head)
    assert np.array_equal(one.shape_lon_e7, other.shape_lon_e7)


def refused(path: Path) -> FileError:
    with pytest.raises(FileError) as caught:
        read_network(path)
    assert caught.value.file == path.name
    assert caught.value.remedy
    return caught.value


def test_an_absent_file_is_refused(tmp_path):
    assert refused(tmp_path / "none.osm").code == "file-missing"
    assert refused(tmp_path).code == "file-missing"


def test_an_empty_file_is_refused(tmp_path):
    assert refused(written(tmp_path, "", "town.osm.pbf")).code == "file-empty"


@pytest.mark.parametrize("content", ["id,name\n1,station\n", "PK\x03\x04", '{"type": "Feature"}'])
def test_a_file_that_is_no_map_is_refused(tmp_path, content):
    assert refused(written(tmp_path, content, "town.osm")).code == "osm-foreign"


def test_compressed_text_that_is_no_map_is_refused(tmp_path):
    path = tmp_path / "town.osm.gz"
    path.write_bytes(gzip.compress(b"id,name\n"))

    assert refused(path).code == "osm-foreign"


def test_another_kind_of_xml_is_refused(tmp_path):
    assert refused(written(tmp_path, "<?xml version='1.0'?><gpx></gpx>")).code == "osm-damaged"


@pytest.mark.parametrize("kind", ["osm", "osm.gz", "osm.pbf"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_file_cut_short_is_refused(tmp_path, kind, share):
    nodes = {number: (121 + number * 1e-5, 31.0) for number in range(1, 400)}
    text = osm_xml(nodes, {1: (list(nodes), STREET)})
    if kind == "osm.pbf":
        whole = as_pbf(tmp_path, text).read_bytes()
    else:
        whole = text.encode() if kind == "osm" else gzip.compress(text.encode())
    path = tmp_path / f"short.{kind}"
    path.write_bytes(whole[: int(len(whole) * share)])

    assert refused(path).code == "osm-damaged"


@pytest.mark.parametrize("cut", [3, 30])
def test_a_compressed_file_cut_at_its_head_is_refused(tmp_path, cut):
    path = tmp_path / "short.osm.gz"
    path.write_bytes(gzip.compress(osm_xml(FIVE).encode())[:cut])

    assert refused(path).code == "osm-damaged"


def test_a_file_without_walkable_streets_is_refused_with_counts(tmp_path):
    town = osm_xml(FIVE, {1: ([1, 2], {"highway": "motorway"}), 2: ([8, 9, 10], STREET)})

    error = refused(written(tmp_path, town))

    assert error.code == "osm-no-streets"
    assert "1 ways cannot be walked, 3 points" in str(error)


def test_a_map_without_anything_is_refused(tmp_path):
    assert refused(written(tmp_path, osm_xml({}))).code == "osm-no-streets"


def test_every_reason_has_words_in_both_languages(tmp_path):
    assert reason_in("zh-hans", "private") == "私人道路"
    assert reason_in("en", "private") == "private"
    assert reason_in("en", "new_reason") == "new_reason"
    assert all(words.text and words.zh_text for words in REASONS.values())
