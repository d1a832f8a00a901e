"""Outlines (边界): rectangles of blocks as GeoJSON polygons, along the corners of the lattice.

Every corner on the rim is in the ring, so neighbours share all their corners and nothing gapes.
"""

from typing import Any

import numpy as np

from hequan.demo.lattice import Lattice
from hequan.demo.splitting import Rectangle

Geometry = dict[str, Any]


def outline_of(lattice: Lattice, part: Rectangle) -> Geometry:
    """Return the outline of some blocks, counter-clockwise from the south-west corner."""
    width, height = part.east - part.west, part.north - part.south
    columns, rows = np.arange(part.west, part.east), np.arange(part.south, part.north)
    across = np.concatenate(
        [columns, np.full(height, part.east), columns[::-1] + 1, np.full(height, part.west)]
    )
    up = np.concatenate(
        [np.full(width, part.south), rows, np.full(width, part.north), rows[::-1] + 1]
    )
    ring = np.stack([lattice.lon[up, across], lattice.lat[up, across]], axis=1).tolist()
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def middle_line(lattice: Lattice, column: int) -> Geometry:
    """Return the line between two columns of corners, as a railway runs."""
    lon = (lattice.lon[:, column] + lattice.lon[:, column + 1]) / 2
    lat = (lattice.lat[:, column] + lattice.lat[:, column + 1]) / 2
    line = np.round(np.stack([lon, lat], axis=1), 7).tolist()
    return {"type": "LineString", "coordinates": line}
