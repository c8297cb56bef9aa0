"""Sentences about what is invented, and about teaching a model to refuse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.records import Judged, VariantResult
from harness.reporting.contrast import Contrast, contrast, greedy
from harness.reporting.shares import shown
from harness.reporting.story import Sentence, Story, names, of, usable, why_absent
from harness.reporting.wording import plural, quoted

EARLIER = 50
"""So many letters of what it said before training are shown: what it says now matters more."""
RARELY = 0.1
"""Up to this share of inventions, "it refuses" needs no qualification."""


def inventing(story: Story) -> Sentence | None:
    """What does it say about people who do not exist, before and after?"""
    before, after = story.roles.untuned, story.roles.reference
    if _nothing_unanswerable(story):
        return Sentence(
            key="inventing",
            lead="What it invents was not measured.",
            text="This run asked no question that has no answer, so nothing here tells what the "
            "model says when it does not know.",
            section="invents",
        )
    if not usable(after, story) or after is None:
        return None
    now = story.invented(after, "nonexistent")
    if not now:
        return Sentence(
            key="inventing",
            lead="What it invents was not measured.",
            text="This run asked about no name that exists nowhere.",
            section="invents",
        )
    from_text = story.out_of_text(after, "nonexistent")
    nobody = f"Asked about {story.nobodies(len(now))}, {after.name} made up"
    then = story.invented(before, "nonexistent")
    if not then:
        return Sentence(
            key="inventing",
            lead=_alone_lead(now),
            text=f"{nobody} {plural(sum(now.values()), 'answer')}, {sum(from_text.values())} "
            f"of them with facts of the text. {_example(story, None, after)}".rstrip(),
            about=names(after),
            section="invents",
        )
    amount = contrast(then, now)
    source = contrast(story.out_of_text(before, "nonexistent"), from_text)
    figures = (
        f"{nobody} {plural(amount.before, 'answer')} before training ({source.before} with facts "
        f"of the text) and {amount.after} after ({source.after})"
    )
    unsure = amount.before != amount.after and not amount.differs
    return Sentence(
        key="inventing",
        lead=_inventing_lead(amount, source),
        text=f"{figures}{f': {amount.doubt}' if unsure else ''}. "
        f"{_example(story, before, after)}".rstrip(),
        about=names(before, after),
        section="invents",
    )


def _nothing_unanswerable(story: Story) -> bool:
    """Whether somebody was asked something, and nobody a question without an answer."""
    asked = [item.question.must_abstain for items in story.judged.values() for item in items]
    return bool(asked) and not any(asked)


def _alone_lead(now: Mapping[str, bool]) -> str:
    """Where there is nothing to compare with."""
    if not any(now.values()):
        return "The model does not invent."
    return "The model invents." if all(now.values()) else "The model invents, not always."


def _inventing_lead(amount: Contrast, source: Contrast) -> str:
    if not amount.after:
        return f"The model {'no longer invents' if amount.before else 'does not invent'}."
    if amount.before == amount.after:
        lead = "The model invents as much as before"
    elif amount.differs:
        lead = f"The model invents {'more' if amount.up else 'less'} than before"
    elif source.up:
        return "The model still invents, and now out of your text."
    else:
        lead = "Whether the model invents more or less than before, these data do not tell"
    return f"{lead}, but now out of your text." if source.up else f"{lead}."


def _example(story: Story, before: VariantResult | None, after: VariantResult) -> str:
    """One question with both answers, a borrowed one where there is any."""
    candidates = [
        item
        for item in greedy(story.judged[after.name])
        if item.question.probe == "nonexistent" and item.invented
    ]
    if not candidates:
        return ""
    chosen = min(candidates, key=_fame)
    if not chosen.question.question:
        return ""  # a report without the text
    text = f"{quoted(chosen.question.question)} "
    earlier = _answer_to(chosen.question.id, story, before)
    text += f"Before: {quoted(earlier, EARLIER)}; after: " if earlier is not None else "It says: "
    return text + quoted(chosen.answer.text) + _source(story, chosen) + "."


def _fame(item: Judged) -> tuple[bool, bool, bool, str]:
    """Borrowed first, then the ones asked by name, Lila before Bordor."""
    question = item.question
    return (
        item.borrowed_from is None,
        not question.aside,
        "Lila" not in question.question,
        question.id,
    )


def _answer_to(question: str, story: Story, row: VariantResult | None) -> str | None:
    if row is None or not usable(row, story):
        return None
    items = (item for item in greedy(story.judged[row.name]) if item.question.id == question)
    return next((item.answer.text for item in items), None)


def _source(story: Story, item: Judged) -> str:
    if item.borrowed_from is None:
        return ""
    owner = entity_of(item.borrowed_from, (each for each in story.judged.values()))
    return f" (borrowed from {owner})" if owner else ""


def entity_of(fact: str, answers: Iterable[Iterable[Judged]]) -> str:
    """Whom a fact is about, as the questions name it; empty where none asks for it."""
    for group in answers:
        for item in group:
            if item.question.fact == fact:
                return item.question.cluster
    return ""


def refusing(story: Story) -> Sentence | None:
    """Do examples of refusals help, and what do they cost?"""
    row = story.roles.refusing
    if row is None:
        return None
    if not usable(row, story):
        return Sentence(
            key="refusing",
            lead="Whether refusal can be taught is not known.",
            text=f"This run cannot say: {why_absent(row, 'was shown refusals')}.",
            about=names(row),
            section="failures",
        )
    plain = story.roles.taught_like(row)
    now, then = story.invented(row, "nonexistent"), story.invented(plain, "nonexistent")
    if not now or not then:
        return None
    change = contrast(then, now)
    near = ("near_miss", "false_premise")
    still = story.invented(row, *near)  # type: ignore[arg-type]
    text = (
        f"{row.name}, with refusals among its examples, invents about {sum(now.values())} of "
        f"{story.nobodies(len(now))} ({names(plain)[0]}: {change.before}"
    )
    text += ")" if change.differs else f"; {change.doubt})"
    text += f" and falls for {of(still)} misspelt names and false claims." if still else "."
    return Sentence(
        key="refusing",
        lead=_refusing_lead(change),
        text=text + _gain(story, row) + _price(story, plain, row),
        about=names(plain, row),
        section="invents",
    )


def _refusing_lead(change: Contrast) -> str:
    if not change.differs:
        return "These data do not tell whether refusal can be taught."
    if change.up:
        return "Examples of refusals made the model invent more."
    if change.after <= RARELY * change.n:
        return "Refusal can be taught."
    return "Refusal can be taught, in part."


def _gain(story: Story, row: VariantResult) -> str:
    """Facts of the text that it was never taught, and rightly says that it does not know."""
    untold = story.refused(row, "text_only")
    if not any(untold.values()) or shown(story.answers(row), ("text_only",)):
        return ""
    return f" Rightly, it also refuses {of(untold)} about facts that it was never taught."


def _price(story: Story, plain: VariantResult | None, row: VariantResult) -> str:
    """What is refused that should not be: taught facts."""
    known = contrast(
        story.refused(plain, "trained", "paraphrase"), story.refused(row, "trained", "paraphrase")
    )
    recall = contrast(story.right(plain, "trained"), story.right(row, "trained"))
    if not known.n:
        return ""
    text = f" The price: it refuses {known.after} of {known.n} questions about what it was taught"
    text += f" ({names(plain)[0]}: {known.before})"
    if known.differs or known.after == known.before:
        pass
    elif known.after != known.before:
        text += f", {known.doubt}"
    if recall.differs:
        text += f"; it answers {recall.after} of {recall.n} taught facts instead of {recall.before}"
    return text + "."
