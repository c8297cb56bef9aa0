"""Two results that differ by luck alone: how often the gates of a comparison call a regression.

The answers of both sides are drawn from the same chances, entity by entity, as two samplings of one
model would be. All gates of a comparison count together: one false alarm in any of them is one.
"""

import numpy as np

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
MARGIN = tuple(f"{name}=0.05" for name in SCORES)


def side(generator: np.random.Generator, chances: dict[str, np.ndarray], drop: float) -> Side:
    """One side; `drop` of the right answers of the first score of the first variant are lost."""
    ids = [f"q{entity}.{wording}" for entity in range(ENTITIES) for wording in range(WORDINGS)]
    clusters = {name: name.partition(".")[0] for name in ids}
    variants = []
    for variant in VARIANTS:
        held, scores = {}, {}
        for score in SCORES:
            right = generator.random((ENTITIES, WORDINGS)) < chances[variant + score][:, None]
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
        suite={},
        corpus={"digest": "d"},
        environment={},
        questions={name: Asked(probe="trained", cluster=clusters[name]) for name in ids},
        variants=tuple(variants),
    )


def comparison(seed: int, drop: float = 0.0) -> Comparison:
    generator = np.random.default_rng(seed)
    # Beta-distributed by entity: what one wording gets wrong, the others tend to get wrong too.
    chances = {
        variant + score: generator.beta(4 * mean, 4 * (1 - mean), ENTITIES)
        for variant in VARIANTS
        for score, mean in SCORES.items()
    }
    before, after = side(generator, chances, 0.0), side(generator, chances, drop)
    return compare(before, after, margin=MARGIN)


def alarms(drop: float = 0.0, pairs: int = PAIRS) -> int:
    return sum(comparison(seed, drop).exit_code == 1 for seed in range(pairs))


def test_two_samplings_of_one_model_end_in_regression_no_more_often_than_they_may() -> None:
    assert alarms() <= ALLOWED


def test_a_planted_loss_is_called_a_regression() -> None:
    assert alarms(drop=0.25, pairs=60) >= 57


def test_without_the_correction_for_their_number_the_gates_would_flake(monkeypatch) -> None:
    # The simulation can fail: with every gate at 5 % of its own, there are too many alarms.
    monkeypatch.setattr("harness.comparing.compare.corrected", lambda rows: rows)
    monkeypatch.setattr("harness.comparing.gates.SIGNIFICANT", 0.15)
    monkeypatch.setattr("harness.comparing.rows.ScoreRow.harm_interval", property(_narrow))
    assert alarms() > ALLOWED


def _narrow(row):
    return (row.harm, row.harm + 1.0)
