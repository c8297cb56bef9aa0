"""Sentences about what was learned, from questions and from the bare text."""

from __future__ import annotations

from harness.records import ProbeName, VariantResult
from harness.reporting.contrast import Contrast, contrast
from harness.reporting.story import (
    Sentence,
    Story,
    asked_about,
    counted,
    names,
    of,
    score,
    usable,
    why_absent,
)
from harness.reporting.wording import listed, percent

WELL = 0.8
"""From this share of right answers on, "it learned" needs no qualification."""
TAUGHT = "learns from questions and answers alone"


def learned(story: Story) -> Sentence | None:
    """Did training on questions and answers put the facts in?"""
    before, after = story.roles.untuned, story.roles.reference
    if after is None:
        return None
    if not usable(after, story):
        return Sentence(
            key="learned",
            lead="Whether it learns is not known.",
            text=f"This run cannot say: {why_absent(after, TAUGHT)}.",
            about=names(after),
            section="failures",
        )
    now = story.right(after, "trained")
    if not now:
        return None
    facts = asked_about(story.judged[after.name], "trained", "taught fact")
    reworded = story.right(after, "paraphrase")
    other = ""
    if reworded:
        other = f"; asked in other words {counted(reworded, score(after, 'recall.paraphrase'))}"
    figure = counted(now, score(after, "recall.trained"))
    then = story.right(before, "trained")
    if not then:
        return Sentence(
            key="learned",
            lead=f"It answers {of(now)} of what it was taught.",
            text=f"Of {facts} it answered {figure} after training{other}. "
            f"What it knew before is not known: {why_absent(before, 'is untrained')}.",
            about=names(after),
            section="knows",
        )
    change = contrast(then, now)
    doubt = "" if change.differs else f": {change.doubt}"
    return Sentence(
        key="learned",
        lead=_learned_lead(change),
        text=f"Of {facts} it answered {change.before} before and {figure} after{doubt}{other}.",
        about=names(before, after),
        section="knows",
    )


def _learned_lead(change: Contrast) -> str:
    if change.down:
        return "Training made it forget."
    if not change.differs:
        return "These data do not tell whether it learned anything."
    if change.after >= WELL * change.n:
        return "It learned what it was asked."
    return "It learned a part of what it was asked."


def reading(story: Story) -> Sentence | None:
    """Is training on the bare text as good as training on questions about it?"""
    raw, taught = story.roles.raw_text, story.roles.reference
    if raw is None:
        return None
    if not usable(raw, story):
        return Sentence(
            key="reading",
            lead="Whether reading the text is enough is not known.",
            text=f"This run cannot say: {why_absent(raw, 'was trained on the raw text')}.",
            about=names(raw),
            section="failures",
        )
    taught = story.roles.taught_like(raw) or taught
    recall, questions = story.right(raw, "trained"), story.right(taught, "trained")
    if not recall:
        return None
    text = f"Trained on the bare text it {_recites(raw)}answers {of(recall)}"
    if not questions:
        return Sentence(
            key="reading",
            lead=f"From reading alone it answers {of(recall)}.",
            text=f"{text}. There is nothing to set beside it: {why_absent(taught, TAUGHT)}.",
            about=names(raw),
            section="knows",
        )
    change = contrast(questions, recall)
    text += f", against {change.before} when trained on questions"
    text += "" if change.differs else f": {change.doubt}"
    both = _both(story, taught) + _brings(story)
    return Sentence(
        key="reading",
        lead=_reading_lead(change),
        text=f"{text}.{both}",
        about=names(raw, taught, story.roles.mixed if both else None),
        section="knows",
    )


def _recites(raw: VariantResult) -> str:
    found = score(raw, "reproduction.verbatim")
    if found is None or found.value is None:
        return ""
    return f"recites {percent(found.value)} of the passages word for word and "


def _reading_lead(change: Contrast) -> str:
    if change.down:
        return "Reading the text is not enough."
    if change.up:
        return "Reading the text works better than questions."
    return "These data do not tell whether reading the text is enough."


def _both(story: Story, taught: VariantResult | None) -> str:
    """A clause on text and questions together: facts that no question taught."""
    mixed = story.right(story.roles.mixed, "text_only")
    taught_only = story.right(taught, "text_only")
    if not mixed or not taught_only:
        return ""
    change = contrast(taught_only, mixed)
    what = f"Of {change.n} facts that stood only in the text"
    figures = f"text and questions together answer {change.after}, questions alone {change.before}"
    return f" {what}, {figures}{'' if change.differs else f': {change.doubt}'}."


def _brings(story: Story) -> str:
    """What text and questions together visibly add to questions alone, at the same level."""
    mixed = story.roles.mixed
    alone = story.roles.taught_like(mixed) if mixed is not None else None
    added = []
    for probe, what in (
        ("paraphrase", "in other words"),
        ("relational", "about what a trained answer mentions in passing"),
    ):
        known: ProbeName = probe  # type: ignore[assignment]
        change = contrast(story.right(alone, known), story.right(mixed, known))
        if change.up:
            added.append(f"{what} ({change.after} of {change.n}, questions alone {change.before})")
    return f" Together they do answer more {listed(added)}." if added else ""
