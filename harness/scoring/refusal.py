"""What refusing costs: questions with an answer that were refused."""

from __future__ import annotations

from harness.records import Score
from harness.scoring.material import Material
from harness.scoring.shares import is_abstained, share_of


def scores(material: Material) -> dict[str, Score]:
    """Over-refusal on shown facts, and apart from it on facts that stand only in the text.

    The second counts whether the text was shown or not: refusing what one was never asked about is
    the price of learning to refuse, read beside hallucination.
    """
    found: dict[str, Score] = {}
    asked = [item for item in material.of("trained", "paraphrase") if item.shown]
    if asked:
        found["refusal.over"] = share_of(asked, is_abstained)
    text_only = material.of("text_only")
    if text_only:
        found["refusal.over_text_only"] = share_of(text_only, is_abstained)
    return found
