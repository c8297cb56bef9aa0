"""`abstention`: refusing as a classifier of what cannot be answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import evaluate

from harness.metrics.judging import flat, info, judge
from harness.records import CANONICAL_REFUSAL
from harness.scoring.shares import is_abstained, is_invented
from harness.stats.intervals import share

_DESCRIPTION = """Whether unanswerable questions are refused, and only they: precision, recall and
F1 of refusing, the share of unanswerable questions answered with content, and the share of
answerable ones refused."""
_INPUTS = """
predictions: list of str, the replies
references: list of lists of str, the accepted answers of each; an empty list: it must be refused
questions (optional): list of str; the name in them tells a denial from an answer
rivals (optional): list of lists of str; a reply that gives one of them is no refusal
refusal (optional): str, the sentence that the model was trained to refuse with
language (optional): str, ISO 639-1 code, "en" where none is given
Returns precision, recall, f1, prevalence; hallucination and over_refusal, each with _low, _high and
_n."""


class Abstention(evaluate.Metric):  # type: ignore[misc]
    """See `_DESCRIPTION` and `_INPUTS`."""

    def _info(self) -> evaluate.MetricInfo:
        return info(_DESCRIPTION, _INPUTS)

    def _compute(
        self,
        predictions: Sequence[str],
        references: Sequence[str | Sequence[str]],
        questions: Sequence[str] | None = None,
        rivals: Sequence[Sequence[str]] | None = None,
        refusal: str = CANONICAL_REFUSAL,
        language: str = "en",
    ) -> dict[str, Any]:
        judged = judge(
            predictions,
            references,
            rivals=rivals,
            questions=questions,
            refusal=refusal,
            language=language,
        )
        must = [item for item in judged if item.question.must_abstain]
        may = [item for item in judged if not item.question.must_abstain]
        # A denial ("there is no such person") withholds an answer as a refusal does.
        withheld = [item for item in must if is_abstained(item) or "denial" in item.flags]
        refused = [item for item in may if is_abstained(item)]
        all_withheld = len(withheld) + len(refused)
        precision = len(withheld) / all_withheld if all_withheld else None
        recall = len(withheld) / len(must) if must else None
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * len(withheld) / (all_withheld + len(must)) if must else None,
            "prevalence": len(must) / max(1, len(judged)),
            **flat(
                "hallucination",
                share([is_invented(item) for item in must], [item.question.id for item in must]),
            ),
            **flat(
                "over_refusal",
                share([is_abstained(item) for item in may], [item.question.id for item in may]),
            ),
        }
