"""`hequan import`: the dry run on the terminal, --yes to write, exit code 2 when refused."""

import io

import pytest
from django.core.management import CommandError, call_command

from hequan.core.import_runs import ImportRun
from hequan.territory.models import Unit
from hequan.territory.queries import unit_with_code

HEAD = ["code", "name"]


def hequan_import(*arguments, lang="en"):
    """What the command prints."""
    out = io.StringIO()
    call_command("import", *map(str, arguments), "--lang", lang, stdout=out)
    return out.getvalue()


def test_without_yes_and_a_terminal_nothing_is_written(world, csv_file):
    said = hequan_import("territory", csv_file(HEAD, ["310113112", "庙行镇"]))

    assert "new 1" in said
    assert "Add --yes to write" in said
    assert unit_with_code("310113112") is None
    assert not ImportRun.objects.exists()


def test_with_yes_it_is_written_and_noted(world, csv_file):
    said = hequan_import("territory", csv_file(HEAD, ["310113112", "庙行镇"]), "--yes")

    assert "Written." in said
    assert unit_with_code("310113112").name == "庙行镇"
    run = ImportRun.objects.get()
    assert (run.kind, run.by.username, run.counts["new"]) == ("territory", "system", 1)
    assert run.written_at is not None


def test_the_second_time_there_is_nothing_to_write(world, csv_file):
    path = csv_file(HEAD, ["310113112", "庙行镇"])
    hequan_import("territory", path, "--yes")

    assert "everything is there already" in hequan_import("territory", path, "--yes")


def test_refused_rows_are_shown_and_the_rest_is_written(world, csv_file):
    path = csv_file(HEAD, ["310113112", "庙行镇"], ["31", "坏码"])

    said = hequan_import("territory", path, "--yes")

    assert "refused 1" in said
    assert "6, 9 or 12 digits" in said.replace("\n", " ")
    assert unit_with_code("310113112") is not None


def test_nothing_but_refusals_ends_with_code_2(world, csv_file):
    with pytest.raises(CommandError) as refused:
        hequan_import("territory", csv_file(HEAD, ["31", "坏码"]), "--yes")

    assert refused.value.returncode == 2


def test_a_file_that_cannot_be_read_ends_with_code_2_and_says_why(world, tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.csv.*no such file") as refused:
        hequan_import("territory", tmp_path / "nothing.csv")

    assert refused.value.returncode == 2


def test_a_picture_named_as_a_table_is_said_to_be_a_picture(world, tmp_path):
    path = tmp_path / "units.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(CommandError, match=r"units\.csv: this is a picture.*CSV \(UTF-8\)"):
        hequan_import("territory", path)


def test_the_report_speaks_chinese_by_default(world, csv_file):
    said = hequan_import("territory", csv_file(HEAD, ["310113", "宝山区"]), lang="zh-hans")

    assert "按 utf-8 编码" in said


def test_columns_and_extras_are_given_as_pairs(world, csv_file):
    path = csv_file(["甲", "乙"], ["310113112", "庙行镇"], ["110101", "东城区"])

    said = hequan_import(
        "territory", path, "--columns", "code=甲,name=乙", "--set", "within=31", "--yes"
    )

    assert "Rows outside 31 left out: 1" in said
    assert unit_with_code("310113112") is not None


def test_a_pair_that_is_none_is_refused(world, csv_file):
    with pytest.raises(CommandError, match="within"):
        hequan_import("territory", csv_file(HEAD, ["310113", "x"]), "--set", "within")


def test_asking_on_a_terminal_writes_only_on_yes(world, csv_file, monkeypatch):
    monkeypatch.setattr("sys.stdin", Terminal("n\ny\n"))
    path = csv_file(HEAD, ["310113112", "庙行镇"])

    assert "Nothing was written" in hequan_import("territory", path)
    assert "Written." in hequan_import("territory", path)
    assert Unit.objects.count() == 13


class Terminal(io.StringIO):
    """Somebody types."""

    def isatty(self) -> bool:
        return True
