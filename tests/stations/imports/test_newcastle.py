"""Libraries of Newcastle and twenty years of their hours: real files, imported as they are."""

from datetime import UTC, date, datetime

import pytest

from hequan.core.accounts import system_account
from hequan.core.import_runs import plan_import
from hequan.core.imports import ImportOptions
from hequan.core.kinds import Fate
from hequan.stations.hours_text import hours_text
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
TIMES = "all-libraries-opening-times.csv"
# venues of the file that are no longer on the list of stations, or never were one
GONE = {
    *("Newbiggin Hall Library", "Fawdon Library", "Dinnington Library", "Jesmond Library"),
    *("Moorside Library", "Benwell Library", "Local Studies", "Tourist Information Centre"),
    *("Mobile", "City Mobile", "City/High Heaton Mobile"),
}


@pytest.fixture
def folder():
    return real_data("stations-newcastle-libraries")


@pytest.fixture
def by(db, settings):
    settings.TIME_ZONE = "Europe/London"
    account = system_account()
    facts = UnitFacts(Level.CITY, "E08000021", "Newcastle upon Tyne")
    save_units(units=[facts], by=account, at=AT)
    return account


def read(folder, kind, name, options):
    return plan_import(kind, folder / name, name, options)


@pytest.fixture
def libraries(folder, by):
    plan = read(folder, "stations", "current-libraries.csv", STATIONS)
    plan.write(by, AT)
    return plan


@pytest.fixture
def opening(folder, by, libraries):
    plan = read(folder, "opening-hours", TIMES, HOURS)
    plan.write(by, AT)
    return plan


def test_every_library_becomes_a_station(folder, libraries):
    assert libraries.counts() == {
        Fate.NEW: 13,
        Fate.CHANGED: 0,
        Fate.SAME: 0,
        Fate.REFUSED: 0,
    }
    walker = Station.objects.get(name="Walker")
    assert (walker.kind, walker.lon, walker.lat) == ("library", -1.556041, 54.968855)
    again = read(folder, "stations", "current-libraries.csv", STATIONS)
    assert again.counts()[Fate.SAME] == 13


def test_every_row_of_hours_has_a_fate(opening):
    assert opening.counts() == {
        Fate.NEW: 1080,
        Fate.CHANGED: 0,
        Fate.SAME: 404,  # shut that day, as on the books
        Fate.REFUSED: 581,
    }
    refused = [fate for fate in opening.fates if fate.fate == Fate.REFUSED]
    unknown = {f.refusals[0].value for f in refused if f.refusals[0].column == "venue"} - {""}
    assert unknown == GONE
    # five Saturdays of West End say when it opens and not when it closes: all its rows wait
    missing = [f.row for f in refused if f.refusals[0].column == "open_morning"]
    assert len(missing) == 5
    assert not OpeningRule.objects.filter(station__name="West End").exists()


def test_the_same_file_again_changes_nothing(folder, opening):
    again = read(folder, "opening-hours", TIMES, HOURS)
    assert again.counts()[Fate.NEW] == again.counts()[Fate.CHANGED] == 0


@pytest.mark.parametrize(
    ("name", "moment", "expected"),
    [
        ("Gosforth", datetime(2004, 5, 3, 8, 30, tzinfo=UTC), True),  # Monday 09:30 by the clock
        ("Gosforth", datetime(2004, 5, 3, 7, 45, tzinfo=UTC), False),  # opened at 9 then
        ("Gosforth", datetime(2008, 5, 5, 7, 45, tzinfo=UTC), True),  # and at 08:30 from 2007-12
        ("Blakelaw", datetime(2004, 5, 3, 12, 30, tzinfo=UTC), False),  # afternoons from 14:00
        ("Blakelaw", datetime(2004, 5, 3, 13, 30, tzinfo=UTC), True),
    ],
)
def test_a_moment_of_the_past_is_answered_by_the_hours_of_its_time(opening, name, moment, expected):
    assert open_state_of(Station.objects.get(name=name), moment).is_open is expected


def test_only_the_last_revision_is_shown_as_todays_week(opening):
    for station in Station.objects.exclude(name="West End"):
        tables = week_tables(hours_rules(station), date(2024, 6, 1))
        assert [table.in_force for table in tables] == [True], station.name
    newest = [r for r in hours_rules(Station.objects.get(name="City")) if r.valid_to is None]
    assert hours_text(newest).startswith("[2024-04-01~] Mon")
