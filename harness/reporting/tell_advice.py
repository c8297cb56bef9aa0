"""The last two sentences: what to use, and what this run does not show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harness.records import Results, VariantResult
from harness.reporting.cells import highest_peak, measured
from harness.reporting.contrast import contrast
from harness.reporting.roles import abstain_fraction, recipe, trained_once, tried
from harness.reporting.story import Sentence, Story, names, of, usable
from harness.reporting.tell_learning import WELL
from harness.reporting.tell_levels import smallest_level
from harness.reporting.wording import duration, listed, megabytes, plural


def use(story: Story) -> Sentence | None:
    """The smallest of the trained variants that none was visibly better than."""
    ran = [row for row in story.roles.trained if usable(row, story)]
    if not ran:
        return None
    known = {row.name: story.right(row, "trained", "paraphrase") for row in ran}
    unbeaten = [
        row
        for row in ran
        if not any(contrast(known[other.name], known[row.name]).down for other in ran)
    ]
    size = measured(smallest_level(unbeaten), "memory.weights_bytes")
    small = [row for row in unbeaten if measured(row, "memory.weights_bytes") == size]
    chosen = max(small, key=lambda row: sum(known[row.name].values()))
    taught = story.right(chosen, "trained")
    gain = contrast(story.right(story.roles.untuned, "trained"), taught)
    if (gain.n and not gain.up) or sum(taught.values()) < WELL * len(taught) / 2:
        return Sentence(
            key="use",
            lead="Use:",
            text="nothing from this run yet. No trained variant shows that it learned enough "
            "of what it was asked.",
            section="variants",
        )
    why = _why(chosen, unbeaten, small)
    text = f"{chosen.name} ({why}): {of(taught)} taught facts{_needs(chosen)}."
    return Sentence(
        key="use",
        lead="Use:",
        text=text + _otherwise(story, chosen) + _without_training(story, chosen),
        about=names(chosen),
        section="variants",
    )


def _why(
    chosen: VariantResult, unbeaten: Sequence[VariantResult], small: Sequence[VariantResult]
) -> str:
    """`unbeaten`: those that no other visibly beats; `small`: of these, the ones of least size."""
    if len(unbeaten) > len(small):
        return f"the smallest of {len(unbeaten)} that no other visibly beats"
    others = [row.name for row in small if row.name != chosen.name]
    rest = f"; {listed(others)} as small and not visibly worse" if others else ""
    return f"no other was visibly better{rest}"


def _needs(row: VariantResult) -> str:
    parts = []
    weights = measured(row, "memory.weights_bytes")
    peak = highest_peak(row)
    minutes = measured(row, "time.train_s")
    if weights:
        parts.append(f"{megabytes(weights)} of weights")
    if peak:
        parts.append(f"a highest peak of {megabytes(peak)} (loading, training or answering)")
    if minutes:
        parts.append(f"{duration(minutes)} of training")
    return ", " + listed(parts) if parts else ""


def _otherwise(story: Story, chosen: VariantResult) -> str:
    """The variant to take where a wrong answer is worse than none, if it is shown to help."""
    row = story.roles.refusing
    if abstain_fraction(chosen):
        plain = story.roles.taught_like(chosen)
        less = contrast(story.invented(plain, "nonexistent"), story.invented(chosen, "nonexistent"))
        return f" It also invents less than {plain.name}." if plain and less.down else ""
    now, then = story.invented(row, "nonexistent"), story.invented(chosen, "nonexistent")
    if row is None or not now or not then:
        if sum(then.values()):
            return " It answers whatever it is asked, known or not."
        return ""
    if contrast(then, now).down:
        return f" Where a wrong answer is worse than none: {row.name}."
    return ""


def _without_training(story: Story, chosen: VariantResult) -> str:
    """How far one gets by looking passages up, on taught facts."""
    row = story.roles.reading
    found, taught = story.right(row, "trained"), story.right(chosen, "trained")
    if not found or not taught:
        return ""
    change = contrast(found, taught)
    text = f" Without any training, looking the passage up answers {of(found)}"
    return text + ("." if change.differs else f" ({change.doubt}).")


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
