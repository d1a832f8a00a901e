"""Rules of the repair desk: the table of moves, whose turn it is, money and warranty."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hequan.cases.actions.repair_desk import price_rows
from hequan.cases.repair_errors import PriceRowError
from hequan.cases.repairs import (
    OPEN_REPAIRS,
    REPAIR_MOVES,
    WITH_WORKER,
    PriceFacts,
    RepairMoveName,
    RepairPart,
    RepairState,
    Turn,
    choose_turn,
    covered_until,
    must_agree,
    repair_move_from,
    repair_moves_of,
    total_of,
)

pytestmark = pytest.mark.once
AT = datetime(2026, 3, 10, tzinfo=UTC)
S, M, P = RepairState, RepairMoveName, RepairPart


def test_every_state_is_reached_and_every_open_one_can_be_left():
    reached = {one.target for one in REPAIR_MOVES} | {one.or_else for one in REPAIR_MOVES}

    assert set(S) - reached == set()
    for state in OPEN_REPAIRS:
        assert repair_move_from(state, M.CANCEL, is_return=False)
        assert repair_move_from(state, M.LAPSE, is_return=True)
    assert set(WITH_WORKER) < set(OPEN_REPAIRS)


def test_a_return_is_never_quoted_nor_returned_and_work_on_others_waits_for_agreement():
    assert repair_move_from(S.TAKEN, M.START, is_return=True)
    assert repair_move_from(S.TAKEN, M.START, is_return=False) is None
    assert repair_move_from(S.TAKEN, M.QUOTE, is_return=True) is None
    assert repair_move_from(S.DONE, M.RETURN, is_return=True) is None


def test_who_repairs_never_answers_for_the_asker():
    answers = {M.AGREE, M.REFUSE, M.ACCEPT, M.RETURN}
    for state in S:
        theirs = {one.name for one in repair_moves_of(state, {P.WORKER, P.DISPATCHER}, False)}
        assert not theirs & answers


workers = st.integers(1, 6)


@given(workers, st.integers(1, 30))
def test_when_all_are_free_everybody_gets_within_one_of_each_other(count, orders):
    had = dict.fromkeys(range(1, count + 1), (0, None))
    for order in range(orders):
        turns = [Turn(worker, 0, last) for worker, (_, last) in had.items()]
        chosen = choose_turn(turns, 1)
        had[chosen] = (had[chosen][0] + 1, (AT, order))

    got = [many for many, _ in had.values()]
    assert max(got) - min(got) <= 1


@settings(max_examples=60)
@given(workers, st.integers(1, 4), st.lists(st.integers(0, 6), max_size=60))
def test_nobody_comes_above_the_cap_and_nobody_free_is_passed_over(count, cap, course):
    """Orders come (0) and go (a worker's number); who is chosen has waited longest of the free."""
    open_, last = dict.fromkeys(range(1, count + 1), 0), {}
    for order, event in enumerate(course):
        if event:
            if open_.get(event, 0):
                open_[event] -= 1
            continue
        turns = [Turn(one, open_[one], last.get(one)) for one in open_]
        chosen = choose_turn(turns, cap)
        free = [one for one in open_ if open_[one] < cap]
        if chosen is None:
            assert not free
            continue
        assert chosen in free
        assert all((one in last) >= (chosen in last) for one in free)
        if chosen in last:
            assert last[chosen] == min(last[one] for one in free)
        open_[chosen] += 1
        last[chosen] = (AT + timedelta(minutes=order), order)
        assert max(open_.values()) <= cap


def test_money_is_whole_fen_and_a_sum_above_the_rule_is_agreed_to():
    assert total_of([(8_505, 2), (1, 1)]) == 17_011
    assert must_agree(1, 0)
    assert not must_agree(10_000, 10_000)
    assert covered_until(date(2026, 3, 10), 90) == date(2026, 6, 8)
    assert covered_until(date(2026, 3, 10), 0) is None


def test_a_pasted_price_list_is_read_with_tabs_or_commas():
    text = "换水龙头\t个\t85\t90\n\n疏通下水道，次，120.50，30"

    assert price_rows(text) == (
        PriceFacts("换水龙头", "个", 8_500, 90),
        PriceFacts("疏通下水道", "次", 12_050, 30),
    )


@pytest.mark.parametrize(
    "row",
    [
        *("换水龙头,个,85", "换水龙头,个,85.005,90", "换水龙头,个,-1,90", "换水龙头,个,NaN,90"),
        *("换水龙头,个,1e99,90", ",个,85,90", "换水龙头,个,85,-1", "换水龙头,个,Infinity,9"),
        "通管,次,1,1\n通管,次,2,1",
    ],
)
def test_a_row_that_cannot_be_read_is_named(row):
    with pytest.raises(PriceRowError, match="2" if "\n" in row else "1"):
        price_rows(row)
