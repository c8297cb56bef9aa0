"""A long vector as 64 numbers, from which the difference of two vectors can be told.

Count sketch (Charikar, Chen and Farach-Colton 2002): each entry is added, with a random sign, to
one of 64 sums. It is linear, so the difference of two sketches is the sketch of the difference,
and the squared length of a sketch is that of its vector on average, with a relative deviation of
about sqrt(2 / 64) = 18 %: lengths of differences are known to about 9 %. Signs and places come from
a hash in plain integer arithmetic and not from a library's generator, whose numbers a new version
may change: a sketch is kept for years.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIZE = 64
BLOCK = 2**16
_STREAM = 0x9E3779B97F4A7C15
"""The golden ratio in 64 bits: how far splitmix64 steps."""
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB

Vector = NDArray[np.float64]


def hashed(count: int, stream: int = 0, first: int = 0) -> NDArray[np.uint64]:
    """`count` numbers of 64 random bits from the `first` on, for ever the same.

    Source: splitmix64, Steele, Lea and Flood (2014).
    """
    state = np.arange(first + 1, first + count + 1, dtype=np.uint64)
    state += np.uint64(stream << 40)
    state *= np.uint64(_STREAM)
    state ^= state >> np.uint64(30)
    state *= np.uint64(_FIRST)
    state ^= state >> np.uint64(27)
    state *= np.uint64(_SECOND)
    state ^= state >> np.uint64(31)
    return state


def uniform(count: int, bound: float, stream: int = 0) -> NDArray[np.float32]:
    """`count` numbers between -bound and bound, for ever the same; each in 24 bits, so exact."""
    whole = (hashed(count, stream) >> np.uint64(40)).astype(np.float64)
    return ((whole / 2**23 - 1.0) * bound).astype(np.float32)


def sketch(vector: Any) -> Vector:
    """(n,) to (64,). Sums are taken in 64 bits, a block at a time: training is near its peak."""
    flat = np.asarray(vector).reshape(-1)
    found = np.zeros(SIZE)
    for first in range(0, len(flat), BLOCK):
        block = flat[first : first + BLOCK]
        bits = hashed(len(block), first=first)
        places = (bits & np.uint64(SIZE - 1)).astype(np.int64)
        signs = ((bits >> np.uint64(6)) & np.uint64(1)).astype(np.float32) * 2 - 1
        found += np.bincount(places, weights=block * signs, minlength=SIZE)
    return found


def length(numbers: Sequence[float]) -> float:
    """The length of a vector, or of the one that a sketch stands for (to about 9 %)."""
    return math.hypot(*numbers)


def apart(one: Sequence[float], other: Sequence[float]) -> float:
    """The length of the difference of the two vectors that two sketches stand for."""
    return length([a - b for a, b in zip(one, other, strict=True)])


def relative(before: Sequence[float], after: Sequence[float]) -> float:
    """The length of the difference over the length before."""
    was = length(before)
    return apart(before, after) / was if was else float(length(after) > 0)
