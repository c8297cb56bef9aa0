"""Answering against keeping silent: whether it is worth asking, and whether doubt shows."""

from __future__ import annotations

from collections.abc import Callable
from math import exp

import numpy as np
from numpy.typing import NDArray

from harness.records import Judged, Score
from harness.scoring.material import Material, cluster
from harness.scoring.recall import PROBES, is_sentence
from harness.scoring.shares import is_correct
from harness.stats import bootstrap, selective
from harness.stats.bootstrap import Totals

THRESHOLDS = (0.0, 0.5, 0.75, 0.9)


def scores(material: Material) -> dict[str, Score]:
    """F, Score_t and the area under the risk-coverage curve; nothing where no fact was shown.

    Over open questions about shown facts and questions that have no answer. A right answer counts
    as correct, content that is wrong or invented as incorrect, and all else (a refusal, a denial,
    a false premise set right, a reply without a verdict) as not attempted.
    """
    items = asked(material)
    if not items:
        return {}
    correct = [is_correct(item) and not item.question.must_abstain for item in items]
    incorrect = [item.verdict == "wrong" for item in items]
    totals = bootstrap.cluster_totals(
        [correct, incorrect, [1.0] * len(items)], [cluster(item) for item in items]
    )
    found = {"selective.f": bootstrap.bounded(totals, _f, n=len(items))}
    for threshold in THRESHOLDS:
        found[f"selective.score_{round(100 * threshold)}"] = bootstrap.bounded(
            totals, _score_at(threshold), n=len(items), least=selective.score_at(0, 1, threshold)
        )
    sure = [item for item in items if is_attempted(item)]
    if sure:
        found["selective.aurc"] = selective.aurc_score(
            [confidence(item) for item in sure],
            [is_correct(item) for item in sure],
            [cluster(item) for item in sure],
        )
    return found


def asked(material: Material) -> list[Judged]:
    """Open questions about shown facts, and with them the ones that have no answer.

    Left out are choices, where guessing is right too often, and answers that are whole sentences,
    which have degrees of right. Empty where no fact was shown.
    """
    language = material.corpus.language
    shown = [i for i in material.of(*PROBES) if i.shown and not is_sentence(i, language)]
    return [*shown, *material.unanswerable] if shown else []


def is_attempted(item: Judged) -> bool:
    """Whether a reply gives an answer and says how probable it was.

    Refusals, denials and corrections give none; trivial answerers have no probabilities.
    """
    content = item.verdict == "wrong" or (is_correct(item) and not item.question.must_abstain)
    return content and bool(item.answer.ids) and item.answer.new_tokens > 0


def confidence(item: Judged) -> float:
    """Mean natural log-probability of a token of the reply: at most 0."""
    return item.answer.logprob_sum / item.answer.new_tokens


def probability(item: Judged) -> float:
    """Probability of the whole reply, token for token."""
    return min(1.0, exp(item.answer.logprob_sum))


def _f(totals: Totals) -> NDArray[np.float64]:
    """From columns correct, incorrect and asked."""
    found: NDArray[np.float64] = 2 * totals[:, 0] / (totals[:, 2] + totals[:, 0] + totals[:, 1])
    return found


def _score_at(threshold: float) -> Callable[[Totals], NDArray[np.float64]]:
    def score(totals: Totals) -> NDArray[np.float64]:
        lost = threshold / (1 - threshold) * totals[:, 1]
        found: NDArray[np.float64] = (totals[:, 0] - lost) / totals[:, 2]
        return found

    return score
