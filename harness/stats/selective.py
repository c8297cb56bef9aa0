"""Answering or abstaining as one figure: what right answers are worth against wrong ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from harness.records import Score
from harness.stats.bootstrap import DRAWS, weighted_interval, within
from harness.stats.intervals import EMPTY, cluster_codes

_WEIGHED = 400_000_000
"""Draws times items that an order is weighed over at most: fewer draws above it."""
_CELLS = 2_000_000


def selective_f(correct: float, incorrect: float) -> float:
    """F = 2c / (1 + c + i): harmonic mean of accuracy overall and accuracy among the answered.

    `correct` and `incorrect` are shares of all questions; the rest was not attempted. Source: the
    F-score of SimpleQA (Wei et al., 2024).
    """
    return 2 * correct / (1 + correct + incorrect)


def score_at(correct: float, incorrect: float, threshold: float) -> float:
    """Score_t = c - t / (1 - t) i: a wrong answer costs what makes guessing below t worthless.

    `threshold` t is in [0, 1). Source: the confidence-target scoring of Kalai et al. (2025).
    """
    return correct - threshold / (1 - threshold) * incorrect


def risk_coverage(correct: Sequence[bool]) -> list[float]:
    """Error share among the k most confident answers, for k = 1 to n.

    `correct` is ordered by falling confidence.
    """
    wrong, risks = 0, []
    for answered, right in enumerate(correct, start=1):
        wrong += not right
        risks.append(wrong / answered)
    return risks


def aurc(correct: Sequence[bool]) -> float:
    """Area under the risk-coverage curve: the mean of `risk_coverage`.

    Source: Geifman and El-Yaniv (2017).
    """
    risks = risk_coverage(correct)
    return sum(risks) / len(risks)


def aurc_score(
    confidence: Sequence[float], correct: Sequence[bool], clusters: Sequence[str]
) -> Score:
    """`aurc` of answers in any order, by falling confidence, with its 95 % interval.

    Answers of equal confidence share their errors evenly, so that their order does not matter.
    Resampled are whole clusters: an answer of one that was drawn twice counts twice.
    """
    n = len(correct)
    if n == 0:
        return EMPTY
    wrong, order = _errors_by_confidence(confidence, correct)
    codes, count = cluster_codes(clusters)
    codes = codes[order]

    def area(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        step = max(1, _CELLS // n)
        parts = [
            _weighted_area(weights[start : start + step][:, codes], wrong)
            for start in range(0, len(weights), step)
        ]
        return np.concatenate(parts)

    if count == 1:
        value = float(area(np.ones((1, 1)))[0])
        return Score(value=value, low=0.0, high=1.0, n=n, clusters=1)
    draws = min(DRAWS, max(200, _WEIGHED // n))
    value, low, high = weighted_interval(count, area, draws=draws)
    return within(value, low, high, n=n, clusters=count)


def _errors_by_confidence(
    confidence: Sequence[float], correct: Sequence[bool]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Errors (n,) by falling confidence, meant where confidence is equal, and the order (n,)."""
    sure = np.asarray(confidence, float)
    order = np.argsort(-sure, kind="stable")
    wrong = 1.0 - np.asarray(correct, float)[order]
    _, group = np.unique(-sure[order], return_inverse=True)
    means = np.bincount(group, weights=wrong) / np.bincount(group)
    return means[group], order


def _weighted_area(weights: NDArray[np.float64], wrong: NDArray[np.float64]) -> NDArray[np.float64]:
    """Area under the risk-coverage curve of weighted items (draws, n) in their order: (draws,)."""
    covered = np.cumsum(weights, axis=1)
    risks = np.cumsum(weights * wrong, axis=1)
    np.divide(risks, covered, out=risks, where=covered > 0)
    with np.errstate(invalid="ignore"):
        area: NDArray[np.float64] = (weights * risks).sum(axis=1) / covered[:, -1]
    return area
