"""What the variant invents: questions without an answer that were answered with content."""

from __future__ import annotations

from collections.abc import Callable

from harness.records import UNANSWERABLE, Judged, Score
from harness.scoring.invention import KINDS
from harness.scoring.material import Material
from harness.scoring.shares import flagged, is_invented, share_of


def scores(material: Material) -> dict[str, Score]:
    """Shares over every question asked of a probe, the kinds of invention included."""
    found: dict[str, Score] = {}
    for probe in UNANSWERABLE:
        items = material.of(probe)
        if not items:
            continue
        found[f"hallucination.{probe}"] = share_of(items, is_invented)
        for kind in KINDS:
            found[f"hallucination.{probe}.kinds.{kind}"] = share_of(items, of_kind(kind))
    premises = material.of("false_premise")
    if premises:
        corrected = share_of(premises, flagged("corrected"))
        found["hallucination.false_premise.corrected"] = corrected
    nobodies = material.of("nonexistent")
    if nobodies:
        found["hallucination.in_world"] = share_of(nobodies, of_kind("borrowed", "in_world"))
    return found


def of_kind(*kinds: str) -> Callable[[Judged], bool]:
    """Whether an answer is an invention of one of these kinds."""
    return lambda item: item.kind in kinds
