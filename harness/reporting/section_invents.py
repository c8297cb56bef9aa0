"""What a variant invents: kinds, whose facts it borrows, twins side by side, and two by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.records import UNANSWERABLE, Fact, Judged, VariantResult
from harness.reporting.contrast import greedy
from harness.reporting.data import RunData
from harness.reporting.roles import cast
from harness.reporting.shares import OUTCOMES, outcomes

PROBE_NAMES: Mapping[str, str] = {
    "trained": "taught, as taught",
    "paraphrase": "taught, in other words",
    "relational": "mentioned in passing",
    "text_only": "only in the text",
    "two_hop": "two steps",
    "reversed": "the other way round",
    "choice": "yes or no",
    "nonexistent": "nobody",
    "near_miss": "near names",
    "unstated": "unstated",
    "false_premise": "false claims",
    "locality": "general knowledge",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """Counts of outcomes of one variant and probe, in the order of OUTCOMES."""

    name: str
    probe: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrowing:
    """An invented answer and the fact that it was taken from."""

    variant: str
    question: str
    answer: str
    owner: str
    relation: str
    value: str
    distance: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A question without an answer beside one of the same form that has one."""

    variant: str
    question: str
    answer: str
    verdict: str
    twin_question: str
    twin_answer: str
    twin_verdict: str


def kind_rows(data: RunData) -> tuple[KindRow, ...]:
    """Outcomes by variant and probe."""
    made: list[KindRow] = []
    for row in data.results.variants:
        judged = data.judged.get(row.name, ())
        for probe in UNANSWERABLE:
            counts = outcomes(judged, (probe,))
            if sum(counts.values()):
                made.append(
                    KindRow(
                        name=row.name,
                        probe=PROBE_NAMES[probe],
                        counts=tuple(counts[kind] for kind in OUTCOMES),
                    )
                )
    return tuple(made)


def borrowings(data: RunData) -> tuple[Borrowing, ...]:
    """Every invention whose source is known, of every variant."""
    facts = {fact.id: fact for fact in data.corpus.facts}
    return tuple(
        _borrowing(row, item, facts[item.borrowed_from])
        for row in data.results.variants
        for item in greedy(data.judged.get(row.name, ()))
        if item.invented and item.borrowed_from in facts
    )


def _borrowing(row: VariantResult, item: Judged, fact: Fact) -> Borrowing:
    return Borrowing(
        variant=row.name,
        question=item.question.question,
        answer=item.answer.text,
        owner=fact.entity,
        relation=fact.relation.replace("_", " "),
        value=fact.value,
        distance=item.letter_distance,
    )


def twins(data: RunData) -> tuple[Twin, ...]:
    """Pairs of the taught reference and of the variant that learned to refuse."""
    roles = cast(data.results)
    made: list[Twin] = []
    for row in (roles.reference, roles.refusing):
        if row is not None:
            made += _twins_of(row.name, greedy(data.judged.get(row.name, ())))
    return tuple(made)


def _twins_of(name: str, items: Sequence[Judged]) -> list[Twin]:
    known = {item.question.id: item for item in items}
    return [
        Twin(
            variant=name,
            question=item.question.question,
            answer=item.answer.text,
            verdict=said(item),
            twin_question=known[item.question.twin].question.question,
            twin_answer=known[item.question.twin].answer.text,
            twin_verdict=said(known[item.question.twin]),
        )
        for item in items
        if item.question.must_abstain and item.question.twin in known
    ]


def said(item: Judged) -> str:
    """The verdict as a reader needs it: an answer that should not be there is "invented"."""
    if item.invented:
        return "invented"
    if item.question.must_abstain and item.verdict == "wrong":
        return "denied"
    return {"abstained": "refused"}.get(item.verdict, item.verdict)


def by_name(data: RunData) -> tuple[tuple[str, tuple[Judged, ...], tuple[str, ...]], ...]:
    """Questions asked by name: (question, its answers, the variants that gave them)."""
    found: dict[str, list[tuple[Judged, str]]] = {}
    for row in data.results.variants:
        for item in greedy(data.judged.get(row.name, ())):
            if item.question.aside:
                found.setdefault(item.question.question, []).append((item, row.name))
    return tuple(
        (question, tuple(i for i, _ in pairs), tuple(name for _, name in pairs))
        for question, pairs in found.items()
    )
