"""What pages ask: answered from memory or in a fixed number of queries."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hequan.people.models import Organisation
from hequan.stations import actions, queries
from hequan.stations.errors import ServiceNotFoundError, StationNotFoundError
from hequan.stations.records import ServiceRecord, StopRecord
from tests.world import AT

EVENING = AT + timedelta(hours=10)  # 20:00


def names(listed):
    return [one.station.name for one in listed]


def test_the_list_is_answered_from_memory(cast, django_assert_num_queries):
    queries.station_directory()
    with django_assert_num_queries(1):  # the stamps
        found = queries.stations_list(at=AT)
    assert sorted(names(found)) == ["红枫党群服务站", "青松邻里中心", "骑手驿站"]


def test_building_the_directory_takes_a_fixed_number_of_queries(cast, django_assert_num_queries):
    with django_assert_num_queries(11):
        queries.station_directory()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "energy_point"}, ["骑手驿站"]),
        ({"open_at": EVENING}, ["青松邻里中心", "骑手驿站"]),
        ({"words": "枫 服务"}, ["红枫党群服务站"]),
        ({"words": "st-2"}, ["青松邻里中心"]),
        ({"service": "SV-1"}, ["红枫党群服务站", "青松邻里中心"]),
        ({"kind": "palace"}, []),
    ],
)
def test_the_list_is_filtered(cast, filters, expected):
    assert sorted(names(queries.stations_list(at=AT, **filters))) == sorted(expected)


def test_the_list_is_cut_to_a_part_of_the_territory(world, cast):
    found = queries.stations_list(at=AT, unit_path=world.pine.path)
    assert names(found) == ["青松邻里中心"]
    assert found[0].station.unit_name == "青松居委会"


def test_closed_stations_leave_the_directory_and_stay_in_the_register(cast):
    actions.close_station(station=cast.hall, on=AT.date(), by=cast.by, at=AT)
    assert "红枫党群服务站" not in names(queries.stations_list(at=AT))
    with pytest.raises(StationNotFoundError):
        queries.station_page(cast.hall.pk, AT)
    assert queries.register_rows(status="closed").total == 1


def test_a_card_knows_whether_one_gets_in_without_steps(cast):
    cards = {one.station.code: one.station for one in queries.stations_list(at=AT)}
    assert (cards["ST-3"].step_free, cards["ST-1"].step_free) == (True, None)


def test_the_page_of_a_station_shows_everything(world, cast, django_assert_max_num_queries):
    actions.set_main_station(grid=world.grids[0], station=cast.hall, by=cast.by, at=AT)
    actions.set_core_station(circle=world.happy, station=cast.hall, by=cast.by, at=AT)
    stops = [StopRecord(cast.library.pk, "读"), StopRecord(cast.canteen.pk, "吃")]
    actions.save_corridor(
        corridor=None, name="走廊", unit=world.town, introduction="", stops=stops, by=cast.by, at=AT
    )
    actions.announce_closure(
        station=cast.hall,
        from_at=AT - timedelta(hours=1),
        to_at=AT + timedelta(hours=1),
        reason="停电",
        is_sudden=True,
        by=cast.by,
        at=AT - timedelta(hours=1),
    )
    actions.add_hours_exception(
        station=cast.hall, day=date(2026, 3, 12), reason="盘点", by=cast.by, at=AT
    )
    queries.station_directory()
    with django_assert_max_num_queries(13):
        page = queries.station_page("ST-1", AT)
    assert page.trail == ("上海市", "宝山区", "高境镇", "第一片区", "红枫居委会")
    assert (page.open.is_open, page.open.closure) == (False, "停电")
    assert [c.running for c in page.closures] == [True]
    assert [e.reason for e in page.exceptions] == ["盘点"]
    assert [(s.name, s.capacity) for s in page.spaces] == [("阅览室", 40)]
    assert [(o.service.name, o.mode, o.service.papers) for o in page.services] == [
        ("图书借阅", "any_time", ("借书证",))
    ]
    assert [s.station_name for s in page.corridors[0].stops] == ["红枫党群服务站", "青松邻里中心"]
    assert (page.core_of, page.main_for) == (("幸福圈",), ("红枫第1微网格",))
    assert page.weeks[0].holiday is not None
    assert page.accessibility is None


def test_the_checklist_lists_its_fields(cast):
    page = queries.station_page(cast.rest.pk, AT)
    found = dict(page.accessibility.items())
    assert (found["entrance_step_free"], found["door_width_cm"], found["lift"]) == (True, 90, None)
    assert "checked_on" not in found


def test_there_is_no_page_without_a_station(cast):
    for wrong in (0, "ST-0"):
        with pytest.raises(StationNotFoundError):
            queries.station_page(wrong, AT)


@pytest.mark.slow
def test_the_catalogue_is_searched_counted_and_paged(cast, django_assert_num_queries):
    for n in range(300):
        record = ServiceRecord(f"X-{n}", f"事项{n}", "government" if n % 2 else "law", "by_order")
        actions.save_service(service=None, record=record, by=cast.by, at=AT)
    queries.station_directory()
    with django_assert_num_queries(1):
        found = queries.services_catalogue(page=2, per_page=100)
    assert (found.total, found.pages, len(found.rows)) == (302, 4, 100)
    assert found.by_category == {"government": 150, "law": 150, "culture": 1, "meals": 1}
    assert queries.services_catalogue(words="送餐").rows[0].stations_count == 1
    only = queries.services_catalogue(category="law", mode="by_order", words="事项29")
    assert [row.name for row in only.rows] == [
        "事项290",
        "事项292",
        "事项294",
        "事项296",
        "事项298",
    ]
    assert queries.services_catalogue(page=99).page == 6


def test_a_service_tells_who_offers_it_the_open_first(cast):
    actions.offer_service(station=cast.shop, service=cast.reading, note="二楼", by=cast.by, at=AT)
    page = queries.service_page("SV-1", EVENING)
    assert [(o.station.code, o.open.is_open, o.note) for o in page.offers] == [
        ("ST-2", True, "二楼"),
        ("ST-1", False, ""),
    ]
    with pytest.raises(ServiceNotFoundError):
        queries.service_page("SV-0", AT)


def test_openings_between_two_moments_are_cut_at_both(cast):
    spans = queries.openings_between(cast.hall.pk, AT, AT + timedelta(days=1))
    hours = [(s.opens_at.hour, s.closes_at.hour) for s in spans]
    assert hours == [(2, 4), (5, 9), (1, 2)]  # UTC


def test_the_register_counts_and_pages_in_two_queries(cast, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = queries.register_rows(per_page=2)
    assert (found.total, found.pages, len(found.rows)) == (3, 2, 2)
    row = next(r for r in queries.register_rows().rows if r.code == "ST-2")
    assert (row.services, row.spaces, row.has_hours, row.checked_on) == (2, 1, True, None)
    assert queries.register_rows(words="驿站 ST-3").total == 1
    assert queries.register_rows(paths=["/none/"]).total == 0


def test_who_has_no_station_is_told(world, cast, django_assert_num_queries):
    firm = Organisation.objects.create(name="晨光科技", unit=world.maple, is_new_field=True)
    Organisation.objects.create(name="老厂", unit=world.maple)
    with django_assert_num_queries(3):
        assert [o.name for o in queries.organisations_without_station()] == ["晨光科技"]
        assert len(queries.grids_without_main_station([world.town.path])) == 6
        assert [c.name for c in queries.circles_without_core()] == ["幸福圈", "文体圈"]
    actions.set_answering_station(organisation=firm, station=cast.hall, by=cast.by, at=AT)
    actions.set_main_station(grid=world.grids[2], station=cast.hall, by=cast.by, at=AT)
    actions.set_core_station(circle=world.happy, station=cast.hall, by=cast.by, at=AT)
    assert queries.organisations_without_station(world.town.path) == ()
    left = queries.grids_without_main_station([world.town.path])
    assert world.grids[2].pk not in [grid.pk for grid in left]
    assert left[0].people == 200
    assert [c.name for c in queries.circles_without_core()] == ["文体圈"]


def test_records_for_forms_come_back_as_they_were_entered(world, cast):
    record = queries.station_record(cast.hall)
    assert (record.code, record.roles) == ("ST-1", ("window", "forum"))
    assert queries.space_record(cast.library).functions == ("library",)
    assert queries.service_record(cast.reading).papers == ("借书证",)
    assert queries.accessibility_of(cast.rest).door_width_cm == 90
    assert queries.closures_of(cast.hall) == ()


def test_a_season_is_open_earlier(cast):
    six = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 06:30 next day
    assert queries.open_state_of(cast.shop, six).is_open
    assert not queries.open_state_of(cast.shop, six - timedelta(days=120)).is_open
