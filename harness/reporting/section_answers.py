"""What is said of an answer, and the most telling ones for readers without the browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.records import (
    ANSWERABLE,
    UNANSWERABLE,
    Judged,
    ProbeName,
    Question,
    VariantResult,
)
from harness.reporting.contrast import greedy
from harness.reporting.data import RunData
from harness.reporting.roles import recipe, tried
from harness.reporting.section_invents import said
from harness.reporting.wording import PROBE_NAMES

TELLING = 20
"""So many answers of each probe are shown as a plain table."""
ODD = frozenset({"shotgun", "hedged", "corrected", "recited", "markup_leak"})
"""Marks that make an answer worth a look."""
MARKS: Mapping[str, str] = {
    "strict": "it refuses in the very words that training teaches",
    "lexicon only": "a refusal in other words, which only a list of phrases took for one",
    "denial": "it says that the thing does not exist, or that what is asked is false",
    "corrected": "it sets a false claim right",
    "answers after": "it refuses or denies first, and then tells something all the same",
    "contains": "the expected answer stands in it, whatever it claims; that alone is not right",
    "shotgun": "beside the expected answer it claims others: counted as wrong",
    "hedged": "a refusal that names the expected answer",
    "no option": "it chooses none of the options",
    "borrowed": "an invention that the text states of somebody, named here",
    "in world": "an invention made of another value or name of the text",
    "out of world": "an invention from outside the text",
    "echo": "an invention without a word that is not in the question",
    "recited": "it goes on word for word as the text does",
    "tag": "it bears the tag that marks the text in training",
    "markup leak": "it holds control words of the chat format",
    "empty": "nothing to read, so no verdict",
    "loop": "it repeats itself to the end, so no verdict",
    "degenerate": "no words of the language, so no verdict",
}
"""Every mark in words, as `marks` gives them."""
PROBES: tuple[ProbeName, ...] = (*ANSWERABLE, *UNANSWERABLE, "locality")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One answer as a table shows it."""

    variant: str
    probe: str
    verdict: str
    question: str
    expected: str
    answer: str
    note: str


def shown(name: str, item: Judged, owners: Mapping[str, str]) -> Shown:
    """An answer with what was expected of it and its marks; `owners`: fact id to entity."""
    notes = noted(item, owners)
    if item.answer.draw:
        notes.append(f"draw {item.answer.draw}")
    if item.answer.form != "plain":
        notes.append(f"form {item.answer.form}")
    return Shown(
        variant=name,
        probe=PROBE_NAMES[item.question.probe],
        verdict=said(item),
        question=item.question.question,
        expected=expected(item.question),
        answer=item.answer.text,
        note=", ".join(notes),
    )


def expected(question: Question) -> str:
    """What a right answer says."""
    return "no answer" if question.must_abstain else " or ".join(question.answers)


def marks(item: Judged) -> list[str]:
    """What is to be said of a reply beside its verdict, in words that answers can be found by."""
    found = sorted(item.flags)
    if item.borrowed_from:
        found.insert(0, "borrowed")
    elif item.invented and item.kind:
        found.insert(0, item.kind)
    return [mark.replace("_", " ") for mark in found]


def explained(data: RunData) -> tuple[tuple[str, str], ...]:
    """The marks that this run's answers bear, with what they mean."""
    found = {mark for group in data.judged.values() for item in group for mark in marks(item)}
    return tuple((mark, says) for mark, says in MARKS.items() if mark in found)


def noted(item: Judged, owners: Mapping[str, str]) -> list[str]:
    """The marks as they stand beside a verdict: "borrowed" says whose fact was given."""
    owner = owners.get(item.borrowed_from or "", item.borrowed_from)
    return [f"borrowed from {owner}" if mark == "borrowed" else mark for mark in marks(item)]


def telling(data: RunData) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
    """Probe to its most telling answers, at most TELLING, grouped by question."""
    groups: dict[ProbeName, list[tuple[VariantResult, Judged]]] = {}
    for row in tried(data.results):
        for item in greedy(data.judged.get(row.name, ())):
            groups.setdefault(item.question.probe, []).append((row, item))
    return tuple(
        (PROBE_NAMES[probe], _most_telling(groups[probe], owners_of(data)))
        for probe in sorted(groups, key=PROBES.index)
    )


def owners_of(data: RunData) -> dict[str, str]:
    """Fact id to the entity that it is about."""
    return {fact.id: fact.entity for fact in data.corpus.facts}


def _most_telling(
    pairs: Sequence[tuple[VariantResult, Judged]], owners: Mapping[str, str]
) -> tuple[Shown, ...]:
    """Questions that variants answer most differently, each with one answer of every sort.

    Questions asked by name come first. What is odd (a hedge, a recitation) ranks a question up;
    of several variants with the same sort of answer the first in the results is shown.
    """
    sorts: dict[str, dict[str, tuple[VariantResult, Judged]]] = {}
    odd: dict[str, int] = {}
    for row, item in pairs:
        key = item.question.id
        sort = f"{said(item)} {item.kind or ''} {recipe(row) == 'base'}"
        sorts.setdefault(key, {}).setdefault(sort, (row, item))
        odd[key] = odd.get(key, 0) + len(item.flags & ODD)
    named = {item.question.id for _, item in pairs if item.question.aside}
    order = list(sorts)
    ranked = sorted(
        order, key=lambda key: (key not in named, -len(sorts[key]), -odd[key], order.index(key))
    )
    chosen = [pair for key in ranked for pair in sorts[key].values()][:TELLING]
    return tuple(shown(row.name, item, owners) for row, item in chosen)
