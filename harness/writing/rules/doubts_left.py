"""What a question lost of its sentence: "further", a comparison, what a list belongs to."""

from __future__ import annotations

import re

from harness.text.normalize import word_run
from harness.writing.grammar import bare, head_at
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.scenes import SUBJECTS, TERMS, Scene

_MATTER = frozenset(
    """further again moreover besides likewise similarly additionally instead merely only except
    unless still rather""".split()
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
_PLACED = frozenset({"means", "relation", "site"})
_CUT = re.compile(r" (?:placed|made|applied|given|taken|introduced|inserted)$| from \w+ing\b")
"""Ends of a clause in an answer: "a thermometer placed", "the patient from walking"."""
_WHOLE = re.compile(
    r"^what is the (?:essential|chief|main|first|earliest|most \w+) (?:symptom|sign|feature)\?$|"
    r"\bwhat (?:does|do) the (?:[\w-]+ )?(?:picture|examination|skiagram|section)\b",
    re.IGNORECASE,
)


def left_out(candidate: Candidate, scene: Scene) -> str:
    """What a question dropped that changes its answer; "" for nothing."""
    if candidate.rule in TERMS:
        return "one of several" if _WHOLE.search(candidate.question) else ""
    segment = _segment(candidate, scene)
    asked = set(word_run(f"{candidate.question} {candidate.full_answer}"))
    lost = [word for word in word_run(segment) if word in _MATTER and word not in asked]
    at = segment.find(candidate.answer)
    if lost:
        return f"left out: {lost[0]}"
    if at >= 0 and _COMPARED.match(segment[at + len(candidate.answer) :]):
        return "compared with what"
    if candidate.rule in SUBJECTS:
        return _of_a_subject(candidate)
    return _of_an_object(candidate)


def _of_an_object(candidate: Candidate) -> str:
    if _WHOLE.search(candidate.question):
        return "one of several"
    if _CUT.search(candidate.answer):
        return "half a clause"
    to_a_place = _TO_A_PLACE.search(candidate.question) and candidate.rule in _PLACED
    return "two phrases" if to_a_place and _SECOND_PLACE.search(candidate.answer) else ""


def _of_a_subject(candidate: Candidate) -> str:
    answer = candidate.answer.lower().split()
    if bare(answer[head_at(answer)]) in _PEOPLE and "who" not in word_run(candidate.question):
        return "a person"
    if _ONE_OF_MANY.search(candidate.question):
        return "one of several"
    return "the end of a list" if _ADDED.search(candidate.question) else ""


def _segment(candidate: Candidate, scene: Scene) -> str:
    """The part of the sentence between semicolons that holds the answer."""
    flat = " ".join(scene.sentence.split())
    return next((each for each in re.split(r"[;:] ", flat) if candidate.answer in each), flat)
