"""Which answers of two variants are held against each other, question by question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from harness.records import Judged, ProbeName
from harness.stats.contrast import SIGNIFICANT, Contrast, Outcomes, contrast

__all__ = [
    "SIGNIFICANT",
    "Contrast",
    "Outcomes",
    "contrast",
    "greedy",
    "invented",
    "out_of_text",
    "refused",
    "right",
]


def greedy(judged: Iterable[Judged]) -> list[Judged]:
    """The greedy answers in the first prompt form, questions shown by name left out."""
    items = [item for item in judged if item.answer.draw == 0]
    forms = {item.answer.form for item in items}
    form = "plain" if "plain" in forms or not forms else min(forms)
    return [item for item in items if item.answer.form == form]


def _outcomes(
    judged: Sequence[Judged], probes: Sequence[ProbeName], true: Callable[[Judged], bool]
) -> Outcomes:
    items = [
        item for item in greedy(judged) if item.question.probe in probes and not item.question.aside
    ]
    return Outcomes(
        {item.question.id: true(item) for item in items},
        {item.question.id: item.question.cluster for item in items},
    )


def right(judged: Sequence[Judged], probes: Sequence[ProbeName]) -> Outcomes:
    """Question id to whether it was answered correctly, for those probes."""
    return _outcomes(judged, probes, lambda item: item.verdict == "correct")


def invented(judged: Sequence[Judged], probes: Sequence[ProbeName]) -> Outcomes:
    """Question id to whether content was invented, for those probes."""
    return _outcomes(judged, probes, lambda item: item.invented)


def out_of_text(judged: Sequence[Judged], probes: Sequence[ProbeName]) -> Outcomes:
    """Question id to whether the invention is made of the text's own values."""
    return _outcomes(
        judged, probes, lambda item: item.invented and item.kind in ("borrowed", "in_world")
    )


def refused(judged: Sequence[Judged], probes: Sequence[ProbeName]) -> Outcomes:
    """Question id to whether it was refused, for those probes."""
    return _outcomes(judged, probes, lambda item: item.verdict == "abstained")
