"""The table of moves of a mediation: what leads where, and what nothing may do."""

import pytest

from hequan.cases.dispute_kinds import OPEN_DISPUTES, DisputeState, Ending
from hequan.cases.dispute_moves import (
    DISPUTE_MOVES,
    DisputeDoer,
    DisputeMoveName,
    dispute_move_from,
    dispute_moves_of,
)
from hequan.cases.dispute_words import DISPUTE_FIELDS
from hequan.web.dispute_words import DISPUTE_DONE
from hequan.web.words import WORDS

pytestmark = pytest.mark.once


def test_every_open_state_is_left_and_the_closed_one_never():
    for state in OPEN_DISPUTES:
        assert [m for m in DISPUTE_MOVES if state in m.sources and m.target not in (None, state)]
    assert not [m for m in DISPUTE_MOVES if DisputeState.CLOSED in m.sources]


def test_one_move_from_one_state_leads_to_one_place():
    rows = [(move.name, state) for move in DISPUTE_MOVES for state in move.sources]

    assert len(rows) == len(set(rows))
    assert {move.name for move in DISPUTE_MOVES} == set(DisputeMoveName)


def test_whoever_only_brought_it_neither_mediates_nor_names_mediators():
    for state in DisputeState:
        names = {move.name for move in dispute_moves_of(state, {DisputeDoer.OPENER})}
        assert names <= {DisputeMoveName.ADD_PARTY, DisputeMoveName.WITHDRAW}
    assert dispute_move_from(DisputeState.ASKED, DisputeMoveName.SIT) is None


def test_everything_has_its_words():
    assert {what for move in DISPUTE_MOVES for what in move.needs} <= set(DISPUTE_FIELDS)
    assert {"open", *DisputeMoveName} == set(DISPUTE_DONE)
    assert set(WORDS[Ending]) == set(Ending)
