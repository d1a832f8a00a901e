"""Circles laid over units, several sets side by side, within their town."""

import pytest

from hequan.territory.actions import (
    UnitFacts,
    remove_circle,
    save_circle,
    save_circle_set,
    save_units,
)
from hequan.territory.errors import NotOfTownError
from hequan.territory.kinds import CircleSpeciality, Level
from hequan.territory.models import Circle
from hequan.territory.queries import circle_sets_of, circle_with_id
from tests.world import AT


def test_circles_of_a_town_with_their_units(world, django_assert_num_queries):
    with django_assert_num_queries(3):
        (found,) = circle_sets_of(world.town)

    assert found.name == "一核五圈"
    assert [(world.maple.pk,), (world.pine.pk,)] == [one.unit_ids for one in found.circles]
    assert found.circles[0].speciality == CircleSpeciality.HAPPINESS


def test_several_sets_stand_side_by_side(world):
    by = {"by": world.officer, "at": AT}
    other = save_circle_set(town=world.town, name="生活圈", **by)
    save_circle(
        circle_set=other,
        name="大圈",
        speciality="other",
        units=[world.maple.pk, world.pine.pk],
        **by,
    )

    assert sorted(one.name for one in circle_sets_of(None)) == ["一核五圈", "生活圈"]
    assert world.maple.circles.count() == 2


def test_saving_a_circle_again_replaces_its_units(world):
    row = save_circle(
        circle_set=world.circle_set,
        name="幸福圈",
        speciality="happiness",
        units=[world.pine.pk],
        by=world.officer,
        at=AT,
    )

    assert world.happy == row
    assert [world.pine] == list(row.units.all())


def test_a_unit_of_another_town_is_refused(world):
    other = UnitFacts(Level.TOWN, "310113112", "庙行镇", "310113")
    ids = save_units(units=[other], by=world.system, at=AT)

    with pytest.raises(NotOfTownError):
        save_circle(
            circle_set=world.circle_set,
            name="越界圈",
            speciality="other",
            units=ids.values(),
            by=world.officer,
            at=AT,
        )

    assert not Circle.objects.filter(name="越界圈").exists()


def test_an_unknown_speciality_is_refused(world):
    with pytest.raises(ValueError, match="nonsense"):
        save_circle(
            circle_set=world.circle_set,
            name="圈",
            speciality="nonsense",
            units=[],
            by=world.officer,
            at=AT,
        )


def test_a_removed_circle_leaves_its_units(world):
    remove_circle(circle=world.happy, by=world.officer, at=AT)

    assert circle_with_id(world.happy.pk) is None
    assert world.maple == type(world.maple).objects.get(pk=world.maple.pk)
