"""What lies within so many minutes (等时圈): outlines around one door, one station or all of them.

The streets within reach are sampled every few metres with the time left there; around each sample
the ground counts as reached as far as that time carries, but never farther off the street than
`OFF_STREET_METRES`. The border of that field, a signed distance on a square mesh, is the outline
(marching squares). It is a picture: shares and people are computed by `cover`, not from outlines.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import contourpy
import numpy as np
import numpy.typing as npt
import shapely

from hequan.planner.balls import Ball, ball_around
from hequan.planner.entries import Entries, walking_graph
from hequan.planner.errors import PlannerError
from hequan.planner.field_kernels import stamp_streets
from hequan.planner.network import METRES_PER_DEGREE, SHAPE_UNITS_PER_DEGREE, WalkNetwork
from hequan.planner.search import Graph, frozen
from hequan.planner.weights import ArcWeights

OFF_STREET_METRES = 60.0
FINEST_METRES = 15.0  # width of a mesh square; wider where the outline spans far
MOST_SQUARES = 1_000_000
LONGEST_MINUTES = 240


@dataclass(frozen=True, eq=False)
class Outline:
    """What lies within so many minutes: a MultiPolygon in degrees, empty where nothing does."""

    minutes: float
    shape: shapely.MultiPolygon


@dataclass(frozen=True, eq=False)
class _Field:
    """A square mesh over a place: its corner and squares, and degrees per metre there."""

    west: float
    south: float
    per_metre: tuple[float, float]
    square: float
    columns: int
    rows: int


def outlines(
    network: WalkNetwork,
    weights: ArcWeights,
    entries: Entries,
    minutes: Sequence[float],
    *,
    towards: bool = True,
    graph: Graph | None = None,
) -> list[Outline]:
    """Return for each limit what lies within it of any of the entries.

    `towards`: walking to them (a station's catchment); otherwise walking away from them (a door's
    reach). A `walking_graph` kept from before saves making it again.
    """
    if not minutes or not all(0 < m <= LONGEST_MINUTES for m in minutes):
        raise PlannerError(
            "isochrone.minutes",
            "Minutes must lie above 0 and up to {longest}.",
            longest=LONGEST_MINUTES,
        )
    limit = int(max(minutes) * 60_000)
    seeds = entries.arriving(network) if towards else entries.leaving(network)
    ball = ball_around(
        graph or walking_graph(network),
        weights.in_weight if towards else weights.out_weight,
        seeds,
        limit,
    )
    streets = _streets(network, weights, entries, ball, limit, towards)
    if not len(streets[0]):
        return [Outline(m, shapely.MultiPolygon()) for m in minutes]
    field = _field(network, streets[0])
    return [Outline(m, _shape(field, network, weights, streets, int(m * 60_000))) for m in minutes]


def _streets(
    network: WalkNetwork,
    weights: ArcWeights,
    entries: Entries,
    ball: Ball,
    limit: int,
    towards: bool,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return the edges near, the ms at their ends, and the sources on them: row, fraction, ms."""
    arcs = _arcs_of(network.arc_ptr, ball.node)
    own = np.flatnonzero((entries.edge >= 0) & (entries.air <= limit))
    edges = np.unique(np.concatenate([network.arc_edge[arcs], entries.edge[own]])).astype(np.int64)
    ends = np.stack(
        [ball.cost_of(network.edge_from[edges]), ball.cost_of(network.edge_to[edges])], axis=1
    )
    forward, backward = weights.forward[edges], weights.backward[edges]
    # a point between the ends is left, or reached, through each end by the fitting direction
    pace = np.stack([backward, forward] if towards else [forward, backward], axis=1)
    sources = np.stack(
        [np.searchsorted(edges, entries.edge[own]), entries.fraction[own], entries.air[own]], axis=1
    )
    order = np.argsort(sources[:, 0], kind="stable")
    return edges, np.concatenate([ends, pace], axis=1), sources[order].astype(np.float64)


def _arcs_of(ptr: npt.NDArray[np.int64], nodes: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Return the numbers of all arcs of these nodes."""
    starts, counts = ptr[nodes], ptr[nodes + 1] - ptr[nodes]
    shift = np.repeat(starts - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    return np.asarray(shift + np.arange(int(counts.sum())), dtype=np.int64)


def _field(network: WalkNetwork, edges: npt.NDArray[np.int64]) -> _Field:
    """Return a mesh that holds these edges with a margin, as fine as its size allows."""
    nodes = np.concatenate([network.edge_from[edges], network.edge_to[edges]])
    longest = float(network.edge_metres[edges].max())  # a shape may swing out beyond its ends
    south, north = float(network.lat[nodes].min()), float(network.lat[nodes].max())
    lat_step = 1 / METRES_PER_DEGREE
    lon_step = lat_step / np.cos(np.radians((south + north) / 2))
    margin = OFF_STREET_METRES * 2 + longest / 2
    west = float(network.lon[nodes].min()) - margin * lon_step
    wide = (float(network.lon[nodes].max()) - west) / lon_step + margin
    tall = (north - south) / lat_step + 2 * margin
    square = max(FINEST_METRES, float(np.sqrt(wide * tall / MOST_SQUARES)))
    return _Field(
        west, south - margin * lat_step, (lon_step, lat_step), square,
        int(wide / square) + 2, int(tall / square) + 2,
    )  # fmt: skip


def _shape(
    field: _Field,
    network: WalkNetwork,
    weights: ArcWeights,
    streets: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]],
    limit: int,
) -> shapely.MultiPolygon:
    edges, times, sources = streets
    off_street = max(OFF_STREET_METRES, 1.5 * field.square)
    # metres outside the outline, negative inside
    outside = np.full((field.rows, field.columns), 2 * field.square)
    frame = np.array([field.west, field.south, *field.per_metre, field.square])
    stamp_streets(
        frozen(edges, np.int64), frozen(times, np.int64), frozen(sources, np.float64),
        frozen(network.shape_ptr, np.int64), frozen(network.shape_lon_e7, np.int32),
        frozen(network.shape_lat_e7, np.int32), 1 / SHAPE_UNITS_PER_DEGREE, frame, limit,
        weights.profile.metres_per_second / 1000, off_street, outside,
    )  # fmt: skip
    outside[outside == 0] = -1e-9  # a border through a corner of the mesh would touch itself
    return _inside(field, outside)


def _inside(field: _Field, outside: npt.NDArray[np.float64]) -> shapely.MultiPolygon:
    """Return where the field is negative."""
    lon = field.west + np.arange(field.columns) * field.square * field.per_metre[0]
    lat = field.south + np.arange(field.rows) * field.square * field.per_metre[1]
    contours = contourpy.contour_generator(lon, lat, outside, fill_type="OuterOffset")
    parts = []
    for points, offsets in zip(*contours.filled(-np.inf, 0.0), strict=True):
        rings = [points[begin:end] for begin, end in itertools.pairwise(offsets)]
        parts.append(shapely.Polygon(rings[0], rings[1:]))
    return shapely.MultiPolygon(parts)
