"""A coverage run in the small town: asked, measured by the job, stored whole, read back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.utils import translation

from hequan.core.audit import AuditEntry
from hequan.core.dead_letters import run_job_again
from hequan.core.jobs import Job, run_next
from hequan.core.versions import bump
from hequan.planner.errors import CoverageError
from hequan.stations import actions, queries
from hequan.stations.actions import coverage as coverage_actions
from hequan.stations.coverage import measure, ordinary_day
from hequan.stations.coverage_runs import CoverageRun, CoverageUnit
from hequan.stations.errors import RunNotFoundError, UnknownProfileError, UnknownValueError
from hequan.stations.kinds import OpeningDay, RunState
from hequan.territory.kinds import Level
from hequan.territory.models import Home, StreetNetwork
from tests.world import AT, place

pytestmark = pytest.mark.slow


def ask(world, **more):
    plain = {"unit": world.town, "profiles": ["adult", "wheelchair"], "minutes": [1, 2, 15]}
    return actions.ask_coverage(**(plain | more), by=world.officer, at=AT)


def measured(world, **more):
    return actions.measure_coverage(run=ask(world, **more), by=world.system, at=AT)


def test_the_job_measures_what_was_asked(world, cast):
    run = ask(world)
    assert Job.objects.get().payload == {"run": run.pk}
    assert run_next(AT)
    run.refresh_from_db()
    assert (run.state, run.error, run.network) == ("done", "", world.network)
    assert run.figures["people"] == 1200
    verbs = AuditEntry.objects.filter(verb__startswith="stations.coverage")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "stations.coverage_asked",
        "stations.coverage_measured",
    ]


def test_every_home_agrees_with_a_walk_counted_by_hand(world, cast):
    run = measured(world)
    found = queries.home_reach(run.pk, "adult")
    first = Home.objects.get(code="GJ-M1-H1")
    row = int(np.flatnonzero(found.home == first.pk)[0])
    assert found.metres[row] == pytest.approx(60, abs=0.5)
    assert found.seconds[row] == pytest.approx(60 / 1.32, abs=0.5)
    assert found.station[row] == cast.hall.pk
    assert found.straight_metres[row] == pytest.approx(np.hypot(50, 10), abs=0.5)
    assert (found.lon[row], found.people[row]) == (first.lon, 100)


def test_shares_add_up_from_homes_to_committee_and_circle(world, cast):
    run = measured(world)
    found = queries.home_reach(run.pk, "adult")
    inside = int(found.people[found.seconds <= 120].sum())
    figures = run.figures["profiles"]["adult"]
    assert figures["within"]["2"] == inside
    assert figures["share_within"]["2"] == pytest.approx(inside / 1200, abs=1e-6)
    committees = queries.coverage_units(run.pk, Level.COMMITTEE)
    assert [row.name for row in committees] == ["红枫居委会", "青松居委会"]
    assert sum(row.within["adult"][2] for row in committees) == inside
    assert [row.code for row in committees] == ["310113111001", "310113111002"]
    circles = queries.coverage_circles(run.pk)
    assert [(c.name, c.within) for c in circles] == [
        ("幸福圈", committees[0].within),
        ("文体圈", committees[1].within),
    ]
    (town,) = queries.coverage_units(run.pk, Level.TOWN)
    assert (town.people, town.shares["adult"][15]) == (1200, 1.0)
    assert len(queries.coverage_units(run.pk, Level.GRID, world.maple.path)) == 3


def test_ages_keep_the_share_of_their_band(world, cast):
    run = measured(world)
    (town,) = queries.coverage_units(run.pk, Level.TOWN)
    # every home has the same ages, so every band has the share of all
    for band in ("0_2", "15_59", "80_plus"):
        assert town.by_age["adult"][band][2] == pytest.approx(town.shares["adult"][2])
    ages = run.figures["profiles"]["adult"]["by_age"]
    assert sum(band["people"] for band in ages.values()) == 1200


def test_services_are_measured_one_by_one(world, cast):
    services = measured(world).figures["profiles"]["adult"]["services"]
    assert set(services) == {"SV-1", "SV-2"}
    assert services["SV-1"]["2"] > services["SV-2"]["2"]


def test_services_too_many_for_the_memory_are_measured_by_category(world, cast, monkeypatch):
    monkeypatch.setattr("hequan.stations.coverage.SERVICE_CELLS", 1)
    run = measured(world)
    assert run.figures["services_by"] == "category"
    assert set(run.figures["profiles"]["adult"]["services"]) == {"culture", "meals"}


def test_the_hour_decides_which_stations_count(world, cast):
    day = measured(world, day="tue", minute=600)
    night = measured(world, day="tue", minute=22 * 60)
    holiday = measured(world, day="holiday", minute=600)

    def nearest(run):
        return set(queries.home_reach(run.pk, "adult").station.tolist())

    assert nearest(day) == {cast.hall.pk, cast.shop.pk, cast.rest.pk}
    assert nearest(night) == {cast.rest.pk}
    assert nearest(holiday) == {cast.shop.pk, cast.rest.pk}


def test_catchments_and_gaps_are_kept(world, cast):
    Home.objects.filter(code="GJ-P1-H1").update(people=500)
    bump("territory")
    run = measured(world, minutes=[1])
    catchments = queries.coverage_stations(run.pk)
    assert sum(row.people["adult"] for row in catchments) == 1600
    inside = run.figures["profiles"]["adult"]["within"]["1"]
    assert sum(row.within["adult"][1] for row in catchments) == inside
    gaps = queries.coverage_gaps(run.pk, "adult")
    assert sum(gap.people for gap in gaps) == 1600 - inside
    assert gaps[0].nearest_minutes > 1
    assert gaps[0].unit_name.startswith("青松")
    assert queries.coverage_gaps(run.pk, "wheelchair", limit=0) == ()


def test_a_run_tells_what_has_changed_since(world, cast):
    run = measured(world)
    row = queries.latest_run(world.town.path)
    assert (row.pk, row.stale, row.network_name) == (run.pk, (), "试验路网")
    actions.close_station(station=cast.hall, on=AT.date(), by=cast.by, at=AT)
    assert queries.run_row(run.pk).stale == ("stations",)


def test_a_committee_shows_the_run_of_its_town_unless_it_has_its_own(world, cast):
    of_town = measured(world)
    assert queries.latest_run(world.maple.path).pk == of_town.pk
    of_maple = measured(world, unit=world.maple)
    assert queries.latest_run(world.maple.path).pk == of_maple.pk
    assert queries.latest_run(world.pine.path).pk == of_town.pk
    assert of_maple.figures["people"] == 600
    assert [row.pk for row in queries.runs_of(world.town.path)] == [of_maple.pk, of_town.pk]


def test_a_run_is_measured_once(world, cast):
    run = measured(world)
    again = actions.measure_coverage(run=run, by=world.system, at=AT)
    late = replace_state(run)
    coverage_actions.keep_coverage(run=late, measured=measure(late), by=world.system, at=AT)
    assert again.pk == run.pk
    assert CoverageUnit.objects.filter(run=run, unit__level="town").count() == 1


def replace_state(run):
    """A worker that read the run before another finished it."""
    late = CoverageRun.objects.get(pk=run.pk)
    late.state = "waiting"
    return late


@pytest.mark.parametrize(
    ("break_it", "missing"),
    [
        (lambda: StreetNetwork.objects.update(is_current=False), "streets"),
        (lambda: Home.objects.all().delete(), "people"),
    ],
)
def test_a_run_without_ground_fails_in_words(world, cast, break_it, missing):
    break_it()
    bump("streets")
    with translation.override("en"):
        run = measured(world)
    assert run.state == "failed"
    assert missing in run.error
    assert queries.latest_run(world.town.path) is None


def test_a_run_without_stations_fails_in_words(world):
    assert measured(world).state == "failed"


def test_homes_on_another_continent_fail_the_run_and_keep_the_books_clean(world, cast):
    Home.objects.filter(code="GJ-M1-H1").update(lon=2.35, lat=48.85)
    bump("territory")
    with translation.override("en"):
        run = measured(world)
    assert run.state == "failed"
    assert "2.35, 48.85" in run.error
    assert "km away. Import the streets of the whole area" in run.error
    assert not CoverageUnit.objects.exists()


def test_a_station_elsewhere_does_not_spoil_the_run(world, cast):
    lon, lat = place(90_000, 0)
    record = replace(queries.station_record(cast.hall), code="ST-8", lon=lon, lat=lat)
    actions.save_station(station=None, record=record, by=cast.by, at=AT)
    assert measured(world).figures["stations"] == 3


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"profiles": ["bird"]}, UnknownProfileError),
        ({"minutes": []}, UnknownValueError),
        ({"minutes": [0]}, UnknownValueError),
        ({"minutes": [61]}, UnknownValueError),
        ({"day": "someday", "minute": 0}, UnknownValueError),
        ({"day": "mon"}, UnknownValueError),
        ({"minute": 600}, UnknownValueError),
        ({"day": "mon", "minute": 1440}, UnknownValueError),
    ],
)
def test_what_cannot_be_measured_is_refused_when_it_is_asked(world, more, refusal):
    with pytest.raises(refusal):
        ask(world, **more)
    assert not CoverageRun.objects.exists()
    assert not Job.objects.exists()


def test_there_is_no_run_and_no_reach_without_measuring(world, cast):
    run = ask(world)
    with pytest.raises(RunNotFoundError):
        queries.run_row(0)
    with pytest.raises(RunNotFoundError):
        queries.home_reach(run.pk, "adult")
    done = measured(world)
    for profile in ("frail", ""):
        with pytest.raises(UnknownProfileError):
            queries.home_reach(done.pk, profile)


def test_a_job_for_a_run_that_is_gone_does_nothing(world):
    ask(world)
    CoverageRun.objects.all().delete()
    assert run_next(AT)
    assert Job.objects.get().state == "done"


def test_a_planner_error_fails_the_run(world, cast, monkeypatch):
    def refuse(_run):
        raise CoverageError("coverage.x", "No answer for {name}.", name="this")

    monkeypatch.setattr(coverage_actions, "measure", refuse)
    assert measured(world).error == "No answer for this."


def test_an_ordinary_day_is_the_next_of_its_weekday():
    tuesday = date(2026, 3, 10)
    assert ordinary_day(OpeningDay.TUESDAY, tuesday) == tuesday
    assert ordinary_day(OpeningDay.MONDAY, tuesday) == date(2026, 3, 16)
    assert ordinary_day(OpeningDay.HOLIDAY, tuesday) == tuesday
    assert datetime(2026, 3, 10, tzinfo=UTC) + timedelta(days=6) == datetime(
        2026, 3, 16, tzinfo=UTC
    )


def test_several_sets_of_circles_stand_side_by_side(world, cast):
    from hequan.territory.actions import save_circle, save_circle_set

    by = world.system
    other = save_circle_set(town=world.town, name="骑手圈", by=by, at=AT)
    save_circle(
        circle_set=other,
        name="全镇圈",
        speciality="other",
        units=[world.area.pk],
        by=by,
        at=AT,
    )
    run = measured(world)
    people = {circle.name: circle.people for circle in queries.coverage_circles(run.pk)}
    assert people == {"幸福圈": 600, "文体圈": 600, "全镇圈": 1200}


def test_a_run_whose_job_dies_of_something_unforeseen_is_shown_as_failed(world, cast, monkeypatch):
    """Without the word of the job's death it would wait for ever."""
    run = ask(world)
    with monkeypatch.context() as broken:
        broken.setattr("hequan.stations.actions.coverage.measure", lambda run: {}["homes"])
        moment = AT
        while run_next(moment):
            moment += timedelta(hours=1)
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert run.error

    job = Job.objects.get(payload__run=run.pk)
    run_job_again(job=job.pk, by=world.sysadmin, at=moment)
    assert run_next(moment)
    run.refresh_from_db()
    assert run.state == RunState.DONE
