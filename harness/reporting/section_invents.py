"""What a variant invents: kinds, whose facts it borrows, twins side by side, and two by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.records import UNANSWERABLE, Fact, Judged, ProbeName, VariantResult
from harness.reporting.contrast import greedy
from harness.reporting.data import RunData
from harness.reporting.roles import cast, tried
from harness.reporting.shares import OUTCOMES, outcomes


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One kind of answer within a cell."""

    kind: str
    count: int
    width: str
    """Its share of the cell's bar, in percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """One variant: to every unanswerable probe, the kinds of its answers."""

    name: str
    cells: tuple[tuple[Part, ...], ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An answer about somebody who was asked for by name."""

    answer: str
    verdict: str
    source: str
    """Whose fact was given, where that is known."""


def kind_probes(data: RunData) -> tuple[ProbeName, ...]:
    """The unanswerable probes that somebody was asked."""
    asked = {item.question.probe for group in data.judged.values() for item in group}
    return tuple(probe for probe in UNANSWERABLE if probe in asked)


def kind_rows(data: RunData) -> tuple[KindRow, ...]:
    """Kinds of answers by variant; cells match `kind_probes`."""
    return tuple(
        KindRow(name=row.name, cells=tuple(_parts(judged, probe) for probe in kind_probes(data)))
        for row in tried(data.results)
        if (judged := data.judged.get(row.name, ()))
    )


def _parts(judged: Sequence[Judged], probe: ProbeName) -> tuple[Part, ...]:
    counts = outcomes(judged, (probe,))
    total = max(1, sum(counts.values()))
    return tuple(
        Part(kind=kind, count=counts[kind], width=f"{100 * counts[kind] / total:.1f}")
        for kind in OUTCOMES
        if counts[kind]
    )


def borrowings(data: RunData) -> tuple[Borrowing, ...]:
    """Every invention whose source is known, of every variant; who is shown by name is left out."""
    facts = {fact.id: fact for fact in data.corpus.facts}
    return tuple(
        _borrowing(row, item, facts[item.borrowed_from])
        for row in tried(data.results)
        for item in greedy(data.judged.get(row.name, ()))
        if item.invented and item.borrowed_from in facts and not item.question.aside
    )


def borrowed_groups(found: Sequence[Borrowing]) -> tuple[tuple[str, str, list[Borrowing]], ...]:
    """Heading, caption and rows: facts of somebody else, and facts of the one who was asked about.

    A group without rows is left out.
    """
    own = [each for each in found if each.distance == 0]
    others = [each for each in found if each.distance != 0]
    groups = (
        (
            "Borrowed answers: whose facts were given to somebody else",
            "Letters apart: how many letters must change to turn the asked name into the owner’s.",
            others,
        ),
        (
            "Facts of the same person, given to a question that has no answer",
            "What is given is true of the one who was asked about, and is not what was asked for, "
            "or plays along with a false claim.",
            own,
        ),
    )
    return tuple(group for group in groups if group[2])


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


def by_name(data: RunData) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[Named, ...]], ...]]:
    """Questions shown by name, and a row a variant with its answers to them in that order."""
    owners = {fact.id: fact.entity for fact in data.corpus.facts}
    questions: dict[str, str] = {}
    rows: list[tuple[str, dict[str, Named]]] = []
    for row in tried(data.results):
        asides = [i for i in greedy(data.judged.get(row.name, ())) if i.question.aside]
        questions |= {item.question.id: item.question.question for item in asides}
        given = {item.question.id: _named(item, owners) for item in asides}
        if given:
            rows.append((row.name, given))
    nothing = Named(answer="", verdict="", source="")
    return tuple(questions.values()), tuple(
        (name, tuple(given.get(key, nothing) for key in questions)) for name, given in rows
    )


def _named(item: Judged, owners: Mapping[str, str]) -> Named:
    source = owners.get(item.borrowed_from or "", "")
    return Named(answer=item.answer.text, verdict=said(item), source=source)
