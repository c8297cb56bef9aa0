"""Whether a reply's own probability says how often such replies are right."""

from __future__ import annotations

from harness.records import Score
from harness.scoring.material import Material, cluster
from harness.scoring.selective import asked, is_attempted, probability
from harness.scoring.shares import is_correct
from harness.stats import bootstrap
from harness.stats.calibration import calibration_error

BINS = 10


def scores(material: Material) -> dict[str, Score]:
    """Expected calibration error and Brier's score of the replies that give an answer.

    Over the same questions as `selective.*`; an answer to a question that has none is wrong.
    Nothing where no reply carries its probability.
    """
    items = [item for item in asked(material) if is_attempted(item)]
    if not items:
        return {}
    held = [probability(item) for item in items]
    right = [is_correct(item) for item in items]
    clusters = [cluster(item) for item in items]
    squares = [(p - correct) ** 2 for p, correct in zip(held, right, strict=True)]
    return {
        "calibration.ece": calibration_error(held, right, clusters, BINS),
        "calibration.brier": bootstrap.graded_mean(squares, clusters),
    }
