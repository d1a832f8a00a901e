"""The numbers of limits are rule rows, read again once a minute."""

from datetime import UTC, date, datetime

import pytest

from hequan.core import limit_rules
from hequan.core.limit_rules import LIMITS, PREFIX, limit_of, seeds, take_by_rule
from hequan.core.rule_values import RuleValue, seed_rules
from hequan.core.versions import forget_everything

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_every_limit_is_a_row_with_its_source():
    seed_rules(seeds())
    rows = RuleValue.objects.filter(code__startswith=PREFIX)

    assert {row.code.removeprefix(PREFIX) for row in rows} == set(LIMITS)
    assert all(row.source for row in rows)


def _town_says(times: int) -> None:
    seed_rules(seeds())
    RuleValue.objects.filter(code="limit.write.account").update(valid_to=date(2020, 1, 1))
    RuleValue.objects.create(
        code="limit.write.account",
        value=[times, 60],
        source="the town's own",
        valid_from=date(2020, 1, 1),
    )
    forget_everything()


def test_a_town_counts_by_its_own_number_and_the_wait_is_told():
    _town_says(1)

    assert take_by_rule("write.account", "7", AT) == 0
    assert take_by_rule("write.account", "7", AT) == 61


def test_the_rows_are_read_once_a_minute(django_assert_num_queries, monkeypatch):
    forget_everything()
    with django_assert_num_queries(2):  # the stamp of the rules, and the rules
        limit_of("read.address")
        limit_of("read.address")

    later = limit_rules.time.monotonic() + 61
    monkeypatch.setattr(limit_rules.time, "monotonic", lambda: later)
    with django_assert_num_queries(1):
        limit_of("read.address")
