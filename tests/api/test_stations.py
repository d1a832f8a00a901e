"""Stations, their hours and the service catalogue, as outside systems ask for them."""

from datetime import UTC, date, datetime

import pytest

from tests.world import place

pytestmark = pytest.mark.django_db


def ask(client, path, **query):
    return client.get(f"/api{path}", query)


def codes(answer):
    return [one["code"] for one in answer.json()["items"]]


def test_stations_in_service_are_listed_with_whether_they_are_open(client, town):
    answer = ask(client, "/stations")

    assert set(codes(answer)) == {"S-1", "S-2", "S-3"}
    by_code = {one["code"]: one for one in answer.json()["items"]}
    assert by_code["S-1"]["open"]["is_open"] is True
    assert by_code["S-3"]["open"]["is_open"] is False
    assert set(by_code["S-1"]["services"]) == {"MEAL", "CARD", "READ"}


def test_stations_are_filtered_by_kind_unit_service_words_hour_and_box(client, town):
    (west, south), (east, north) = place(0, 200), place(200, 400)

    assert codes(ask(client, "/stations", kind="library")) == ["S-2"]
    assert codes(ask(client, "/stations", unit=town.world.maple.pk)) == ["S-3"]
    assert codes(ask(client, "/stations", service="MEAL")) == ["S-1"]
    assert codes(ask(client, "/stations", search="书屋")) == ["S-2"]
    assert codes(ask(client, "/stations", open_at="2026-03-10T19:00+08:00")) == ["S-2"]
    assert codes(ask(client, "/stations", open_at="2026-03-10T19:00")) == ["S-2"]
    assert codes(ask(client, "/stations", bbox=f"{west},{south},{east},{north}")) == ["S-2"]


def test_a_list_of_stations_costs_the_stamps_alone(client, town, django_assert_max_num_queries):
    ask(client, "/stations")

    with django_assert_max_num_queries(2):
        ask(client, "/stations")


def test_one_station_tells_its_rooms_and_what_was_checked(client, town):
    answer = ask(client, "/stations/S-1").json()

    assert answer["spaces"][0]["name"] == "办事大厅"
    assert answer["accessibility"]["ramp"] is False
    assert answer["accessibility"]["lift"] is None
    assert answer["organisation"] == "高境社工站"
    assert answer["trail"][-1] == "高境镇"


def test_a_planned_station_is_not_there(client, town):
    assert ask(client, "/stations/S-9").status_code == 404


def test_hours_tell_seasons_exceptions_and_closures(client, town):
    library = ask(client, "/stations/S-2/hours").json()
    centre = ask(client, "/stations/S-1/hours").json()

    summer = next(week for week in library["weeks"] if week["season"])
    friday = next(day for day in summer["days"] if day["day"] == "fri")
    assert friday["spans"] == [{"opens": "10:00", "closes": "01:00", "past_midnight": True}]
    assert [one["day"] for one in library["exceptions"]] == ["2026-03-20", "2026-03-21"]
    assert centre["closures"][0]["reason"] == "检修"


def test_openings_of_the_next_days_leave_closures_out(client, town):
    answer = ask(client, "/stations/S-1/openings", days=14).json()

    spans = [
        (datetime.fromisoformat(one["opens_at"]), datetime.fromisoformat(one["closes_at"]))
        for one in answer
    ]
    on_the_20th = [span for span in spans if span[0].date() == date(2026, 3, 20)]
    assert spans[0][0] == town.world.at
    assert on_the_20th == [
        (datetime(2026, 3, 20, 1, tzinfo=UTC), datetime(2026, 3, 20, 2, tzinfo=UTC))
    ]
    assert len(ask(client, "/stations/S-1/openings").json()) == 11


def test_services_are_listed_with_counts_by_category(client, town):
    answer = ask(client, "/services", mode="by_order").json()

    assert [one["code"] for one in answer["items"]] == ["CARD"]
    assert answer["items"][0]["papers"] == ["身份证", "照片一张"]
    assert answer["by_category"] == {"government": 1}
    assert answer["items"][0]["stations_count"] == 2


def test_one_service_names_its_stations_the_open_ones_first(client, town):
    answer = ask(client, "/services/CARD").json()

    assert [one["station"] for one in answer["offers"]] == ["S-1", "S-3"]
    assert [one["mode"] for one in answer["offers"]] == ["by_order", "any_time"]
    assert ask(client, "/services/XXXX").status_code == 404
