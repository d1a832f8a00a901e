"""Limits: how often something may be done, counted once for all processes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from hequan.core.limits import (
    TakenCount,
    Turn,
    forget_taken,
    prune_taken,
    seconds_left,
    take,
    take_in_turn,
)
from tests.forked import at_once, file_copy

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def test_a_key_is_taken_up_to_its_limit_and_again_in_the_next_window():
    first = [take("codes", "13800138000", 2, HOUR, AT) for _ in range(3)]
    just_before = take("codes", "13800138000", 2, HOUR, AT + HOUR - timedelta(microseconds=1))
    after = take("codes", "13800138000", 2, HOUR, AT + HOUR)

    assert (first, just_before, after) == ([True, True, False], False, True)


def test_keys_and_buckets_are_counted_apart():
    assert take("codes", "a", 1, HOUR, AT)
    assert take("codes", "b", 1, HOUR, AT)
    assert take("orders", "a", 1, HOUR, AT)
    assert not take("codes", "a", 1, HOUR, AT)


def test_the_table_tells_neither_phone_nor_address():
    take("codes", "13800138000", 1, HOUR, AT)
    take("orders", "13800138000", 1, HOUR, AT)

    rows = list(TakenCount.objects.values_list("mark", "bucket"))
    assert "13800138000" not in str(rows)
    assert len({mark for mark, _ in rows}) == 2, "one phone looks different in each bucket"


def test_the_wait_is_told_and_a_success_forgets_the_count():
    take("codes", "a", 1, HOUR, AT)

    assert seconds_left("codes", "a", AT + timedelta(minutes=59)) == 61
    assert seconds_left("codes", "a", AT + HOUR) == 0
    forget_taken("codes", "a")
    assert take("codes", "a", 1, HOUR, AT)


def test_of_several_keys_those_after_a_refused_one_are_not_counted():
    turns = [Turn("pause", "a", 1, HOUR), Turn("phone", "b", 5, HOUR), Turn("place", "c", 2, HOUR)]
    assert take_in_turn(turns, AT) is None
    assert take_in_turn(turns, AT) == turns[0]
    counts = dict(TakenCount.objects.values_list("bucket", "taken"))
    assert counts == {"pause": 2, "phone": 1, "place": 1}
    assert take_in_turn(turns[1:], AT) is None
    assert take_in_turn(turns[1:], AT) == turns[2]
    assert take_in_turn(turns, AT + HOUR) is None


def test_windows_that_are_over_are_pruned():
    take("codes", "old", 1, HOUR, AT - 2 * HOUR)
    take("codes", "new", 1, HOUR, AT)

    assert prune_taken(AT) == 1
    assert not take("codes", "new", 1, HOUR, AT)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_processes_lose_no_count(tmp_path):
    """A count read and then written, in two statements, lets more than the limit through."""
    file = file_copy(tmp_path / "limits.sqlite3") if connection.vendor == "sqlite" else None

    def take_a_hundred(number):
        return sum(take("codes", "one phone", 500, HOUR, AT) for _ in range(100))

    won = at_once(8, take_a_hundred, database=file)

    assert len(won) == 8
    assert sum(won) == 500


@pytest.mark.parametrize("back", [timedelta(hours=2), timedelta(days=400)])
def test_a_clock_that_jumped_back_locks_nobody_out_for_as_long_as_the_jump(back):
    take("codes", "a", 1, HOUR, AT)
    then = AT - back

    assert [take("codes", "a", 1, HOUR, then) for _ in range(2)] == [True, False]
    assert seconds_left("codes", "a", then) == 3601
    assert take("codes", "a", 1, HOUR, then + HOUR)


def test_of_several_keys_a_jump_back_opens_all_anew():
    turns = [Turn("pause", "a", 1, HOUR), Turn("phone", "b", 1, HOUR)]
    take_in_turn(turns, AT)

    assert take_in_turn(turns, AT - 2 * HOUR) is None
    assert take_in_turn(turns, AT - 2 * HOUR) == turns[0]


def test_clocks_that_differ_a_little_open_no_second_window():
    take("codes", "a", 1, HOUR, AT)

    assert not take("codes", "a", 1, HOUR, AT - timedelta(seconds=29))
