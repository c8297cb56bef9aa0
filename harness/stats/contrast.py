"""Two sides on the same questions: how many outcomes moved, and whether luck explains it.

Questions about one entity are learned and lost together, so outcomes carry the cluster of each
question, and nothing here counts the questions of a cluster as independent of each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt

from harness.stats.intervals import (
    cautious_effect,
    design_effect,
    normal_quantile,
    t_quantile,
    wilson,
)
from harness.stats.paired import mcnemar, permutation_test

SIGNIFICANT = 0.05
Effect = Callable[[Sequence[float], Sequence[str]], float]
"""A design effect, from values and their clusters."""


class Outcomes(dict[str, bool]):
    """Question id to yes or no, with the cluster that each question belongs to."""

    def __init__(
        self, values: Mapping[str, bool] | None = None, clusters: Mapping[str, str] | None = None
    ) -> None:
        """A question without a cluster is one of its own."""
        super().__init__(values or {})
        given = clusters or {}
        self.clusters: dict[str, str] = {name: given.get(name) or name for name in self}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """`before` and `after` count the true outcomes of the `n` questions that both have."""

    n: int
    before: int
    after: int
    gained: tuple[str, ...]
    """Ids of the questions that are true only after."""
    lost: tuple[str, ...]
    p: float
    """Two-sided: the larger of McNemar's exact test and of flips of sign by whole clusters."""
    smallest: int | None
    """The smallest net change that this test could have called a difference, given as many
    changes to and fro as were seen and questions as much alike within their clusters; None where
    even all questions would not do."""
    clusters: int
    least_p: float = 0.0
    """The smallest p that so many changed questions and clusters could have given."""
    effect: float = 1.0
    """Design effect: as how many dependent questions one independent question counts."""
    caution: float = 1.0
    """The same with one cluster added whose questions agree wholly, for intervals."""

    @property
    def flips(self) -> int:
        """Verdicts that changed, either way."""
        return len(self.gained) + len(self.lost)

    @property
    def net(self) -> str:
        """What is left of the changes to and fro: "+5", "−2" or "0"."""
        return f"{self.after - self.before:+d}".replace("-", "−").replace("+0", "0")

    @property
    def differs(self) -> bool:
        """Whether luck in the choice of questions is an unlikely explanation."""
        return self.p < SIGNIFICANT

    @property
    def up(self) -> bool:
        """A difference, upwards."""
        return self.differs and self.after > self.before

    @property
    def down(self) -> bool:
        """A difference, downwards."""
        return self.differs and self.after < self.before

    @property
    def difference(self) -> tuple[float, float]:
        """95 % interval of the share after minus the share before, of the same questions.

        Source: Newcombe (1998), Statistics in Medicine 17, 2635, method 10: Wilson's intervals of
        both shares, put together with the correlation of the pairs. `n` is divided by `caution`;
        where questions share clusters the quantile is Student's, clusters - 1 degrees. No
        questions: (-1, 1).
        """
        if not self.n:
            return -1.0, 1.0
        one, other = self.after / self.n, self.before / self.n
        alone = self.clusters == self.n
        quantile = normal_quantile() if alone else t_quantile(self.clusters - 1)
        low, high = wilson(one, self.n / self.caution, quantile)
        other_low, other_high = wilson(other, self.n / self.caution, quantile)
        tie = self._correlation()
        down, up = one - low, other_high - other
        lower = one - other - sqrt(max(0.0, down**2 - 2 * tie * down * up + up**2))
        down, up = other - other_low, high - one
        upper = one - other + sqrt(max(0.0, down**2 - 2 * tie * down * up + up**2))
        return max(-1.0, lower), min(1.0, upper)

    def _correlation(self) -> float:
        """Of the pairs, with the continuity correction of that method; 0 where a side is full."""
        both = self.after - len(self.gained)
        neither = self.n - both - self.flips
        product = self.after * self.before * (self.n - self.after) * (self.n - self.before)
        if not product:
            return 0.0
        excess = float(both * neither - len(self.gained) * len(self.lost))
        if excess > 0:
            excess = max(excess - self.n * self.caution / 2, 0.0)
        return excess / sqrt(product)

    @property
    def doubt(self) -> str:
        """What to say where no difference shows."""
        if self.smallest is None:
            about = f" about {self.clusters} names" if 1 < self.clusters < self.n else ""
            about = " about one entity" if self.clusters == 1 < self.n else about
            return f"{self.n} questions{about} are too few to show any difference"
        return (
            "no difference shown "
            f"(net {self.net}; a net change of {self.smallest} would have shown)"
        )

    def visible_at(self, level: float) -> int | None:
        """`smallest` for a test that calls a difference only what has a p below `level`."""
        noise = min(len(self.gained), len(self.lost))
        found = _smallest_visible(self.n, noise, self.effect, self.clusters, level)
        return found if found is None or self.smallest is None else max(found, self.smallest)

    def corrected(self, p: float) -> Contrast:
        """The same as one of several comparisons: `p` is the one corrected for their number."""
        return replace(self, p=p, smallest=_beyond(self.smallest, p, self))


def contrast(before: Outcomes, after: Outcomes) -> Contrast:
    """Compare two sets of outcomes by question id; ids that only one has are left out."""
    common = [name for name in before if name in after]
    gained = tuple(name for name in common if after[name] and not before[name])
    lost = tuple(name for name in common if before[name] and not after[name])
    clusters = [before.clusters[name] for name in common]
    sides = (
        [float(before[name]) for name in common],
        [float(after[name]) for name in common],
    )
    effect = _of_what_varies(design_effect, *sides, clusters)
    count = len(set(clusters))
    smallest = _smallest_visible(len(common), min(len(gained), len(lost)), effect, count)
    found = Contrast(
        n=len(common),
        before=sum(before[name] for name in common),
        after=sum(after[name] for name in common),
        gained=gained,
        lost=lost,
        p=_p_value(gained, lost, before.clusters),
        least_p=_least_p(gained, lost, before.clusters),
        smallest=smallest,
        clusters=count,
        effect=effect,
        caution=_of_what_varies(cautious_effect, *sides, clusters),
    )
    return found.corrected(found.p)


def _p_value(gained: Sequence[str], lost: Sequence[str], clusters: Mapping[str, str]) -> float:
    """Both tests are the same one where no two changed questions share a cluster."""
    by_question = mcnemar(len(gained), len(lost))
    changed = [clusters[name] for name in (*gained, *lost)]
    if len(set(changed)) == len(changed):
        return by_question
    signs = [1.0] * len(gained) + [-1.0] * len(lost)
    return max(by_question, permutation_test(signs, changed))


def _least_p(gained: Sequence[str], lost: Sequence[str], clusters: Mapping[str, str]) -> float:
    """What both tests would give if all that changed had changed the same way."""
    sums: dict[str, int] = {}
    for step, names in ((1, gained), (-1, lost)):
        for name in names:
            sums[clusters[name]] = sums.get(clusters[name], 0) + step
    moved = sum(total != 0 for total in sums.values())
    return max(mcnemar(len(gained) + len(lost), 0), min(1.0, 2.0 ** (1 - moved)))


def family_size(least: Sequence[float]) -> int:
    """By how much p-values of discrete tests are multiplied; `least` as in `tarone`."""
    return next(
        size
        for size in range(1, len(least) + 2)
        if sum(each <= SIGNIFICANT / size for each in least) <= size
    )


def tarone(p_values: Sequence[float], least: Sequence[float]) -> list[float]:
    """p-values of discrete tests, corrected for their number, each at most 1.

    `least` holds the smallest p that each test could have given with as many changes as were seen.
    Tests that could not have been significant whatever happened (nothing changed) do not count.
    Holds the chance of any false alarm among all of them at 5 %. Source: Tarone (1990), Biometrics
    46, 515.
    """
    family = family_size(least)
    return [
        min(1.0, p * family) if each <= SIGNIFICANT / family else 1.0
        for p, each in zip(p_values, least, strict=True)
    ]


def _of_what_varies(
    measure: Effect, before: Sequence[float], after: Sequence[float], clusters: Sequence[str]
) -> float:
    """Of the differences; of the outcomes where these are all alike; else questions a cluster."""
    n, count = len(clusters), len(set(clusters))
    if n == count:
        return 1.0
    if count == 1:
        return float(n)
    differences = [b - a for a, b in zip(before, after, strict=True)]
    if len(set(differences)) > 1:
        return measure(differences, clusters)
    varied = [side for side in (before, after) if len(set(side)) > 1]
    return max((measure(side, clusters) for side in varied), default=n / count)


def _smallest_visible(
    n: int, noise: int, effect: float, clusters: int, level: float = SIGNIFICANT
) -> int | None:
    """`noise`: changes against the trend, taken to be there whatever the trend is.

    Flips of sign by cluster cannot be significant in fewer clusters than would all have to agree.
    """
    if mcnemar(clusters, 0) >= level:
        return None
    for net in range(1, n - 2 * noise + 1):
        if mcnemar(noise + net, noise) < level:
            scaled = ceil(net * effect - 1e-9)
            return scaled if scaled <= n else None
    return None


def _beyond(smallest: int | None, p: float, found: Contrast) -> int | None:
    """What was seen and called no difference cannot have been visible."""
    if smallest is None or p < SIGNIFICANT:
        return smallest
    least = max(smallest, abs(found.after - found.before) + 1)
    return least if least <= found.n else None
