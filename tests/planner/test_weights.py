import numpy as np
import pytest

from hequan.planner.errors import NetworkError
from hequan.planner.network import EdgeFlag, Gate, WalkNetwork
from hequan.planner.network_build import build_network, street_pieces
from hequan.planner.profiles import PROFILES, Profile
from hequan.planner.weights import UNREACHABLE, arc_weights

PLAIN = Profile("plain", 1.0)


def a_street(flags: int = 0, **means: object) -> WalkNetwork:
    """Return one street of 111.195 m going east along the equator."""
    network, _ = build_network(
        street_pieces([0, 0.001], [0, 0], [0], [1], flags=[flags], **means)  # type: ignore[arg-type]
    )
    return network


def open_to(profile: Profile, network: WalkNetwork) -> bool:
    return bool(arc_weights(network, profile).usable[0])


def test_a_walk_takes_length_over_speed_in_milliseconds():
    weights = arc_weights(a_street(), Profile("half", 0.5))

    assert weights.forward.tolist() == weights.backward.tolist() == [222_390]
    assert weights.forward.dtype == np.int32


def test_stairs_take_their_factor():
    weights = arc_weights(a_street(EdgeFlag.STEPS), Profile("slow", 1.0, steps_factor=2))

    assert weights.forward.tolist() == [222_390]


def test_each_crossing_costs_its_wait():
    weights = arc_weights(a_street(crossings=[2]), Profile("w", 1.0, crossing_delay_seconds=15))

    assert weights.forward.tolist() == [111_195 + 30_000]


@pytest.mark.parametrize(
    ("flag", "forward", "backward"),
    [(EdgeFlag.FORWARD_ONLY, True, False), (EdgeFlag.BACKWARD_ONLY, False, True)],
)
def test_one_way_on_foot_closes_one_direction(flag, forward, backward):
    network = a_street(flag)
    weights = arc_weights(network, PLAIN)

    assert (weights.forward[0] != UNREACHABLE) == forward
    assert (weights.backward[0] != UNREACHABLE) == backward
    assert weights.usable.all()


def test_walking_out_of_one_end_is_walking_into_the_other():
    weights = arc_weights(a_street(EdgeFlag.FORWARD_ONLY), PLAIN)

    assert weights.out_weight.tolist() == weights.in_weight.tolist()[::-1]
    assert sorted(weights.out_weight.tolist()) == [111_195, UNREACHABLE]


@pytest.mark.parametrize(
    ("flags", "incline", "passable"),
    [
        (EdgeFlag(0), 0.0, True),
        (EdgeFlag.STEPS, 0.0, False),
        (EdgeFlag.STEPS | EdgeFlag.WHEELS_OK, 0.0, True),
        (EdgeFlag.NO_WHEELS, 0.0, False),
        (EdgeFlag(0), 1 / 12, True),
        (EdgeFlag(0), -1 / 12, True),
        (EdgeFlag(0), 0.09, False),
        (EdgeFlag(0), -0.09, False),
        (EdgeFlag.WHEELS_OK, 0.09, True),
    ],
)
def test_a_wheelchair_needs_ways_without_steps_or_steep_slopes(flags, incline, passable):
    network = a_street(flags, incline=[incline])

    assert open_to(PROFILES["wheelchair"], network) == passable
    assert open_to(PROFILES["frail"], network)


def test_a_closed_gate_closes_its_way_and_an_open_one_does_not():
    network = a_street(gate=[0], gates=(Gate("", "08:00-18:00"),))

    assert arc_weights(network, PLAIN).usable.all()
    assert arc_weights(network, PLAIN, open_gates=np.array([True])).usable.all()
    assert not arc_weights(network, PLAIN, open_gates=np.array([False])).usable.any()


def test_gates_told_for_another_network_are_refused():
    network = a_street(gate=[0], gates=(Gate("", ""),))

    with pytest.raises(NetworkError, match="2 gates"):
        arc_weights(network, PLAIN, open_gates=np.array([True, False]))
    with pytest.raises(NetworkError, match="2 gates"):
        arc_weights(a_street(), PLAIN, open_gates=np.array([True, False]))
