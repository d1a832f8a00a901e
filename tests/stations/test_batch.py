"""Many stations at once: written like single ones, in few statements, with one audit entry."""

import pytest

from hequan.core.audit import AuditEntry
from hequan.stations.actions.batch import (
    StationEntry,
    save_services,
    save_station_hours,
    save_stations,
)
from hequan.stations.errors import OverlappingHoursError, UnknownValueError
from hequan.stations.hours_text import hours_text, parse_hours
from hequan.stations.models import Service, Station
from hequan.stations.queries import hours_rules, station_record
from hequan.stations.records import AccessibilityRecord, ServiceRecord, SpaceRecord
from tests.stations.cast import record_of
from tests.world import AT

WEEK = parse_hours("Mon-Fri 09:00-17:00")


def save(world, entries):
    return save_stations(entries=entries, source="test", by=world.system, at=AT)


def full_entry(world, cast, number):
    return StationEntry(
        record_of(world, code=f"B-{number}"),
        rules=WEEK,
        service_ids=(cast.meals.pk, cast.meals.pk),
        accessibility=AccessibilityRecord(ramp=True),
        spaces=(SpaceRecord("大厅", ("counter",)),),
    )


def test_new_and_known_stations_are_written_together(world, cast):
    changed = StationEntry(record_of(world, code="ST-1", name="新名"), pk=cast.hall.pk)
    first, second = save(world, [full_entry(world, cast, 1), changed])
    row = Station.objects.get(pk=first)
    assert hours_text(hours_rules(row)) == "Mon-Fri 09:00-17:00"
    assert [offer.service for offer in row.offers.all()] == [cast.meals]
    assert (row.accessibility.ramp, row.spaces.get().functions) == (True, ["counter"])
    cast.hall.refresh_from_db()
    assert (second, cast.hall.name) == (cast.hall.pk, "新名")
    # what the entry does not speak of stays
    assert hours_text(hours_rules(cast.hall)).startswith("Mon-Fri 09:00-12:00")
    assert cast.hall.offers.count() == 1
    entry = AuditEntry.objects.get(verb="stations.stations_saved")
    assert entry.after == {"stations": 2, "source": "test"}


def test_offers_hours_and_checks_are_replaced(world, cast):
    entry = StationEntry(
        station_record(cast.shop),
        pk=cast.shop.pk,
        rules=WEEK,
        service_ids=(cast.meals.pk,),
        accessibility=AccessibilityRecord(lift=True),
        spaces=(SpaceRecord("家门口食堂", ("canteen",), capacity=80),),
    )
    for _again in range(2):
        save(world, [entry])
    assert [offer.service for offer in cast.shop.offers.all()] == [cast.meals]
    assert hours_text(hours_rules(cast.shop)) == "Mon-Fri 09:00-17:00"
    assert cast.shop.accessibility.lift is True
    assert cast.shop.spaces.get().capacity == 80


def test_the_statements_do_not_grow_with_the_stations(world, cast, django_assert_max_num_queries):
    entries = [full_entry(world, cast, number) for number in range(100)]
    with django_assert_max_num_queries(24):
        save(world, entries)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"rules": parse_hours("Mon 09:00-13:00; Mon 12:00-17:00")}, OverlappingHoursError),
        ({"spaces": (SpaceRecord("塔", ("tower",)),)}, UnknownValueError),
    ],
)
def test_one_bad_entry_stops_them_all(world, more, refusal):
    good = StationEntry(record_of(world, code="B-1"))
    with pytest.raises(refusal):
        save(world, [good, StationEntry(record_of(world, code="B-2"), **more)])
    assert not Station.objects.exists()


def test_services_are_known_by_their_codes(world, cast):
    records = [ServiceRecord("SV-1", "借书", "culture"), ServiceRecord("SV-9", "新", "law")]
    ids = save_services(records=records, source="test", by=world.system, at=AT)
    assert ids["SV-1"] == cast.reading.pk
    assert Service.objects.get(pk=cast.reading.pk).name == "借书"
    with pytest.raises(UnknownValueError):
        save_services(
            records=[ServiceRecord("SV-8", "x", "magic")], source="", by=world.system, at=AT
        )


def test_hours_of_many_stations_are_replaced(world, cast):
    save_station_hours(hours=[(cast.hall.pk, WEEK)], source="test", by=world.system, at=AT)
    assert hours_text(hours_rules(cast.hall)) == "Mon-Fri 09:00-17:00"
    clash = parse_hours("Mon 09:00-13:00; Mon 12:00-17:00")
    with pytest.raises(OverlappingHoursError):
        save_station_hours(hours=[(cast.hall.pk, clash)], source="test", by=world.system, at=AT)
