"""Intervals of shares whose items are not independent: Wilson's, on an effective sample size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from harness.records import Score

CONFIDENCE = 0.95
FEW_CLUSTERS = 15
"""Below this many clusters a reader is told so, and tests are exact or by permutation."""

EMPTY = Score(value=None, low=None, high=None, n=0, clusters=0)
"""The score of a question that nobody was asked."""


@lru_cache(maxsize=1024)
def normal_quantile(confidence: float = CONFIDENCE) -> float:
    """Two-sided quantile of the normal distribution, 1.96 for 95 %."""
    return float(ndtri(0.5 + confidence / 2))


@lru_cache(maxsize=1024)
def t_quantile(degrees: int, confidence: float = CONFIDENCE) -> float:
    """Two-sided quantile of Student's t; infinite for no degree of freedom."""
    return float(stdtrit(degrees, 0.5 + confidence / 2)) if degrees > 0 else math.inf


def wilson(share: float, n: float, quantile: float | None = None) -> tuple[float, float]:
    """Wilson's score interval of a share in `n` (effective) independent items.

    `share` is between 0 and 1, `n` above 0 and not necessarily whole; `quantile` defaults to the
    normal one for 95 %. Source: Wilson (1927), equation for the roots of the score statistic.
    """
    q = normal_quantile() if quantile is None else quantile
    if math.isinf(q):
        return 0.0, 1.0
    spread = q * q / n
    centre = (share + spread / 2) / (1 + spread)
    half = q * math.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    low = 0.0 if share == 0 else max(0.0, centre - half)
    high = 1.0 if share == 1 else min(1.0, centre + half)
    return low, high


def rule_of_three(n: int) -> float:
    """Upper 95 % bound of a share of which `n` independent items showed none: 3 / n, at most 1.

    Source: Hanley and Lippman-Hand (1983).
    """
    return min(1.0, 3.0 / n) if n > 0 else 1.0


def cluster_codes(clusters: Sequence[str]) -> tuple[NDArray[np.intp], int]:
    """Number the clusters in order of first sight: codes (n,) and how many there are."""
    known: dict[str, int] = {}
    codes = np.fromiter(
        (known.setdefault(cluster, len(known)) for cluster in clusters), np.intp, len(clusters)
    )
    return codes, len(known)


def naive_error(values: Sequence[float]) -> float:
    """Standard error of a mean as if all n > 1 items were independent: s / sqrt(n)."""
    return float(np.std(np.asarray(values, float), ddof=1) / math.sqrt(len(values)))


def clustered_error(
    values: Sequence[float], clusters: Sequence[str], *, corrected: bool = True
) -> float:
    """Standard error of a mean whose items depend on each other within clusters.

    The root of the summed squares of each cluster's summed residuals, over n (Liang and Zeger,
    1986); `corrected` multiplies the variance by C / (C - 1) for C clusters, C > 1.
    """
    data = np.asarray(values, float)
    codes, count = cluster_codes(clusters)
    sums = np.bincount(codes, weights=data - data.mean(), minlength=count)
    variance = float(np.dot(sums, sums)) / len(data) ** 2
    if corrected:
        variance *= count / (count - 1)
    return math.sqrt(variance)


def design_effect(values: Sequence[float], clusters: Sequence[str]) -> float:
    """How many times larger the variance is than that of independent items; at least 1.

    Items n > 1 in C > 1 clusters. Where all values agree there is no variance to compare: 1.
    """
    naive = naive_error(values)
    if naive == 0:
        return 1.0
    return max(1.0, (clustered_error(values, clusters) / naive) ** 2)


def cautious_effect(values: Sequence[float], clusters: Sequence[str]) -> float:
    """`design_effect` of values 0 and not 0, averaged with complete dependence.

    In the way of `effective_size`, for differences as well: dependence shows in the clusters that
    hold a value other than 0, or in those that hold a 0, whichever are fewer.
    """
    codes, count = cluster_codes(clusters)
    sizes = np.bincount(codes, minlength=count)
    moved = np.bincount(codes, weights=np.asarray(values, float) != 0, minlength=count)
    shown = min(int(np.count_nonzero(moved)), int(np.count_nonzero(sizes - moved)))
    estimated = design_effect(values, clusters)
    complete = max(estimated, float(np.dot(sizes, sizes)) / len(values))
    return (shown * estimated + complete) / (shown + 1)


def share(outcomes: Sequence[bool], clusters: Sequence[str]) -> Score:
    """The share of true outcomes with its 95 % interval; `clusters` names each item's cluster.

    Wilson's interval on `effective_size` items, with Student's quantile at clusters - 1 degrees.
    No outcome at all gives a score of None; one cluster an interval of [0, 1].
    """
    n = len(outcomes)
    if n != len(clusters):
        raise ValueError(f"{n} outcomes but {len(clusters)} clusters")
    if n == 0:
        return EMPTY
    codes, count = cluster_codes(clusters)
    sizes = np.bincount(codes, minlength=count)
    true = np.bincount(codes, weights=np.fromiter(outcomes, bool, n), minlength=count)
    value = float(true.sum()) / n
    effective = effective_size(true, sizes) if count > 1 else 1.0
    low, high = wilson(value, effective, t_quantile(count - 1))
    return Score(value=value, low=low, high=high, n=n, clusters=count)


def effective_size(true: NDArray[Any], sizes: NDArray[Any]) -> float:
    """How many independent items the items of C > 1 clusters are worth; arguments are (C,).

    n over the design effect. Dependence shows only where outcomes differ, so a share near 0 or 1
    shows it in few clusters, and the design effect estimated from these is too small more often
    than not. It is therefore averaged with that of complete dependence (Kish, 1965: the mean size
    of an item's cluster), which counts like one cluster beside those that show dependence: the
    clusters that hold a true outcome or those that hold a false one, whichever are fewer. Where all
    outcomes agree nothing shows it: n is the number of clusters.
    """
    n, count = int(sizes.sum()), len(sizes)
    right = float(true.sum())
    shown = min(int(np.count_nonzero(true)), int(np.count_nonzero(sizes - true)))
    if shown == 0:
        return float(count)
    share_ = right / n
    residuals = true - share_ * sizes
    clustered = float(np.dot(residuals, residuals)) / n**2 * count / (count - 1)
    estimated = max(1.0, clustered / (share_ * (1 - share_) / (n - 1)))
    complete = max(estimated, float(np.dot(sizes, sizes)) / n)
    return n * (shown + 1) / (shown * estimated + complete)
