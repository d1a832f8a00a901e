"""Somebody's duty as iCalendar, and the secret address it lies behind."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from hequan.core.accounts import Account
from hequan.roster import actions
from hequan.roster.duty_calendar import CalendarDuty, duty_calendar
from hequan.roster.models import DutyFeed
from hequan.roster.places import Place
from tests.roster.cast import TODAY
from tests.world import AT

BEGIN = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
DUTY = CalendarDuty(
    "duty-1@hequan", BEGIN, BEGIN + timedelta(hours=8), "值班：红枫站", "红枫站, 一楼"
)


def test_a_duty_is_an_event_in_utc_with_its_place_escaped():
    lines = duty_calendar("我的值班", [DUTY], AT).split("\r\n")

    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DTSTART:20260311T010000Z" in lines
    assert "DTEND:20260311T090000Z" in lines
    assert "LOCATION:红枫站\\, 一楼" in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_long_lines_are_folded_between_characters_and_unfold_to_the_same():
    long = CalendarDuty("u", BEGIN, BEGIN, "值班" * 80, "")
    text = duty_calendar("x", [long], AT)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert f"SUMMARY:{'值班' * 80}" in text.replace("\r\n ", "")


@pytest.fixture
def feed(world, people, cast):
    """Wang's calendar, with one duty tomorrow."""
    actions.add_duty(
        place=Place.of(cast.hall),
        person=people.wang,
        starts_at=BEGIN,
        ends_at=BEGIN + timedelta(hours=8),
        by=world.officer,
        at=AT,
    )
    return actions.make_feed(person=people.wang, by=people.wang.account, at=AT)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("hequan.core.clock.now", lambda: AT)


def test_a_calendar_program_reads_the_duty_behind_the_address(client, feed):
    answer = client.get(reverse("web:duty-feed", args=[feed]))

    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART:20260311T010000Z" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_the_address_is_kept_only_as_a_hash_and_ends_with_a_new_one(client, people, feed):
    assert feed not in str(list(DutyFeed.objects.values_list()))
    actions.make_feed(person=people.wang, by=people.wang.account, at=AT)

    assert client.get(reverse("web:duty-feed", args=[feed])).status_code == 404
    assert client.get(reverse("web:duty-feed", args=["x"])).status_code == 404


def test_ones_own_page_shows_the_duty_and_the_new_address_once(client, people, feed):
    client.force_login(people.wang.account)
    client.post(reverse("web:my-duty-address"))
    first = client.get(reverse("web:my-duty"))
    second = client.get(reverse("web:my-duty"))

    assert [row.day for row in first.context["duties"]] == [TODAY + timedelta(days=1)]
    assert first.context["address"].endswith(".ics")
    assert second.context["address"] == ""
    client.post(reverse("web:my-duty-no-address"))
    assert not DutyFeed.objects.exists()


def test_a_sign_in_without_a_person_has_no_duty_and_no_address(client, world):
    client.force_login(Account.objects.create_user("nobody"))

    assert client.get(reverse("web:my-duty")).context["person"] is None
    assert client.post(reverse("web:my-duty-address")).status_code == 404
