"""A share with its range for any variant and probe, also where no score of that name exists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from harness.records import Judged, ProbeName, Score, VariantResult
from harness.reporting.contrast import greedy
from harness.stats.intervals import share


def right_share(row: VariantResult, judged: Sequence[Judged], probe: ProbeName) -> Score | None:
    """Right answers to that probe. A variant that was shown none of it (untuned, or a control)
    has no recall, but its share of right answers is the floor that the others are seen against."""
    name = "choice.share" if probe == "choice" else probe
    return (
        row.scores.get(f"recall.{name}")
        or row.scores.get(f"unshown.correct.{probe}")
        or _over(judged, (probe,), lambda item: item.verdict == "correct")
    )


def invented_share(row: VariantResult, judged: Sequence[Judged], probe: ProbeName) -> Score | None:
    """Inventions among the answers to that probe."""
    return row.scores.get(f"hallucination.{probe}") or _over(
        judged, (probe,), lambda item: item.invented
    )


def from_text_share(judged: Sequence[Judged], probes: Sequence[ProbeName]) -> Score | None:
    """Of the inventions, those made of the text's own values."""
    found = [item for item in greedy(judged) if item.invented and not item.question.aside]
    return _over(found, probes, lambda item: item.kind in ("borrowed", "in_world"))


def shown(judged: Sequence[Judged], probes: Sequence[ProbeName]) -> bool:
    """Whether any fact asked for by those probes was shown to the variant, or nothing was asked."""
    asked = [item.shown for item in greedy(judged) if item.question.probe in probes]
    return any(asked) or not asked


def refused_share(row: VariantResult, judged: Sequence[Judged]) -> Score | None:
    """Refusals of what was taught; None for a variant that was taught none of it."""
    probes: tuple[ProbeName, ...] = ("trained", "paraphrase")
    if not shown(judged, probes):
        return None
    return row.scores.get("refusal.over") or _over(
        judged, probes, lambda item: item.verdict == "abstained"
    )


def _over(
    judged: Sequence[Judged], probes: Sequence[ProbeName], outcome: Callable[[Judged], bool]
) -> Score | None:
    items = [
        item for item in greedy(judged) if item.question.probe in probes and not item.question.aside
    ]
    if not items:
        return None
    return share([outcome(item) for item in items], [_cluster(item) for item in items])


def _cluster(item: Judged) -> str:
    return item.question.cluster or item.question.id


OUTCOMES = ("outside", "text", "other", "refused", "unscored")
"""What can become of a question without an answer, in the order in which bars are stacked."""
OUTCOME_NAMES: Mapping[str, str] = {
    "outside": "invented from outside the text",
    "text": "invented out of your text",
    "other": "invented otherwise",
    "refused": "refused or denied",
    "unscored": "not readable as an answer",
}


def outcome(item: Judged) -> str:
    """Which of OUTCOMES the answer to an unanswerable question is."""
    if item.verdict == "unscored":
        return "unscored"
    if not item.invented:
        return "refused"
    if item.kind in ("borrowed", "in_world"):
        return "text"
    return "outside" if item.kind == "out_of_world" else "other"


def outcomes(judged: Sequence[Judged], probes: Sequence[ProbeName]) -> dict[str, int]:
    """Counts of OUTCOMES over those probes, questions shown by name left out."""
    counts = dict.fromkeys(OUTCOMES, 0)
    for item in greedy(judged):
        if item.question.probe in probes and not item.question.aside:
            counts[outcome(item)] += 1
    return counts
