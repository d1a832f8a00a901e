"""The station register: found, entered, changed section by section, refused with reasons."""

from datetime import date

import pytest
from django.urls import reverse

from hequan.core.audit import AuditEntry
from hequan.core.grants import give_grants
from hequan.core.kinds import Capability
from hequan.stations.models import (
    AccessibilityCheck,
    Closure,
    HoursException,
    OpeningRule,
    ServiceOffer,
    Space,
    Station,
)
from tests.world import AT, place

LON, LAT = place(300, 100)
FACTS = {
    "name": "红枫便民站",
    "code": "ST-9",
    "kind": "post",
    "level": "committee",
    "unit": "红枫居委会",
    "status": "open",
    "lon": LON,
    "lat": LAT,
    "source_coordinates": "wgs84",
    "roles": ["window", "school"],
}


def section(station, code):
    return reverse("web:board-station", args=[station.pk, code])


def test_the_register_lists_the_stations_of_the_officers_part(
    sign_in, stations, django_assert_max_num_queries
):
    client = sign_in("officer")
    with django_assert_max_num_queries(11):
        page = client.get(reverse("web:board-stations")).content.decode()

    assert all(station.name in page for station in stations.values())


def test_the_register_is_searched_by_name_code_or_address(sign_in, stations):
    page = sign_in("officer").get(reverse("web:board-stations"), {"words": "ST-2"})

    assert [row.code for row in page.context["register"].rows] == ["ST-2"]


def test_a_viewer_of_pine_sees_pines_stations_only(sign_in, stations):
    page = sign_in("viewer").get(reverse("web:board-stations"))

    assert [row.code for row in page.context["register"].rows] == ["ST-3"]


def test_a_new_station_is_saved_and_leads_to_its_hours(sign_in, world):
    answer = sign_in("clerk").post(reverse("web:board-station-new"), FACTS)

    made = Station.objects.get(code="ST-9")
    assert answer["Location"] == section(made, "hours")
    assert (made.unit, made.roles) == (world.maple, ["window", "school"])
    assert AuditEntry.objects.filter(verb="stations.station_saved", by=world.clerk).exists()


def test_chinese_map_coordinates_are_converted_when_entered(sign_in, world):
    sent = FACTS | {"source_coordinates": "gcj02"}
    sign_in("clerk").post(reverse("web:board-station-new"), sent)

    made = Station.objects.get(code="ST-9")
    assert abs(made.lon - LON) > 0.003
    assert made.source_coordinates == "gcj02"


def test_a_clerk_cannot_put_a_station_into_the_next_committee(sign_in, world):
    answer = sign_in("clerk").post(reverse("web:board-station-new"), FACTS | {"unit": "青松居委会"})

    assert "青松居委会" in str(answer.context["form"].errors["unit"])
    assert not Station.objects.exists()


def test_a_code_that_is_taken_is_refused_with_its_bearer(sign_in, stations):
    answer = sign_in("officer").post(reverse("web:board-station-new"), FACTS | {"code": "ST-1"})

    assert stations["ST-1"].name in str(answer.context["form"].non_field_errors())


def test_hours_are_read_as_people_write_them(sign_in, stations):
    text = "周一至周五 09:00-12:00,13:00-17:00; 周六 09:00-12:00"
    sign_in("clerk").post(section(stations["ST-1"], "hours"), {"hours": text})

    rules = OpeningRule.objects.filter(station=stations["ST-1"])
    assert rules.count() == 11


@pytest.mark.parametrize(
    "text", ["周一 25:00-26:00", "every so often", "周一 09:00-12:00,11:00-13:00"]
)
def test_hours_that_cannot_be_are_refused_and_the_old_ones_stay(sign_in, stations, text):
    answer = sign_in("clerk").post(section(stations["ST-1"], "hours"), {"hours": text})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert OpeningRule.objects.filter(station=stations["ST-1"]).count() == 5


def test_a_closure_needs_seven_days_notice_unless_it_is_sudden(sign_in, stations):
    sent = {
        "what": "closure",
        "closure-begins": "2026-03-12",
        "closure-ends": "2026-03-13",
        "closure-reason": "水管维修",
    }
    page = section(stations["ST-1"], "days")
    refused = sign_in("clerk").post(page, sent)
    assert not Closure.objects.exists()
    assert "2026" in str(refused.context["form"].non_field_errors())

    sign_in("clerk").post(page, sent | {"closure-is_sudden": "on"})
    assert Closure.objects.get().is_sudden


def test_a_closure_is_withdrawn(sign_in, stations):
    page = section(stations["ST-1"], "days")
    sent = {
        "what": "closure",
        "closure-begins": "2026-04-12",
        "closure-ends": "2026-04-13",
        "closure-reason": "水管维修",
    }
    sign_in("clerk").post(page, sent)
    closure = Closure.objects.get()
    sign_in("clerk").post(page, {"what": "withdraw", "closure_pk": closure.pk})

    closure.refresh_from_db()
    assert closure.withdrawn_at is not None


def test_a_day_that_differs_may_pass_midnight(sign_in, stations):
    sent = {"what": "day", "day-day": "2026-05-01", "day-opens": "20:00", "day-closes": "01:00"}
    sign_in("clerk").post(section(stations["ST-1"], "days"), sent)

    row = HoursException.objects.get()
    assert (row.day, row.opens, row.closes) == (date(2026, 5, 1), 1200, 1500)


def test_a_day_with_half_its_times_is_refused(sign_in, stations):
    sent = {"what": "day", "day-day": "2026-05-01", "day-opens": "20:00"}
    answer = sign_in("clerk").post(section(stations["ST-1"], "days"), sent)

    assert answer.context["day"].errors
    assert not HoursException.objects.exists()


def test_a_space_is_added_changed_and_removed(sign_in, stations):
    page = section(stations["ST-1"], "spaces")
    clerk = sign_in("clerk")
    clerk.post(page, {"name": "活动室", "functions": ["activity"], "capacity": "30"})
    space = Space.objects.get()
    clerk.post(f"{page}?space={space.pk}", {"name": "多功能厅", "step_free": "yes"})
    space.refresh_from_db()
    assert (space.name, space.step_free) == ("多功能厅", True)

    clerk.post(f"{page}?space={space.pk}", {"name": "多功能厅", "remove": ""})
    assert not Space.objects.exists()


def test_the_services_of_a_station_are_ticked(sign_in, stations, service):
    page = section(stations["ST-1"], "offers")
    sign_in("clerk").post(page, {"service": [str(service.pk)]})
    assert ServiceOffer.objects.get().station == stations["ST-1"]

    sign_in("clerk").post(page, {})
    assert not ServiceOffer.objects.exists()


def test_the_accessibility_checklist_tells_no_from_not_looked_at(sign_in, stations):
    sent = {"ramp": "yes", "lift": "no", "checked_on": "2026-03-01"}
    sign_in("clerk").post(section(stations["ST-1"], "accessibility"), sent)

    found = AccessibilityCheck.objects.get()
    assert (found.ramp, found.lift, found.guide_dog) == (True, False, None)


@pytest.mark.parametrize("code", ["facts", "hours", "days", "spaces", "offers", "accessibility"])
def test_every_section_opens(sign_in, stations, service, code):
    assert sign_in("clerk").get(section(stations["ST-1"], code)).status_code == 200


def test_a_section_nobody_knows_is_not_found(sign_in, stations):
    assert sign_in("clerk").get(section(stations["ST-1"], "secrets")).status_code == 404


def test_the_register_is_downloaded_as_a_spreadsheet(sign_in, stations):
    answer = sign_in("officer").get(reverse("web:board-stations-workbook"))

    assert answer.content[:2] == b"PK"


def test_a_day_once_entered_is_written_as_a_browser_reads_it(sign_in, stations):
    station = stations["ST-1"]
    officer = sign_in("officer")
    officer.post(section(station, "facts"), FACTS | {"code": "ST-1", "opened_on": "2025-11-01"})

    page = officer.get(section(station, "facts")).content.decode()
    assert 'value="2025-11-01"' in page


def test_who_may_not_edit_gets_no_button_that_leads_nowhere(sign_in, stations):
    page = sign_in("viewer").get(reverse("web:board-stations")).content.decode()

    assert reverse("web:board-station-new") not in page
    assert section(stations["ST-3"], "facts") not in page
    assert reverse("web:station", args=["ST-3"]) in page


def test_whoever_holds_two_parts_sees_the_stations_of_both(sign_in, world, stations):
    see = [Capability.SEE_BOARD]
    give_grants(
        account=world.viewer, capabilities=see, path=world.maple.path, by=world.system, at=AT
    )

    page = sign_in("viewer").get(reverse("web:board-stations"))

    assert {row.code for row in page.context["register"].rows} == set(stations)
