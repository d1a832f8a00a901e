"""Opening hours over the years: revisions, lunch breaks, seasons, and rows that wait for others."""

from datetime import date

import pytest
from django.utils import translation

from hequan.core.import_runs import plan_import
from hequan.core.imports import ImportOptions, import_kind
from hequan.core.kinds import Fate
from hequan.files.errors import FileError
from hequan.files.values import CellError
from hequan.stations.hours_text import hours_text
from hequan.stations.imports.hours_rows import since_day
from hequan.stations.queries import hours_rules
from tests.world import AT

pytestmark = pytest.mark.slow
HEAD = "venue,dataset_date_key,day,open_morning,close_lunchtime,open_lunchtime,close_evening"
NAME = "红枫党群服务站"
PAST = f"""{NAME},2004,Monday,09:30,12:30,13:30,20:00
{NAME},2004,Tuesday,,,,
{NAME},2005-07,Monday,10:00,,,18:00
{NAME},21/09/2023,Monday,10:00,,,02:00"""


def plan(tmp_path, text, head=HEAD, **options):
    path = tmp_path / "hours.csv"
    path.write_text(f"{head}\n{text}\n", encoding="utf-8")
    return plan_import("opening-hours", path, path.name, ImportOptions(**options))


def said(fate):
    with translation.override("en"):
        return " ".join(f"{r.text} {r.column} {r.value} {r.remedy}" for r in fate.refusals)


def test_each_revision_ends_where_the_next_begins(world, cast, tmp_path):
    found = plan(tmp_path, PAST)
    assert [fate.fate for fate in found.fates] == [Fate.NEW, Fate.SAME, Fate.NEW, Fate.NEW]
    found.write(world.system, AT)
    assert hours_text(hours_rules(cast.hall)) == (
        "[2004-01-01~2005-07-01] Mon 09:30-12:30,13:30-20:00; "
        "[2005-07-01~2023-09-21] Mon 10:00-18:00; "
        "[2023-09-21~] Mon 10:00-02:00"
    )
    again = plan(tmp_path, PAST)
    assert again.counts()[Fate.SAME] == 4
    assert "give way" in str(found.notes[-1].text) or found.notes


def test_a_changed_day_is_told_before_and_after(world, cast, tmp_path):
    plan(tmp_path, PAST).write(world.system, AT)
    changed = plan(tmp_path, PAST.replace("10:00,,,18:00", "11:00,,,18:00"))
    fate = changed.fates[2]
    assert fate.fate == Fate.CHANGED
    assert fate.changes["hours"] == (
        "[2005-07-01~2023-09-21] Mon 10:00-18:00",
        "[2005-07-01~2023-09-21] Mon 11:00-18:00",
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (f"{NAME},2004,Someday,09:00,,,17:00", ("Someday",)),
        (f"{NAME},2004,Monday,09:00,,,", ("a time is missing", "open_morning")),
        (f"{NAME},2004,Monday,17:00,,,09:00", ("not in order", "17:00-09:00")),
        (f"{NAME},2004,Monday,09:00,13:00,12:00,17:00", ("not in order",)),
        (f"{NAME},2004,Monday,25:00,,,26:00", ("25:00",)),
        (f"{NAME},soon,Monday,09:00,,,17:00", ("soon",)),
        ("别处图书馆,2004,Monday,09:00,,,17:00", ("no such station", "别处图书馆")),
    ],
)
def test_a_bad_row_is_named_and_the_others_of_its_station_wait(world, cast, tmp_path, row, words):
    found = plan(tmp_path, f"{row}\n{NAME},2004,Friday,09:00,,,17:00\n")
    assert found.fates[0].fate == Fate.REFUSED
    assert all(word in said(found.fates[0]) for word in words)
    if row.startswith(NAME):
        assert found.fates[1].fate == Fate.REFUSED
        assert "waits for row 2" in said(found.fates[1])
    before = hours_rules(cast.hall)
    found.write(world.system, AT)
    assert (hours_rules(cast.hall) == before) is row.startswith(NAME)


def test_a_half_that_ends_when_it_begins_is_shut_and_told(world, cast, tmp_path):
    found = plan(tmp_path, f"{NAME},2004,Monday,09:30,12:00,17:00,17:00")
    assert str(found.fates[0].warnings[0].value) == "17:00"
    found.write(world.system, AT)
    assert hours_text(hours_rules(cast.hall)) == "[2004-01-01~] Mon 09:30-12:00"


def test_hours_that_overlap_or_stand_twice_are_refused(world, cast, tmp_path):
    twice = f"{NAME},2004,Monday,09:00,,,17:00"
    found = plan(tmp_path, f"{twice}\n{twice}")
    assert "stands in row 2 already" in said(found.fates[1])
    found = plan(tmp_path, f"{twice}\n{NAME},2004,Monday,16:00,,,18:00")
    assert [fate.fate for fate in found.fates] == [Fate.REFUSED, Fate.REFUSED]
    assert "overlap" in said(found.fates[0])


def test_another_name_and_a_missing_kind_word_find_the_station(world, cast, tmp_path):
    rows = "青松邻里,2004,Monday,09:00,,,17:00\n骑手驿站 Library,2004,Monday,09:00,,,17:00"
    found = plan(tmp_path, rows, extra={"alias": "青松邻里=青松邻里中心"})
    assert [fate.fate for fate in found.fates] == [Fate.NEW, Fate.NEW]
    with pytest.raises(FileError):
        plan(tmp_path, rows, extra={"alias": "青松邻里"})


def test_seasons_and_holidays_have_rows_of_their_own(world, cast, tmp_path):
    head = "站点,星期,开门,关门,季节,季节日期"
    rows = (
        f"{NAME},周一,09:00,17:00,,\n{NAME},周一,08:30,17:30,夏令,6月1日至8月31日\n"
        f"{NAME},节假日,,,,\n{NAME},周二,09:00,24:00,,"
    )
    found = plan(tmp_path, rows, head)
    assert found.counts()[Fate.REFUSED] == 0
    found.write(world.system, AT)
    assert hours_text(hours_rules(cast.hall)) == (
        "Mon 09:00-17:00; Tue 09:00-24:00; PH off; [夏令 06-01~08-31] Mon 08:30-17:30"
    )
    wrong = plan(tmp_path, f"{NAME},周一,08:30,17:30,夏令,", head)
    assert "06-01~08-31" in said(wrong.fates[0])


def test_nobody_writes_hours_outside_her_part(world, cast, tmp_path):
    found = plan(tmp_path, PAST, paths=(world.pine.path,))
    assert found.counts()[Fate.REFUSED] == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2004", date(2004, 1, 1)),
        ("2005-07", date(2005, 7, 1)),
        ("2005年7月", date(2005, 7, 1)),
        ("01/03/2024", date(2024, 3, 1)),
        ("2024-03-01", date(2024, 3, 1)),
        (2004, date(2004, 1, 1)),
        ("", None),
    ],
)
def test_the_day_hours_hold_from(text, expected):
    assert since_day(text) == expected


@pytest.mark.parametrize("text", ["2005-13", "31/02/2024", "soon"])
def test_a_day_that_is_none_is_refused(text):
    with pytest.raises(CellError):
        since_day(text)


def test_the_template_can_be_imported_where_its_station_is(world, cast, tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(import_kind("opening-hours").template())
    found = plan_import("opening-hours", path, path.name, ImportOptions())
    assert found.counts()[Fate.REFUSED] == 0
