"""Two variants asked the same questions: what changed, and whether it is more than chance."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.special import bdtr

from harness.stats.intervals import cluster_codes, normal_quantile

PERMUTATIONS = 10_000
_SEED = 19_350_101
_EXACT_CLUSTERS = 13


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one side made of one question."""

    question: str
    correct: bool
    answer: Hashable = None
    """The answer itself, so that one wrong answer can be told from another."""


@dataclass(frozen=True, slots=True)
class Flips:
    """How the answers of one side differ from those of a reference."""

    n: int
    lost: tuple[str, ...]
    """Questions that the reference had right and the other side has not."""
    gained: tuple[str, ...]
    reworded: tuple[str, ...]
    """Questions that both have wrong, with different answers."""

    @property
    def flips(self) -> float:
        """Share of questions whose correctness changed."""
        return (len(self.lost) + len(self.gained)) / self.n

    @property
    def all_flips(self) -> float:
        """Share whose correctness changed, or whose wrong answer is another wrong answer."""
        return self.flips + len(self.reworded) / self.n

    @property
    def net(self) -> float:
        """Gained minus lost, as a share."""
        return (len(self.gained) - len(self.lost)) / self.n

    @property
    def p_value(self) -> float:
        """Exact McNemar test of gained against lost."""
        return mcnemar(len(self.gained), len(self.lost))


def align(
    reference: Iterable[Outcome], other: Iterable[Outcome]
) -> tuple[tuple[Outcome, Outcome], ...]:
    """Pair two sides by question id, in the reference's order.

    Raises ValueError, naming the id, where one is missing on a side or stands there twice.
    """
    sides: list[dict[str, Outcome]] = []
    for outcomes in (reference, other):
        known: dict[str, Outcome] = {}
        for outcome in outcomes:
            if outcome.question in known:
                raise ValueError(f"question {outcome.question!r} was answered twice on one side")
            known[outcome.question] = outcome
        sides.append(known)
    first, second = sides
    missing = sorted(first.keys() ^ second.keys())
    if missing:
        raise ValueError(f"question {missing[0]!r} was answered on one side only")
    return tuple((outcome, second[question]) for question, outcome in first.items())


def flips(reference: Iterable[Outcome], other: Iterable[Outcome]) -> Flips:
    """Compare two sides question by question; raises ValueError where they do not align."""
    pairs = align(reference, other)
    if not pairs:
        raise ValueError("there are no questions to compare")
    return Flips(
        n=len(pairs),
        lost=tuple(a.question for a, b in pairs if a.correct and not b.correct),
        gained=tuple(a.question for a, b in pairs if b.correct and not a.correct),
        reworded=tuple(
            a.question for a, b in pairs if not a.correct and not b.correct and a.answer != b.answer
        ),
    )


def mcnemar(one: int, other: int) -> float:
    """Exact two-sided McNemar test: p of `one` against `other` discordant pairs, both fair.

    Source: the binomial test on discordant pairs, twice the smaller tail, at most 1.
    """
    total = one + other
    if total == 0:
        return 1.0
    return min(1.0, 2.0 * float(bdtr(min(one, other), total, 0.5)))


def permutation_test(
    differences: Sequence[float], clusters: Sequence[str], *, seed: int = _SEED
) -> float:
    """Two-sided p of paired differences under flips of sign, a whole cluster at a time.

    Exact up to 13 clusters, else 10,000 drawn flips with the observed one counted in.
    """
    codes, count = cluster_codes(clusters)
    sums = np.bincount(codes, weights=np.asarray(differences, float), minlength=count)
    observed = abs(float(sums.sum())) * (1 - 1e-12)
    if count <= _EXACT_CLUSTERS:
        signs = np.array(list(product((-1.0, 1.0), repeat=count)))
        return float(np.mean(np.abs(signs @ sums) >= observed))
    generator = np.random.default_rng(seed)
    signs = generator.integers(0, 2, size=(PERMUTATIONS, count)) * 2.0 - 1.0
    reached = int(np.sum(np.abs(signs @ sums) >= observed))
    return (reached + 1) / (PERMUTATIONS + 1)


def smallest_detectable(
    n: float, discordant: float, *, confidence: float = 0.95, power: float = 0.8
) -> float:
    """Smallest true difference of two shares that `n` paired items would have shown.

    `discordant` is the share of pairs that differ. Source: the normal approximation of a paired
    comparison, (z_confidence + z_power) sqrt(discordant / n).
    """
    z_power = normal_quantile(2 * power - 1)
    return (normal_quantile(confidence) + z_power) * math.sqrt(discordant / n)


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down correction: adjusted p in the given order, each at most 1."""
    order = sorted(range(len(p_values)), key=lambda at: p_values[at])
    adjusted = [0.0] * len(p_values)
    largest = 0.0
    for rank, at in enumerate(order):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[at]))
        adjusted[at] = largest
    return adjusted
