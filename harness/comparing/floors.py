"""What rounding alone changes, told from perturbed twins, and whether a comparison changed more.

A twin is the same training from weights a thousandth off (`perturb` in a suite). Which of the two
is called the original is arbitrary, so that a pair shows twice what rounding does to a verdict:
from the one to the other, and back. Each of these is a look, and what they show is the floor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harness.comparing.directions import better
from harness.comparing.sides import Side, SideVariant
from harness.scoring.references import is_perturbed, treatment, twin_name
from harness.stats.contrast import SIGNIFICANT, Outcomes
from harness.stats.flips import least_of, more_than, most_within
from harness.stats.paired import mcnemar

FEW = 100
"""From this many questions on, margins in points can be resolved and hold."""
SMALL = 1e-3
"""Noise on the weights that still stands for rounding; more of it would excuse more."""
USUAL = SIGNIFICANT
"""Rounding alone changes "up to" so many: more than that at most once in twenty times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Verdicts that rounding alone changed, of the questions behind one score."""

    twins: tuple[str, ...]
    """Names of the perturbed variants that it was told from."""
    n: int
    clusters: int
    moved: int
    """Verdicts that changed, either way, over all pairs of twins."""
    names: int
    """Clusters with one that changed from right to wrong, plus those with one that changed back."""

    @property
    def looks(self) -> int:
        """How often rounding was looked at: twice a pair."""
        return 2 * len(self.twins)

    @property
    def most(self) -> int:
        """The most verdicts that rounding alone changes for the worse 19 times in 20."""
        return most_within(USUAL, self.n, self.moved, self.looks * self.n)

    def test(self, harmed: int, names: int) -> tuple[float, float]:
        """One-sided p of `harmed` verdicts about `names` clusters, and the least it could be.

        Fisher's exact test by question, and by cluster, in which those that rise and fall together
        count once; the larger p counts.
        """
        by_question = self.n, self.looks * self.n
        by_name = self.clusters, self.looks * self.clusters
        p = max(
            more_than(harmed, by_question[0], self.moved, by_question[1]),
            more_than(names, by_name[0], self.names, by_name[1]),
        )
        least = max(
            least_of(harmed + self.moved, *by_question), least_of(names + self.names, *by_name)
        )
        return p, least

    def smallest(self, level: float, mended: int) -> int | None:
        """The fewest harmed verdicts, each of another cluster if possible, that would show a loss.

        Their p has to be below `level`, and they have to outweigh the `mended` ones. None where
        even all questions would not do.
        """
        return next(
            (
                k
                for k in range(1, self.n + 1)
                if outweighs(k, mended) and self.test(k, min(k, self.clusters))[0] < level
            ),
            None,
        )


def outweighs(harmed: int, mended: int) -> bool:
    """Whether more changed for the worse than for the better beyond luck: one-sided sign test."""
    return harmed > mended and mcnemar(harmed, mended) / 2 < SIGNIFICANT


def floor_of(
    sides: Iterable[Side], before: SideVariant, after: SideVariant, score: str
) -> Floor | None:
    """What rounding does to this score; None where margins in points hold.

    They do where the questions are many, the training seeds differ, the score is no share of
    questions with a direction, or the baseline has no twins of the same treatment. The candidate's
    count only where they are quieter than those: it does not choose how much is forgiven.
    """
    held = before.outcomes.get(score)
    if held is None or not held or len(held) >= FEW or not better(score):
        return None
    if before.config.get("seed", 1) != after.config.get("seed", 1):
        return None
    own, other = (
        _looked_at(_twins(side, variant.config), score, held)
        for side, variant in zip(sides, (before, after), strict=True)
    )
    if own is None or other is None:
        return own
    return min(own, other, key=lambda floor: (floor.most, floor.moved / floor.looks))


def _twins(side: Side, config: Mapping[str, object]) -> Iterator[tuple[SideVariant, SideVariant]]:
    """Every variant of that side with its twin that was treated as `config` says, whatever seed."""
    named = {each.name: each for each in side.variants if each.outcomes}
    configs: dict[str, Mapping[str, Any]] = {name: v.config for name, v in named.items()}
    wanted = treatment(config)
    for each in named.values():
        if is_perturbed(each.config) or treatment(each.config) != wanted:
            continue
        twin = twin_name(each.config, configs)
        if twin is not None and float(configs[twin]["perturb"]) <= SMALL:
            yield each, named[twin]


def _looked_at(
    pairs: Iterable[tuple[SideVariant, SideVariant]], score: str, questions: Outcomes
) -> Floor | None:
    """The floor over these questions; pairs that were not asked all of them are left out."""
    twins: list[str] = []
    moved = names = 0
    for one, twin in pairs:
        first, second = one.outcomes.get(score), twin.outcomes.get(score)
        if first is None or second is None:
            continue
        if not (questions.keys() <= first.keys() and questions.keys() <= second.keys()):
            continue
        twins.append(twin.name)
        for left, right in ((first, second), (second, first)):
            changed = [key for key in questions if left[key] and not right[key]]
            moved += len(changed)
            names += len({questions.clusters[key] for key in changed})
    if not twins:
        return None
    return Floor(
        twins=tuple(twins),
        n=len(questions),
        clusters=len(set(questions.clusters.values())),
        moved=moved,
        names=names,
    )
