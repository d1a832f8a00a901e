"""Homes added from columns are homes like any other."""

import pytest
from django.db import IntegrityError, transaction

from hequan.core.audit import AuditEntry
from hequan.territory import queries
from hequan.territory.actions.new_homes import HomeColumns, add_homes
from hequan.territory.models import Home
from tests.world import AT, place
from tests.world import world as world

pytestmark = pytest.mark.django_db

AGES = [1, 2, 3, 4, 5, 6, 7]


def columns(world, *codes: str) -> HomeColumns:
    lon, lat = place(50, 50)
    count = len(codes)
    return HomeColumns(
        code=codes,
        lon=[lon] * count,
        lat=[lat] * count,
        people=[28] * count,
        by_age=[AGES] * count,
        unit_id=[world.grids[0].pk] * count,
        address=["红枫路9号"] * count,
    )


def test_they_are_counted_where_they_lie(world):
    before = queries.homes_arrays(world.grids[0]).people.sum()

    assert add_homes(homes=columns(world, "N1", "N2"), source="test", by=world.system, at=AT) == 2

    found = queries.homes_arrays(world.grids[0])
    assert found.people.sum() == before + 56
    assert found.by_age[-1].tolist() == AGES
    assert queries.homes_addressed(["红枫路9号"], limit=9)


def test_a_code_that_is_borne_already_adds_nothing(world):
    add_homes(homes=columns(world, "N1"), source="test", by=world.system, at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        add_homes(homes=columns(world, "N2", "N1"), source="test", by=world.system, at=AT)

    assert not Home.objects.filter(code="N2").exists()


def test_columns_of_different_length_are_refused(world):
    short = HomeColumns(["N1", "N2"], [121.5], [31.3], [1], [AGES], [world.grids[0].pk], [""])
    with pytest.raises(ValueError, match="zip"):
        add_homes(homes=short, source="test", by=world.system, at=AT)


def test_one_entry_tells_of_all(world):
    add_homes(homes=columns(world, "N1", "N2"), source="a census", by=world.system, at=AT)

    entry = AuditEntry.objects.get(verb="territory.homes_added")
    assert entry.after == {"new": 2, "source": "a census"}
