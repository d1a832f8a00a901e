"""Ways on their way to becoming street pieces (线段收集): gathered one by one, turned at once.

Crossings are counted where a walker crosses a road: once for a way that is a crossing (or once for
each crossing node on it), and once for a crossing node that lies on a footway. A crossing node on a
road alone says nothing to who walks along that road.
"""

from array import array

import numpy as np
import numpy.typing as npt

from hequan.files.osm_barriers import Barrier
from hequan.files.osm_tags import NoStreet, Street
from hequan.planner.network import Gate
from hequan.planner.network_report import LISTED_EXAMPLES, LeftOut
from hequan.planner.street_pieces import StreetPieces, street_pieces

# the map library writes n1xy for a point without position
_NOWHERE = "x999y999"
_TO_NUMBERS = str.maketrans("nxy,", "    ")
_TOGETHER = 4096  # ways whose points are turned into numbers at once


class Tally:
    """Counts by reason with a few examples each, in the order of appearance."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._examples: dict[str, list[str]] = {}

    def add(self, reason: str, example: str, count: int = 1) -> None:
        """Count something under its reason."""
        self._counts[reason] = self._counts.get(reason, 0) + count
        examples = self._examples.setdefault(reason, [])
        if len(examples) < LISTED_EXAMPLES:
            examples.append(example)

    def rows(self) -> tuple[LeftOut, ...]:
        """Return one row for each reason."""
        return tuple(
            LeftOut(reason, count, tuple(self._examples[reason]))
            for reason, count in self._counts.items()
        )


class WayCollector:
    """Walkable ways and barriers as read; `pieces` turns them into arrays once all are in."""

    def __init__(self) -> None:
        self.crossing_nodes: set[int] = set()
        self._points: list[str] = []
        self._read: list[npt.NDArray[np.float64]] = []
        self._way_size = array("q")
        self._way_ids = array("q")
        self._flags = array("H")
        self._incline = array("d")
        self._name = array("i")
        self._gate = array("i")
        self._crossing = array("b")
        self._for_feet = array("b")
        self._names: dict[str, int] = {}
        self._gates: list[Gate] = []
        self._barriers: dict[int, tuple[int, int]] = {}
        self._refused = Tally()
        self._odd = Tally()

    def add_way(self, way: int, street: Street, points: str) -> None:
        """Keep one walkable way; its points in order as `n1x121.47y31.32,n2x...`."""
        size = points.count(",") + 1
        if size < 2:
            self._refused.add("one_point", f"way {way}")
            return
        self._points.append(points)
        self._way_size.append(size)
        if len(self._points) == _TOGETHER:
            self._read_points()
        self._way_ids.append(way)
        self._flags.append(street.flags)
        self._incline.append(street.incline)
        self._name.append(
            self._names.setdefault(street.name, len(self._names)) if street.name else -1
        )
        self._gate.append(self._gate_with(street.name, street.hours))
        self._crossing.append(street.is_crossing)
        self._for_feet.append(street.for_feet)
        for text in street.odd:
            self._odd.add("unreadable_value", f"way {way}: {text}")

    def add_barrier(self, node: int, barrier: Barrier) -> None:
        """Keep what stands at one point."""
        for text in barrier.odd:
            self._odd.add("unreadable_value", f"node {node}: {text}")
        gate = self._gate_with(barrier.name, barrier.hours)
        if barrier.flags or gate >= 0:
            self._barriers[node] = (barrier.flags, gate)

    def refuse(self, reason: NoStreet, way: int) -> None:
        """Count one way that is not walked."""
        self._refused.add(str(reason), f"way {way}")

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return what was read and not used, by reason."""
        return self._refused.rows()

    def warnings(self) -> tuple[LeftOut, ...]:
        """Return what was used although a part of it could not be read."""
        return self._odd.rows()

    def _gate_with(self, name: str, hours: str) -> int:
        if not hours:
            return -1
        self._gates.append(Gate(name, hours))
        return len(self._gates) - 1

    def _read_points(self) -> None:
        """Turn the points gathered so far into rows of id, longitude and latitude."""
        text = ",".join(self._points).replace("xy", _NOWHERE).translate(_TO_NUMBERS)
        self._read.append(np.fromstring(text, sep=" ").reshape(-1, 3))
        self._points.clear()

    def pieces(self, source: str) -> StreetPieces:
        """Return all ways as street pieces."""
        if self._points:
            self._read_points()
        points = np.concatenate([np.empty((0, 3)), *self._read])
        refs = points[:, 0].astype(np.int64)
        ids, first, at = np.unique(refs, return_index=True, return_inverse=True)
        lon, lat = points[first, 1:].T
        placed = np.abs(lon) <= 180
        way = np.repeat(np.arange(len(self._way_size)), self._way_size)
        known = placed[at]
        self._tell_missing(way[~known])
        joined = way[1:] == way[:-1]
        start = np.flatnonzero(joined & known[1:] & known[:-1])
        node_flags, node_gate = self._at_nodes(ids)
        of_way = way[start]
        return street_pieces(
            np.where(placed, lon, 0),
            np.where(placed, lat, 0),
            at[start],
            at[start + 1],
            flags=np.array(self._flags, np.uint16)[of_way],
            incline=np.array(self._incline, np.float32)[of_way],
            crossings=self._crossings(refs, way)[start],
            gate=np.array(self._gate, np.int32)[of_way],
            name=np.array(self._name, np.int32)[of_way],
            node_gate=node_gate,
            node_flags=node_flags,
            gates=tuple(self._gates),
            names=tuple(self._names),
            source=source,
        )

    def _tell_missing(self, ways: npt.NDArray[np.int64]) -> None:
        for way, count in zip(*np.unique(ways, return_counts=True), strict=True):
            self._refused.add("missing_nodes", f"way {self._way_ids[way]}", int(count))

    def _at_nodes(
        self, ids: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.int32]]:
        flags, gate = np.zeros(len(ids), np.uint16), np.full(len(ids), -1, np.int32)
        nodes = np.array(sorted(self._barriers), np.int64)
        place = np.searchsorted(ids, nodes)
        for node, at in zip(nodes.tolist(), place.tolist(), strict=True):
            if at < len(ids) and ids[at] == node:
                flags[at], gate[at] = self._barriers[node]
        return flags, gate

    def _crossings(
        self, refs: npt.NDArray[np.int64], way: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.uint8]:
        """Return crossings on the segment that starts at each point of each way."""
        count = np.zeros(len(refs), np.int64)
        nodes = np.array(sorted(self.crossing_nodes), np.int64)
        marked = np.isin(refs, nodes)
        whole = np.array(self._crossing, dtype=bool)
        on_whole = np.bincount(way[marked], minlength=len(whole))
        starts = (np.cumsum(self._way_size) - self._way_size)[whole]
        count[starts] = np.maximum(on_whole[whole], 1)
        on_foot = np.array(self._for_feet, dtype=bool) & ~whole
        loose = np.flatnonzero(marked & on_foot[way] & ~np.isin(refs, refs[whole[way]]))
        loose = loose[np.unique(refs[loose], return_index=True)[1]]
        # a point that ends its way belongs to the segment before it
        ends = np.append(way[1:] != way[:-1], True)[loose] & (loose > 0)
        np.add.at(count, loose - ends, 1)
        return np.minimum(count, 255).astype(np.uint8)
