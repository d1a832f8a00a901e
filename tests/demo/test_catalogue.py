"""The catalogue, the hours and the holidays are whole."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from hequan.core.calendar import WorkingCalendar
from hequan.demo.catalogue import codes_in, read_catalogue
from hequan.demo.holidays import holidays_by_year
from hequan.demo.kits import EXTRAS, KITS
from hequan.demo.opening import WEEKS
from hequan.stations.hours import Schedule, is_open, minutes_of_day
from hequan.stations.kinds import ServiceCategory, ServiceMode

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_there_are_more_than_300_services_of_every_category_and_mode():
    records = [entry.record for entry in read_catalogue()]

    assert len(records) > 300
    assert {record.category for record in records} == set(ServiceCategory)
    assert {record.mode for record in records} == set(ServiceMode)


@pytest.mark.parametrize("field", ["code", "name"])
def test_services_are_told_apart(field):
    found = Counter(getattr(entry.record, field) for entry in read_catalogue())

    assert found.most_common(1)[0][1] == 1


def test_every_service_is_offered_by_some_kind_of_station():
    offered = {code for kit in KITS.values() for code in codes_in(kit.packages)}

    assert offered == {entry.record.code for entry in read_catalogue()}


def test_every_kind_of_station_offers_something_and_keeps_hours():
    for kit in KITS.values():
        assert codes_in(kit.packages)
        assert all(WEEKS[week] for week in kit.weeks)
    assert set(EXTRAS) <= set(KITS)


def schedule(week: str) -> Schedule:
    off = {day.day: day.is_off for days in holidays_by_year().values() for day in days}
    return Schedule(WEEKS[week], WorkingCalendar(off), SHANGHAI)


@pytest.mark.parametrize(
    ("week", "day", "expected"),
    [
        ("centre", date(2026, 3, 8), ((420, 1260),)),
        ("centre", date(2026, 10, 1), ((420, 1260),)),
        ("committee", date(2026, 3, 10), ((510, 690), (810, 1020))),
        ("committee", date(2026, 10, 1), ()),
        ("committee_evening", date(2026, 10, 13), ((510, 690), (810, 1020), (1110, 1230))),
        ("committee_evening", date(2026, 5, 12), ((510, 690), (810, 1020))),
        ("circle", date(2026, 7, 15), ((450, 1230),)),
        ("culture", date(2026, 3, 10), ((360, 480), (540, 1260))),
        ("library", date(2026, 3, 9), ()),
        ("riders", date(2026, 3, 9), ((540, 1560),)),
    ],
)
def test_hours_are_as_people_live(week, day, expected):
    assert minutes_of_day(schedule(week), day) == expected


def test_riders_find_light_past_midnight():
    assert is_open(schedule("riders"), datetime(2026, 3, 10, 1, 30, tzinfo=SHANGHAI))


@pytest.mark.parametrize(
    ("day", "is_off"),
    [
        (date(2026, 2, 17), True),
        (date(2026, 2, 14), False),
        (date(2026, 10, 7), True),
        (date(2026, 10, 10), False),
        (date(2027, 2, 6), True),
    ],
)
def test_holidays_are_off_and_make_up_days_worked(day, is_off):
    found = {named.day: named.is_off for named in holidays_by_year()[day.year]}

    assert found[day] is is_off
