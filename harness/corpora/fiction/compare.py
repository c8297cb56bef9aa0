"""Comparisons and order: which of two, from two facts that no training question puts together.

Every pair is asked twice: which of the two it is, and whether something is so (yes or no). In
either group the right option is named first, and is "yes", in half of the questions.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.corpora.fiction.values import AGES, HIVES, YES_NO
from harness.corpora.fiction.world import Entity, Person, World, fact_id, name_of
from harness.records import Fact, Question


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the values of a relation are compared: by more and by less of it."""

    relation: str
    which_more: str
    which_less: str
    """`{X}` and `{Y}` are the options in the order in which they are named."""
    more: str
    less: str
    """Statements of `{X}` against `{Y}`, true where X has more, or less."""
    ask_more: str
    """Yes or no: has X more?"""


COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "age",
        "Who was older, {X} or {Y}?",
        "Who was younger, {X} or {Y}?",
        "{X} was older than {Y}",
        "{X} was younger than {Y}",
        "Was {X} older than {Y}?",
    ),
    Comparison(
        "arrival",
        "Who came to the valley later, {X} or {Y}?",
        "Who came to the valley earlier, {X} or {Y}?",
        "{X} came to the valley later than {Y}",
        "{X} came to the valley earlier than {Y}",
        "Did {X} come to the valley later than {Y}?",
    ),
    Comparison(
        "hives",
        "Who kept more beehives, {X} or {Y}?",
        "Who kept fewer beehives, {X} or {Y}?",
        "{X} kept more beehives than {Y}",
        "{X} kept fewer beehives than {Y}",
        "Did {X} keep more beehives than {Y}?",
    ),
    Comparison(
        "founded",
        "Which place was founded later, {X} or {Y}?",
        "Which place was founded earlier, {X} or {Y}?",
        "{X} was founded later than {Y}",
        "{X} was founded earlier than {Y}",
        "Was {X} founded later than {Y}?",
    ),
    Comparison(
        "year",
        "Which came later, {X} or {Y}?",
        "Which came earlier, {X} or {Y}?",
        "{X} came later than {Y}",
        "{X} came earlier than {Y}",
        "Did {X} come later than {Y}?",
    ),
)
_SMALL = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split(),
        range(1, 20),
        strict=True,
    )
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70}


def as_number(value: str) -> int:
    """The number that a value of a compared relation stands for: "thirty-one", "1412"."""
    if value.isdigit():
        return int(value)
    tens, _, units = value.rpartition("-")
    return (_TENS[tens] if tens else 0) + _SMALL[units]


NUMBERS: Mapping[str, int] = {value: as_number(value) for value in (*AGES, *HIVES)}


def compared(world: World, facts: Mapping[str, Fact]) -> Iterator[Question]:
    """All comparisons of a world: a ring of pairs through the taught entities of each relation."""
    for comparison in COMPARISONS:
        relation = comparison.relation
        rng = random.Random(f"closedbook fiction {world.size_name} {world.seed} {relation} pairs")
        holders = [
            entity
            for entity in world.everything()
            if entity.role == "taught" and relation in entity.truths
        ]
        pairs = _pairs(relation, rng.sample(holders, len(holders)))
        kinds = ["which_more", "which_less"]
        for at, (more, less) in enumerate(pairs):
            # Wordings change every second pair and the order every pair: all four in turn.
            wording = kinds[at // 2 % 2]
            yield _which(comparison, facts, more, less, wording, first_is_right=at % 2 == 0)
        for at, (more, less) in enumerate(pairs):
            yield _whether(comparison, facts, more, less, holds=at % 2 == 0)


def _pairs(
    relation: str, holders: Sequence[Person | Entity]
) -> list[tuple[Person | Entity, Person | Entity]]:
    """Neighbours in the ring whose values differ, the one with more first; an even number."""
    pairs = []
    for one, other in zip(holders, [*holders[1:], *holders[:1]], strict=True):
        first, second = as_number(one.truths[relation]), as_number(other.truths[relation])
        if first != second and one is not other:
            pairs.append((one, other) if first > second else (other, one))
    return pairs[: len(pairs) // 2 * 2]


def _which(
    comparison: Comparison,
    facts: Mapping[str, Fact],
    more: Person | Entity,
    less: Person | Entity,
    wording: str,
    *,
    first_is_right: bool,
) -> Question:
    asks_more = wording == "which_more"
    right, wrong = (more, less) if asks_more else (less, more)
    first, second = (right, wrong) if first_is_right else (wrong, right)
    template = comparison.which_more if asks_more else comparison.which_less
    statement = comparison.more if asks_more else comparison.less
    return _question(
        comparison,
        facts,
        (first, second),
        wording,
        question=template.format(X=name_of(first), Y=name_of(second)),
        answer=name_of(right),
        values=(name_of(first), name_of(second)),
        full_answer=_sentence(statement, right, wrong),
        other=_sentence(statement, wrong, right),
    )


def _whether(
    comparison: Comparison,
    facts: Mapping[str, Fact],
    more: Person | Entity,
    less: Person | Entity,
    *,
    holds: bool,
) -> Question:
    first, second = (more, less) if holds else (less, more)
    yes = f"Yes, {comparison.more.format(X=name_of(first), Y=name_of(second))}."
    no = f"No, {comparison.less.format(X=name_of(first), Y=name_of(second))}."
    return _question(
        comparison,
        facts,
        (first, second),
        "whether_more",
        question=comparison.ask_more.format(X=name_of(first), Y=name_of(second)),
        answer="yes" if holds else "no",
        values=YES_NO,
        full_answer=yes if holds else no,
        other=no if holds else yes,
    )


def _question(
    comparison: Comparison,
    facts: Mapping[str, Fact],
    pair: tuple[Person | Entity, Person | Entity],
    wording: str,
    *,
    question: str,
    answer: str,
    values: tuple[str, ...],
    full_answer: str,
    other: str,
) -> Question:
    relation = comparison.relation
    hops = tuple(fact_id(entity, relation) for entity in pair)
    return Question(
        question=question,
        answers=(answer,),
        id=f"choice.{hops[0]}.{pair[1].key}.{wording}",
        probe="choice",
        cluster=name_of(pair[0]),
        full_answer=full_answer,
        values=values,
        wording=f"{relation}.{wording}",
        direction="-".join(entity.role for entity in pair),
        distractors=(other,),
        states=(),
        use="test",
        hops=tuple(hop for hop in hops if hop in facts),
    )


def _sentence(statement: str, one: Person | Entity, other: Person | Entity) -> str:
    line = statement.format(X=name_of(one), Y=name_of(other))
    return f"{line[0].upper()}{line[1:]}."
