"""Few questions, judged by their flips: how often rounding alone is called a regression.

A baseline with a perturbed twin, and a candidate that differs from it by the same noise, as on
another machine. A question is right where noise and a margin of its own are above 0; part of the
margin is shared by all questions about its entity. The noise is drawn anew for the baseline, the
twin and the candidate, in half of the entities as one. Sizes are those of the suite `quick`: eight
entities with three questions each. All gates of a comparison count together.
"""

from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm

from harness.comparing.compare import Comparison, compare
from harness.comparing.floors import Floor
from harness.comparing.rows import ScoreRow
from harness.comparing.sides import Asked, Said, Side, SideVariant
from harness.records import Score
from harness.stats.contrast import Outcomes

PAIRS, ALLOWED = 500, 35
"""The largest count of 500 that a true rate of 5 % exceeds in less than 2.5 % of all cases."""
SIZES = {
    "recall.trained": (8, 3, 0.95),
    "recall.paraphrase": (8, 3, 0.5),
    "hallucination.nonexistent": (12, 1, 0.7),
    "refusal.over": (8, 6, 0.1),
}
"""Entities, questions about each, and the share that is true."""
LEVELS = ("fp32", "int8", "nf4")
GATE = dict.fromkeys(SIZES, 0.35)
QUIET, LOUD = 0.1, 1.0
"""Noise beside margins of 1: it changes 3 % or 25 % of the verdicts."""
Truth = NDArray[np.bool_]


class World:
    """What all sides share: a margin of each question at each level; its noise is drawn here."""

    def __init__(self, seed: int, noise: float) -> None:
        self.generator = np.random.default_rng(seed)
        self.noise = noise
        self.margins = {}
        for score, (entities, wordings, mean) in SIZES.items():
            alike = self.generator.normal(size=(entities, 1))
            own = self.generator.normal(size=(entities, wordings))
            middle = float(norm.ppf(mean)) + (alike + own) / np.sqrt(2)
            for level in LEVELS:
                self.margins[score, level] = middle + 0.3 * self.generator.normal(size=own.shape)

    def answers(self, level: str) -> dict[str, Truth]:
        """The outcomes of one training at a level."""
        found = {}
        for score in SIZES:
            margin = self.margins[score, level]
            luck = self.generator.normal(size=margin.shape)
            as_one = self.generator.random(len(margin)) < 0.5
            luck[as_one] = luck[as_one][:, :1]
            found[score] = margin + self.noise * luck > 0
        return found

    def variant(
        self, level: str, answers: dict[str, Truth], name: str = "", perturb: float = 0.0
    ) -> SideVariant:
        """One training with its outcomes; no reply is that of another training."""
        held, scores, said = {}, {}, {}
        for score, true in answers.items():
            places = [(e, w) for e in range(true.shape[0]) for w in range(true.shape[1])]
            ids = [f"{score} {entity}.{wording}" for entity, wording in places]
            clusters = {key: str(entity) for key, (entity, _) in zip(ids, places, strict=True)}
            held[score] = Outcomes(dict(zip(ids, map(bool, true.flat), strict=True)), clusters)
            share = float(true.mean())
            scores[score] = Score(value=share, low=0.0, high=1.0, n=len(ids), clusters=len(true))
            for key in ids:
                digest = f"{self.generator.integers(2**32):08x}"
                said[key] = Said(verdict="correct", digest=digest)
        noise = {"perturb": perturb} if perturb else {}
        return SideVariant(
            name=name or f"instruct-{level}",
            trained="t",
            status="ok",
            error=None,
            config={"quantization": level, "recipe": {"name": "instruct"}, "seed": 1, **noise},
            scores=scores,
            resources={},
            outcomes=held,
            said=said,
        )


def side(*variants: SideVariant) -> Side:
    asked = {
        key: Asked(probe="trained", cluster=held.clusters[key])
        for variant in variants
        for held in variant.outcomes.values()
        for key in held
    }
    return Side(
        label="side",
        suite={"gate": GATE},
        corpus={"digest": "d"},
        environment={},
        questions=asked,
        variants=variants,
    )


def comparison(seed: int, noise: float, lost: float = 0.0, twins: int = 1) -> Comparison:
    """Two trainings of the same; `lost` of nf4's trained answers are spoilt in the candidate.

    With two `twins` the candidate has one as well.
    """
    world = World(seed, noise)
    before = [world.variant(level, world.answers(level)) for level in LEVELS]
    before.append(world.variant("fp32", world.answers("fp32"), "instruct-perturbed-fp32", 1e-3))
    after = []
    for level in LEVELS:
        answers = world.answers(level)
        if lost and level == "nf4":
            right = answers["recall.trained"]
            answers["recall.trained"] = right & (world.generator.random(right.shape) >= lost)
        after.append(world.variant(level, answers))
    if twins == 2:
        after.append(world.variant("fp32", world.answers("fp32"), "instruct-perturbed-fp32", 1e-3))
    return compare(side(*before), side(*after))


def flakes(noise: float, pairs: int, allowed: int) -> bool:
    """Whether more than `allowed` of `pairs` comparisons end in a regression."""
    count = 0
    for seed in range(pairs):
        count += comparison(seed, noise).verdict == "regression"
        if count > allowed:
            return True
    return False


def planted(lost: float, noise: float = QUIET, pairs: int = 100) -> Counter[str]:
    found: Counter[str] = Counter()
    for seed in range(pairs):
        gated = comparison(seed, noise, lost).gated
        row = next(r for r in gated if (r.variant, r.score) == ("instruct-nf4", "recall.trained"))
        assert row.floor is not None
        found[str(row.verdict)] += 1
    return found


@pytest.mark.parametrize(("noise", "pairs", "allowed"), [(QUIET, 100, 10), (LOUD, PAIRS, ALLOWED)])
def test_rounding_alone_ends_in_regression_no_more_often_than_it_may(
    noise: float, pairs: int, allowed: int
) -> None:
    assert not flakes(noise, pairs, allowed)


def test_the_quieter_of_two_floors_raises_no_false_alarms() -> None:
    found = [comparison(seed, LOUD, twins=2) for seed in range(150)]
    assert [each.verdict for each in found].count("regression") <= 150 * ALLOWED // PAIRS
    alone = [comparison(seed, LOUD) for seed in range(150)]
    floors = [
        (row.floor.most, other.floor.most)
        for one, two in zip(alone, found, strict=True)
        for other, row in zip(one.gated, two.gated, strict=True)
        if row.floor is not None and other.floor is not None
    ]
    assert all(both <= own for both, own in floors)
    assert any(both < own for both, own in floors)


@pytest.mark.parametrize(("noise", "least"), [(QUIET, 0.95), (LOUD, 0.8)])
def test_rounding_alone_mostly_passes(noise: float, least: float) -> None:
    rows = [row for seed in range(60) for row in comparison(seed, noise).gated]
    assert all(row.floor is not None for row in rows)
    assert [row.verdict for row in rows].count("pass") >= least * len(rows)


@pytest.mark.parametrize(("lost", "found", "passed"), [(0.2, 30, 27), (0.3, 70, 5), (0.5, 95, 0)])
def test_a_planted_loss_is_found(lost: float, found: int, passed: int) -> None:
    said = planted(lost)
    assert said["regression"] >= found
    assert said["pass"] <= passed


def floor_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounding is taken to change nothing, whatever the twin showed."""
    whole = Floor.test

    def test(self: Floor, harmed: int, names: int) -> tuple[float, float]:
        still = Floor(twins=self.twins, n=self.n, clusters=self.clusters, moved=0, names=0)
        return whole(still, harmed, names)

    monkeypatch.setattr(Floor, "test", test)
    better_is_no_excuse(monkeypatch)


def better_is_no_excuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """What changed for the better does not count against what changed for the worse."""
    monkeypatch.setattr("harness.comparing.gates.outweighs", lambda worse, better: True)


def any_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is harmed beyond what is usual is called a regression, luck or not."""
    monkeypatch.setattr("harness.comparing.gates.SIGNIFICANT", 1.01)


def uncorrected_by_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every gate has 5 % of its own, and questions about one entity count as independent."""
    whole = Floor.test

    def test(self: Floor, harmed: int, names: int) -> tuple[float, float]:
        alone = Floor(
            twins=self.twins, n=self.n, clusters=self.n, moved=self.moved, names=self.moved
        )
        return whole(alone, harmed, harmed)

    monkeypatch.setattr(Floor, "test", test)
    monkeypatch.setattr("harness.comparing.compare.corrected", list[ScoreRow])
    better_is_no_excuse(monkeypatch)


@pytest.mark.parametrize("sabotage", [floor_of_nothing, any_harm, uncorrected_by_question])
def test_broken_flip_gates_flake(sabotage, monkeypatch: pytest.MonkeyPatch) -> None:
    sabotage(monkeypatch)
    assert flakes(LOUD, PAIRS, ALLOWED)
