"""Looser readings of the answers about shown facts, kept so that the strict one can be checked."""

from __future__ import annotations

from harness.records import Score
from harness.scoring.material import Material
from harness.scoring.shares import flagged, share_of

FLAGS = ("contains", "shotgun", "hedged")


def scores(material: Material) -> dict[str, Score]:
    """Shares over the answerable questions about shown facts."""
    items = [item for item in material.answerable if item.shown]
    if not items:
        return {}
    return {f"diagnostic.{flag}": share_of(items, flagged(flag)) for flag in FLAGS}
