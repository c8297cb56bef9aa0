"""Two results that differ by luck alone: how often the gates of a comparison call a regression.

The answers of both sides are drawn from the same chances, entity by entity, as two samplings of
one model would be; half of the entities rise and fall as one, on each side by its own luck. All
gates of a comparison count together: one false alarm in any of them is one.
"""

import numpy as np
import pytest

from harness.comparing.compare import Comparison, compare
from harness.comparing.sides import Asked, Said, Side, SideVariant
from harness.records import Score
from harness.stats.contrast import Outcomes

PAIRS = 500
ALLOWED = 35
"""The largest count of 500 that a true rate of 5 % exceeds in less than 2.5 % of all cases."""
ENTITIES, WORDINGS = 60, 3
VARIANTS = ("one", "two")
SCORES = {"recall.trained": 0.9, "recall.paraphrase": 0.6, "hallucination.nonexistent": 0.5}
WIDE = {"recall.trained": 0.1, "recall.paraphrase": 0.2, "hallucination.nonexistent": 0.2}
"""Margins that so many questions can resolve."""
NARROW = dict.fromkeys(SCORES, 0.01)
"""Margins that nothing but the test stands behind: luck alone goes beyond them half of the time."""


def side(
    generator: np.random.Generator,
    chances: dict[str, np.ndarray],
    drop: float,
    margins: dict[str, float],
) -> Side:
    """One side; `drop` of the right answers of the first score of the first variant are lost."""
    ids = [f"q{entity}.{wording}" for entity in range(ENTITIES) for wording in range(WORDINGS)]
    clusters = {name: name.partition(".")[0] for name in ids}
    variants = []
    for variant in VARIANTS:
        held, scores = {}, {}
        for score in SCORES:
            luck = generator.random((ENTITIES, WORDINGS))
            as_one = generator.random(ENTITIES) < 0.5
            luck[as_one] = luck[as_one][:, :1]
            right = luck < chances[variant + score][:, None]
            if drop and (variant, score) == (VARIANTS[0], "recall.trained"):
                right &= generator.random(right.shape) >= drop
            held[score] = Outcomes(dict(zip(ids, map(bool, right.flat), strict=True)), clusters)
            share = float(right.mean())
            scores[score] = Score(value=share, low=0.0, high=1.0, n=len(ids), clusters=ENTITIES)
        said = {
            name: Said(verdict="correct", digest=f"{generator.integers(2**32):08x}") for name in ids
        }
        variants.append(
            SideVariant(
                name=variant,
                trained="t",
                status="ok",
                error=None,
                config={},
                scores=scores,
                resources={},
                outcomes=held,
                said=said,
            )
        )
    return Side(
        label="side",
        suite={"gate": margins},
        corpus={"digest": "d"},
        environment={},
        questions={name: Asked(probe="trained", cluster=clusters[name]) for name in ids},
        variants=tuple(variants),
    )


def comparison(seed: int, margins: dict[str, float], drop: float = 0.0) -> Comparison:
    generator = np.random.default_rng(seed)
    # Beta-distributed by entity: what one wording gets wrong, the others tend to get wrong too.
    chances = {
        variant + score: generator.beta(4 * mean, 4 * (1 - mean), ENTITIES)
        for variant in VARIANTS
        for score, mean in SCORES.items()
    }
    before, after = (side(generator, chances, lost, margins) for lost in (0.0, drop))
    return compare(before, after)


def verdicts(margins: dict[str, float], drop: float = 0.0, pairs: int = PAIRS) -> list[str]:
    return [comparison(seed, margins, drop).verdict for seed in range(pairs)]


@pytest.mark.parametrize("margins", [WIDE, NARROW])
def test_two_samplings_of_one_model_end_in_regression_no_more_often_than_they_may(margins) -> None:
    assert verdicts(margins).count("regression") <= ALLOWED


def test_gates_that_can_resolve_their_margins_mostly_pass() -> None:
    rows = [row.verdict for seed in range(100) for row in comparison(seed, WIDE).gated]
    assert rows.count("pass") > len(rows) / 2


@pytest.mark.parametrize(("drop", "found"), [(0.3, 95), (0.2, 75)])
def test_a_planted_loss_is_called_a_regression_and_seldom_a_pass(drop: float, found: int) -> None:
    said = verdicts(WIDE, drop, 100)
    assert said.count("regression") >= found
    assert said.count("pass") <= 5


def any_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is worse by the margin is called a regression, luck or not."""
    monkeypatch.setattr("harness.comparing.gates.SIGNIFICANT", 1.01)


def clusters_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions about one entity count as independent."""
    alone = lambda held, clusters, whole=Outcomes: whole(held)  # noqa: E731
    monkeypatch.setitem(globals(), "Outcomes", alone)


def uncorrected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every gate has 5 % of its own, and both directions of them are spent on harm."""
    monkeypatch.setattr("harness.comparing.compare.corrected", lambda rows: rows)
    monkeypatch.setattr("harness.comparing.gates.SIGNIFICANT", 0.1)


@pytest.mark.parametrize("sabotage", [any_harm, clusters_ignored, uncorrected])
def test_broken_gates_flake(sabotage, monkeypatch: pytest.MonkeyPatch) -> None:
    sabotage(monkeypatch)
    assert verdicts(NARROW).count("regression") > ALLOWED
