"""The last sentence: what a run does not show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.records import Results
from harness.reporting.roles import recipe, trained_once, tried
from harness.reporting.story import Sentence, Story
from harness.reporting.wording import listed, plural


def not_shown(story: Story, results: Results, models: Mapping[str, Mapping[str, Any]]) -> Sentence:
    """What a careful reader must not conclude, from what this run did not do."""
    limits: list[str] = []
    rows = tried(results)
    tuned = [row for row in rows if recipe(row) != "base"]
    if tuned and trained_once(tuned):
        limits.append("whether another training would end the same way (each variant trained once)")
    limits.append("other models and other texts")
    largest = max((len(story.right(row, "trained")) for row in rows), default=0)
    if 0 < largest < 100:
        limits.append(f"small differences ({plural(largest, 'question')} on taught facts)")
    provenance = sorted({str(each.get("provenance", "")) for each in models.values()} - {""})
    if any("quantized" in each for each in provenance):
        limits.append(f"what fewer bits do to original weights (these were {listed(provenance)})")
    if str(results.environment.get("device", "")).startswith("cpu"):
        limits.append("speed and memory on a GPU")
    forms = {item.answer.form for group in story.judged.values() for item in group}
    if len(forms) < 2:
        limits.append("other ways to put the same prompt")
    gone = [row.name for row in rows if row.status != "ok"]
    if gone:
        limits.append(f"{listed(gone)}, which did not finish")
    return Sentence(
        key="not_shown",
        lead="Not shown by this run:",
        text="; ".join(limits) + ".",
        section="method",
    )
