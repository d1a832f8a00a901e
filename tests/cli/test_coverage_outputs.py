"""All files of a run, or none."""

import pytest

from hequan.cli.coverage_outputs import all_or_nothing


def test_files_appear_together_when_all_are_written(tmp_path):
    out = tmp_path / "new" / "out"
    with all_or_nothing(out) as draft:
        (draft / "a.txt").write_text("a")
        assert not out.exists()

    assert (out / "a.txt").read_text() == "a"
    assert [one.name for one in out.parent.iterdir()] == ["out"]


def _fail_halfway(out):
    with all_or_nothing(out) as draft:
        (draft / "a.txt").write_text("new")
        raise RuntimeError


def test_a_failed_run_leaves_the_folder_as_it_was(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.txt").write_text("old")
    with pytest.raises(RuntimeError):
        _fail_halfway(out)

    assert (out / "a.txt").read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_other_files_of_the_folder_stay(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with all_or_nothing(tmp_path) as draft:
        (draft / "a.txt").write_text("a")

    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.txt", "mine.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused_at_once(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(NotADirectoryError), all_or_nothing(tmp_path / "out"):
        pytest.fail("the run was begun")
