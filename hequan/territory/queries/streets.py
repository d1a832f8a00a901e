"""The walking network in use (步行路网): opened once per process, weighed once per profile."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings

from hequan.core import versions
from hequan.planner.errors import NetworkError
from hequan.planner.network import WalkNetwork
from hequan.planner.network_store import open_network
from hequan.planner.profiles import Profile
from hequan.planner.weights import ArcWeights, arc_weights
from hequan.territory.errors import BrokenStreetsError
from hequan.territory.models import StreetNetwork

STREETS_STAMP = "streets"
_KEPT_WEIGHTS = 16  # profiles times states of the gates

Box = tuple[float, float, float, float]
OpenGates = npt.NDArray[np.bool_] | None


@dataclass(frozen=True, eq=False)
class OpenNetwork:
    """The current network with what its row says; its arrays lie in a memory map."""

    pk: int
    name: str
    source: str
    built_at: datetime
    report: dict[str, Any]
    network: WalkNetwork
    _weights: OrderedDict[Any, ArcWeights] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def weights(self, profile: Profile, open_gates: OpenGates = None) -> ArcWeights:
        """Return the walking times of a profile, None = all gates open; kept for the next one."""
        key = (profile, None if open_gates is None else np.packbits(open_gates).tobytes())
        with self._lock:
            if key not in self._weights:
                weighed = arc_weights(self.network, profile, open_gates=open_gates)
                self._weights[key] = weighed
                while len(self._weights) > _KEPT_WEIGHTS:
                    self._weights.popitem(last=False)
            self._weights.move_to_end(key)
            return self._weights[key]


def networks_folder() -> Path:
    """Return the folder of all stored networks."""
    return Path(settings.NETWORKS_ROOT)


def network_folder(folder: str) -> Path:
    """Return where a stored network lies."""
    return networks_folder() / folder


def _open() -> tuple[OpenNetwork | None]:
    row = StreetNetwork.objects.filter(is_current=True).first()
    if row is None:
        return (None,)
    try:
        network = open_network(network_folder(row.folder))
    except NetworkError as error:
        raise BrokenStreetsError(reason=str(error)) from error
    return (OpenNetwork(row.pk, row.name, row.source, row.built_at, row.report, network),)


_kept_network = versions.Kept(_open, STREETS_STAMP)


def current_network() -> OpenNetwork | None:
    """Return the network in use, None before any was imported.

    BrokenStreetsError where its files are gone or damaged.
    """
    return _kept_network.get()[0]


@dataclass(frozen=True)
class StreetLine:
    """One piece of street for a map."""

    name: str
    flags: int
    points: tuple[tuple[float, float], ...]


def street_lines(box: Box, limit: int = 20_000) -> list[StreetLine]:
    """Return the pieces of street that reach into a box (west, south, east, north)."""
    found = current_network()
    if found is None:
        return []
    network = found.network
    lines = []
    for edge in _edges_in(network, box)[:limit].tolist():
        lon, lat = network.line(edge)
        points = tuple(zip(lon.tolist(), lat.tolist(), strict=True))
        lines.append(StreetLine(network.name_of(edge), int(network.edge_flags[edge]), points))
    return lines


def _edges_in(network: WalkNetwork, box: Box) -> npt.NDArray[np.int64]:
    """The bounds of every edge against the box; exact enough for a map."""
    west, south, east, north = (np.int64(round(value * 1e7)) for value in box)
    start = np.asarray(network.shape_ptr[:-1])
    lon, lat = network.shape_lon_e7, network.shape_lat_e7
    return np.flatnonzero(
        (np.minimum.reduceat(lon, start) <= east)
        & (np.maximum.reduceat(lon, start) >= west)
        & (np.minimum.reduceat(lat, start) <= north)
        & (np.maximum.reduceat(lat, start) >= south)
    )


def stored_networks() -> list[StreetNetwork]:
    """Return every network ever stored, the newest first."""
    return list(StreetNetwork.objects.order_by("-built_at", "-pk"))
