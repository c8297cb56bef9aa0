"""Whether more changed here than there: exact, for counts too small for any approximation."""

from __future__ import annotations

from math import comb


def more_than(count: int, of: int, other: int, other_of: int) -> float:
    """One-sided p: the chance of `count` and more of `of`, were the rate that of the other sample.

    `other` of `other_of` is that sample. Source: Fisher's exact test (Fisher, 1934), which holds
    the sum of both counts fixed.
    """
    total = count + other
    highest = min(total, of)
    ways = sum(comb(of, k) * comb(other_of, total - k) for k in range(count, highest + 1))
    return ways / comb(of + other_of, total)


def least_of(total: int, of: int, other_of: int) -> float:
    """The smallest p that `more_than` can give where `total` changed on both sides together."""
    most = min(total, of)
    return more_than(most, of, total - most, other_of)


def most_within(chance: float, of: int, other: int, other_of: int) -> int:
    """The largest count whose p by `more_than` is at least `chance`."""
    return max(k for k in range(of + 1) if k == 0 or more_than(k, of, other, other_of) >= chance)
