"""The lattice (街坊格网): every street corner of the demo, and the blocks between them.

Borders, streets and rivers all run along the lines of one bent lattice, and every unit is a set of
its blocks. So neighbours share their corners exactly and the territory tiles without gap or
overlap, whatever the seed. Some rows are narrow strips of water, some columns narrow strips of
railway. Metres east and north become degrees around one origin near 121.47 E, 31.33 N.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hequan.demo.chance import stream
from hequan.demo.scale import Scale
from hequan.planner.network import METRES_PER_DEGREE

ORIGIN_LON, ORIGIN_LAT = 121.47, 31.33
BLOCK_METRES = 77.0
RIVER_METRES, RAILWAY_METRES = 46.0, 24.0
ROTATION_DEGREES = -9.0
ROWS_BETWEEN_RIVERS, COLUMNS_BETWEEN_RAILWAYS = 86, 118
# wavelength in metres and how far the lines swing; the slopes stay small, so blocks stay convex
WAVES = ((5200.0, 120.0), (2600.0, 70.0), (1300.0, 22.0), (700.0, 7.0))
MEANDER_METRES, MEANDER_REACH = 105.0, 420.0
JITTER_METRES = 6.0

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Lattice:
    """Corners as degrees, [rows + 1, columns + 1], and which rows are water, which columns rail."""

    lon: Floats
    lat: Floats
    river_rows: Ints
    railway_columns: Ints

    @property
    def rows(self) -> int:
        """Return how many rows of blocks there are, south to north."""
        return int(self.lon.shape[0]) - 1

    @property
    def columns(self) -> int:
        """Return how many columns of blocks there are, west to east."""
        return int(self.lon.shape[1]) - 1

    def corner(self, row: npt.ArrayLike, column: npt.ArrayLike) -> Ints:
        """Return the number of the corner at these lines."""
        return np.asarray(row, np.int64) * (self.columns + 1) + np.asarray(column, np.int64)


def lay_lattice(scale: Scale, seed: int) -> Lattice:
    """Return the bent lattice that carries a demo of this scale."""
    rng = stream(seed, "lattice")
    columns, rows = _size_in_blocks(scale)
    river_rows = _strips(rows, ROWS_BETWEEN_RIVERS, 0.62)
    railway_columns = _strips(columns, COLUMNS_BETWEEN_RAILWAYS, 0.3)
    x = _lines(rng, columns, railway_columns, RAILWAY_METRES, scale.outlying_stretch)
    y = _lines(rng, rows, river_rows, RIVER_METRES, scale.outlying_stretch)
    east, north = np.meshgrid(x, y)
    east, north = _bent(rng, east, north)
    north += _meander(rng, x, y, river_rows)
    east += rng.uniform(-JITTER_METRES, JITTER_METRES, east.shape)
    north += rng.uniform(-JITTER_METRES, JITTER_METRES, north.shape)
    lon, lat = to_degrees(*_turned(east, north))
    return Lattice(lon=lon, lat=lat, river_rows=river_rows, railway_columns=railway_columns)


def to_degrees(east: Floats, north: Floats) -> tuple[Floats, Floats]:
    """Return longitude and latitude of metres from the origin, to a centimetre."""
    lat = ORIGIN_LAT + north / METRES_PER_DEGREE
    lon = ORIGIN_LON + east / (METRES_PER_DEGREE * np.cos(np.radians(ORIGIN_LAT)))
    return np.round(lon, 7), np.round(lat, 7)


def to_metres(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return metres east and north of the origin."""
    north = (np.asarray(lat) - ORIGIN_LAT) * METRES_PER_DEGREE
    east = (np.asarray(lon) - ORIGIN_LON) * METRES_PER_DEGREE * np.cos(np.radians(ORIGIN_LAT))
    return east, north


def _size_in_blocks(scale: Scale) -> tuple[int, int]:
    columns, rows = scale.town_blocks
    if scale.towns == 1:
        return columns, rows
    side = np.sqrt(scale.towns * columns * rows)
    return round(side * 1.04), round(side / 1.04)


def _strips(lines: int, apart: int, first: float) -> Ints:
    """Return which rows (or columns) are strips: one in a town, one every so often in a city."""
    if lines < apart:
        return np.array([int(lines * first)], np.int64)
    return np.arange(int(apart * 0.45), lines - apart // 4, apart, dtype=np.int64)


def _lines(
    rng: np.random.Generator, count: int, strips: Ints, strip_metres: float, stretch: float
) -> Floats:
    widths = BLOCK_METRES * rng.uniform(0.82, 1.18, count)
    from_middle = np.abs(np.arange(count) - (count - 1) / 2) / (count / 2)
    widths *= 1 + stretch * from_middle
    widths[strips] = strip_metres
    ends = np.concatenate([np.zeros(1), np.cumsum(widths)])
    return np.asarray(ends - ends[-1] / 2)


def _bent(rng: np.random.Generator, east: Floats, north: Floats) -> tuple[Floats, Floats]:
    moved_east, moved_north = east.copy(), north.copy()
    for length, swing in WAVES:
        for moved, across, along in ((moved_east, north, east), (moved_north, east, north)):
            phase, tilt = rng.uniform(0, 2 * np.pi), rng.uniform(-0.35, 0.35)
            moved += swing * np.sin(2 * np.pi * (across + tilt * along) / length + phase)
    return moved_east, moved_north


def _meander(rng: np.random.Generator, x: Floats, y: Floats, river_rows: Ints) -> Floats:
    moved = np.zeros((len(y), len(x)))
    for row in river_rows:
        phase = rng.uniform(0, 2 * np.pi)
        swing = MEANDER_METRES * np.sin(2 * np.pi * x / 1500 + phase)
        swing += 0.2 * MEANDER_METRES * np.sin(2 * np.pi * x / 640 + 2 * phase)
        # both banks swing alike, and the swing dies away on either side
        away = np.maximum(np.abs(y - (y[row] + y[row + 1]) / 2) - RIVER_METRES / 2, 0)
        moved += np.exp(-away / MEANDER_REACH)[:, None] * swing[None, :]
    return moved


def _turned(east: Floats, north: Floats) -> tuple[Floats, Floats]:
    angle = np.radians(ROTATION_DEGREES)
    return (
        east * np.cos(angle) - north * np.sin(angle),
        east * np.sin(angle) + north * np.cos(angle),
    )
