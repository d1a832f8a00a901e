"""A year's notice: read from the public collection or a table, replaced as a whole."""

import json
from datetime import date

import pytest
from django.utils import translation

from hequan.core.calendar_days import CalendarDay, CalendarYear, working_calendar
from hequan.core.file_words import words_of_file_error
from hequan.core.imports import import_kind
from hequan.files.errors import FileError
from tests.import_steps import fates, notes, refusals

NEW_YEAR = {"name": "元旦", "date": "2026-01-01", "isOffDay": True}
WORKED = {"name": "元旦", "date": "2026-01-04", "isOffDay": False}


@pytest.fixture
def year_file(tmp_path):
    """Writes a year as holiday-cn does."""

    def write(*days, year=2026, papers=("通知",), name="2026.json"):
        path = tmp_path / name
        path.write_text(json.dumps({"year": year, "papers": list(papers), "days": list(days)}))
        return path

    return write


def test_a_year_tells_days_off_and_days_worked(run, year_file):
    found = run("calendar", year_file(NEW_YEAR, WORKED))

    assert fates(found) == {"new": 2}
    calendar = working_calendar()
    assert calendar.is_off(date(2026, 1, 1))
    assert not calendar.is_off(date(2026, 1, 4))
    assert CalendarYear.objects.get().source == "通知"


def test_the_same_year_again_is_the_same(run, year_file):
    run("calendar", year_file(NEW_YEAR))
    pk = CalendarYear.objects.get().pk

    assert fates(run("calendar", year_file(NEW_YEAR))) == {"same": 1}
    assert pk == CalendarYear.objects.get().pk


def test_a_corrected_notice_replaces_the_year(run, year_file):
    run("calendar", year_file(NEW_YEAR, WORKED))

    found = run("calendar", year_file(NEW_YEAR | {"name": "新年"}))

    assert found.fates[0].changes == {"name": ("元旦", "新年")}
    assert "2026-01-04" in notes(found)
    assert CalendarDay.objects.count() == 1


def test_a_year_may_name_days_of_the_year_before(run, year_file):
    run("calendar", year_file(NEW_YEAR))
    eve = {"name": "元旦", "date": "2026-12-31", "isOffDay": True}

    assert fates(run("calendar", year_file(eve, year=2027))) == {"new": 1}
    assert CalendarDay.objects.count() == 2


def test_a_day_of_another_years_notice_is_refused(run, plan, year_file):
    run("calendar", year_file(NEW_YEAR))

    found = plan("calendar", year_file(NEW_YEAR, year=2027))

    assert "the notice of 2026 names this day already" in refusals(found)[0]


@pytest.mark.parametrize(
    ("day", "part"),
    [
        ({"name": "x", "date": "2026-02-30", "isOffDay": True}, "not a day"),
        ({"name": "x", "date": "2026-02-03", "isOffDay": "maybe"}, "neither yes nor no"),
        ({"name": "x", "isOffDay": True}, "blank"),
        ({"name": "x", "date": "1999-01-01", "isOffDay": True}, "does not belong to 2026"),
        ("nonsense", "blank"),
    ],
)
def test_days_that_are_none_are_refused(plan, year_file, day, part):
    assert part in refusals(plan("calendar", year_file(day)))[0]


def test_a_year_not_announced_yet_says_so(plan, year_file):
    assert "may not have been given yet" in notes(plan("calendar", year_file(year=2027)))


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "{", '{"year": "x", "days": []}', "[" * 10_000]
)
def test_a_file_that_is_no_calendar_is_refused_in_both_languages(plan, tmp_path, content):
    path = tmp_path / "year.json"
    path.write_text(content)

    with pytest.raises(FileError) as refused:
        plan("calendar", path)

    said = []
    for language in ("en", "zh-hans"):
        with translation.override(language):
            said.append(str(words_of_file_error(refused.value)))
    assert said[0] != said[1]


def test_a_table_of_days_is_read_too(run, csv_file):
    rows = [
        ["日期", "名称", "是否放假"],
        ["2026/1/1", "元旦", "是"],
        ["2026年1月4日", "元旦", "否"],
    ]

    run("calendar", csv_file(*rows))

    assert not working_calendar().is_off(date(2026, 1, 4))


def test_the_template_can_be_handed_in_as_it_is(run, tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(import_kind("calendar").template())

    assert fates(run("calendar", path)) == {"new": 2}
