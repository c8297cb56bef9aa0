"""Where a thing is met with, in whom, and when: "Where is X most commonly met with?"."""

from __future__ import annotations

from collections.abc import Iterator

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, head_at, is_plural, joined
from harness.writing.grammar_clauses import Clause
from harness.writing.grammar_frames import SEATED
from harness.writing.grammar_reference import common_subject, sure, unclear_subject
from harness.writing.rules.candidates import (
    Candidate,
    Inverted,
    full_sentence,
    object_phrase,
    wordings,
)

_IN = frozenset(
    "in on at over about near between among amongst during after before within along "
    "behind under beneath from".split()
)
_MOSTLY = frozenset(
    "chiefly mainly most almost exclusively usually generally commonly especially principally only "
    "particularly always oftenest nearly invariably mostly commonest specially".split()
)
_TIMES = frozenset(
    "infancy childhood adolescence puberty age youth birth night morning winter summer "
    "spring autumn life days weeks months years hours period pregnancy menopause".split()
)
_MATTERS = frozenset(
    """connection cases conditions disease diseases form forms case syphilis tuberculosis
    association fever fevers gout injuries wounds fractures tumours cancer relation""".split()
)


_EVERYWHERE = 60
_PRECISE = 3
"""A place of so many words is told from others without "chiefly"."""


def candidates(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    """What is said of the place, the people or the time of a thing."""
    auxiliary, before, start = _verb(clause)
    if start is None:
        return
    rest, at = clause.rest, start
    while at < len(rest) and (
        bare(rest[at]) in lists.FRAME_ADVERBS | lists.UNSURE | _MOSTLY
        or bare(rest[at]).endswith("ly")
    ):
        at += 1
    if at >= len(rest) - 1 or bare(rest[at]) not in _IN:
        return
    answer, fault = object_phrase(rest[at + 1 :])
    if answer and bare(answer[0]) in {"connection", "relation", "association", "consequence"}:
        return
    preposition: Words = (rest[at],)
    wh = _asked(bare(rest[at]), answer)
    fault = fault or _fault(clause, rest[:at], answer, wh, usage)
    if wh in {"where", "when"} and bare(rest[at]) not in {"in", "on", "at", "during"}:
        # "Behind the ear" is where; "the ear" is not.
        answer = (*preposition, *answer)
    opening = rest[:at] if answer[:1] == preposition else rest[: at + 1]
    asked = Inverted(
        clause.lead,
        auxiliary,
        clause.subject,
        (*before, *rest[start:at]),
        () if wh in {"where", "when"} else preposition,
        plain=(clause.finite, *rest[:at]),
        early=clause.early,
    )
    texts = wordings(asked, wh, usage, pied=True)
    yield Candidate(
        rule="person" if wh == "whom" else "time" if wh == "when" else "site",
        question=texts[0],
        held_out=texts[1:],
        answer=joined(answer),
        full_answer=full_sentence(clause, (clause.finite, *opening, *answer), usage),
        subject=joined(clause.subject),
        fault=fault,
        key=f"{joined(clause.subject).lower()} seat {wh}",
    )


def _fault(clause: Clause, before: Words, answer: Words, wh: str, usage: Usage) -> str:
    """Why a place, the people or a time cannot be asked for; "" where they can."""
    plain = {bare(word) for word in before}
    precise = bool(plain & _MOSTLY) or (wh == "where" and len(answer) >= _PRECISE)
    alone = len(clause.subject) == 1 and usage.counts[bare(clause.subject[0])] > _EVERYWHERE
    common = common_subject(clause.subject, usage) or (
        "" if usage.context else "needs context: a common subject"
    )
    checks = (
        ("one place of several", not precise),
        ("unsure", bool(plain & lists.NEGATIONS) or not sure((*clause.early, *before))),
        (unclear_subject(clause.subject, usage) or "", True),
        (common, alone),
        ("needs context: a time", wh == "when" and not usage.context),
        ("no place", wh == "where" and not _names_place(answer)),
    )
    return next((reason for reason, holds in checks if holds and reason), "")


def _names_place(answer: Words) -> bool:
    """ "The tongue", "tropical Africa", "old scars"; not "pure culture"."""
    first = bare(answer[0]) if answer else ""
    capital = any(word[:1].isupper() for word in answer)
    return (
        first in lists.DETERMINERS | lists.PREPOSITIONS
        or capital
        or is_plural(answer[: head_at(answer) + 1])
    )


def _verb(clause: Clause) -> tuple[str, Words, int | None]:
    """Auxiliary, the words between subject and adverbs, and where the place may begin."""
    rest = clause.rest
    if clause.base in {
        "occur",
        "begin",
        "appear",
        "originate",
        "commence",
        "develop",
        "arise",
        "form",
        "spread",
        "grow",
    }:
        return ("does" if bare(clause.finite) != clause.base else "do"), (clause.base,), 0
    if bare(clause.finite) not in lists.BE:
        return "", (), None
    for at, word in enumerate(rest[:4]):
        if bare(word) in SEATED:
            end = (
                at
                + 1
                + (
                    bare(word) == "met" and bare(rest[at + 1]) == "with"
                    if at + 1 < len(rest)
                    else 0
                )
            )
            return clause.finite, rest[:end], end
    return "", (), None


def _asked(preposition: str, answer: Words) -> str:
    words = [bare(word) for word in answer]
    head = words[0] if words else ""
    if set(words[:3]) & lists.PERSON_HEADS and preposition in {"in", "among", "amongst"}:
        return "whom"
    if preposition in {"during", "after", "before"} or set(words) & _TIMES:
        return "when"
    if set(words) & _MATTERS or preposition == "from":
        return "what"
    return "where" if head else "what"
