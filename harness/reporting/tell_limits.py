"""The last sentence: what a run does not show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from harness.records import Results
from harness.reporting.roles import recipe, trained_once, tried
from harness.reporting.story import Sentence, Story
from harness.reporting.wording import listed, plural

_BITS = re.compile(r"\bI?Q(\d)_")
"""The number in the name of a block format, as in Q4_1."""


def _stored(provenance: list[str]) -> str:
    """ "these had been stored in 4 bits before: de-quantized from Q4_1"."""
    bits = sorted({int(each) for text in provenance for each in _BITS.findall(text)})
    said = f"had been stored in {listed([str(each) for each in bits])} bits, "
    return f"these {said if bits else 'were '}{listed(provenance)}"


def not_shown(story: Story, results: Results, models: Mapping[str, Mapping[str, Any]]) -> Sentence:
    """What a careful reader must not conclude, from what this run did not do."""
    limits: list[str] = []
    rows = tried(results)
    tuned = [row for row in rows if recipe(row) != "base"]
    if tuned and trained_once(tuned):
        limits.append("what another training would give (each variant trained once)")
    limits.append("other models and other texts")
    largest = max((len(story.right(row, "trained")) for row in rows), default=0)
    if 0 < largest < 100:
        limits.append(f"small differences ({plural(largest, 'question')} on taught facts)")
    provenance = sorted({str(each.get("provenance", "")) for each in models.values()} - {""})
    if any("quantized" in each for each in provenance):
        limits.append(f"what fewer bits do to original weights ({_stored(provenance)})")
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
