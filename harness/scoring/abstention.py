"""Refusing as a classifier: does the variant tell unanswerable questions from their twins?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from harness.records import Judged, Score
from harness.scoring.material import Material
from harness.scoring.shares import flagged, is_abstained, share_of
from harness.stats import bootstrap, intervals
from harness.stats.bootstrap import Totals


def scores(material: Material) -> dict[str, Score]:
    """Precision, recall and F1 on pairs of an unanswerable question and its answerable twin.

    Positive is "must abstain". Only pairs whose twin's fact was shown count: who refuses what it
    was never told is not wrong to.
    """
    found: dict[str, Score] = {}
    refused = [item for item in material.judged if is_abstained(item)]
    if refused:
        found["abstention.lexicon_only"] = share_of(refused, flagged("lexicon_only"))
    pairs = _twins(material)
    if not pairs:
        return found
    hits = [withheld(question) for question, _ in pairs]
    false_alarms = [withheld(twin) for _, twin in pairs]
    # Questions that share a twin are one cluster: their pairs are not independent.
    clusters = [twin.question.id for _, twin in pairs]
    items = [*([True] * len(pairs)), *([False] * len(pairs))]
    kept = [
        (positive, cluster)
        for positive, held, cluster in zip(
            items, [*hits, *false_alarms], [*clusters, *clusters], strict=True
        )
        if held
    ]
    found["abstention.recall"] = intervals.share(hits, clusters)
    found["abstention.precision"] = intervals.share([p for p, _ in kept], [c for _, c in kept])
    totals = bootstrap.cluster_totals([hits, false_alarms, [1.0] * len(pairs)], clusters)
    found["abstention.f1"] = bootstrap.bounded(totals, _f1, n=2 * len(pairs))
    found["abstention.prevalence"] = Score(
        value=0.5, low=None, high=None, n=2 * len(pairs), clusters=len(set(clusters))
    )
    return found


def withheld(item: Judged) -> bool:
    """Whether an answer was withheld: refused, denied, or the premise set right."""
    return is_abstained(item) or bool(item.flags & {"denial", "corrected"})


def _twins(material: Material) -> list[tuple[Judged, Judged]]:
    answered = {item.question.id: item for item in material.answerable if item.shown}
    return [
        (item, answered[item.question.twin])
        for item in material.unanswerable
        if item.question.twin in answered
    ]


def _f1(totals: Totals) -> NDArray[np.float64]:
    """2 TP / (2 TP + FP + FN) from columns TP, FP and number of positives."""
    hits, false_alarms, positives = totals.T
    with np.errstate(invalid="ignore"):
        found: NDArray[np.float64] = 2 * hits / (hits + false_alarms + positives)
    return found
