"""Comparing probabilities: divergence of two distributions, gold against perturbed answers."""

from __future__ import annotations

import math
from collections.abc import Sequence


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

    Arguments are mean negative log-likelihoods a token, in nats. The mean is arithmetic, or
    `geometric` as in TOFU (Maini et al., 2024).
    """
    if geometric:
        return math.exp(gold - sum(perturbed) / len(perturbed))
    return sum(math.exp(gold - nll) for nll in perturbed) / len(perturbed)


def gold_share(gold: float, perturbed: Sequence[float]) -> float:
    """p(gold) over p(gold) plus the mean of p(perturbed); arguments as in `truth_ratio`."""
    return 1 / (1 + truth_ratio(gold, perturbed))
