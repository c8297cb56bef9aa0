"""Intervals of what is no share: a mean of graded values, an F1, by resampling whole clusters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from harness.records import Score
from harness.stats.intervals import CONFIDENCE, EMPTY, cluster_codes, t_quantile, wilson

DRAWS = 10_000
LEAST_CLUSTERS = 30
"""Below this a bootstrap's interval is too narrow; the jackknife with Student's t takes over."""
_SEED = 20_150_609
_BLOCK = 4_000_000
_NO_WIDTH = 1e-12

Totals = NDArray[np.float64]
Statistic = Callable[[Totals], NDArray[np.float64]]
"""From totals (draws, k) to one value a draw (draws,); NaN where it is not defined."""


def cluster_totals(columns: Sequence[Sequence[float]], clusters: Sequence[str]) -> Totals:
    """Sum each of k columns of n items within its cluster: (C, k)."""
    codes, count = cluster_codes(clusters)
    return np.stack(
        [np.bincount(codes, weights=np.asarray(c, float), minlength=count) for c in columns], axis=1
    )


def resample(totals: Totals, draws: int = DRAWS, seed: int = _SEED) -> Totals:
    """Totals over `draws` samples of C clusters with replacement: (draws, k).

    Every call has its own generator, so that no interval depends on what was computed before it.
    """
    count = len(totals)
    generator = np.random.default_rng(seed)
    even = np.full(count, 1.0 / count)
    block = max(1, _BLOCK // count)
    parts = [
        generator.multinomial(count, even, size=min(block, draws - start)) @ totals
        for start in range(0, draws, block)
    ]
    return np.concatenate(parts)


def statistic_interval(
    totals: Totals, statistic: Statistic, *, draws: int = DRAWS, seed: int = _SEED
) -> tuple[float, float, float]:
    """Value, low and high (95 %) of a statistic of cluster totals (C, k), C > 1.

    From 30 clusters up the percentile bootstrap; below, the delete-one-cluster jackknife with
    Student's quantile. Neither is cut to a range: that is the caller's knowledge.
    """
    value = float(statistic(totals.sum(axis=0, keepdims=True))[0])
    count = len(totals)
    tail = (1 - CONFIDENCE) / 2
    if count >= LEAST_CLUSTERS:
        drawn = statistic(resample(totals, draws, seed))
        low, high = np.nanquantile(drawn, [tail, 1 - tail])
        return value, float(low), float(high)
    left_out = statistic(totals.sum(axis=0, keepdims=True) - totals)
    left_out = left_out[~np.isnan(left_out)]
    spread = left_out - left_out.mean()
    error = float(np.sqrt((len(left_out) - 1) / len(left_out) * np.dot(spread, spread)))
    half = t_quantile(count - 1) * error
    return value, value - half, value + half


def mean_of(totals: Totals) -> NDArray[np.float64]:
    """The mean from columns (sum, count)."""
    with np.errstate(invalid="ignore"):
        means: NDArray[np.float64] = totals[:, 0] / totals[:, 1]
    return means


def graded_mean(values: Sequence[float], clusters: Sequence[str]) -> Score:
    """The mean of values between 0 and 1 (not all 0 or 1) with its 95 % interval."""
    if not values:
        return EMPTY
    totals = cluster_totals([values, [1.0] * len(values)], clusters)
    return bounded(totals, mean_of, n=len(values))


def bounded(totals: Totals, statistic: Statistic, n: int) -> Score:
    """A score between 0 and 1 from cluster totals (C, k), of `n` items.

    Where every cluster says the same, resampling has nothing to vary, and Wilson's interval on the
    number of clusters stands in.
    """
    count = len(totals)
    value = float(statistic(totals.sum(axis=0, keepdims=True))[0])
    if np.isnan(value):
        return Score(value=None, low=None, high=None, n=n, clusters=count)
    if count == 1:
        return Score(value=value, low=0.0, high=1.0, n=n, clusters=1)
    value, low, high = statistic_interval(totals, statistic)
    if high - low < _NO_WIDTH:
        low, high = wilson(min(1.0, max(0.0, value)), count, t_quantile(count - 1))
    return Score(value=value, low=max(0.0, low), high=min(1.0, high), n=n, clusters=count)
