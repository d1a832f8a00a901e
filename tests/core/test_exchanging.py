"""The journal of an exchange: cut off anywhere, the next command finds everything as it was."""

import json
from pathlib import Path

import pytest

from hequan.core.installation import exchanging
from hequan.core.installation.exchanging import Move, journal, take_back_cut_off


class CutOffError(BaseException):
    """The power fails: nothing of ours runs after it."""


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    for name in ("uploads", "networks", "fresh/uploads", "fresh/networks"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "what.txt").write_text(name)
    return tmp_path


@pytest.fixture
def moves(home):
    """The old aside, the new in its place, as a restore does."""
    names = ("uploads", "networks")
    old = [Move(home / name, home / "aside" / name) for name in names]
    return [*old, *(Move(home / "fresh" / name, home / name) for name in names)]


def lies(home):
    return {str(path.parent.relative_to(home)): path.read_text() for path in home.rglob("what.txt")}


def test_all_is_exchanged_and_no_journal_stays(home, moves):
    exchanging._carry_out(moves, "now")

    assert lies(home) == {
        "uploads": "fresh/uploads",
        "networks": "fresh/networks",
        "aside/uploads": "uploads",
        "aside/networks": "networks",
    }
    assert not journal().exists()
    assert not take_back_cut_off()


def cut_off_after(done, monkeypatch):
    """Let the power fail after so many renames: even the taking back is not reached."""
    real, count = Path.rename, iter(range(done))

    def rename(self, new):
        if next(count, None) is None:
            raise CutOffError
        return real(self, new)

    monkeypatch.setattr(Path, "rename", rename)
    monkeypatch.setattr(exchanging, "take_back_cut_off", lambda: None)


def cut_off(done, work):
    """Do the work until the power fails."""
    with pytest.MonkeyPatch.context() as patch:
        cut_off_after(done, patch)
        with pytest.raises(CutOffError):
            work()


@pytest.mark.parametrize("done", [0, 1, 2, 3])
def test_cut_off_after_any_rename_it_is_taken_back_by_the_next_command(home, moves, done):
    before = lies(home)
    cut_off(done, lambda: exchanging._carry_out(moves, "now"))
    assert journal().is_file()

    assert take_back_cut_off()
    assert lies(home) == before
    assert not journal().exists()


@pytest.mark.parametrize("done", [1, 3])
def test_a_taking_back_that_was_cut_off_itself_is_done_by_the_one_after(home, moves, done):
    before = lies(home)
    cut_off(done, lambda: exchanging._carry_out(moves, "now"))
    cut_off(done - 1, take_back_cut_off)

    assert take_back_cut_off()
    assert lies(home) == before


def test_an_error_on_the_way_is_taken_back_at_once(home, moves):
    before = lies(home)
    with pytest.raises(FileNotFoundError):
        exchanging._carry_out([*moves, Move(home / "gone", home / "there")], "now")

    assert lies(home) == before
    assert not journal().exists()


def test_a_journal_is_whole_or_not_there(home, monkeypatch):
    """Written beside and renamed: a half-written one is never read."""
    seen = []
    real = Path.replace

    def replace(self, new):
        seen.append((Path(new).exists(), json.loads(self.read_text())))
        return real(self, new)

    monkeypatch.setattr(Path, "replace", replace)
    exchanging._write_journal({"moves": [], "schema": ""})

    assert seen == [(False, {"moves": [], "schema": ""})]
    assert take_back_cut_off()


def test_where_the_schemas_were_exchanged_all_was_done_and_stays(home, moves, monkeypatch):
    monkeypatch.setattr(exchanging, "_schema_exists", lambda _name: True)
    told = [[str(one.old), str(one.new)] for one in moves]
    for one in moves:
        one.new.parent.mkdir(exist_ok=True)
        one.old.rename(one.new)
    after = lies(home)
    exchanging._write_journal({"moves": told, "schema": "hequan_aside_now"})

    assert take_back_cut_off()
    assert lies(home) == after


def test_where_they_were_not_the_files_go_back(home, moves, monkeypatch):
    before = lies(home)
    monkeypatch.setattr(exchanging, "_schema_exists", lambda _name: False)
    told = [[str(one.old), str(one.new)] for one in moves]
    for one in moves:
        one.new.parent.mkdir(exist_ok=True)
        one.old.rename(one.new)
    exchanging._write_journal({"moves": told, "schema": "hequan_aside_now"})

    assert take_back_cut_off()
    assert lies(home) == before
