"""Extracts become the network in use; broken ones are refused and nothing changes."""

import gzip

import pytest
from django.utils import translation

from hequan.core.file_words import words_of_file_error
from hequan.files.errors import FileError
from hequan.territory.models import StreetNetwork
from hequan.territory.queries import current_network
from tests.import_steps import fates, notes, warnings

OSM = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
  <node id="1" lat="31.320" lon="121.480"/>
  <node id="2" lat="31.320" lon="121.481"/>
  <node id="3" lat="31.321" lon="121.481"/>
  <node id="4" lat="31.330" lon="121.490"/>
  <node id="5" lat="31.331" lon="121.490"/>
  <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way>
  <way id="11"><nd ref="4"/><nd ref="5"/><tag k="highway" v="footway"/></way>
  <way id="12"><nd ref="3"/><nd ref="99"/><tag k="highway" v="footway"/></way>
  <way id="13"><nd ref="1"/><nd ref="3"/><tag k="highway" v="motorway"/></way>
</osm>
"""


@pytest.fixture
def extract(tmp_path):
    """Writes an extract, packed where its name says so."""

    def write(text=OSM, name="town.osm"):
        path = tmp_path / name
        content = text.encode() if isinstance(text, str) else text
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return write


def test_an_extract_becomes_the_network_in_use(db, run, extract):
    found = run("streets", extract(name="town.osm.gz"), extra={"name": "高境路网"})

    assert fates(found) == {"new": 1}
    network = current_network()
    assert network.name == "高境路网"
    assert network.network.edge_count == 2
    assert network.report["edges"] == 2


def test_the_report_tells_lost_parts_and_what_was_left_out(db, plan, extract):
    found = plan("streets", extract())

    assert "1 parts are not connected with the rest" in warnings(found)[0]
    assert "pieces whose points are not in the file (ways cut at the edge): 1" in notes(found)
    assert "ways for cars only: 1" in notes(found)


def test_the_same_file_again_changes_nothing(db, run, extract):
    path = extract()
    run("streets", path)

    assert fates(run("streets", path)) == {"same": 1}
    assert StreetNetwork.objects.count() == 1


def test_another_file_takes_its_place(world, run, extract):
    found = run("streets", extract())

    assert found.fates[0].changes == {"network": ("试验路网", "town.osm")}
    assert current_network().name == "town.osm"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        ("", "empty.osm", "file-empty"),
        (OSM[:500], "cut.osm", "osm-damaged"),
        ("code,name\n1,2\n", "table.osm", "osm-foreign"),
        ("<osm version='0.6'></osm>", "bare.osm", "osm-no-streets"),
    ],
)
def test_a_broken_extract_is_refused_in_both_languages(world, plan, extract, content, name, code):
    with pytest.raises(FileError) as refused:
        plan("streets", extract(content, name))

    assert code == refused.value.code
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert str(words_of_file_error(refused.value)).startswith(name)
    assert world.network.pk == current_network().pk


def test_a_packed_file_cut_short_is_refused(world, plan, extract, tmp_path):
    whole = extract(name="town.osm.gz").read_bytes()
    path = tmp_path / "cut.osm.gz"
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(FileError):
        plan("streets", path)
