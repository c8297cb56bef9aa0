"""Worlds in which the truth is known, to count how often the statistics find it.

Every simulation takes its subject as an argument, so that a test can pass a broken one and see the
simulation fail.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from harness.records import Score
from harness.stats.bootstrap import graded_mean
from harness.stats.contrast import Outcomes, contrast
from harness.stats.intervals import clustered_error, naive_error, share, t_quantile, wilson
from harness.stats.paired import mcnemar

Interval = Callable[[Sequence[Any], Sequence[str]], Score]
PValue = Callable[[Outcomes, Outcomes], float]

SHARES = (0.5, 0.9, 0.97)
CLUSTERS = (12, 24, 60, 200)
CORRELATIONS = (0.1, 0.5)
EVEN_SIZES = (3, 4, 5, 6)
"""Questions about an entity, as suites ask them."""
UNEVEN_SIZES = (1, 1, 2, 3, 4, 6, 9, 14)
"""Harder than any suite: a few entities hold most of the questions."""
MOST_ALARMS = 119
"""Of 2,000: more would be significantly above 5 % (binomial, one-sided 2.5 %)."""


@dataclass(frozen=True)
class Cell:
    """One true share, number of clusters and correlation within them."""

    truth: float
    clusters: int
    correlation: float
    sizes: tuple[int, ...] = EVEN_SIZES

    def draw(self, generator: np.random.Generator) -> tuple[list[bool], list[str]]:
        """Outcomes and clusters: each cluster has a leaning of its own, beta distributed."""
        sizes = generator.choice(self.sizes, size=self.clusters)
        strength = (1 - self.correlation) / self.correlation
        leanings = generator.beta(
            self.truth * strength, (1 - self.truth) * strength, size=self.clusters
        )
        outcomes = generator.random(sizes.sum()) < np.repeat(leanings, sizes)
        return outcomes.tolist(), names(sizes)


def names(sizes: NDArray[np.int64]) -> list[str]:
    return [f"c{number}" for number, size in enumerate(sizes) for _ in range(size)]


CELLS = tuple(
    Cell(truth, clusters, correlation)
    for clusters in CLUSTERS
    for truth in SHARES
    for correlation in CORRELATIONS
)


def coverage(interval: Interval, cell: Cell, repeats: int, seed: int = 1) -> tuple[float, float]:
    """How often the interval of a sample holds the truth, and how wide it is on average."""
    generator = np.random.default_rng([seed, cell.clusters, *map(_whole, _numbers(cell))])
    covered, width = 0, 0.0
    for _ in range(repeats):
        found = interval(*cell.draw(generator))
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= cell.truth <= found.high
        width += found.high - found.low
    return covered / repeats, width / repeats


def _numbers(cell: Cell) -> tuple[float, ...]:
    return (cell.truth, cell.correlation, len(cell.sizes))


def _whole(number: float) -> int:
    return round(1000 * number)


def clusters_ignored(outcomes: Sequence[bool], clusters: Sequence[str]) -> Score:
    """Sabotage: every question counts as independent."""
    del clusters
    return share(outcomes, [str(number) for number in range(len(outcomes))])


def without_added_cluster(outcomes: Sequence[bool], clusters: Sequence[str]) -> Score:
    """The interval on the design effect as it is estimated, for comparison of widths."""
    n, count, value = len(outcomes), len(set(clusters)), sum(outcomes) / len(outcomes)
    effective = float(count)
    if 0 < value < 1:
        naive = naive_error([float(each) for each in outcomes])
        clustered = clustered_error([float(each) for each in outcomes], clusters)
        effective = n / max(1.0, (clustered / naive) ** 2)
    low, high = wilson(value, effective, t_quantile(count - 1))
    return Score(value=value, low=low, high=high, n=n, clusters=count)


def graded_coverage(interval: Interval, clusters: int, repeats: int, seed: int = 2) -> float:
    """Coverage of the mean of graded values: a skewed distribution, alike within clusters."""
    generator = np.random.default_rng([seed, clusters])
    covered = 0
    for _ in range(repeats):
        sizes = generator.choice(EVEN_SIZES, size=clusters)
        leaning = np.repeat(generator.beta(4, 2, size=clusters), sizes)
        values = 0.5 * leaning + 0.5 * generator.beta(4, 2, size=len(leaning))
        found = interval(values.tolist(), names(sizes))
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= 4 / 6 <= found.high
    return covered / repeats


def error_over_root_draws(values: Sequence[float], clusters: Sequence[str]) -> Score:
    """Sabotage: the bootstrap's spread divided by the root of the number of draws."""
    found = graded_mean(values, clusters)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    root = np.sqrt(10_000)
    low = found.value - (found.value - found.low) / root
    high = found.value + (found.high - found.value) / root
    return Score(value=found.value, low=low, high=high, n=found.n, clusters=found.clusters)


def p_value(before: Outcomes, after: Outcomes) -> float:
    """The test that comparisons use."""
    return contrast(before, after).p


def one_sided(before: Outcomes, after: Outcomes) -> float:
    """Sabotage: half of the two-sided p."""
    return p_value(before, after) / 2


def alike_ignored(before: Outcomes, after: Outcomes) -> float:
    """Sabotage: changed questions of one entity count as independent."""
    return p_value(Outcomes(dict(before)), Outcomes(dict(after)))


def unpaired(before: Outcomes, after: Outcomes) -> float:
    """Sabotage: two separate samples, by the normal test of two shares."""
    from scipy.special import ndtr

    n = len(before)
    one, other = sum(before.values()) / n, sum(after.values()) / n
    error = np.sqrt((one * (1 - one) + other * (1 - other)) / n)
    return float(2 * ndtr(-abs(one - other) / error)) if error else 1.0


def false_alarms(test: PValue, repeats: int, *, alike: bool, seed: int = 3) -> int:
    """Comparisons of two models that are equally good which the test calls a difference.

    Each answers 200 questions; `alike`: about 50 entities, each of which a model knows more or less
    well by luck of its training, so that questions about it are lost and gained together.
    """
    generator = np.random.default_rng([seed, alike])
    clusters = {f"q{at}": f"c{at // 4}" if alike else f"q{at}" for at in range(200)}
    alarms = 0
    for _ in range(repeats):
        sides = [_answers(generator, clusters, alike) for _ in range(2)]
        alarms += test(sides[0], sides[1]) < 0.05
    return alarms


def _answers(generator: np.random.Generator, clusters: dict[str, str], alike: bool) -> Outcomes:
    chance = np.full(200, 0.7)
    if alike:
        chance = np.repeat(generator.beta(0.7 * 2, 0.3 * 2, size=50), 4)
    right = generator.random(200) < chance
    return Outcomes(dict(zip(clusters, right.tolist(), strict=True)), clusters)


def persons_lost(
    clusters: int, sizes: Sequence[int], share_lost: float, repeats: int, seed: int = 5
) -> float:
    """How often the interval of a difference holds the truth where whole persons are lost.

    Nine of ten persons are known before, with all questions about them, and of these a share is
    lost; `sizes` are the numbers of questions that a person has.
    """
    generator = np.random.default_rng([seed, clusters, len(sizes)])
    covered = 0
    for _ in range(repeats):
        owners = np.repeat(np.arange(clusters), generator.choice(sizes, size=clusters))
        before = (generator.random(clusters) < 0.9)[owners]
        after = before & ~(generator.random(clusters) < share_lost)[owners]
        named = {str(at): f"c{owner}" for at, owner in enumerate(owners)}
        sides = [
            Outcomes(dict(zip(named, side.tolist(), strict=True)), named)
            for side in (before, after)
        ]
        low, high = contrast(sides[0], sides[1]).difference
        covered += low <= -0.9 * share_lost <= high
    return covered / repeats


def found_drops(
    test: PValue, repeats: int, *, n: int, lost: float, gained: float, seed: int = 4
) -> float:
    """How often a drop is found: each question is lost or gained with these probabilities."""
    generator = np.random.default_rng(seed)
    found = 0
    for _ in range(repeats):
        place = generator.random(n)
        is_lost, is_gained = place < lost, (place >= lost) & (place < lost + gained)
        steady = generator.random(n) < 0.6
        sides = [
            Outcomes({str(at): bool(right) for at, right in enumerate(side)})
            for side in (is_lost | (steady & ~is_gained), is_gained | (steady & ~is_lost))
        ]
        found += test(sides[0], sides[1]) < 0.05
    return found / repeats


def enumerated_power(n: int, lost: float, gained: float) -> float:
    """The same by adding up the probability of every outcome that McNemar's test finds."""
    power = 0.0
    for changed in range(n + 1):
        lows = np.arange(changed + 1)
        finds = np.array([mcnemar(int(one), changed - int(one)) < 0.05 for one in lows])
        chance = binom.pmf(lows, changed, lost / (lost + gained))
        power += binom.pmf(changed, n, lost + gained) * float(chance[finds].sum())
    return float(power)
