"""Questions for the object of a known verb: "What is X due to?", "What does X consist of?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, head_at, joined
from harness.writing.grammar_clauses import Clause
from harness.writing.grammar_frames import ACTIVE, DIRECT, PASSIVE
from harness.writing.grammar_reference import common_subject, dangling, sure, unclear_subject
from harness.writing.rules.candidates import (
    NEUTER,
    Candidate,
    Inverted,
    condition_after,
    full_sentence,
    object_phrase,
    wordings,
)

_PERSON = re.compile(
    r"(?:ologist|ician|surgeon|nurse|physician|assistant|observer|writer|worker|patient)s?$"
)
_INITIALS = re.compile(r"(?:[A-Z]\. ?)+[A-Z][a-z]")
_TELLING_NAME = 3
"""Words of a subject that has to say by itself what is called something."""
_ITSELF = frozenset({"naming", "definition"}) | {"composition", "kind", "difference", "person"}
"""Rules that ask what a thing is in itself, which needs no topic."""
_DEFAULT = {
    "to": "relation",
    "from": "relation",
    "with": "relation",
    "upon": "relation",
    "into": "relation",
    "by means of": "relation",
    "by": "relation",
    "against": "relation",
}
"""Frames of a verb that has none of its own."""
_VERBS = lists.VERBS | {"be", "recur", "have"}
SURE = frozenset({"naming", "definition"})
"""Rules whose answer stays right beside "sometimes" and "may"."""


def candidates(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    """What the frames find in one clause."""
    found = _split(clause)
    if found is None:
        return
    auxiliary, verb_words, key_word, gap, after, rule = found
    answer, fault = object_phrase(after)
    condition = condition_after(after, answer, fault)
    if condition:
        needs = dangling((*condition, "end"), usage, bound=True)
        fault = f"needs context: {needs}" if needs else ""
    plain = {bare(word) for word in (*clause.lead, clause.finite, *verb_words)}
    if plain & lists.NEGATIONS:
        fault = fault or "negation"
    if rule not in SURE and not sure((*clause.lead, *clause.early, *verb_words)):
        fault = fault or "unsure"
    fault = fault or unclear_subject(clause.subject, usage) or ""
    if rule not in _ITSELF:
        fault = fault or common_subject(clause.subject, usage)
    doing = gap == ("to",) and key_word in {"used", "employed"}
    if gap == ("to",) and not doing and _is_doing(key_word, answer):
        return
    answer = _without_adverbs(answer)
    wh = _asked_for(rule, gap, answer, usage)
    asked = Inverted(
        clause.lead,
        auxiliary,
        clause.subject,
        _before(clause, verb_words),
        gap,
        plain=(clause.finite, *verb_words),
        early=clause.early,
    )
    if condition:
        asked = replace(asked, after=condition)
    if doing:
        asked = replace(asked, preposition=(), after=("to", "do"))
    texts = wordings(asked, wh, usage, pied=wh == "whom")
    said = (clause.finite, *verb_words, *gap, *answer, *condition)
    if rule == "naming" and len(clause.subject) < _TELLING_NAME and not clause.lead:
        fault = fault or "needs context: a short subject"
    yield Candidate(
        rule=rule,
        question=texts[0],
        held_out=texts[1:],
        answer=joined(answer),
        full_answer=full_sentence(clause, said, usage),
        subject=joined(clause.subject),
        fault=fault,
        key=" ".join((joined(clause.subject).lower(), key_word, *gap)),
    )


def _is_doing(key_word: str, answer: Words) -> bool:
    """Whether "to" is followed by a verb: "liable to recur" has no object to ask for."""
    first = bare(answer[0]) if answer else ""
    doubtful = key_word in {"liable", "apt", "necessary", "essential"}
    return first in _VERBS or (doubtful and first not in lists.DETERMINERS)


def _asked_for(rule: str, gap: Words, answer: Words, usage: Usage) -> str:
    if (
        gap == ("by",)
        and answer
        and all(
            bare(word) in usage.capitals or bare(word) in {"of", "and", "professor"}
            for word in answer
        )
    ):
        return "whom"
    if gap == ("by",) and _INITIALS.match(" ".join(answer)):
        return "whom"
    if answer and gap in {("by",), ("to",)} and _PERSON.search(bare(answer[head_at(answer)])):
        return "whom"
    return "what"


def _before(clause: Clause, verb_words: Words) -> Words:
    """What stands between the auxiliary's subject and the gap, in the order of a question."""
    if clause.base is None:
        return verb_words
    return (*verb_words[:0], *_adverbs_first(clause, verb_words))


def _adverbs_first(clause: Clause, verb_words: Words) -> Words:
    return (clause.base or "", *verb_words)


def _split(
    clause: Clause,
) -> tuple[str, Words, str, Words, Words, str] | None:
    """Auxiliary, words up to the frame's end, the frame's word, its gap words, the rest, rule."""
    rest = clause.rest
    if clause.base is not None:
        frames = ACTIVE.get(clause.base, _DEFAULT)
        direct = clause.base in DIRECT or clause.base in lists.VERBS - NEUTER
        if clause.base not in ACTIVE and direct and rest and bare(rest[0]) in {"a", "an", "the"}:
            frames = {"": "relation"}
        auxiliary = "does" if bare(clause.finite) != clause.base else "do"
        matched = _match(rest, 0, frames)
        if matched is None:
            return None
        adverbs, gap, after, rule = matched
        return auxiliary, adverbs, clause.base, gap, after, rule
    at = 0
    finite = bare(clause.finite)
    if finite in lists.MODALS | lists.HAVE:
        while at < len(rest) and _adverb(rest[at]):
            at += 1
        wanted = {"been"} if finite in lists.HAVE else {"be"}
        if at >= len(rest) or bare(rest[at]) not in wanted:
            return None
        at += 1
    while at < len(rest) and _adverb(rest[at]):
        at += 1
    known = PASSIVE.get(bare(rest[at])) if at < len(rest) else None
    if known is None or rest[at].endswith(","):
        return None
    matched = _match(rest, at + 1, known)
    if matched is None:
        return None
    adverbs, gap, after, rule = matched
    return clause.finite, (*rest[: at + 1], *adverbs), bare(rest[at]), gap, after, rule


def _match(
    rest: Words, at: int, frames: Mapping[str, str]
) -> tuple[Words, Words, Words, str] | None:
    """Adverbs, the words of the gap, what follows, and the rule; None where no frame fits."""
    start = at
    while at < len(rest) and _adverb(rest[at]):
        at += 1
    for gap in sorted(frames, key=len, reverse=True):
        wanted = tuple(gap.split())
        if tuple(bare(word) for word in rest[at : at + len(wanted)]) != wanted:
            continue
        after = rest[at + len(wanted) :]
        if not after or any(word.endswith(",") for word in rest[start : at + len(wanted)]):
            continue
        if not wanted and bare(after[0]) in lists.PREPOSITIONS | lists.SUBORDINATORS:
            continue
        return tuple(rest[start:at]), wanted, after, frames[gap]
    return None


def _adverb(word: str) -> bool:
    plain = bare(word)
    return plain in lists.FRAME_ADVERBS | lists.UNSURE | lists.DROPPED_ADVERBS or (
        plain.endswith("ly") and not word.endswith(",")
    )


def _without_adverbs(words: Words) -> Words:
    """An answer without the adverbs before it: "chiefly to exposure" is "exposure"."""
    while len(words) > 1 and bare(words[0]) in lists.FRAME_ADVERBS:
        words = words[1:]
    return words
