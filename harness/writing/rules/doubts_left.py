"""What a question lost of its sentence: "further", a comparison, what a list belongs to."""

from __future__ import annotations

import re

from harness.text.normalize import word_run
from harness.writing.grammar import bare, head_at
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.scenes import SUBJECTS, TERMS, Scene

_MATTER = frozenset(
    """further again moreover besides likewise similarly additionally instead merely only except
    unless still rather apart""".split()
)
"""Words that make another statement of a clause, and so must be in its question."""
_COMPARED = re.compile(
    r"^,? (?:as )?(?:in place of|instead of|rather than|unlike|whereas|compared|in contrast|while|"
    r"as (?:opposed|compared|distinguished)|in comparison|than)\b"
)
"""How the text goes on behind an answer that it compares with something."""
_ONE_OF_MANY = re.compile(
    r"\bbrought about\b|^what (?:varies|vary|consists? in)\b.{0,60}$|"
    r"\bwhat (?:is|are|was|were|may be|forms?|constitutes?) (?:\w+ly )*an? (?:[\w-]+ ){0,3}"
    r"(?:symptom|sign|complication|cause|result|sequel|feature|method|means|form|remedy|example|"
    r"factor|source|seat|site|accompaniment|consequence|drug|agent)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(r", (?:such as|for example)\b")
_PEOPLE = frozenset(
    """members families women men persons soldiers butchers children girls boys females males
    infants patients subjects tailors shoemakers workers adults surgeons writers nurses""".split()
)
_TO_A_PLACE = re.compile(r"\b(?:to|into|from|with|by)\?$")
_SECOND_PLACE = re.compile(
    r" (?:in|by|through|along|during|after|before|at|under|from) (?:the|an?) "
)
_ONE = re.compile(r"^an? \w+ one\b")
_AWAY = re.compile(r"\b(?:protected|removed|separated|freed) from\?$")
_VARIES = re.compile(r"\b(?:vary|range|ranges|varies) from\?$")
_BY_MEANS = re.compile(r" by (?:an?|the|means)\b")
_PLACED = frozenset({"means", "relation", "site"})
_CUT = re.compile(r" (?:placed|made|applied|given|taken|introduced|inserted)$| from \w+ing\b")
"""Ends of a clause in an answer: "a thermometer placed", "the patient from walking"."""
_LATER = re.compile(
    r"\bthe (?:sooner|following)\b|\bsubsequent\b"
    r"|\bnext (?:\w+ ){0,3}(?:hour|day|week|month|year|stage)s?\b",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:all|any|every|those|each)\b")
_WHICH = re.compile(r",? (?:which|that|who|in which|where)\b")
_TAIL = 4
_GENERAL = re.compile(
    r"\b(?:taken into account|(?:is|are|be) (?:considered|avoided|remembered|noted|borne in mind)"
    r"|of (?:great |much )?importance)\?$",
    re.IGNORECASE,
)
"""What may be said of many things beside the one that the sentence names."""
_WHOLE = re.compile(
    r"^what is the (?:essential|chief|main|first|earliest|most \w+) (?:symptom|sign|feature)\?$|"
    r"\bwhat (?:does|do) the (?:[\w-]+ )?(?:picture|examination|skiagram|section)\b",
    re.IGNORECASE,
)


def left_out(candidate: Candidate, scene: Scene) -> str:  # noqa: PLR0911
    """What a question dropped that changes its answer; "" for nothing."""
    if candidate.rule in TERMS:
        empty = candidate.rule == "definition" and _ONE.search(candidate.answer)
        whole = _WHOLE.search(candidate.question)
        return "answer says nothing" if empty else "one of several" if whole else ""
    segment = _segment(candidate, scene)
    asked = set(word_run(f"{candidate.question} {candidate.full_answer}"))
    lost = [word for word in word_run(segment) if word in _MATTER and word not in asked]
    at = segment.find(candidate.answer)
    if _LATER.search(candidate.question):
        return "needs context: after what"
    if lost:
        return f"left out: {lost[0]}"
    if at >= 0 and _COMPARED.match(segment[at + len(candidate.answer) :]):
        return "compared with what"
    if _restricted(candidate, segment):
        return "half a clause"
    if candidate.rule in SUBJECTS:
        return _of_a_subject(candidate)
    return _of_an_object(candidate)


def _restricted(candidate: Candidate, segment: str) -> bool:
    """Whether a question says "all boats" and its clause goes on ", which are tarred"."""
    found = _EVERY.search(candidate.question)
    tail = " ".join(candidate.question.rstrip("?").split()[-_TAIL:])
    at = segment.find(tail)
    return bool(found) and at >= 0 and bool(_WHICH.match(segment[at + len(tail) :]))


def _of_an_object(candidate: Candidate) -> str:
    if _WHOLE.search(candidate.question):
        return "one of several"
    if _CUT.search(candidate.answer):
        return "half a clause"
    if _VARIES.search(candidate.question) and " to " not in candidate.answer:
        return "half a pair"
    if _AWAY.search(candidate.question) and " by " in candidate.answer:
        return "two phrases"
    if candidate.rule == "site" and _BY_MEANS.search(candidate.answer):
        return "two phrases"
    to_a_place = _TO_A_PLACE.search(candidate.question) and candidate.rule in _PLACED
    return "two phrases" if to_a_place and _SECOND_PLACE.search(candidate.answer) else ""


def _of_a_subject(candidate: Candidate) -> str:
    answer = candidate.answer.lower().split()
    if bare(answer[head_at(answer)]) in _PEOPLE and "who" not in word_run(candidate.question):
        return "a person"
    if (
        _WHOLE.search(candidate.question)
        or _ONE_OF_MANY.search(candidate.question)
        or _GENERAL.search(candidate.question)
    ):
        return "one of several"
    return "the end of a list" if _ADDED.search(candidate.question) else ""


def _segment(candidate: Candidate, scene: Scene) -> str:
    """The part of the sentence between semicolons that holds the answer."""
    flat = " ".join(scene.sentence.split())
    return next((each for each in re.split(r"[;:] ", flat) if candidate.answer in each), flat)
