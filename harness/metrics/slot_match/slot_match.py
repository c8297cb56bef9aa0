"""`slot_match`: an accepted answer stands in the prediction, and no rival value does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import evaluate

from harness.metrics.judging import flat, info, judge
from harness.records import CANONICAL_REFUSAL
from harness.scoring.shares import flagged, is_correct
from harness.stats.intervals import share

_DESCRIPTION = """Share of predictions that hold an accepted answer as a run of whole words, name no
rival value that the question does not name, and are neither a refusal nor degenerate."""
_INPUTS = """
predictions: list of str, the replies
references: list of str or of lists of str, the accepted answers of each
rivals (optional): list of lists of str, values that must not be named as well
questions (optional): list of str
clusters (optional): list of str, what the items of one cluster depend on; widens the interval
refusal (optional): str, the sentence that the model was trained to refuse with
language (optional): str, ISO 639-1 code, "en" where none is given
Returns slot_match with _low, _high (95 %, Wilson) and _n; contains, the share with an accepted
answer whatever else was said; shotgun, the share that named a rival as well."""


class SlotMatch(evaluate.Metric):  # type: ignore[misc]
    """See `_DESCRIPTION` and `_INPUTS`."""

    def _info(self) -> evaluate.MetricInfo:
        return info(_DESCRIPTION, _INPUTS)

    def _compute(
        self,
        predictions: Sequence[str],
        references: Sequence[str | Sequence[str]],
        rivals: Sequence[Sequence[str]] | None = None,
        questions: Sequence[str] | None = None,
        clusters: Sequence[str] | None = None,
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
        groups = clusters or [item.question.id for item in judged]
        found = share([is_correct(item) for item in judged], groups)
        n = max(1, len(judged))
        return flat("slot_match", found) | {
            "contains": sum(map(flagged("contains"), judged)) / n,
            "shotgun": sum(map(flagged("shotgun"), judged)) / n,
        }
