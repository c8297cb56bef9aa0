"""Where, when and how often something is done: "Where is the incision made?"."""

from __future__ import annotations

from collections.abc import Iterator

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, joined
from harness.writing.grammar_clauses import Clause
from harness.writing.grammar_frames import PASSIVE, SEATED
from harness.writing.grammar_reference import common_subject, sure, unclear_subject
from harness.writing.rules.candidates import (
    Candidate,
    Inverted,
    full_sentence,
    object_phrase,
    wordings,
)

_PLACES = frozenset("in on at over behind beneath along below".split())
_TIMES = frozenset("after before during at".split())
_ABSTRACT = frozenset(
    """expense cases case order view spite addition position place time way form manner
    proportion means favour value degree extent number doses first once least use course
    relation connection all rest night intervals doubt consequence nature character contact
    appearance size shape structure origin type conjunction association process stage stages
    condition state infancy childhood adults children men women persons those""".split()
)
_OFTEN = (
    "once a day",
    "twice a day",
    "thrice daily",
    "twice daily",
    "once daily",
    "daily",
    "three times a day",
    "every day",
    "every second day",
    "every third day",
    "every alternate day",
    "on alternate days",
    "every other day",
    "once a week",
    "twice a week",
    "three times a week",
    "every few hours",
)


def candidates(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    """Place or time after a participle, and how often."""
    found = _participle(clause)
    if found is None:
        return
    yield from _often(clause, usage)
    at = found
    rest = clause.rest
    if at + 1 >= len(rest) - 1:
        return
    preposition = bare(rest[at + 1])
    known = bare(rest[at])
    if (
        known in {"concerned", "noted", "interested", "said"}
        or known in SEATED
        or (known in PASSIVE and preposition in PASSIVE[known])
    ):
        return
    answer, fault = object_phrase(rest[at + 2 :])
    words = [bare(word) for word in answer]
    if not words or set(words[:3]) & _ABSTRACT:
        return
    if preposition in _PLACES and words[0] in {"the", "a", "an", "both"} and not set(words) & _DAYS:
        wh = "where"
    elif preposition in _TIMES and (preposition != "at" or set(words) & _DAYS):
        wh = "when"
    else:
        return
    middle = rest[: at + 1]
    value = (
        answer if preposition in {"in", "on", "at"} and wh == "where" else (rest[at + 1], *answer)
    )
    yield _candidate(clause, usage, wh, middle, value, (rest[at + 1], *answer), fault)


_DAYS = frozenset("birth puberty night end time hour day week month year operation".split())


def _participle(clause: Clause) -> int | None:
    """Index in the rest of the participle of a passive; None where there is none."""
    at = 0
    finite = bare(clause.finite)
    if finite in lists.MODALS and clause.rest and bare(clause.rest[0]) == "be":
        at = 1
    elif finite not in lists.BE:
        return None
    while at < len(clause.rest) and (
        bare(clause.rest[at]) in lists.FRAME_ADVERBS or bare(clause.rest[at]).endswith("ly")
    ):
        at += 1
    if at < len(clause.rest) and bare(clause.rest[at]).endswith(
        ("ed", "en", "wn", "ut", "id", "ade")
    ):
        return None if clause.rest[at].endswith(",") else at
    return None


def _often(clause: Clause, usage: Usage) -> Iterator[Candidate]:
    text = " ".join(clause.rest)
    for phrase in _OFTEN:
        start = text.find(f" {phrase}")
        after = text[start + len(phrase) + 1 :]
        if start > 0 and (not after or after[0] in ".,; ") and after[:4] not in {" in d", " for"}:
            middle = tuple(text[:start].split())
            value = tuple(phrase.split())
            if not any(word.endswith(",") for word in middle):
                yield _candidate(clause, usage, "how often", middle, value, value, "")
            return


def _candidate(
    clause: Clause, usage: Usage, wh: str, middle: Words, value: Words, said: Words, fault: str
) -> Candidate:
    plain = {bare(word) for word in (*clause.lead, clause.finite, *middle)}
    fault = fault or common_subject(clause.subject, usage)
    if wh == "when" and not usage.context:
        fault = fault or "needs context: a time"
    if plain & lists.NEGATIONS or not sure((clause.finite, *middle)):
        fault = fault or "unsure"
    asked = Inverted(
        clause.lead, clause.finite, clause.subject, middle, (), plain=(clause.finite, *middle)
    )
    texts = wordings(asked, wh, usage)
    return Candidate(
        rule={"where": "site", "when": "time"}.get(wh, "frequency"),
        question=texts[0],
        held_out=texts[1:],
        answer=joined(value),
        full_answer=full_sentence(clause, (clause.finite, *middle, *said), usage),
        subject=joined(clause.subject),
        fault=fault or unclear_subject(clause.subject, usage) or "",
        key=f"{joined(clause.subject).lower()} {' '.join(middle)} {wh}",
    )
