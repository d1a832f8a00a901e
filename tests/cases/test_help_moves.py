"""The table of help: what may be done with a task, from where, by whom."""

from itertools import chain, combinations

import pytest

from hequan.cases.helping import (
    HELP_MOVES,
    OPEN_HELP,
    HelpMoveName,
    HelpPart,
    HelpState,
    help_move_from,
    help_moves_of,
)

pytestmark = pytest.mark.once
PARTS = [set(one) for one in chain(*(combinations(HelpPart, n) for n in range(4)))]


def test_open_help_ends_in_every_way_and_ended_help_stays_ended():
    ends = {move.target for move in HELP_MOVES if move.target not in (*OPEN_HELP, None)}

    assert ends == set(HelpState) - set(OPEN_HELP)
    assert not any(set(move.sources) - set(OPEN_HELP) for move in HELP_MOVES)
    assert {move.name for move in HELP_MOVES} == set(HelpMoveName)


@pytest.mark.parametrize("state", HelpState)
def test_nobody_is_offered_a_move_the_table_refuses(state):
    for parts in PARTS:
        offered = help_moves_of(state, parts)
        allowed = {one for one in HelpMoveName if help_move_from(state, one)}

        assert {one.name for one in offered} <= allowed
        assert all(parts & set(one.parts) for one in offered)


def test_a_helper_says_why_and_a_lead_too():
    wordless = {move.name for move in HELP_MOVES if not move.needs_words}

    assert wordless == {HelpMoveName.TAKE_ON, HelpMoveName.HAND_OVER, HelpMoveName.LAPSE}
