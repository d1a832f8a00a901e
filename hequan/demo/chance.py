"""Chance that is the same on every machine (随机种子): one stream of numbers for each topic.

Each topic draws from its own stream, so that a change to the people leaves the streets as they
were. PCG64 is named, not left to numpy's default.
"""

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def stream(seed: int, topic: str) -> np.random.Generator:
    """Return the generator of one topic for a seed."""
    mixed = np.random.SeedSequence([seed, zlib.crc32(topic.encode())])
    return np.random.Generator(np.random.PCG64(mixed))


def shared_out(total: int, weights: npt.ArrayLike, at_least: int = 0) -> npt.NDArray[np.int64]:
    """Return whole numbers that add up to `total`, in proportion to the weights.

    Every share gets `at_least`; what rounding leaves goes to the largest remainders, the first of
    equals, so the answer is the same everywhere.
    """
    weight = np.asarray(weights, np.float64)
    rest = total - at_least * len(weight)
    if rest < 0 or not weight.sum() > 0:
        raise ValueError(f"{total} cannot be shared out over {len(weight)} shares")
    exact = rest * weight / weight.sum()
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: rest - int(whole.sum())]] += 1
    return np.asarray(whole + at_least)


def chosen(rng: np.random.Generator, things: Sequence[str], count: int) -> list[str]:
    """Return `count` different things in random order; ValueError when there are fewer."""
    return [things[i] for i in rng.choice(len(things), size=count, replace=False)]
