"""Thirteen libraries of Newcastle and twelve years of their hours: real files, imported as they are."""

from datetime import UTC, datetime

import pytest

from hequan.core.import_runs import plan_import
from hequan.core.imports import ImportOptions
from hequan.core.kinds import Fate
from hequan.stations.hours_week import week_tables
from hequan.stations.models import OpeningRule, Station
from hequan.stations.queries import hours_rules, open_state_of
from hequan.territory.actions import UnitFacts, save_units
from hequan.territory.kinds import Level
from tests.realdata import real_data
from tests.world import AT

pytestmark = [pytest.mark.slow, pytest.mark.real]

STATIONS = ImportOptions(
    columns={"name": "Library"}, extra={"unit": "E08000021", "kind": "library"}
)
HOURS = ImportOptions(extra={"alias": "Cruddas Park Library=Cruddas"})


@pytest.fixture
def folder():
    return real_data("stations-newcastle-libraries")


@pytest.fixture
def city(db):
    from hequan.core.accounts import system_account

    by = system_account()
    facts = UnitFacts(Level.CITY, "E08000021", "Newcastle upon Tyne")
    save_units(units=[facts], by=by, at=AT)
    return by


def run(folder, kind, name, options, by):
    plan = plan_import(kind, folder / name, name, options)
    plan.write(by, AT)
    return plan


def libraries(folder, by):
    return run(folder, "stations", "current-libraries.csv", STATIONS, by)


def opening(folder, by):
    return run(folder, "opening-hours", "all-libraries-opening-times.csv", HOURS, by)


def test_every_library_becomes_a_station(folder, city):
    plan = libraries(folder, city)
    assert plan.counts()[Fate.NEW] == 13
    walker = Station.objects.get(name="Walker")
    assert (walker.kind, walker.lon, walker.lat) == ("library", -1.556041, 54.968855)
    assert libraries(folder, city).counts()[Fate.SAME] == 13


def test_twelve_years_of_hours_become_rows_with_validity(folder, city):
    libraries(folder, city)
    plan = opening(folder, city)
    counts = plan.counts()
    assert len(plan.fates) == 2065
    # 455 rows tell of libraries that are no longer on the list of stations, and are refused
    assert counts[Fate.REFUSED] == sum(
        1 for fate in plan.fates if fate.refusals and fate.refusals[0].column == "venue"
    )
    known = set(Station.objects.values_list("name", flat=True))
    assert len(known) == 13
    assert OpeningRule.objects.filter(valid_to__isnull=False).exists()
    again = plan_import(
        "opening-hours",
        folder / "all-libraries-opening-times.csv",
        "all-libraries-opening-times.csv",
        HOURS,
    )
    assert again.counts()[Fate.NEW] == again.counts()[Fate.CHANGED] == 0


@pytest.mark.parametrize(
    ("name", "moment", "expected"),
    [
        # rows of the file: Walker 2004 Monday 09:30-12:30 and 13:30-..., City 01/04/2024
        ("Gosforth", datetime(2004, 5, 3, 9, 45, tzinfo=UTC), True),
    ],
)
def test_a_moment_of_the_past_is_answered_by_the_hours_of_its_time(
    folder, city, settings, name, moment, expected
):
    settings.TIME_ZONE = "Europe/London"
    libraries(folder, city)
    opening(folder, city)
    station = Station.objects.get(name=name)
    assert open_state_of(station, moment).is_open is expected
    tables = week_tables(hours_rules(station), datetime(2024, 6, 1, tzinfo=UTC).date())
    assert [table.in_force for table in tables] == [True]
