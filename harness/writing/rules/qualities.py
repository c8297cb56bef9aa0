"""What a thing is like, how something is done, and why: adjectives, means and reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, joined, stop_of
from harness.writing.grammar_clauses import Clause
from harness.writing.grammar_frames import PASSIVE
from harness.writing.grammar_reference import common_subject, dangling, sure, unclear_subject
from harness.writing.rules.candidates import (
    Candidate,
    Inverted,
    full_sentence,
    object_phrase,
    wordings,
)
from harness.writing.rules.predicates import predicate_of

_ADJECTIVE = re.compile(r"(?:y|id|ic|al|ous|ible|able|less|ful|ish|ive|ent|ant|ular|oid|ine)$")
_MEANS = frozenset("by with from into through to".split())
_REASONS = (
    ("owing", "to"),
    ("on", "account", "of"),
    ("in", "consequence", "of"),
    ("as", "the", "result", "of"),
    ("as", "a", "result", "of"),
    ("because", "of"),
)
_LONGEST_QUALITY = 7


def candidates(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    """Qualities after "to be", means after a participle, reasons anywhere."""
    yield from _quality(clause, usage)
    yield from _means(clause, usage)
    yield from _reason(clause, usage)


def _doubt(clause: Clause, words: Words, usage: Usage) -> str:
    plain = {bare(word) for word in (*clause.lead, clause.finite, *words)}
    if plain & lists.NEGATIONS:
        return "negation"
    if not sure((*clause.lead, *clause.early, *words)):
        return "unsure"
    return unclear_subject(clause.subject, usage) or common_subject(clause.subject, usage)


def _quality(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    """ "The water is shallow and brackish": what is it like?"""
    if bare(clause.finite) not in lists.BE or not clause.rest:
        return
    words = clause.rest
    while words and bare(words[0]) in {"usually", "generally", "always", "commonly"}:
        words = words[1:]
    end = next((i for i, word in enumerate(words) if stop_of(word) in {".", ":", "—"}), None)
    found = words[: end + 1] if end is not None else words
    if not found or len(found) > _LONGEST_QUALITY or not all(map(_describes, found)):
        return
    # One adjective alone is seldom the only right one.
    if sum(bare(word) not in {"and", "or"} and not bare(word).endswith("ly") for word in found) < 2:
        return
    asked = Inverted(
        clause.lead,
        clause.finite,
        clause.subject,
        ("like",),
        (),
        plain=(clause.finite, "like"),
        early=clause.early,
    )
    texts = wordings(asked, "what", usage)
    yield Candidate(
        rule="quality",
        question=texts[0],
        held_out=texts[1:],
        answer=joined(found),
        full_answer=full_sentence(clause, (clause.finite, *found), usage),
        subject=joined(clause.subject),
        fault=_doubt(clause, found, usage),
        key=f"{joined(clause.subject).lower()} like",
    )


def _describes(word: str) -> bool:
    plain = bare(word)
    return (
        plain in {"and", "or", "very", "but"}
        or plain in lists.ADJECTIVES
        or plain.endswith("ly")
        or (bool(_ADJECTIVE.search(plain)) and plain not in PASSIVE and plain not in _NO_QUALITY)
    )


_NO_QUALITY = frozenset(
    "evident apparent present absent necessary essential possible any "
    "advisable desirable body artery".split()
)


def _means(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    """ "It should be arrested by packing the cavity": by what, or how?"""
    finite = bare(clause.finite)
    at = 0
    if finite in lists.MODALS and clause.rest and bare(clause.rest[0]) == "be":
        at = 1
    elif finite not in lists.BE:
        return
    while at < len(clause.rest) and (
        bare(clause.rest[at]) in lists.FRAME_ADVERBS or bare(clause.rest[at]).endswith("ly")
    ):
        at += 1
    rest = clause.rest
    if at + 2 >= len(rest) or not bare(rest[at]).endswith(("ed", "en", "wn", "ught", "id")):
        return
    if bare(rest[at + 1]) not in _MEANS or (
        bare(rest[at]) in PASSIVE and (bare(rest[at + 1]) in PASSIVE[bare(rest[at])])
    ):
        return
    preposition = bare(rest[at + 1])
    skipped = 2 if [bare(word) for word in rest[at + 2 : at + 4]] == ["means", "of"] else 0
    answer, fault = object_phrase(rest[at + 2 + skipped :])
    if preposition == "to" and answer and bare(answer[0]) not in lists.DETERMINERS:
        return
    middle = rest[: at + 1]
    asked = Inverted(
        clause.lead,
        clause.finite,
        clause.subject,
        middle,
        rest[at + 1 : at + 2 + skipped],
        plain=(clause.finite, *middle),
        early=clause.early,
    )
    by_doing = preposition == "by" and answer and bare(answer[0]).endswith("ing")
    if by_doing:
        asked = Inverted(
            clause.lead,
            clause.finite,
            clause.subject,
            middle,
            (),
            plain=(clause.finite, *middle),
            early=clause.early,
        )
    texts = wordings(asked, "how" if by_doing else "what", usage)
    yield Candidate(
        rule="means",
        question=texts[0],
        held_out=texts[1:],
        answer=joined(answer),
        full_answer=full_sentence(
            clause, (clause.finite, *middle, *rest[at + 1 : at + 2 + skipped], *answer), usage
        ),
        subject=joined(clause.subject),
        fault=fault or _doubt(clause, middle, usage),
        key=f"{joined(clause.subject).lower()} {' '.join(middle)} {preposition}",
    )


def _reason(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    """ "... in consequence of the loss of blood": why?"""
    rest = predicate_of(clause.rest)
    plain = tuple(bare(word) for word in rest)
    for wanted in _REASONS:
        for at in range(2, len(plain) - len(wanted)):
            if plain[at : at + len(wanted)] != wanted:
                continue
            answer, fault = object_phrase(rest[at + len(wanted) :])
            before = rest[:at]
            if stop_of(before[-1]) or bare(before[-1]) in lists.COORDINATORS:
                return
            if {bare(word) for word in before} & lists.SUBORDINATORS:
                return
            auxiliary = clause.finite
            middle = before
            if clause.base is not None:
                auxiliary = "does" if bare(clause.finite) != clause.base else "do"
                middle = (clause.base, *before)
            needs = dangling((*clause.lead, *before, "end"), usage, bound=True)
            doubt = _doubt(clause, before, usage)
            asked = Inverted(
                clause.lead,
                auxiliary,
                clause.subject,
                middle,
                (),
                plain=(clause.finite, *before),
                early=clause.early,
            )
            texts = wordings(asked, "why", usage)
            said = (clause.finite, *before, *rest[at : at + len(wanted)], *answer)
            yield Candidate(
                rule="reason",
                question=texts[0],
                held_out=texts[1:],
                answer=joined(answer),
                full_answer=full_sentence(clause, said, usage),
                subject=joined(clause.subject),
                fault=fault or doubt or (f"needs context: {needs}" if needs else ""),
                key=f"{joined(clause.subject).lower()} {' '.join(before)} why",
            )
            return
