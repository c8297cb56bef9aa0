"""How much a verdict depends on the form of the prompt: items asked in several forms.

`correct` is always items x forms, (n, m), at least two forms; `clusters` names each item's cluster.
Whatever is resampled or permuted is whole clusters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from harness.records import Score
from harness.stats.bootstrap import LEAST_CLUSTERS, Statistic, Totals, mean_of, resample
from harness.stats.intervals import (
    CONFIDENCE,
    EMPTY,
    cluster_codes,
    normal_quantile,
    t_quantile,
    wilson,
)

PERMUTATIONS = 100
"""Of the forms of every cluster; the expectation that is taken off a spread is their mean. Fewer,
down to 20, above 1,000 items: with more items one permutation differs less from another."""
_SEED = 20_240_613
_NO_WIDTH = 1e-12
_MOST_PARTS = 500
"""So many items are resampled one by one; more of them in as many parts."""
Outcomes = Sequence[Sequence[bool]]


def prompt_sensitivity(correct: Outcomes) -> float:
    """ProSA's PSS: the share of pairs of forms that disagree, meant over items.

    `correct` is items x forms, at least two forms. Source: Zhuo et al. (2024).
    """
    return sum(map(disagreement, correct)) / len(correct)


def normalized_sensitivity(correct: Outcomes) -> float:
    """PSS over 2Q(1 - Q) for mean accuracy Q: 1 where forms and items are unrelated.

    NaN where every answer is right or every one is wrong: nothing could have varied.
    """
    quality = sum(sum(item) for item in correct) / sum(len(item) for item in correct)
    possible = 2 * quality * (1 - quality)
    return prompt_sensitivity(correct) / possible if possible else float("nan")


def disagreement(labels: Sequence[Hashable]) -> float:
    """The share of pairs of forms whose labels differ: 0 all alike, 1 all different."""
    pairs = len(labels) * (len(labels) - 1) / 2
    alike = sum(count * (count - 1) / 2 for count in Counter(labels).values())
    return (pairs - alike) / pairs


def mean_disagreement(labels: Sequence[Sequence[Hashable]], clusters: Sequence[str]) -> Score:
    """`disagreement` meant over items, with its interval.

    The same as: the share of items whose label changes between two forms, meant over all pairs of
    forms.
    """
    return _score(_counted([[disagreement(item)] for item in labels]), clusters, mean_of)


def mean_accuracy(correct: Outcomes, clusters: Sequence[str]) -> Score:
    """Accuracy meant over forms, with its interval."""
    return _score(_counted([[sum(item) / len(item)] for item in correct]), clusters, mean_of)


def worst(correct: Outcomes, clusters: Sequence[str]) -> Score:
    """Accuracy of the worst form; which one that is may change from sample to sample."""
    return _score(_counted(correct), clusters, _lowest, chosen=True)


def spread(correct: Outcomes, clusters: Sequence[str]) -> Score:
    """Accuracy of the best form minus that of the worst. Never negative, even by noise alone."""
    return _score(_counted(correct), clusters, _span, chosen=True)


def spread_corrected(correct: Outcomes, clusters: Sequence[str], seed: int = _SEED) -> Score:
    """`spread` minus what it would be on average if forms made no difference.

    That is its mean over permutations of the forms of each cluster, the same for all its items:
    what moves the items of a cluster together in one form still moves them together. Both are
    computed anew in every resample: a sample's own noise widens both alike. About 0 where forms
    differ by noise alone, and negative as often as not.
    """
    outcomes = np.asarray(correct, float)
    codes, count = cluster_codes(clusters)
    forms = np.tile(np.arange(outcomes.shape[1]), (count, 1))
    generator = np.random.default_rng(seed)
    permutations = max(PERMUTATIONS // 5, min(PERMUTATIONS, 1000 * PERMUTATIONS // len(outcomes)))
    drawn = (
        np.take_along_axis(outcomes, generator.permuted(forms, axis=1)[codes], axis=1)
        for _ in range(permutations)
    )
    # Columns by form, then by permutation: numpy is quick along the longer of the two.
    worlds = np.stack([outcomes, *drawn], axis=2).reshape(len(outcomes), -1)
    statistic = _beyond_luck(outcomes.shape[1])
    return _score(_counted(worlds), clusters, statistic, least=-1.0)


def sensitivity_score(correct: Outcomes, clusters: Sequence[str]) -> Score:
    """`normalized_sensitivity` with its interval; it reaches m / (m - 1) for m forms.

    A value of None where every answer is right or every one is wrong.
    """
    m = len(correct[0])
    rows = _counted([[disagreement(item), sum(item) / m] for item in correct])
    return _score(rows, clusters, _normalized, most=m / (m - 1))


def difference_of_means(steps: Sequence[float], clusters: Sequence[str]) -> Score:
    """The mean of paired differences between -1 and 1, with its interval."""
    if not steps:
        return EMPTY
    return _score(_counted([[step] for step in steps]), clusters, mean_of, least=-1.0)


def _score(
    rows: Totals,
    clusters: Sequence[str],
    statistic: Statistic,
    *,
    least: float = 0.0,
    most: float = 1.0,
    chosen: bool = False,
) -> Score:
    """A statistic of summed rows (n, k), with its 95 % interval between `least` and `most`.

    From 30 clusters up the percentile bootstrap of clusters. Below, the jackknife over clusters
    with Student's quantile, and no less than what the bootstrap of items gives, as a design effect
    is at least 1; among forms that are nearly equal the jackknife alone would be too narrow.
    `chosen`: the best or worst of several. Choosing again in every resample adds the noise of the
    sample to that of the resample, so the interval is moved back by that bias (Efron and
    Tibshirani 1993, chapter 10). Where nothing varies, as far as Wilson's interval on the number
    of clusters.
    """
    codes, count = cluster_codes(clusters)
    totals = _summed(rows, codes, count)
    value = float(statistic(totals.sum(axis=0, keepdims=True))[0])
    n = len(rows)
    if np.isnan(value):
        return Score(value=None, low=None, high=None, n=n, clusters=count)
    if count >= LEAST_CLUSTERS:
        low, high = _percentiles(totals, statistic, value, chosen=chosen)
    else:
        half = _half_width(totals, statistic, count)
        low, high = value - half, value + half
        parts = _summed(rows, *_parts(codes, count))
        if len(parts) >= LEAST_CLUSTERS and count > 1:
            wider = t_quantile(count - 1) / normal_quantile()
            below, above = _percentiles(parts, statistic, value, chosen=chosen)
            low = min(low, value - wider * (value - below))
            high = max(high, value + wider * (above - value))
    if high - low < _NO_WIDTH:
        reach = t_quantile(count - 1)
        low, high = wilson(min(1.0, max(0.0, value)), count, reach)
        if least < 0:
            low, high = value - wilson(0.0, count, reach)[1], value + wilson(0.0, count, reach)[1]
    return Score(value=value, low=max(least, low), high=min(most, high), n=n, clusters=count)


def _percentiles(
    totals: Totals, statistic: Statistic, value: float, *, chosen: bool
) -> tuple[float, float]:
    """The bootstrap's 95 % interval, moved by its bias if `chosen`; it holds the value."""
    drawn = statistic(resample(totals))
    tail = (1 - CONFIDENCE) / 2
    low, high = (float(each) for each in np.nanquantile(drawn, [tail, 1 - tail]))
    bias = float(np.nanmean(drawn)) - value if chosen else 0.0
    return min(value, low - bias), max(value, high - bias)


def _parts(codes: NDArray[np.intp], count: int) -> tuple[NDArray[np.intp], int]:
    """Codes of single items, or of equal parts of clusters where there are too many items."""
    room = -(-_MOST_PARTS // count)
    places = np.zeros(len(codes), np.intp)
    for code in range(count):
        inside = codes == code
        places[inside] = np.arange(inside.sum()) % room
    _, numbers = np.unique(codes * room + places, return_inverse=True)
    return numbers, int(numbers.max()) + 1


def _half_width(rows: Totals, statistic: Statistic, clusters: int) -> float:
    """Half the jackknife's interval, leaving out one row at a time; infinite for one cluster."""
    if clusters == 1:
        return float("inf")
    left_out = statistic(rows.sum(axis=0, keepdims=True) - rows)
    left_out = left_out[~np.isnan(left_out)]
    if len(left_out) < 2:
        return float("inf")
    error = np.std(left_out) * np.sqrt(len(left_out) - 1)
    return float(t_quantile(clusters - 1) * error)


def _counted(rows: Sequence[Sequence[float]] | Totals) -> Totals:
    """Rows (n, k) with a last column of ones, whose sum is the number of items: (n, k + 1)."""
    values = np.asarray(rows, float)
    return np.concatenate([values, np.ones((len(values), 1))], axis=1)


def _summed(rows: Totals, codes: NDArray[np.intp], count: int) -> Totals:
    """Sums of rows (n, k) within clusters: (C, k)."""
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(count))
    totals: Totals = np.add.reduceat(rows[order], starts, axis=0)
    return totals


def _lowest(totals: Totals) -> NDArray[np.float64]:
    found: NDArray[np.float64] = totals[:, :-1].min(axis=1) / totals[:, -1]
    return found


def _span(totals: Totals) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.ptp(totals[:, :-1], axis=1) / totals[:, -1]
    return found


def _beyond_luck(forms: int) -> Statistic:
    """The span over `forms` of what was seen minus the mean span over those of permuted worlds.

    Columns: forms x (seen, permuted ...), then the number of items.
    """

    def statistic(totals: Totals) -> NDArray[np.float64]:
        spans = np.ptp(totals[:, :-1].reshape(len(totals), forms, -1), axis=1)
        found: NDArray[np.float64] = (spans[:, 0] - spans[:, 1:].mean(axis=1)) / totals[:, -1]
        return found

    return statistic


def _normalized(totals: Totals) -> NDArray[np.float64]:
    """From columns: disagreement, accuracy, count."""
    quality = totals[:, 1] / totals[:, 2]
    possible = 2 * quality * (1 - quality)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: NDArray[np.float64] = np.where(
            possible > 1e-12, totals[:, 0] / totals[:, 2] / possible, np.nan
        )
    return found
