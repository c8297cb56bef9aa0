"""Sentences about what was learned, from questions and from the bare text."""

from __future__ import annotations

from harness.records import ProbeName, Score, VariantResult
from harness.reporting.contrast import Contrast, Outcomes, contrast
from harness.reporting.roles import trained_once
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
from harness.reporting.wording import listed, percent, plural, share_with_range, span

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
    found = score(after, "recall.paraphrase")
    other = f"; asked in other words {_reworded(reworded, len(now), found)}" if reworded else ""
    counts = _again(story, after)
    if counts:
        other += f"; {plural(len(counts), 'more training')} (other bits or seeds) {span(counts)}"
    figure = counted(now, score(after, "recall.trained"))
    then = story.right(before, "trained")
    if not then:
        return Sentence(
            key="learned",
            lead=f"The model answers {span([sum(now.values()), *counts])} of {len(now):,} of what "
            "it was taught.",
            text=f"Of {facts}, {after.name} answered {figure}{other}. "
            f"What it knew before is not known: {why_absent(before, 'is untrained')}.",
            about=names(after),
            section="knows",
        )
    change = contrast(then, now)
    doubt = "" if change.differs else f": {change.doubt}"
    return Sentence(
        key="learned",
        lead=_learned_lead(change),
        text=f"Of {facts}, {after.name} answered {change.before} before training and {figure} after"
        f"{doubt}{other}.",
        about=names(before, after),
        section="knows",
    )


def _learned_lead(change: Contrast) -> str:
    if change.down:
        return "Training made the model forget."
    if not change.differs:
        return "These data do not tell whether the model learned anything."
    if change.after >= WELL * change.n:
        return "The model learned what it was asked."
    return "The model learned a part of what it was asked."


def _reworded(reworded: Outcomes, asked: int, found: Score | None) -> str:
    """ "5 (21 %, 6–50)"; "154 of 320 (...)" where that is not as many questions as before."""
    if len(reworded) == asked:
        return counted(reworded, found)
    same = found is not None and found.n == len(reworded)
    return of(reworded) + (share_with_range(found) if same else "")


def _again(story: Story, after: VariantResult) -> list[int]:
    """What the others answered, where the same was trained again; empty where it was not."""
    if trained_once(story.roles.taught):
        return []
    asked = len(story.right(after, "trained"))
    others = [story.right(row, "trained") for row in story.roles.taught if row is not after]
    return [sum(each.values()) for each in others if len(each) == asked]


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
    text = f"{raw.name}, trained on the bare text, {_recites(raw)}answers {of(recall)}"
    if not questions:
        return Sentence(
            key="reading",
            lead=f"From reading alone the model answers {of(recall)}.",
            text=f"{text}. There is nothing to set beside it: {why_absent(taught, TAUGHT)}.",
            about=names(raw),
            section="knows",
        )
    change = contrast(questions, recall)
    text += f"; {names(taught)[0]}, trained on questions, {change.before}"
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
    together, alone = names(story.roles.mixed, taught)
    what = f"{change.n} facts that stood only in the text"
    if not change.before and not change.after:
        return f" Text and questions together ({together}) answer none of {what}."
    figures = f"text and questions together ({together}) answer {change.after}"
    doubt = "" if change.differs else f": {change.doubt}"
    return f" Of {what}, {figures}, {alone} {change.before}{doubt}."


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
            added.append(
                f"{what} ({change.after} of {change.n}, {names(alone)[0]} {change.before})"
            )
    together = names(mixed)
    return f" {together[0]} does answer more {listed(added)}." if added else ""
