"""The coverage page: asked for, measured by the worker, shown, downloaded."""

import pytest
from django.urls import reverse

from hequan.core.jobs import run_next
from hequan.stations.actions import ask_coverage
from hequan.stations.models import CoverageRun
from tests.world import AT

pytestmark = pytest.mark.slow


@pytest.fixture
def measured(world, stations):
    """A finished measurement of the town."""
    run = ask_coverage(unit=world.town, by=world.officer, at=AT)
    assert run_next(AT)
    run.refresh_from_db()
    assert run.state == "done", run.error
    return run


def test_before_the_first_measurement_the_page_says_what_is_needed(sign_in, stations):
    page = sign_in("officer").get(reverse("web:board-home"))

    assert "run" not in page.context
    assert page.status_code == 200


def test_an_officer_asks_and_the_worker_measures(sign_in, world, stations):
    officer = sign_in("officer")
    officer.post(reverse("web:board-measure"), {"unit": world.town.pk, "day": "", "hour": ""})
    assert CoverageRun.objects.get().state == "waiting"
    assert officer.get(reverse("web:board-home")).context["waiting"]

    run_next(AT)
    page = officer.get(reverse("web:board-home"))
    assert page.context["view"].people == 1200
    assert [line.minutes for line in page.context["view"].headlines] == [5, 10, 15]


def test_a_viewer_cannot_ask_for_a_measurement(sign_in, world, stations):
    answer = sign_in("viewer").post(reverse("web:board-measure"), {"unit": world.pine.pk})

    assert answer.status_code == 404
    assert not CoverageRun.objects.exists()


@pytest.mark.parametrize("by", ["committee", "area", "circle"])
def test_the_table_tells_the_shares_part_by_part(sign_in, measured, by):
    page = sign_in("officer").get(reverse("web:board-home"), {"by": by, "profile": "elder"})

    parts = page.context["view"].parts
    assert parts
    assert all(part.people for part in parts)
    assert page.context["question"].by == by


def test_what_is_not_on_offer_falls_back_to_the_first_choice(sign_in, measured):
    asked = {"by": "planet", "profile": "astronaut", "minutes": "999", "sort": "x"}
    question = sign_in("officer").get(reverse("web:board-home"), asked).context["question"]

    assert (question.by, question.minutes, question.sort) == ("committee", 15, "share")


def test_stations_at_night_count_for_nobody(sign_in, world, stations):
    officer = sign_in("officer")
    asked = {"unit": world.town.pk, "day": "tue", "hour": "03:00"}
    officer.post(reverse("web:board-measure"), asked)
    run_next(AT)

    view = officer.get(reverse("web:board-home")).context["view"]
    assert view.headlines[-1].share == 0


def test_the_figures_are_downloaded_as_spreadsheet_and_as_outlines(sign_in, measured):
    officer = sign_in("officer")
    book = officer.get(reverse("web:board-coverage-workbook", args=[measured.pk]))
    outlines = officer.get(
        reverse("web:board-coverage-outlines", args=[measured.pk, "committee"])
    ).json()
    gaps = officer.get(reverse("web:board-coverage-gaps", args=[measured.pk, "wheelchair"])).json()

    assert book.content[:2] == b"PK"
    assert "share_adult_15" in outlines["features"][0]["properties"]
    assert gaps["type"] == "FeatureCollection"


def test_the_chart_says_what_the_table_says(sign_in, measured):
    officer = sign_in("officer")
    view = officer.get(reverse("web:board-home")).context["view"]
    numbers = officer.get(reverse("web:board-coverage-chart", args=[measured.pk])).json()

    assert numbers["parts"] == [{"name": p.name, "shares": list(p.shares)} for p in view.parts]


@pytest.mark.parametrize("name", ["web:board-coverage-workbook", "web:board-coverage-chart"])
def test_the_figures_of_the_town_are_not_for_a_committees_viewer(sign_in, measured, name):
    assert sign_in("viewer").get(reverse(name, args=[measured.pk])).status_code == 404


def test_who_may_not_measure_gets_no_button_and_is_told_why(sign_in, measured):
    assert sign_in("officer").get(reverse("web:board-home")).context["may_measure"]

    page = sign_in("viewer").get(reverse("web:board-home"))
    assert not page.context["may_measure"]
    assert reverse("web:board-measure") not in page.content.decode()
