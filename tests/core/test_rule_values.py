"""Rule values: the row in force on a day, with its source."""

from datetime import date

import pytest
from django.db import IntegrityError

from hequan.core.rule_values import RuleValue, rule_value

pytestmark = pytest.mark.django_db


@pytest.fixture
def households():
    old = RuleValue.objects.create(
        code="tests.households",
        value=[100, 700],
        source="2018 text",
        valid_from=date(2018, 12, 29),
        valid_to=date(2026, 1, 1),
    )
    new = RuleValue.objects.create(
        code="tests.households",
        value=[1000, 3000],
        source="2025 text",
        valid_from=date(2026, 1, 1),
    )
    return old, new


def test_the_value_in_force_on_a_day_is_found(households):
    assert rule_value("tests.households", date(2025, 12, 31)) == [100, 700]
    assert rule_value("tests.households", date(2026, 1, 1)) == [1000, 3000]


def test_before_any_row_there_is_no_value(households):
    with pytest.raises(LookupError, match=r"tests\.households"):
        rule_value("tests.households", date(2018, 1, 1))


def test_two_open_rows_of_one_rule_are_refused_by_the_database(households):
    with pytest.raises(IntegrityError):
        RuleValue.objects.create(
            code="tests.households", value=1, source="x", valid_from=date(2027, 1, 1)
        )


def test_a_rule_that_is_changed_in_any_way_holds_at_once(households):
    day, (_old, new) = date(2026, 1, 1), households

    def told():
        try:
            return rule_value("tests.households", day)
        except LookupError:
            return None

    rows = RuleValue.objects.filter(pk=new.pk)
    assert told() == [1000, 3000]
    new.value = 1
    new.save()
    assert told() == 1
    rows.update(value=2)
    assert told() == 2
    rows.delete()
    assert told() is None
    RuleValue.objects.bulk_create([RuleValue(code=new.code, value=3, source="x", valid_from=day)])
    assert told() == 3
    RuleValue.objects.get(code=new.code, value=3).delete()
    assert told() is None
