"""How much a verdict depends on the form of the prompt: items asked in several forms.

`correct` is always items x forms, (n, m), at least two forms; `clusters` names each item's cluster.
Whatever is resampled is whole clusters; permutations stay within an item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from harness.records import Score
from harness.stats.bootstrap import (
    LEAST_CLUSTERS,
    Statistic,
    Totals,
    bounded,
    graded_mean,
    resample,
    statistic_interval,
)
from harness.stats.intervals import CONFIDENCE, cluster_codes, t_quantile, wilson

PERMUTATIONS = 100
"""Of the outcomes of every item; the expectation that is taken off a spread is their mean."""
_SEED = 20_240_613
_NO_WIDTH = 1e-12
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
    return graded_mean([disagreement(item) for item in labels], clusters)


def mean_accuracy(correct: Outcomes, clusters: Sequence[str]) -> Score:
    """Accuracy meant over forms, with its interval."""
    return graded_mean([sum(item) / len(item) for item in correct], clusters)


def worst(correct: Outcomes, clusters: Sequence[str]) -> Score:
    """Accuracy of the worst form; which one that is may change from sample to sample."""
    return _chosen(_totals(correct, clusters), _lowest, len(correct))


def spread(correct: Outcomes, clusters: Sequence[str]) -> Score:
    """Accuracy of the best form minus that of the worst. Never negative, even by noise alone."""
    return _chosen(_totals(correct, clusters), _span, len(correct))


def spread_corrected(correct: Outcomes, clusters: Sequence[str], seed: int = _SEED) -> Score:
    """`spread` minus what it would be on average if forms made no difference.

    That is its mean over permutations of each item's outcomes across forms. Both are computed anew
    in every resample: a sample's own noise widens both alike. About 0 where forms differ by noise
    alone, and negative as often as not.
    """
    codes, count = cluster_codes(clusters)
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(count))
    outcomes = np.asarray(correct, float)[order]
    generator = np.random.default_rng(seed)
    drawn = (generator.permuted(outcomes, axis=1) for _ in range(PERMUTATIONS))
    worlds = [np.add.reduceat(each, starts, axis=0) for each in (outcomes, *drawn)]
    # Columns by form, then by permutation: numpy is quick along the longer of the two.
    columns = np.stack(worlds, axis=2).reshape(count, -1)
    items = np.bincount(codes, minlength=count)[:, None].astype(float)
    totals = np.concatenate([columns, items], axis=1)
    return _signed(totals, _beyond_luck(outcomes.shape[1]), len(outcomes))


def sensitivity_score(correct: Outcomes, clusters: Sequence[str]) -> Score:
    """`normalized_sensitivity` with its interval; it reaches m / (m - 1) for m forms.

    A value of None where every answer is right or every one is wrong.
    """
    m = len(correct[0])
    totals = _stack([[disagreement(item), sum(item) / m, 1.0] for item in correct], clusters)
    value = float(_normalized(totals.sum(axis=0, keepdims=True))[0])
    count, most = len(totals), m / (m - 1)
    if np.isnan(value):
        return Score(value=None, low=None, high=None, n=len(correct), clusters=count)
    low, high = 0.0, most
    # Of two clusters either one alone may have nothing that varies.
    if count > 2:
        _, low, high = statistic_interval(totals, _normalized)
    return Score(
        value=value, low=max(0.0, low), high=min(most, high), n=len(correct), clusters=count
    )


def difference_of_means(steps: Sequence[float], clusters: Sequence[str]) -> Score:
    """The mean of paired differences between -1 and 1, with its interval.

    Where no pair differs the data has no variance to resample: as far either way as Wilson's
    interval of no difference in that many clusters.
    """
    if not steps:
        return Score(value=None, low=None, high=None, n=0, clusters=0)
    totals = _stack([[step, 1.0] for step in steps], clusters)
    return _signed(totals, lambda each: each[:, 0] / each[:, 1], len(steps))


def _chosen(totals: Totals, statistic: Statistic, n: int) -> Score:
    """A score between 0 and 1 that is made of the best or worst of several, from totals (C, k).

    Choosing again in every resample adds the noise of the sample to that of the resample, so drawn
    values lie beyond the observed one on average; the percentile interval is moved back by that
    bias (Efron and Tibshirani 1993, chapter 10).
    """
    found = bounded(totals, statistic, n)
    if len(totals) < LEAST_CLUSTERS or found.value is None:
        return found
    drawn = statistic(resample(totals))
    if float(np.ptp(drawn)) < _NO_WIDTH:
        return found
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail]) - (drawn.mean() - found.value)
    return replace(
        found,
        low=max(0.0, min(float(low), found.value)),
        high=min(1.0, max(float(high), found.value)),
    )


def _signed(totals: Totals, statistic: Statistic, n: int) -> Score:
    """A score between -1 and 1 from cluster totals (C, k), of `n` items."""
    count = len(totals)
    value = float(statistic(totals.sum(axis=0, keepdims=True))[0])
    if count == 1:
        return Score(value=value, low=-1.0, high=1.0, n=n, clusters=1)
    _, low, high = statistic_interval(totals, statistic)
    if high - low < _NO_WIDTH:
        reach = wilson(0.0, count, t_quantile(count - 1))[1]
        low, high = value - reach, value + reach
    return Score(value=value, low=max(-1.0, low), high=min(1.0, high), n=n, clusters=count)


def _stack(rows: Sequence[Sequence[float]], clusters: Sequence[str]) -> Totals:
    """Sums of rows (n, k) within clusters: (C, k)."""
    codes, count = cluster_codes(clusters)
    totals = np.zeros((count, len(rows[0])))
    np.add.at(totals, codes, np.asarray(rows, float))
    return totals


def _totals(correct: Outcomes, clusters: Sequence[str]) -> Totals:
    """Right answers by form, and items, of every cluster: (C, m + 1)."""
    return _stack([[*map(float, item), 1.0] for item in correct], clusters)


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
