"""The duty calendar on the board: week and month, entering, changing, leaves, clashes."""

from datetime import date

import pytest
from django.urls import reverse

from hequan.roster.kinds import PostKind
from hequan.roster.models import DutyPattern, DutySlot, Leave
from tests.roster.cast import TODAY

CLERK = PostKind.STATION_CLERK


@pytest.fixture
def hall(world, people, stations):
    """A station with two clerks."""
    for person in (people.wang, people.zhao):
        people.appoint(CLERK, person, stations["ST-1"])
    return stations["ST-1"]


def at(name, place, kind="station"):
    return reverse(name, args=[kind, place.pk])


def one_duty(person=None, **more):
    who = str(person.pk) if person else ""
    return {"day": "2026-03-11", "begins": "09:00", "ends": "17:00", "person": who} | more


def test_a_duty_is_entered_and_stands_in_its_week_and_month(sign_in, people, hall):
    officer = sign_in("officer")
    officer.post(at("web:board-duty-add", hall), one_duty(people.wang))

    for view, rows in (("week", 1), ("month", 6)):
        page = officer.get(at("web:board-duty-place", hall), {"view": view})
        days = [day for week in page.context["days"] for day in week]
        assert len(page.context["days"]) == rows
        (busy,) = [day for day in days if day.slots]
        assert (busy.day, busy.slots[0].person) == (date(2026, 3, 11), "王丽娟")


def test_a_duty_until_the_next_morning_ends_there(sign_in, people, hall):
    sign_in("officer").post(
        at("web:board-duty-add", hall), one_duty(people.wang, begins="20:00", ends="08:00")
    )

    slot = DutySlot.objects.get()
    assert (slot.ends_at - slot.starts_at).total_seconds() == 12 * 3600


def test_a_clash_is_told_beside_the_form(sign_in, people, hall, stations):
    officer = sign_in("officer")
    people.appoint(CLERK, people.wang, stations["ST-2"])
    officer.post(at("web:board-duty-add", hall), one_duty(people.wang))
    answer = officer.post(
        at("web:board-duty-add", stations["ST-2"]), one_duty(people.wang, begins="16:00")
    )

    assert "王丽娟" in answer.context["adding"].non_field_errors()[0]
    assert DutySlot.objects.count() == 1


def test_an_open_duty_stands_on_the_front_page(sign_in, people, hall):
    officer = sign_in("officer")
    officer.post(at("web:board-duty-add", hall), one_duty())
    page = officer.get(reverse("web:board-duty"))

    assert [row.place for row in page.context["open"]] == ["红枫居委会站1"]
    assert page.context["places"][0].open == 1


def test_a_place_without_duty_is_found_by_name(sign_in, hall):
    page = sign_in("officer").get(reverse("web:board-duty"), {"words": "青松第2"})

    assert [one.name for one in page.context["places"]] == ["青松第2微网格"]


def test_a_weekly_duty_is_entered_and_ended(sign_in, people, hall):
    officer = sign_in("officer")
    wanted = {"weekday": "2", "begins": "09:00", "ends": "12:00", "valid_from": "2026-03-10"}
    officer.post(at("web:board-duty-weekly", hall), wanted | {"person": people.wang.pk})
    assert DutySlot.objects.count() == 8
    pattern = DutyPattern.objects.get()
    officer.post(reverse("web:board-duty-weekly-end", args=[pattern.pk]))

    assert DutySlot.objects.count() == 0


def test_one_duty_is_given_to_somebody_else_and_called_off(sign_in, people, hall):
    officer = sign_in("officer")
    officer.post(at("web:board-duty-add", hall), one_duty(people.wang))
    slot = DutySlot.objects.get()
    address = reverse("web:board-duty-slot", args=[slot.pk])
    assert officer.get(address).context["form"]["person"].value() == people.wang.pk
    officer.post(address, one_duty(people.zhao, note="代班"))
    slot.refresh_from_db()
    assert (slot.person, slot.note) == (people.zhao, "代班")

    officer.post(reverse("web:board-duty-cancel", args=[slot.pk]))
    slot.refresh_from_db()
    assert slot.cancelled_at is not None


def test_only_people_of_the_place_are_offered(sign_in, people, hall):
    answer = sign_in("officer").post(at("web:board-duty-add", hall), one_duty(people.li))

    assert "person" in answer.context["adding"].errors


def test_a_leave_is_entered_and_taken_back(sign_in, people, hall):
    officer = sign_in("officer")
    officer.post(at("web:board-duty-add", hall), one_duty(people.wang))
    wanted = {"person": "王丽娟", "stand_in": "赵强"}
    wanted |= {"first_on": "2026-03-11", "until_on": "2026-03-12"}
    officer.post(reverse("web:board-leaves"), wanted)
    assert DutySlot.objects.get().person == people.zhao

    officer.post(reverse("web:board-leave-withdraw", args=[Leave.objects.get().pk]))
    assert DutySlot.objects.get().person == people.wang


def test_nobody_is_sent_on_leave_from_next_door(sign_in, world, people, hall):
    people.appoint(PostKind.GRID_HEAD, people.li, world.grids[5])
    client = sign_in("officer")
    client.force_login(people.sun)
    wanted = {"person": "李梅", "first_on": "2026-03-11", "until_on": "2026-03-12"}
    client.post(reverse("web:board-leaves"), wanted)

    assert not Leave.objects.exists()


@pytest.mark.parametrize("name", ["board-duty-place", "board-duty-add", "board-duty-weekly"])
def test_a_place_next_door_is_not_there(sign_in, world, people, stations, name):
    client = sign_in("officer")
    client.force_login(people.sun)
    address = at(f"web:{name}", stations["ST-3"])

    answer = client.get(address) if name.endswith("place") else client.post(address, one_duty())
    assert answer.status_code == 404


def test_an_organisation_has_no_duty_table(sign_in, world):
    answer = sign_in("officer").get(reverse("web:board-duty-place", args=["organisation", 1]))

    assert answer.status_code == 404


def test_the_week_takes_the_same_queries_for_any_number_of_duties(
    sign_in, people, hall, django_assert_num_queries
):
    officer = sign_in("officer")
    address = at("web:board-duty-place", hall)
    officer.get(address)
    with django_assert_num_queries(6):
        officer.get(address)
    for hour in range(9, 17):
        wanted = one_duty(people.wang, begins=f"{hour}:00", ends=f"{hour + 1}:00")
        officer.post(at("web:board-duty-add", hall), wanted)
    assert DutySlot.objects.filter(starts_at__date__gte=TODAY).count() == 8
    officer.get(address)  # tells that they were saved
    with django_assert_num_queries(6):
        officer.get(address)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9999-12-29"])
def test_a_day_beyond_every_calendar_is_a_slip_of_the_address(sign_in, world, day):
    officer = sign_in("officer")
    for name in ("web:board-duty", "web:board-teams"):
        assert officer.get(reverse(name), {"day": day}).status_code == 200
    address = reverse("web:board-duty-place", args=["unit", world.maple.pk])
    assert officer.get(address, {"day": day}).status_code == 200
