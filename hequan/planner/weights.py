"""What one profile's walk costs (步行时间): milliseconds for each direction of each edge.

One adjacency serves both searches: every edge stands at both its ends, so the walk out of a node
and the walk into it differ only by the weight. Closed directions weigh `UNREACHABLE`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.planner.errors import NetworkError
from hequan.planner.network import EdgeFlag, WalkNetwork
from hequan.planner.profiles import Profile
from hequan.planner.search import UNREACHABLE


@dataclass(frozen=True, eq=False)
class ArcWeights:
    """The network's adjacency with the milliseconds of one profile at one hour."""

    profile: Profile
    ptr: npt.NDArray[np.int64]
    head: npt.NDArray[np.int32]  # the other end of each arc
    edge: npt.NDArray[np.int32]
    out_weight: npt.NDArray[np.int32]  # from the node to head
    in_weight: npt.NDArray[np.int32]  # from head to the node
    forward: npt.NDArray[np.int32]  # per edge, from -> to
    backward: npt.NDArray[np.int32]  # per edge, to -> from
    usable: npt.NDArray[np.bool_]  # per edge: open in one direction at least


def arc_weights(
    network: WalkNetwork,
    profile: Profile,
    *,
    open_gates: npt.NDArray[np.bool_] | None = None,
) -> ArcWeights:
    """Return the walking milliseconds of every direction; `open_gates` None = all stand open."""
    walk = _milliseconds(network, profile)
    shut = _closed_to(network, profile) | _behind_closed_gates(network, open_gates)
    forward = np.where(shut | _has(network, EdgeFlag.BACKWARD_ONLY), UNREACHABLE, walk)
    backward = np.where(shut | _has(network, EdgeFlag.FORWARD_ONLY), UNREACHABLE, walk)
    forward, backward = forward.astype(np.int32), backward.astype(np.int32)
    edge = np.asarray(network.arc_edge)
    with_shape, against = forward[edge], backward[edge]
    return ArcWeights(
        profile=profile,
        ptr=np.asarray(network.arc_ptr),
        head=np.asarray(network.arc_head),
        edge=edge,
        out_weight=np.where(network.arc_backward, against, with_shape),
        in_weight=np.where(network.arc_backward, with_shape, against),
        forward=forward,
        backward=backward,
        usable=(forward != UNREACHABLE) | (backward != UNREACHABLE),
    )


def _milliseconds(network: WalkNetwork, profile: Profile) -> npt.NDArray[np.int64]:
    seconds = network.edge_metres / profile.metres_per_second
    if profile.steps_factor != 1:
        seconds = np.where(_has(network, EdgeFlag.STEPS), seconds * profile.steps_factor, seconds)
    if profile.crossing_delay_seconds:
        seconds = seconds + network.edge_crossings * profile.crossing_delay_seconds
    return np.minimum(np.rint(seconds * 1000), UNREACHABLE - 1).astype(np.int64)


def _closed_to(network: WalkNetwork, profile: Profile) -> npt.NDArray[np.bool_]:
    closed = np.zeros(network.edge_count, dtype=bool)
    if not profile.steps:
        closed |= _has(network, EdgeFlag.STEPS) & ~_has(network, EdgeFlag.WHEELS_OK)
    if profile.wheels:
        closed |= _has(network, EdgeFlag.NO_WHEELS)
    if profile.max_incline is not None:
        # stored as float32: a ramp of exactly the limit must not fail by rounding
        steep = np.abs(network.edge_incline) > profile.max_incline * (1 + 1e-6)
        closed |= steep & ~_has(network, EdgeFlag.WHEELS_OK)
    return closed


def _behind_closed_gates(
    network: WalkNetwork, open_gates: npt.NDArray[np.bool_] | None
) -> npt.NDArray[np.bool_]:
    if open_gates is None:
        return np.zeros(network.edge_count, dtype=bool)
    if len(open_gates) != len(network.gates):
        raise NetworkError(
            "network.gates",
            "{found} gates are told open or closed, but the network has {expected}.",
            found=len(open_gates),
            expected=len(network.gates),
        )
    # the extra last value answers for edges without a gate (-1)
    is_open = np.append(np.asarray(open_gates, dtype=bool), True)
    return np.asarray(~is_open[network.edge_gate])


def _has(network: WalkNetwork, flag: EdgeFlag) -> npt.NDArray[np.bool_]:
    return np.asarray((network.edge_flags & np.uint16(flag)) != 0)
