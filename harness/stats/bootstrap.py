"""Intervals of what is no share: a mean of graded values, an F1, by resampling whole clusters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from harness.records import Score
from harness.stats.intervals import CONFIDENCE, EMPTY, cluster_codes, t_quantile, wilson

DRAWS = 10_000
LEAST_CLUSTERS = 30
"""Below this a bootstrap's interval is too narrow; the jackknife with Student's t takes over."""
MANY_CLUSTERS = 2_000
"""Above this, drawing every cluster by itself 10,000 times would take minutes."""
_SEED = 20_150_609
_BLOCK = 4_000_000
_EXACT = 2.0**24
"""Whole numbers below this are exact in single precision."""
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
    From 2,000 clusters up those with the same totals are drawn together, which is the same
    distribution; where even then more than 2,000 remain, totals are drawn from the normal
    distribution that they tend to (central limit theorem), with the clusters' own covariance.
    """
    count = len(totals)
    if count <= MANY_CLUSTERS:
        blocks = cluster_weights(count, draws, seed)
        if count * float(np.abs(totals).max(initial=0)) < _EXACT and not (totals % 1).any():
            # Whole numbers stay exact in single precision, which takes half the time.
            whole = totals.astype(np.float32)
            return np.concatenate([b.astype(np.float32) @ whole for b in blocks]).astype(float)
        return np.concatenate([weights @ totals for weights in blocks])
    generator = np.random.default_rng(seed)
    totals, times = np.unique(totals, axis=0, return_counts=True)
    if len(totals) > MANY_CLUSTERS:
        return _normal_totals(totals, times, draws, generator)
    blocks = _multinomials(count, times / count, draws, generator)
    return np.concatenate([weights @ totals for weights in blocks])


def cluster_weights(
    count: int, draws: int = DRAWS, seed: int = _SEED
) -> Iterator[NDArray[np.float64]]:
    """How often each of C clusters is in each of `draws` samples: blocks of (draws, C)."""
    if count <= MANY_CLUSTERS and draws <= DRAWS:
        kept = _kept_weights(count, draws, seed)
        block = max(1, _BLOCK // count)
        for start in range(0, draws, block):
            yield kept[start : start + block].astype(float)
        return
    even = np.full(count, 1.0 / count)
    yield from _multinomials(count, even, draws, np.random.default_rng(seed))


@lru_cache(maxsize=6)
def _kept_weights(count: int, draws: int, seed: int) -> NDArray[np.uint8]:
    """The same whole, kept: most scores of a run have one of a few numbers of clusters.

    (draws, C) bytes, 20 MB at most: no cluster is drawn 256 times by chance.
    """
    even = np.full(count, 1.0 / count)
    blocks = _multinomials(count, even, draws, np.random.default_rng(seed))
    return np.concatenate([block.astype(np.uint8) for block in blocks])


def _multinomials(
    count: int, shares: NDArray[np.float64], draws: int, generator: np.random.Generator
) -> Iterator[NDArray[np.float64]]:
    """How often each of D kinds is among `count` drawn: blocks of (draws, D), `draws` in all."""
    block = max(1, _BLOCK // len(shares))
    for start in range(0, draws, block):
        size = min(block, draws - start)
        yield generator.multinomial(count, shares, size=size).astype(float)


def _normal_totals(
    kinds: Totals, times: NDArray[np.int64], draws: int, generator: np.random.Generator
) -> Totals:
    """Totals of `draws` samples of clusters of D kinds (D, k), each there so many times (D,)."""
    count = times.sum()
    mean = times @ kinds / count
    spread = kinds - mean
    covariance = (spread * times[:, None]).T @ spread / count
    drawn: Totals = generator.multivariate_normal(
        count * mean, count * covariance, size=draws, method="eigh"
    )
    return drawn


def statistic_interval(
    totals: Totals,
    statistic: Statistic,
    *,
    draws: int = DRAWS,
    seed: int = _SEED,
) -> tuple[float, float, float]:
    """Value, low and high (95 %) of a statistic of cluster totals (C, k), C > 1.

    From 30 clusters up the percentile bootstrap; below, the delete-one-cluster jackknife with
    Student's quantile. Neither is cut to a range: that is the caller's knowledge.
    """
    value = float(statistic(totals.sum(axis=0, keepdims=True))[0])
    if len(totals) >= LEAST_CLUSTERS:
        return value, *percentiles(statistic(resample(totals, draws, seed)))
    return value, *_jackknife(value, statistic(totals.sum(axis=0, keepdims=True) - totals))


def weighted_interval(
    clusters: int, statistic: Statistic, *, draws: int = DRAWS, seed: int = _SEED
) -> tuple[float, float, float]:
    """Value, low and high of a statistic that needs items themselves and not their totals.

    `statistic` takes how often each of C > 1 clusters counts, (draws, C), in blocks of draws.
    Otherwise as `statistic_interval`; neither is for very many clusters.
    """
    value = float(statistic(np.ones((1, clusters)))[0])
    if clusters < LEAST_CLUSTERS:
        return value, *_jackknife(value, statistic(1.0 - np.eye(clusters)))
    blocks = cluster_weights(clusters, draws, seed)
    return value, *percentiles(np.concatenate([statistic(block) for block in blocks]))


def percentiles(drawn: NDArray[np.float64]) -> tuple[float, float]:
    """The middle 95 % of draws."""
    tail = (1 - CONFIDENCE) / 2
    low, high = np.nanquantile(drawn, [tail, 1 - tail])
    return float(low), float(high)


def _jackknife(value: float, left_out: NDArray[np.float64]) -> tuple[float, float]:
    """Student's interval from the values without each of C clusters, (C,); NaN is left out."""
    degrees = len(left_out) - 1
    left_out = left_out[~np.isnan(left_out)]
    spread = left_out - left_out.mean()
    error = float(np.sqrt((len(left_out) - 1) / len(left_out) * np.dot(spread, spread)))
    half = t_quantile(degrees) * error
    return value - half, value + half


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


def bounded(
    totals: Totals,
    statistic: Statistic,
    n: int,
    *,
    least: float = 0.0,
    most: float = 1.0,
) -> Score:
    """A score between `least` and `most` from cluster totals (C, k), of `n` items.

    Where every cluster says the same, resampling has nothing to vary, and Wilson's interval on the
    number of clusters stands in.
    """
    count = len(totals)
    value = float(statistic(totals.sum(axis=0, keepdims=True))[0])
    if np.isnan(value):
        return Score(value=None, low=None, high=None, n=n, clusters=count)
    if count == 1:
        return Score(value=value, low=least, high=most, n=n, clusters=1)
    value, low, high = statistic_interval(totals, statistic)
    return within(value, low, high, n=n, clusters=count, least=least, most=most)


def within(
    value: float,
    low: float,
    high: float,
    *,
    n: int,
    clusters: int,
    least: float = 0.0,
    most: float = 1.0,
) -> Score:
    """A score whose interval is cut to its range; one without width gets Wilson's, on clusters."""
    if high - low < _NO_WIDTH:
        place = min(1.0, max(0.0, (value - least) / (most - least)))
        low, high = wilson(place, clusters, t_quantile(clusters - 1))
        low, high = least + (most - least) * low, least + (most - least) * high
    return Score(value=value, low=max(least, low), high=min(most, high), n=n, clusters=clusters)
