import json
from pathlib import Path

import numpy as np
import pytest

from hequan.planner import network_store
from hequan.planner.errors import NetworkError
from hequan.planner.network import ARRAYS, Gate, WalkNetwork
from hequan.planner.network_build import build_network, street_pieces
from hequan.planner.network_store import open_network, save_network


def a_network(points: int = 5) -> WalkNetwork:
    order = np.arange(points - 1)
    network, _ = build_network(
        street_pieces(
            np.arange(points) * 0.001,
            np.zeros(points),
            order,
            order + 1,
            name=[0] * (points - 1),
            node_gate=[-1, 0] + [-1] * (points - 2),
            gates=(Gate("北门", "08:00-18:00"),),
            names=("高境路",),
            source="a test",
        )
    )
    return network


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_network(a_network(), tmp_path / "streets")
    return tmp_path / "streets"


def array_file(folder: Path, name: str) -> Path:
    [path] = folder.glob(f"arrays-*/{name}.npy")
    return path


def test_what_is_opened_is_what_was_saved(folder):
    opened, saved = open_network(folder, check=True), a_network()

    for name in ARRAYS:
        kept, made = getattr(opened, name), getattr(saved, name)
        assert kept.dtype == made.dtype
        assert np.array_equal(kept, made)
    assert (opened.gates, opened.names, opened.source) == (saved.gates, saved.names, saved.source)


def test_arrays_are_opened_by_memory_map_and_cannot_be_written(folder):
    lon = open_network(folder).lon

    assert isinstance(lon.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        lon[0] = 1


def test_the_size_told_is_the_size_on_disk(tmp_path):
    size = save_network(a_network(), tmp_path / "n")

    assert size == sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())


def test_a_new_network_replaces_the_old_one_and_leaves_nothing_behind(folder):
    before = open_network(folder)

    save_network(a_network(9), folder)

    assert len(open_network(folder).shape_lon_e7) == 12
    assert len(before.shape_lon_e7) == 8
    assert before.shape_lon_e7.sum() > 0
    assert len(list(folder.iterdir())) == 2


def test_a_write_that_fails_leaves_the_old_network(folder, monkeypatch):
    def no_space(*args: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(network_store, "_replace_manifest", no_space)
    with pytest.raises(OSError, match="no space"):
        save_network(a_network(9), folder)

    assert open_network(folder, check=True).edge_count == a_network().edge_count
    assert len(list(folder.iterdir())) == 2


def test_arrays_of_a_killed_writer_do_not_stand_in_the_way(tmp_path):
    (tmp_path / "streets" / "arrays-dead").mkdir(parents=True)

    save_network(a_network(), tmp_path / "streets")

    assert open_network(tmp_path / "streets").edge_count == a_network().edge_count


def test_a_network_replaced_while_it_is_being_opened_is_opened_anew(folder, monkeypatch):
    read = network_store._manifest
    asked = []

    def replaced_meanwhile(path: Path, **options: bool) -> dict[str, object]:
        manifest = read(path, **options)
        if not asked:
            asked.append(1)
            monkeypatch.undo()
            save_network(a_network(9), folder)
        return manifest

    monkeypatch.setattr(network_store, "_manifest", replaced_meanwhile)

    assert len(open_network(folder).shape_lon_e7) == 12


def test_an_array_cut_short_is_refused(folder):
    path = array_file(folder, "edge_metres")
    path.write_bytes(path.read_bytes()[:-4])

    with pytest.raises(NetworkError, match=r"damaged \(edge_metres.npy.*import the streets again"):
        open_network(folder)


def test_a_missing_array_is_refused(folder):
    array_file(folder, "lon").unlink()

    with pytest.raises(NetworkError, match="damaged"):
        open_network(folder)


def test_a_changed_array_is_found_when_asked_to_check(folder):
    path = array_file(folder, "lon")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))

    open_network(folder)
    with pytest.raises(NetworkError, match=r"lon\.npy was changed"):
        open_network(folder, check=True)


@pytest.mark.parametrize("content", [None, "", "[]", '{"format": "other"}', "\x00"])
def test_a_folder_that_is_no_network_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)

    with pytest.raises(NetworkError, match="is not a walking network"):
        open_network(tmp_path)


def test_a_network_of_another_version_is_refused_and_may_be_replaced(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "version": 99}))

    with pytest.raises(NetworkError, match="another version"):
        open_network(folder)
    save_network(a_network(), folder)
    open_network(folder)


def test_a_folder_with_something_else_is_not_overwritten(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")

    with pytest.raises(NetworkError, match="something else"):
        save_network(a_network(), tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"
