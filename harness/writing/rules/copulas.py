"""Questions about "X is Y": definitions, and what is the commonest, the first, the only one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, head_at, joined
from harness.writing.grammar_clauses import Clause
from harness.writing.grammar_reference import dangling, unclear_subject
from harness.writing.rules.candidates import (
    Candidate,
    Inverted,
    full_sentence,
    object_phrase,
    wordings,
)

_OF = frozenset("of in for to".split())
_LONGEST_SUBJECT = 12
_CALLING = re.compile(r"(?:er|or|ist|ess|man|woman|ian|ary|smith|wright|herd|nurse|king|queen)s?$")
"""Ends of words for what somebody is."""
_ROLES = frozenset(
    """constituent factor symptom accompaniment feature cause result sequel example
    complication sign matter point source means evidence consequence tendency danger
    contra-indication indication manifestation occurrence necessity guide help addition
    number question disease condition method measure procedure variety form type process
    phenomenon drug remedy operation""".split()
)
"""Words for what a thing does or how often it is: "What is X?" has other answers than these."""


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
    if (
        rule == "definition"
        and {bare(word) for word in answer[:6]} & _ROLES
        and not _long_kind(answer)
    ):
        fault = fault or "a role, not a definition"
    if plain & (lists.NEGATIONS | lists.UNSURE | {"to", "that", "due"}):
        fault = fault or "unsure"
    if (
        rule == "superlative"
        and answer
        and (bare(answer[0]) in lists.PREPOSITIONS or bare(answer[0]).endswith(("ed", "ly", "wn")))
    ):
        fault = fault or "no noun phrase"
    if rule == "definition":
        fault = fault or unclear_subject(clause.subject, usage) or ""
    else:
        needs = dangling((*clause.subject, clause.finite), usage)
        if not usage.context and not any(bare(word) in _OF for word in clause.subject):
            needs = needs or joined(clause.subject)
        fault = fault or (f"needs context: {needs}" if needs else "")
    if len(clause.subject) > _LONGEST_SUBJECT:
        fault = fault or "long subject"
    asked = Inverted(
        clause.lead,
        clause.finite,
        clause.subject,
        (),
        (),
        plain=(clause.finite,),
        early=clause.early,
    )
    somebody = rule == "definition" and usage.is_person(clause.subject)
    if somebody and not _CALLING.search(bare(answer[head_at(answer)]) if answer else ""):
        fault = fault or "a person or a thing"
    texts = wordings(asked, "who" if somebody else "what", usage)
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


def _long_kind(answer: Words) -> bool:
    """ "A form of boat with a flat keel and two masts" does say what a thing is."""
    return len(answer) >= 6 and bool({bare(word) for word in answer[:4]} & _KINDS)


_KINDS = frozenset("disease operation condition form variety process affection tumour".split())


def _trimmed(rest: Words) -> Words:
    while rest and bare(rest[0]) in lists.FRAME_ADVERBS - {"most", "best", "first", "only"}:
        rest = rest[1:]
    return rest
