"""The options of a run, checked before any file is opened."""

from pathlib import Path

import pytest

from hequan.cli.coverage_arguments import UsageError, read_options
from hequan.cli.words import Words
from hequan.files.coordinates import CoordinateSystem
from hequan.files.wording import ReadError

FILES = ["--streets", "s.osm", "--stations", "p.csv", "--residents", "r.csv", "--out", "o"]


def read(*more):
    return read_options([*FILES, *more], Words("en"))


def test_five_walkers_and_three_limits_unless_told_otherwise():
    options = read()

    assert options.profiles == ("adult", "elder", "frail", "child", "wheelchair")
    assert options.minutes == (5, 10, 15)
    assert options.moment is None
    assert options.out == Path("o")


def test_lists_may_be_written_with_chinese_commas():
    options = read("--minutes", "10，20", "--profile", "elder、adult", "--age-columns", "65+，0-6")

    assert options.minutes == (10, 20)
    assert options.profiles == ("elder", "adult")
    assert options.age_columns == ("65+", "0-6")


def test_a_profile_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(UsageError) as refused:
        read("--profile", "adult,runner")

    assert refused.value.gaps["wanted"] == "runner"
    assert "wheelchair" in refused.value.gaps["known"]


@pytest.mark.parametrize("text", ["", "5,x", "15,10", "0,5", "5,241", "5.5"])
def test_minutes_must_be_whole_and_rising(text):
    with pytest.raises(UsageError, match=r"error\.minutes"):
        read("--minutes", text)


def test_an_hour_that_is_none_is_refused():
    with pytest.raises(UsageError, match=r"error\.at"):
        read("--at", "sometime")


def test_columns_go_to_the_file_that_has_the_field():
    options = read("--columns", "people=pop,id=nr,services=what", "--station-columns", "id=code")

    assert options.stations.columns == {"id": "code", "services": "what"}
    assert options.residents.columns == {"people": "pop", "id": "nr"}


def test_a_field_nobody_has_is_refused():
    with pytest.raises(ReadError):
        read("--columns", "colour=x")
    with pytest.raises(ReadError):
        read("--station-columns", "people=x")


def test_each_file_may_have_its_own_coordinate_system():
    options = read("--crs", "cgcs2000", "--station-crs", "gcj02")

    assert options.stations.system is CoordinateSystem.GCJ02
    assert options.residents.system is CoordinateSystem.CGCS2000


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_help_is_written_in_both_languages(language, capsys):
    with pytest.raises(SystemExit):
        read_options(["--help"], Words(language))

    assert ("人群" in capsys.readouterr().out) == (language == "zh")
