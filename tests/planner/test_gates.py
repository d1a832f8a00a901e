from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from hequan.planner.gates import gates_open, readable_hours, unreadable_gates
from hequan.planner.network import Gate, WalkNetwork
from hequan.planner.network_build import build_network, street_pieces

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


def gated(*hours: str) -> WalkNetwork:
    gates = tuple(Gate("gate", text) for text in hours)
    network, _ = build_network(street_pieces([0, 1], [0, 0], [0], [1], gates=gates))
    return network


def test_a_gate_follows_its_hours():
    network = gated("Mo-Fr 08:00-18:00")

    assert gates_open(network, MONDAY, 10 * 60).tolist() == [True]
    assert gates_open(network, MONDAY, 18 * 60).tolist() == [False]
    assert gates_open(network, SATURDAY, 10 * 60).tolist() == [False]


def test_a_gate_closed_overnight_is_closed_before_and_after_midnight():
    network = gated("24/7; 22:00-06:00 off")

    answers = [gates_open(network, SUNDAY, hour * 60)[0] for hour in (3, 7, 21, 23)]
    assert answers == [False, True, True, False]


def test_a_gate_with_summer_hours_is_asked_in_its_week():
    network = gated("Jun-Aug 06:00-22:00; Sep-May 08:00-16:00")

    assert not gates_open(network, MONDAY, 20 * 60)[0]
    assert gates_open(network, MONDAY, 20 * 60, week_of=date(2025, 7, 3))[0]


def test_hours_that_nobody_can_read_count_as_open_and_are_told():
    network = gated("ask Mr Wang", "Mo-Fr 08:00-18:00")

    assert gates_open(network, SUNDAY, 600).tolist() == [True, False]
    assert unreadable_gates(network.gates) == (Gate("gate", "ask Mr Wang"),)
    assert not readable_hours("")


def test_a_network_without_gates_has_no_answers():
    assert gates_open(gated(), MONDAY, 0).tolist() == []


@pytest.mark.parametrize(("weekday", "minute"), [(7, 0), (-1, 0), (0, 1440), (0, -1)])
def test_a_moment_outside_the_week_is_refused(weekday, minute):
    with pytest.raises(ValueError, match="weekday"):
        gates_open(gated(), weekday, minute)


def test_several_threads_may_ask_at_once():
    network = gated("Mo-Fr 08:00-18:00", "Sa 09:00-12:00")

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda day: gates_open(network, day, 600).tolist(), range(7)))

    assert answers == [[True, False]] * 5 + [[False, True], [False, False]]
