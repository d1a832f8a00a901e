"""What building a walking network found (路网报告): counts, what was left out, lost parts."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.planner.network import EdgeFlag, WalkNetwork

LISTED_PARTS = 20
LISTED_EXAMPLES = 5


@dataclass(frozen=True)
class Part:
    """A part of the network without connection to the largest; the place is one of its nodes."""

    nodes: int
    edges: int
    metres: float
    lon: float
    lat: float


@dataclass(frozen=True)
class LeftOut:
    """Something that was read and not used: a stable reason, how often, and some examples."""

    reason: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class NetworkReport:
    """Figures of one built network; metres count each piece of street once."""

    nodes: int
    edges: int
    junctions: int  # nodes where three pieces or more meet
    metres: float
    steps_metres: float
    crossings: int
    gates: int
    one_way_edges: int
    largest_part_metres: float
    part_count: int
    segments: int = 0  # as given, before repeated ones went
    parts: tuple[Part, ...] = ()  # the lost ones, longest first, at most LISTED_PARTS
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[LeftOut, ...] = ()  # used, but not as the map meant it


def describe_network(network: WalkNetwork) -> NetworkReport:
    """Return the figures of a network; what was left out, only its builder knows."""
    flags = network.edge_flags
    one_way = flags & int(EdgeFlag.FORWARD_ONLY | EdgeFlag.BACKWARD_ONLY)
    steps = (flags & int(EdgeFlag.STEPS)) != 0
    degree = np.diff(network.arc_ptr)
    part_metres = np.asarray(
        np.bincount(network.component[network.edge_from], weights=network.edge_metres), np.float64
    )
    return NetworkReport(
        nodes=network.node_count,
        edges=network.edge_count,
        junctions=int((degree >= 3).sum()),
        metres=network.metres,
        steps_metres=float(network.edge_metres[steps].sum()),
        crossings=int(network.edge_crossings.sum(dtype=np.int64)),
        gates=len(network.gates),
        one_way_edges=int((one_way != 0).sum()),
        largest_part_metres=float(part_metres[0]),
        part_count=len(part_metres),
        parts=_lost_parts(network, part_metres),
    )


def _lost_parts(network: WalkNetwork, part_metres: npt.NDArray[np.float64]) -> tuple[Part, ...]:
    listed = min(len(part_metres), LISTED_PARTS + 1)
    edges = np.bincount(network.component[network.edge_from], minlength=len(part_metres))
    nodes = np.bincount(network.component, minlength=len(part_metres))
    label, first = np.unique(network.component, return_index=True)
    where = dict(zip(label.tolist(), first.tolist(), strict=True))
    return tuple(
        Part(
            nodes=int(nodes[part]),
            edges=int(edges[part]),
            metres=float(part_metres[part]),
            lon=float(network.lon[where[part]]),
            lat=float(network.lat[where[part]]),
        )
        for part in range(1, listed)
    )
