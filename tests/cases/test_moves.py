"""The table of moves: what leads where, and what nothing may do."""

from hypothesis import given
from hypothesis import strategies as some

from hequan.cases.field_words import FIELDS
from hequan.cases.kinds import OPEN_STATES, CaseState
from hequan.cases.moves import MOVES, Doer, MoveName, move_from, moves_of

FIRST = {CaseState.TRIAGE, CaseState.DISPATCHED}  # where opening puts a case
ENDS = set(CaseState) - set(OPEN_STATES)


def reached(found):
    """Every state that can be reached from these."""
    while True:
        more = {
            there
            for move in MOVES
            for there in (move.target, *move.or_else)
            if there and set(move.sources) & found
        }
        if more <= found:
            return found
        found = found | more


def test_every_state_is_reached():
    assert reached(FIRST) == set(CaseState)


def test_an_end_is_left_by_reopening_and_by_parting_only():
    left = {move.name for move in MOVES if move.target and set(move.sources) & ENDS}

    assert left == {MoveName.REOPEN, MoveName.UNMERGE}


def test_every_open_state_is_left_by_somebody():
    for state in OPEN_STATES:
        assert [m for m in MOVES if state in m.sources and m.target not in (None, state)], state


def test_one_move_from_one_state_leads_to_one_place():
    rows = [(move.name, state) for move in MOVES for state in move.sources]

    assert len(rows) == len(set(rows))


def test_every_name_and_every_part_is_in_the_table():
    assert {move.name for move in MOVES} == set(MoveName)
    assert {doer for move in MOVES for doer in move.doers} == set(Doer) - {Doer.HELPER}


def test_what_a_move_needs_has_a_word():
    assert {what for move in MOVES for what in move.needs} <= set(FIELDS)


def test_nobody_ends_a_case_without_a_reason_the_asker_can_read():
    for move in MOVES:
        if move.target in (CaseState.REFUSED, CaseState.WITHDRAWN):
            assert set(move.needs) & {"ground", "reason"}, move


@given(some.sampled_from(CaseState), some.frozensets(some.sampled_from(Doer)))
def test_what_is_offered_is_what_the_table_allows(state, doers):
    for move in moves_of(state, doers):
        assert move_from(state, move.name) is move
        assert set(move.doers) & doers
