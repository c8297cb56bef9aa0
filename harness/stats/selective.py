"""Answering or abstaining as one figure: what right answers are worth against wrong ones."""

from __future__ import annotations

from collections.abc import Sequence


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
