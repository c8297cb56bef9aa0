"""`closed_book`: the four verdicts, and what answering is worth against abstaining."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import evaluate

from harness.metrics.judging import info, judge
from harness.records import CANONICAL_REFUSAL, VERDICTS
from harness.stats.selective import score_at, selective_f

_DESCRIPTION = """Every reply is correct, wrong, a refusal, or unscored (empty, caught in a loop);
selective F (2c / (1 + c + i)) and Score_t (c - t / (1 - t) i) weigh right against wrong answers."""
_INPUTS = """
predictions: list of str, the replies
references: list of lists of str, the accepted answers of each; an empty list: it must be refused
rivals, questions, refusal, language (optional): as in slot_match
Returns the shares correct, wrong, abstained, unscored of the answerable questions, selective_f, and
score_0, score_0.5, score_0.75, score_0.9; verdicts: one word an item, in order."""
THRESHOLDS = (0.0, 0.5, 0.75, 0.9)


class ClosedBook(evaluate.Metric):  # type: ignore[misc]
    """See `_DESCRIPTION` and `_INPUTS`."""

    def _info(self) -> evaluate.MetricInfo:
        return info(_DESCRIPTION, _INPUTS)

    def _compute(
        self,
        predictions: Sequence[str],
        references: Sequence[str | Sequence[str]],
        rivals: Sequence[Sequence[str]] | None = None,
        questions: Sequence[str] | None = None,
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
        answerable = [item.verdict for item in judged if not item.question.must_abstain]
        n = max(1, len(answerable))
        shares: dict[str, Any] = {word: answerable.count(word) / n for word in VERDICTS}
        right, wrong = shares["correct"], shares["wrong"]
        return {
            **shares,
            "selective_f": selective_f(right, wrong),
            **{f"score_{t:g}": score_at(right, wrong, t) for t in THRESHOLDS},
            "verdicts": [item.verdict for item in judged],
        }
