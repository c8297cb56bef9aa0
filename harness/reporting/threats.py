"""Threats to validity: what could make a figure of this run mean less than it seems to."""

from __future__ import annotations

from harness.reporting.data import RunData
from harness.reporting.headline import story_of
from harness.reporting.roles import trained_once
from harness.stats.intervals import FEW_CLUSTERS

MADE_UP = (
    "The text is made up, so the model cannot have met it before. Text that it half knows "
    "behaves otherwise."
)
PUBLIC = (
    "The model may have met this text, or what it says, before: what counts is the difference to "
    "the untrained model, not the share of right answers."
)
ALWAYS = (
    "Verdicts are given by rule, not by a person. An answer counts as right if it holds the "
    "expected value and no rival value; a right answer in words that the rule does not know "
    "counts as wrong.",
    "Answers are greedy: the likeliest word each time. Sampled answers would differ.",
    "Memory is the highest figure of a phase above what its process held after importing the "
    "libraries, so what these need comes on top. Peaks of training and answering begin once the "
    "model is loaded; loading has a peak of its own, which can be the highest.",
    "Speed was taken once. Answers a second and the times are those of the run itself, in which "
    "other variants may have run beside it; tokens and examples a second were measured alone.",
)


def threats(data: RunData) -> tuple[str, ...]:
    """Those that hold for any run, and those that this one earns."""
    found: list[str] = []
    story = story_of(data.results, data.judged)
    if story.roles.taught and trained_once(data.results.variants):
        found.append(
            "Each variant was trained once. The ranges cover the choice of questions, not what "
            "another training would have given."
        )
    clusters = [
        score.clusters
        for row in data.results.variants
        for name, score in row.scores.items()
        if name == "recall.trained"
    ]
    if clusters and max(clusters) < FEW_CLUSTERS:
        found.append(
            f"Few clusters: the taught facts belong to {max(clusters)} entities, and facts of one "
            "entity are learned together. The ranges are widened for it; they remain rough."
        )
    unscored = sum(item.verdict == "unscored" for group in data.judged.values() for item in group)
    if unscored:
        found.append(
            f"{unscored} answers could not be read as an answer (empty, or going round in "
            "circles). They count in every total and as neither right nor wrong."
        )
    found.append(MADE_UP if data.corpus.kind == "fiction" else PUBLIC)
    return (*found, *ALWAYS)
