"""Comparing probabilities: divergence of two distributions, gold against perturbed answers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from harness.records import Score
from harness.stats import bootstrap, intervals


def kl_divergence(reference: Sequence[float], other: Sequence[float]) -> float:
    """Kullback-Leibler divergence of `other` from `reference`, in nats.

    Both are probabilities over the same outcomes; infinite where `other` rules out what the
    reference allows.
    """
    total = 0.0
    for p, q in zip(reference, other, strict=True):
        if p > 0:
            total += math.inf if q <= 0 else p * math.log(p / q)
    return total


def truth_ratio(gold: float, perturbed: Sequence[float], *, geometric: bool = False) -> float:
    """Mean probability of the perturbed answers over that of the gold one; 0 is best.

    Arguments are mean negative log-likelihoods a token, in nats. The mean is arithmetic, as the
    formula of TOFU has it (Maini et al., 2024), or `geometric`, as the code published with it.
    """
    if geometric:
        return math.exp(gold - sum(perturbed) / len(perturbed))
    return sum(math.exp(gold - nll) for nll in perturbed) / len(perturbed)


def gold_share(gold: float, perturbed: Sequence[float]) -> float:
    """p(gold) over p(gold) plus the mean of p(perturbed); arguments as in `truth_ratio`."""
    return 1 / (1 + truth_ratio(gold, perturbed))


def positive_mean(values: Sequence[float], clusters: Sequence[str]) -> Score:
    """The mean of values from 0 upwards (ratios, divergences) with its 95 % interval.

    Bootstrap over clusters from 30 up, jackknife with Student's quantile below; one cluster says
    nothing about how far off its mean is, and has no interval.
    """
    if not values:
        return intervals.EMPTY
    totals = bootstrap.cluster_totals([values, [1.0] * len(values)], clusters)
    if len(totals) == 1:
        return Score(value=float(np.mean(values)), low=None, high=None, n=len(values), clusters=1)
    value, low, high = bootstrap.statistic_interval(totals, bootstrap.mean_of)
    return Score(value=value, low=max(0.0, low), high=high, n=len(values), clusters=len(totals))


def quantile(values: Sequence[float], clusters: Sequence[str], share: float) -> Score:
    """The smallest value that at least `share` of all values reach up to, with its 95 % interval.

    The interval is Woodruff's (1952): the bounds of the share of values at or below the quantile,
    dependence within clusters included, read off the ordered values. No draws, and few clusters
    make it wide instead of wrong. It ends at the extremes where the data do not reach further.
    """
    if not values:
        return intervals.EMPTY
    ordered = np.sort(np.asarray(values, float))
    value = _at(ordered, share)
    below = intervals.share([each <= value for each in values], clusters)
    # Ties lift the share above the one asked for; its bounds are moved back by as much.
    lifted = (below.value or 0.0) - share
    low, high = (_at(ordered, (bound or 0.0) - lifted) for bound in (below.low, below.high))
    return Score(
        value=value, low=min(low, value), high=max(high, value), n=below.n, clusters=below.clusters
    )


def perplexity_ratio(own: Sequence[Sequence[float]], other: Sequence[Sequence[float]]) -> Score:
    """Perplexity over that of another model on the same passages, with its 95 % interval.

    Arguments: natural log-probabilities, token by token, of each passage. n counts tokens, clusters
    are passages. The interval is that of the mean difference of log-probabilities a token, so it
    is never below 0. Raises ValueError where passages differ in number or in tokens.
    """
    if [len(each) for each in own] != [len(each) for each in other]:
        raise ValueError("the passages are not the same on both sides")
    if not own:
        return intervals.EMPTY
    totals = np.array(
        [[sum(b) - sum(a), len(a)] for a, b in zip(own, other, strict=True)], dtype=float
    )
    n = int(totals[:, 1].sum())
    if len(totals) == 1:
        value = math.exp(totals[0, 0] / n)
        return Score(value=value, low=None, high=None, n=n, clusters=1)
    bounds = bootstrap.statistic_interval(totals, bootstrap.mean_of)
    value, low, high = map(math.exp, bounds)
    return Score(value=value, low=low, high=high, n=n, clusters=len(totals))


def _at(ordered: np.ndarray[tuple[int, ...], np.dtype[np.float64]], share: float) -> float:
    """The value at a share of ordered values: the inverse of their distribution function."""
    place = math.ceil(round(share * len(ordered), 9)) - 1
    return float(ordered[min(max(place, 0), len(ordered) - 1)])
