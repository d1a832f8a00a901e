"""The list of stations and the page of each."""

import re
from datetime import timedelta

import pytest

from hequan.stations import actions
from hequan.stations.records import AccessibilityRecord, StopRecord
from tests.world import AT

pytestmark = pytest.mark.django_db


def names(page):
    return re.findall(r'<h2><a href="/stations/[^"]+">([^<]+)</a>', page.content.decode())


def test_all_stations_are_listed_with_whether_they_are_open(client, cast):
    page = client.get("/stations/")

    assert sorted(names(page)) == ["红枫党群服务站", "青松邻里中心", "骑手驿站"]
    assert "开放中，12:00 关门" in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("kind=energy_point", ["骑手驿站"]),
        ("words=青松", ["青松邻里中心"]),
        ("kind=library", []),
        ("kind=nonsense", []),
    ],
)
def test_the_list_is_narrowed_by_kind_and_words(client, cast, asked, expected):
    assert names(client.get(f"/stations/?{asked}")) == expected


def test_the_list_is_narrowed_by_committee(client, cast, world):
    assert names(client.get(f"/stations/?committee={world.pine.pk}")) == ["青松邻里中心"]


def test_only_open_stations_are_shown_when_asked_for(client, cast, monkeypatch):
    monkeypatch.setattr("hequan.core.clock.now", lambda: AT + timedelta(hours=12))

    assert names(client.get("/stations/?open=1")) == ["骑手驿站"]


def test_a_long_list_comes_in_pages_that_keep_the_filters(client, cast, monkeypatch):
    monkeypatch.setattr("hequan.web.public.stations.PER_PAGE", 2)

    first = client.get("/stations/?words=ST")

    assert len(names(first)) == 2
    assert "?words=ST&amp;page=2" in first.content.decode()
    assert len(names(client.get("/stations/?words=ST&page=2"))) == 1
    assert len(names(client.get("/stations/?page=nonsense"))) == 2


def test_a_page_tells_kind_place_hours_rooms_services_and_accessibility(english, cast):
    page = english.get("/stations/ST-3/").content.decode()

    for said in (
        "Energy point",
        "Open day and night",
        "00:00–24:00",
        "Entrance without steps",
        "Door 90 cm wide",
        "Lift: not checked",
        "高境镇",
    ):
        assert said in page


def test_a_page_lists_rooms_with_their_functions_and_capacity(english, cast):
    page = english.get("/stations/ST-2/").content.decode()

    assert "家门口食堂" in page
    assert "Canteen" in page
    assert "60 people" in page


def test_a_page_lists_services_with_papers_mode_and_time(english, cast):
    page = english.get("/stations/ST-2/").content.decode()

    assert '<a href="/services/SV-2/">助餐送餐</a>' in page
    assert "借书证" in page
    assert "By order" in page
    assert "30 minutes" in page


def test_many_services_are_folded_by_category(client, cast, monkeypatch):
    monkeypatch.setattr("hequan.web.public.stations.FEW_SERVICES", 1)

    page = client.get("/stations/ST-2/").content.decode()

    assert page.count('<details class="service-group">') == 2


def test_the_week_marks_today_and_folds_other_seasons_away(english, cast):
    page = english.get("/stations/ST-2/").content.decode()

    assert re.search(r'class="today"><th scope="row">Tuesday</th>', page)
    assert "Hours in other seasons" in page
    assert "夏令" in page


def test_an_announced_closure_is_told_with_its_days_and_reason(english, cast):
    actions.announce_closure(
        station=cast.rest,
        from_at=AT + timedelta(days=8),
        to_at=AT + timedelta(days=9),
        reason="地面维修",
        by=cast.by,
        at=AT,
    )

    page = english.get("/stations/ST-3/").content.decode()

    assert "Will be closed" in page
    assert "地面维修" in page


def test_a_running_closure_goes_before_the_hours(english, cast):
    actions.announce_closure(
        station=cast.rest,
        from_at=AT - timedelta(hours=1),
        to_at=AT + timedelta(days=1),
        reason="停电",
        is_sudden=True,
        by=cast.by,
        at=AT,
    )

    page = english.get("/stations/ST-3/").content.decode()

    assert '<span class="state state-closure">Closed: 停电</span>' in page
    assert "Closed for a time" in page


def test_days_that_differ_are_told(english, cast):
    actions.add_hours_exception(
        station=cast.hall,
        day=(AT + timedelta(days=3)).date(),
        opens=600,
        closes=720,
        reason="值班",
        by=cast.by,
        at=AT,
    )

    page = english.get("/stations/ST-1/").content.decode()

    assert "10:00–12:00" in page
    assert "值班" in page


def test_a_corridor_is_shown_in_its_order_with_this_station_marked(english, cast, world):
    actions.save_corridor(
        corridor=None,
        name="两点一廊",
        unit=world.town,
        introduction="",
        stops=[StopRecord(cast.canteen.pk, "助餐"), StopRecord(cast.library.pk, "阅读")],
        by=cast.by,
        at=AT,
    )

    page = english.get("/stations/ST-1/").content.decode()

    assert "Part of the walk “两点一廊”" in page
    assert page.index("青松邻里中心") < page.index('<li aria-current="location">')


def test_core_and_main_stations_say_so(english, cast, world):
    actions.set_core_station(circle=world.happy, station=cast.hall, by=cast.by, at=AT)
    actions.set_main_station(grid=world.grids[0], station=cast.hall, by=cast.by, at=AT)

    page = english.get("/stations/ST-1/").content.decode()

    assert "Core station of 幸福圈" in page
    assert "红枫第1微网格" in page


def test_what_nobody_has_checked_is_not_said_to_be_missing(english, cast):
    actions.save_accessibility(
        station=cast.hall, record=AccessibilityRecord(ramp=False), by=cast.by, at=AT
    )

    page = english.get("/stations/ST-1/").content.decode()

    assert "No ramp" in page
    assert "Lift: not checked" in page
    assert "No lift" not in page


@pytest.mark.parametrize("code", ["NONE", "..", "ST-1%2F"])
def test_a_station_nobody_knows_is_not_found(client, cast, code):
    answer = client.get(f"/stations/{code}/")

    assert answer.status_code == 404


def test_a_closed_station_is_not_found(client, cast):
    actions.close_station(station=cast.rest, on=AT.date(), by=cast.by, at=AT)

    assert client.get("/stations/ST-3/").status_code == 404


def test_the_list_takes_one_query_and_a_page_a_few(client, cast, django_assert_max_num_queries):
    client.get("/stations/")
    with django_assert_max_num_queries(1):
        client.get("/stations/")
    client.get("/stations/ST-2/")
    with django_assert_max_num_queries(14):
        client.get("/stations/ST-2/")
