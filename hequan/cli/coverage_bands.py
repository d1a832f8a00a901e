"""Bands of minutes (时间分段) shown alike on the map and in the report: colours and words."""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hequan.cli.words import Words

PAPER = "#faf7f0"
BEYOND, NO_WAY = "#d9822b", "#b5341c"
_NEAR, _FAR = (10, 68, 73), (143, 199, 194)  # deep to light teal


def band_colours(minutes: Sequence[int]) -> list[str]:
    """Return one colour per limit, deep for near and light for far, then that of longer walks."""
    steps = max(len(minutes) - 1, 1)
    mixed = [
        tuple(round(a + (b - a) * at / steps) for a, b in zip(_NEAR, _FAR, strict=True))
        for at in range(len(minutes))
    ]
    return [*(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in mixed), BEYOND]


def band_labels(minutes: Sequence[int], words: Words) -> list[str]:
    """Return the words of the bands: each limit, longer walks, no way at all."""
    labels = [words("report.upto", high=minutes[0])]
    for low, high in itertools.pairwise(minutes):
        labels.append(words("report.between", low=low, high=high))
    return [*labels, words("report.beyond", minutes=minutes[-1]), words("report.no_way")]


def bands_of(seconds: NDArray[np.float32], minutes: Sequence[int]) -> NDArray[np.intp]:
    """Return the band of each walk: 0.. for the limits, then longer walks, then no way."""
    limits = np.array([minute * 60.0 for minute in minutes])
    bands = np.searchsorted(limits, seconds, side="left")
    return np.where(np.isfinite(seconds), bands, len(minutes) + 1)
