"""Splitting a rectangle of blocks into units of given weights (逐级划分).

A rectangle is halved along its longer side, the weights in proportion, until each part holds one.
Cuts prefer the bank of a river or the side of a railway, as real borders do.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STRIP_IS_NEARER = 0.3  # a cut along a strip may lie this much nearer to the ideal than it does


@dataclass(frozen=True)
class Rectangle:
    """Blocks west <= column < east, south <= row < north."""

    west: int
    south: int
    east: int
    north: int


class Splitter:
    """Splits rectangles of one lattice; strips count for no land and are cut on one side only."""

    def __init__(
        self,
        columns: int,
        rows: int,
        railway_columns: npt.NDArray[np.int64],
        river_rows: npt.NDArray[np.int64],
        rng: np.random.Generator,
    ) -> None:
        self._land = (_land_up_to(columns, railway_columns), _land_up_to(rows, river_rows))
        self._strips = (set(railway_columns.tolist()), set(river_rows.tolist()))
        self._rng = rng

    def blocks(self, part: Rectangle) -> int:
        """Return how many blocks of land a rectangle has."""
        across = self._land[0][part.east] - self._land[0][part.west]
        return int(across * (self._land[1][part.north] - self._land[1][part.south]))

    def split(
        self, whole: Rectangle, weights: npt.ArrayLike, fewest: npt.ArrayLike
    ) -> list[Rectangle]:
        """Return one rectangle for each weight, each with at least its `fewest` blocks of land."""
        weight = np.asarray(weights, np.float64)
        need = np.asarray(fewest, np.int64)
        if len(weight) == 1:
            return [whole]
        half = int(np.argmin(np.abs(np.cumsum(weight)[:-1] - weight.sum() / 2))) + 1
        first, second = self._cut(
            whole,
            weight[:half].sum() / weight.sum(),
            int(need[:half].sum()),
            int(need[half:].sum()),
        )
        return self.split(first, weight[:half], need[:half]) + self.split(
            second, weight[half:], need[half:]
        )

    def _cut(
        self, whole: Rectangle, share: float, need_first: int, need_second: int
    ) -> tuple[Rectangle, Rectangle]:
        wide = self._span(0, whole.west, whole.east) >= self._span(1, whole.south, whole.north)
        for axis in (0, 1) if wide else (1, 0):
            parts = self._best_cut(whole, axis, share, need_first, need_second)
            if parts:
                return parts
        raise ValueError(f"{whole} is too small to be split")

    def _span(self, axis: int, low: int, high: int) -> int:
        return int(self._land[axis][high] - self._land[axis][low])

    def _best_cut(
        self, whole: Rectangle, axis: int, share: float, need_first: int, need_second: int
    ) -> tuple[Rectangle, Rectangle] | None:
        low, high = ((whole.west, whole.east), (whole.south, whole.north))[axis]
        total = self._span(axis, low, high)
        if not total:
            return None
        wanted = share + self._rng.uniform(-0.04, 0.04)
        best: tuple[float, Rectangle, Rectangle] | None = None
        for line in range(low + 1, high):
            if line in self._strips[axis]:
                continue
            off = abs(self._span(axis, low, line) / total - wanted)
            if line - 1 in self._strips[axis] and off < 0.2:
                off *= STRIP_IS_NEARER
            first, second = _halves(whole, axis, line)
            enough = self.blocks(first) >= need_first and self.blocks(second) >= need_second
            if enough and (best is None or off < best[0]):
                best = (off, first, second)
        return best[1:] if best else None


def _halves(whole: Rectangle, axis: int, line: int) -> tuple[Rectangle, Rectangle]:
    west, south, east, north = whole.west, whole.south, whole.east, whole.north
    if axis == 0:
        return Rectangle(west, south, line, north), Rectangle(line, south, east, north)
    return Rectangle(west, south, east, line), Rectangle(west, line, east, north)


def _land_up_to(count: int, strips: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    land = np.ones(count, np.int64)
    land[strips] = 0
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(land)])
