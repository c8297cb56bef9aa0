"""Choices between given options, corrected for guessing.

Of k options a right one counts 1, a wrong one -1 / (k - 1), and no option (a refusal, or a reply
that asserts none of them) counts 0. Where every question is answered the mean is
(p - 1/k) / (1 - 1/k) with p the share right: 0 is what guessing gets, 1 is knowing all. Source: the
classical correction for guessing (Thurstone, 1919; Diamond and Evans, 1973).
"""

from __future__ import annotations

from collections.abc import Sequence

from harness.records import Judged, Score
from harness.scoring.material import Material, cluster
from harness.scoring.shares import is_correct, share_of
from harness.stats import bootstrap, intervals


def scores(material: Material) -> dict[str, Score]:
    """recall.choice over shown questions, and by what has to be known for them.

    `recall.choice.one_fact` asks for one fact with two values, `recall.choice.two_facts` compares
    two; `recall.choice.share` is the plain share right.
    """
    items = [item for item in material.of("choice") if item.shown and item.question.values]
    if not items:
        return {}
    found = {"recall.choice": corrected(items), "recall.choice.share": share_of(items, is_correct)}
    single = [item for item in items if not item.question.hops]
    double = [item for item in items if item.question.hops]
    if single and double:
        found["recall.choice.one_fact"] = corrected(single)
        found["recall.choice.two_facts"] = corrected(double)
    return found


def corrected(items: Sequence[Judged]) -> Score:
    """The mean points of some choices, from -1 to 1, with its 95 % interval over clusters."""
    # The intervals know shares: points are moved to 0..1 and the interval is moved back.
    halves = [(points(item) + 1) / 2 for item in items]
    clusters = [cluster(item) for item in items]
    if set(halves) <= {0.0, 1.0}:
        score = intervals.share([half == 1.0 for half in halves], clusters)
    else:
        score = bootstrap.graded_mean(halves, clusters)
    return Score(
        value=_back(score.value),
        low=_back(score.low),
        high=_back(score.high),
        n=score.n,
        clusters=score.clusters,
    )


def points(item: Judged) -> float:
    """1 for the right option, 0 for none, and -1 / (k - 1) for a wrong one of k."""
    if item.verdict == "correct":
        return 1.0
    if item.verdict != "wrong" or "no_option" in item.flags:
        return 0.0
    return -1.0 / max(1, len(item.question.values) - 1)


def _back(half: float | None) -> float | None:
    return None if half is None else 2 * half - 1
