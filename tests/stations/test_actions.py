"""Writing the register: what is entered is audited and stamped; what cannot be is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hequan.core.audit import AuditEntry
from hequan.core.versions import stamps
from hequan.stations import actions
from hequan.stations.errors import (
    CodeTakenError,
    EmptyCorridorError,
    NameTakenError,
    OutsideGlobeError,
    StationInUseError,
    UnknownValueError,
    WrongLevelError,
    WrongOrderError,
)
from hequan.stations.models import (
    AnsweringStation,
    CoreStation,
    CorridorStop,
    MainStation,
    ServiceOffer,
    Station,
)
from hequan.stations.records import AccessibilityRecord, ServiceRecord, SpaceRecord, StopRecord
from tests.stations.cast import record_of
from tests.world import AT


@pytest.fixture
def by(world):
    return world.system


def test_a_station_is_entered_audited_and_stamped(world, by):
    before = stamps("stations")
    row = actions.save_station(station=None, record=record_of(world), by=by, at=AT)
    assert Station.objects.get().name == "新站"
    assert stamps("stations") > before
    entry = AuditEntry.objects.get(verb="stations.station_saved")
    assert (entry.thing_id, entry.after["code"]) == (str(row.pk), "ST-9")


def test_a_changed_station_notes_only_what_changed(world, by):
    row = actions.save_station(station=None, record=record_of(world), by=by, at=AT)
    moved = record_of(world, name="旧站")
    actions.save_station(station=row, record=moved, by=by, at=AT)
    entry = AuditEntry.objects.filter(verb="stations.station_saved").latest("pk")
    assert (entry.before, entry.after) == ({"name": "新站"}, {"name": "旧站"})


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"kind": "palace"}, UnknownValueError),
        ({"level": "planet"}, UnknownValueError),
        ({"status": "asleep"}, UnknownValueError),
        ({"roles": ("window", "throne")}, UnknownValueError),
        ({"zone_kind": "moon"}, UnknownValueError),
        ({"lon": 181.0}, OutsideGlobeError),
        ({"lat": 91.0}, OutsideGlobeError),
        ({"opened_on": date(2026, 1, 2), "closed_on": date(2026, 1, 1)}, WrongOrderError),
    ],
)
def test_a_station_that_cannot_be_is_refused(world, by, more, refusal):
    with pytest.raises(refusal):
        actions.save_station(station=None, record=record_of(world, **more), by=by, at=AT)
    assert not Station.objects.exists()


def test_a_code_belongs_to_one_station(world, cast):
    with pytest.raises(CodeTakenError) as refused:
        actions.save_station(station=None, record=record_of(world, code="ST-1"), by=cast.by, at=AT)
    assert "红枫党群服务站" in str(refused.value)


def test_a_closed_station_keeps_its_past(cast):
    actions.close_station(station=cast.hall, on=date(2026, 4, 1), by=cast.by, at=AT)
    row = Station.objects.get(pk=cast.hall.pk)
    assert (row.status, row.closed_on) == ("closed", date(2026, 4, 1))
    assert row.spaces.count() == 1


def test_a_station_does_not_close_before_it_opened(cast):
    cast.hall.opened_on = date(2026, 1, 1)
    with pytest.raises(WrongOrderError):
        actions.close_station(station=cast.hall, on=date(2025, 12, 31), by=cast.by, at=AT)


def test_a_space_has_one_name_in_its_station(cast):
    with pytest.raises(NameTakenError):
        actions.save_space(
            station=cast.hall, space=None, record=SpaceRecord("阅览室"), by=cast.by, at=AT
        )
    with pytest.raises(UnknownValueError):
        actions.save_space(
            station=cast.hall, space=None, record=SpaceRecord("塔", ("tower",)), by=cast.by, at=AT
        )
    changed = SpaceRecord("阅览室", ("library", "studio"), capacity=50)
    actions.save_space(station=cast.hall, space=cast.library, record=changed, by=cast.by, at=AT)
    cast.library.refresh_from_db()
    assert cast.library.functions == ["library", "studio"]


def test_a_checklist_is_filled_in_and_changed(cast):
    record = AccessibilityRecord(ramp=True, checked_on=date(2026, 3, 1))
    actions.save_accessibility(station=cast.hall, record=record, by=cast.by, at=AT)
    record = replace(record, low_counter=False)
    row = actions.save_accessibility(station=cast.hall, record=record, by=cast.by, at=AT)
    assert (row.ramp, row.low_counter, row.hearing_loop) == (True, False, None)


def test_a_service_is_entered_once(cast):
    with pytest.raises(CodeTakenError):
        actions.save_service(
            service=None, record=ServiceRecord("SV-1", "别的", "law"), by=cast.by, at=AT
        )
    with pytest.raises(UnknownValueError):
        actions.save_service(
            service=None, record=ServiceRecord("SV-9", "别的", "magic"), by=cast.by, at=AT
        )


def test_offers_are_set_as_a_whole_and_keep_what_stays(cast):
    actions.offer_service(
        station=cast.shop, service=cast.meals, mode="on_the_spot", note="午市", by=cast.by, at=AT
    )
    actions.set_offers(station=cast.shop, service_ids=[cast.meals.pk], by=cast.by, at=AT)
    offer = ServiceOffer.objects.get(station=cast.shop)
    assert (offer.service, offer.mode, offer.note) == (cast.meals, "on_the_spot", "午市")
    actions.withdraw_offer(station=cast.shop, service=cast.meals, by=cast.by, at=AT)
    assert not ServiceOffer.objects.filter(station=cast.shop).exists()


def test_a_grid_has_one_main_station(world, cast):
    grid = world.grids[0]
    actions.set_main_station(grid=grid, station=cast.hall, by=cast.by, at=AT)
    actions.set_main_station(grid=grid, station=cast.shop, by=cast.by, at=AT)
    assert MainStation.objects.get(grid=grid).station == cast.shop
    actions.set_main_station(grid=grid, station=None, by=cast.by, at=AT)
    assert not MainStation.objects.exists()
    with pytest.raises(WrongLevelError):
        actions.set_main_station(grid=world.maple, station=cast.hall, by=cast.by, at=AT)


def test_a_circle_has_one_core_station(world, cast):
    for station in (cast.hall, cast.shop):
        actions.set_core_station(circle=world.happy, station=station, by=cast.by, at=AT)
    assert CoreStation.objects.get().station == cast.shop


def test_an_organisation_has_one_answering_station(world, cast, organisation):
    for station in (cast.hall, cast.shop):
        actions.set_answering_station(organisation=organisation, station=station, by=cast.by, at=AT)
    assert AnsweringStation.objects.get().station == cast.shop


def test_a_corridor_joins_spaces_in_order(world, cast):
    stops = [StopRecord(cast.canteen.pk, "吃"), StopRecord(cast.library.pk, "读")]
    corridor = actions.save_corridor(
        corridor=None,
        name="睦邻走廊",
        unit=world.town,
        introduction="",
        stops=stops,
        by=cast.by,
        at=AT,
    )
    stops.reverse()
    actions.save_corridor(
        corridor=corridor,
        name="睦邻走廊",
        unit=world.town,
        introduction="四个微空间",
        stops=stops,
        by=cast.by,
        at=AT + timedelta(days=1),
    )
    found = CorridorStop.objects.order_by("position").values_list("space_id", "role")
    assert list(found) == [(cast.library.pk, "读"), (cast.canteen.pk, "吃")]
    with pytest.raises(StationInUseError):
        actions.remove_space(space=cast.library, by=cast.by, at=AT)
    actions.remove_corridor(corridor=corridor, by=cast.by, at=AT)
    actions.remove_space(space=cast.library, by=cast.by, at=AT)


@pytest.mark.parametrize("count", [0, 1])
def test_a_corridor_needs_two_spaces(world, cast, count):
    with pytest.raises(EmptyCorridorError):
        actions.save_corridor(
            corridor=None,
            name="短廊",
            unit=world.town,
            introduction="",
            stops=[StopRecord(cast.library.pk)] * count,
            by=cast.by,
            at=AT,
        )


def test_a_corridor_passes_a_space_once_and_bears_its_own_name(world, cast):
    twice = [StopRecord(cast.library.pk), StopRecord(cast.library.pk)]
    with pytest.raises(EmptyCorridorError):
        _corridor(world, cast, "回廊", twice)
    _corridor(world, cast, "长廊", [StopRecord(cast.library.pk), StopRecord(cast.canteen.pk)])
    with pytest.raises(NameTakenError):
        _corridor(world, cast, "长廊", [StopRecord(cast.library.pk), StopRecord(cast.canteen.pk)])


def _corridor(world, cast, name, stops):
    actions.save_corridor(
        corridor=None, name=name, unit=world.town, introduction="", stops=stops, by=cast.by, at=AT
    )


@pytest.fixture
def organisation(world):
    from hequan.people.models import Organisation

    return Organisation.objects.create(
        name="晨光科技", kind="firm", unit=world.maple, is_new_field=True
    )
