"""Raw streets (街道线段): the one form in which a reader or a generator hands streets over.

Points in degrees and straight segments between them, as flat arrays; what each segment and each
point means for a walker is a column beside them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hequan.planner.errors import NetworkError
from hequan.planner.network import EdgeFlag, Gate

SEGMENT_FIELDS = ("from_node", "to_node", "flags", "incline", "crossings", "gate", "name")


@dataclass(frozen=True, eq=False)
class StreetPieces:
    """Points in degrees and the straight segments between them; see `street_pieces`."""

    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    from_node: npt.NDArray[np.int64]
    to_node: npt.NDArray[np.int64]
    flags: npt.NDArray[np.uint16]
    incline: npt.NDArray[np.float32]
    crossings: npt.NDArray[np.uint8]
    gate: npt.NDArray[np.int32]
    name: npt.NDArray[np.int32]
    node_gate: npt.NDArray[np.int32]
    node_flags: npt.NDArray[np.uint16]
    gates: tuple[Gate, ...] = ()
    names: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together or positions that are none."""
        nodes, segments = len(self.lon), len(self.from_node)
        for name in SEGMENT_FIELDS:
            _require(len(getattr(self, name)) == segments, f"{name}: one value for each segment")
        for name in ("lat", "node_gate", "node_flags"):
            _require(len(getattr(self, name)) == nodes, f"{name}: one value for each point")
        for name, size in (("from_node", nodes), ("to_node", nodes)):
            _require(_within(getattr(self, name), 0, size), f"{name}: points from 0 to {size - 1}")
        for name in ("gate", "node_gate"):
            _require(_within(getattr(self, name), -1, len(self.gates)), f"{name}: a gate or -1")
        _require(_within(self.name, -1, len(self.names)), "name: an index into names or -1")
        _require(bool(np.all(np.abs(self.lon) <= 180)), "lon: degrees from -180 to 180")
        _require(bool(np.all(np.abs(self.lat) <= 90)), "lat: degrees from -90 to 90")


def _within(values: npt.NDArray[np.integer], low: int, high: int) -> bool:
    return len(values) == 0 or bool(values.min() >= low and values.max() < high)


def _require(holds: bool, expected: str) -> None:
    if not holds:
        raise NetworkError("network.pieces", "Street pieces need {expected}.", expected=expected)


def street_pieces(
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    from_node: npt.ArrayLike,
    to_node: npt.ArrayLike,
    *,
    flags: npt.ArrayLike | None = None,
    incline: npt.ArrayLike | None = None,
    crossings: npt.ArrayLike | None = None,
    gate: npt.ArrayLike | None = None,
    name: npt.ArrayLike | None = None,
    node_gate: npt.ArrayLike | None = None,
    node_flags: npt.ArrayLike | None = None,
    gates: tuple[Gate, ...] = (),
    names: tuple[str, ...] = (),
    source: str = "",
) -> StreetPieces:
    """Return street pieces from arrays or lists; whatever is left out is absent or flat."""
    lon, lat = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    start = np.asarray(from_node, np.int64)
    segments, nodes = len(start), len(lon)
    counted = _marked(flags) if crossings is None else crossings
    return StreetPieces(
        lon=lon,
        lat=lat,
        from_node=start,
        to_node=np.asarray(to_node, np.int64),
        flags=_filled(flags, segments, 0, np.uint16),
        incline=_filled(incline, segments, 0, np.float32),
        crossings=_filled(counted, segments, 0, np.uint8),
        gate=_filled(gate, segments, -1, np.int32),
        name=_filled(name, segments, -1, np.int32),
        node_gate=_filled(node_gate, nodes, -1, np.int32),
        node_flags=_filled(node_flags, nodes, 0, np.uint16),
        gates=gates,
        names=names,
        source=source,
    )


def _marked(flags: npt.ArrayLike | None) -> npt.ArrayLike | None:
    """Count one crossing for each segment flagged as one, where nobody counted."""
    return None if flags is None else (np.asarray(flags, np.uint16) & int(EdgeFlag.CROSSING)) != 0


def _filled(
    values: npt.ArrayLike | None, length: int, default: int, kind: type
) -> npt.NDArray[Any]:
    return np.full(length, default, kind) if values is None else np.asarray(values, kind)
