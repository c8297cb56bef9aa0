"""Questions about "X is Y": definitions, and what is the commonest, the first, the only one."""

from __future__ import annotations

from collections.abc import Iterator

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, joined, unclear_subject
from harness.writing.grammar_clauses import Clause
from harness.writing.rules.candidates import (
    Candidate,
    Inverted,
    full_sentence,
    object_phrase,
    wordings,
)

_LONGEST_DEFINITION = 14


def candidates(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    """Definitions, and the complement of a superlative or of a unique name."""
    if bare(clause.finite) not in lists.BE or not clause.rest:
        return
    subject = [bare(word) for word in clause.subject]
    if subject[0] == "the" and set(subject) & lists.SUPERLATIVES:
        yield from _complement(clause, usage, "superlative")
    elif _is_article(clause.rest[0]) and len(clause.subject) <= 5:
        yield from _complement(clause, usage, "definition")


def _is_article(word: str) -> bool:
    return bare(word) in {"a", "an"}


def _complement(clause: Clause, usage: Usage, rule: str) -> Iterator[Candidate]:
    answer, fault = object_phrase(_trimmed(clause.rest))
    plain = {bare(word) for word in clause.rest[:3]}
    if plain & (lists.NEGATIONS | lists.UNSURE | {"to", "that", "due"}):
        fault = fault or "unsure"
    if rule == "superlative" and answer and bare(answer[0]) in lists.PREPOSITIONS:
        fault = fault or "no noun phrase"
    fault = fault or unclear_subject(clause.subject, usage) or ""
    asked = Inverted(clause.lead, clause.finite, clause.subject, (), (), plain=(clause.finite,))
    texts = wordings(asked, "what", usage)
    yield Candidate(
        rule=rule,
        question=texts[0],
        held_out=texts[1:],
        answer=joined(answer),
        full_answer=full_sentence(clause, (clause.finite, *answer), usage),
        subject=joined(clause.subject),
        fault=fault,
        key=joined(clause.subject).lower() + " be",
    )


def _trimmed(rest: Words) -> Words:
    while rest and bare(rest[0]) in lists.FRAME_ADVERBS - {"most", "best", "first", "only"}:
        rest = rest[1:]
    return rest
