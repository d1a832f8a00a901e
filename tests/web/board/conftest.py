"""The board's cast: signed-in clients, and three stations in the small town."""

import pytest
from django.test import Client

from hequan.stations.actions import save_service, save_station, set_opening_rules
from hequan.stations.hours_words import hours_from_text
from hequan.stations.records import ServiceRecord, StationRecord
from tests.roster.cast import people  # noqa: F401 - a fixture
from tests.world import AT, place


@pytest.fixture
def sign_in(world, monkeypatch):
    """Return a client signed in as one of the cast; the clock stands at the world's moment."""
    monkeypatch.setattr("hequan.core.clock.now", lambda: AT)

    def client_of(name):
        client = Client()
        client.force_login(getattr(world, name))
        return client

    return client_of


@pytest.fixture
def stations(world):
    """Two stations of Maple Lane and one of Pine Lane."""
    spots = {"ST-1": (world.maple, 100, 100), "ST-2": (world.maple, 500, 100)}
    spots["ST-3"] = (world.pine, 300, 300)
    made = {}
    for code, (unit, x, y) in spots.items():
        lon, lat = place(x, y)
        record = StationRecord(
            code=code,
            name=f"{unit.name}站{code[-1]}",
            kind="committee_station",
            level="committee",
            unit_id=unit.pk,
            lon=lon,
            lat=lat,
        )
        made[code] = save_station(station=None, record=record, by=world.system, at=AT)
        rules = hours_from_text("周一至周五 09:00-17:00")
        set_opening_rules(station=made[code], rules=rules, by=world.system, at=AT)
    return made


@pytest.fixture
def service(world):
    """One entry of the catalogue."""
    record = ServiceRecord(code="EL-01", name="助餐", category="meals")
    return save_service(service=None, record=record, by=world.system, at=AT)
