"""Profiles and minutes come from rule values in force on the day."""

from datetime import date

import pytest

from hequan.core.rule_values import RuleValue, seed_rules
from hequan.planner.profiles import PROFILES
from hequan.territory.queries import coverage_minutes, profiles_in_force
from hequan.territory.rule_seeds import RULES

DAY = date(2026, 3, 10)


def test_the_first_profiles_are_the_planners(db):
    assert PROFILES.keys() == profiles_in_force(DAY).keys()
    assert PROFILES["elder"].metres_per_second == profiles_in_force(DAY)["elder"].metres_per_second


def test_every_row_names_its_source(db):
    assert not RuleValue.objects.filter(source="").exists()
    assert "GB 50180" in RuleValue.objects.get(code="coverage_minutes").source


def test_a_later_figure_holds_from_its_day(db):
    RuleValue.objects.filter(code="walking_profile.elder").update(valid_to=date(2027, 1, 1))
    RuleValue.objects.create(
        code="walking_profile.elder",
        value={"metres_per_second": 0.9},
        source="observed in town",
        valid_from=date(2027, 1, 1),
    )

    assert profiles_in_force(DAY)["elder"].metres_per_second == 0.82
    assert profiles_in_force(date(2027, 1, 1))["elder"].metres_per_second == 0.9


def test_minutes_come_shortest_first(db):
    RuleValue.objects.filter(code="coverage_minutes").update(value=[15, 5])

    assert coverage_minutes(DAY) == (5, 15)


def test_a_day_before_the_rule_has_no_minutes(db):
    with pytest.raises(LookupError):
        coverage_minutes(date(2010, 1, 1))


def test_seeding_again_leaves_closed_rows_alone(db):
    RuleValue.objects.filter(code="coverage_minutes").update(valid_to=date(2026, 1, 1))
    before = RuleValue.objects.count()

    seed_rules(RULES)

    assert before == RuleValue.objects.count()
