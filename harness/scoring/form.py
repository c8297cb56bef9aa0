"""The outward form of answers: those without a verdict, and those that held prompt markup."""

from __future__ import annotations

from harness.records import Score
from harness.scoring.material import Material
from harness.scoring.shares import flagged, share_of


def scores(material: Material) -> dict[str, Score]:
    """Shares over every question asked."""
    items = list(material.judged)
    if not items:
        return {}
    return {
        "unscored.share": share_of(items, lambda item: item.verdict == "unscored"),
        "format.leak": share_of(items, flagged("markup_leak")),
    }
