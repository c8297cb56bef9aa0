"""Which of the pairs that a model wrote can be used: one small function a filter.

Each takes a candidate and returns None, or what exactly is wrong with it. They stand in the order
in which they are applied; the duplicates and the round trip, which need more than the candidate,
are in `sieve` and `roundtrip`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.text.languages import base, is_spaceless
from harness.text.matching import find_run
from harness.text.normalize import word_run
from harness.text.repetition import is_degenerate, is_loop
from harness.text.segments import count
from harness.writing.function_words import FUNCTION_WORDS, POINTING, QUESTION_WORDS
from harness.writing.reading_windows import Window

MOST_QUESTION_WORDS = 40
MOST_ANSWER_WORDS = 40
LEAST_GROUNDED = 0.8
"""Share of the answer's content words that must stand in the window."""
MOST_UNGROUNDED_IN_QUESTION = 0.5
"""Share of the question's content words that may be missing from the window."""

_ABOUT_TEXT = re.compile(
    r"\b(?:(?:the|this|that|above|following|given|provided)\s+(?:\w+\s+)?"
    r"(?:text|passage|excerpt|paragraph|article|author|narrator|writer|sentences?|document|extract"
    r"|question|answer)s?|according to (?:it|this)\b)",
    re.IGNORECASE,
)
_QUESTION_MARK = re.compile(r"[?？]\s*[\"'”’)]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A pair with the window that it was written about."""

    question: str
    answer: str
    window: Window
    language: str = "en"

    @property
    def question_run(self) -> tuple[str, ...]:
        """Normalized words of the question."""
        return word_run(self.question, self.language)

    @property
    def answer_run(self) -> tuple[str, ...]:
        """Normalized words of the answer."""
        return word_run(self.answer, self.language)

    @property
    def window_run(self) -> tuple[str, ...]:
        """Normalized words of the window."""
        return word_run(self.window.text, self.language)


def content(run: Sequence[str]) -> list[str]:
    """The words that carry meaning: without articles, prepositions, auxiliaries and the like."""
    return [word for word in run if word not in FUNCTION_WORDS]


def empty(candidate: Candidate) -> str | None:
    """The question or the answer has no word."""
    if not candidate.question_run:
        return "no question"
    return None if candidate.answer_run else "no answer"


def too_long(candidate: Candidate) -> str | None:
    """Too long to be learned, or caught in a loop."""
    for name, text, most in (
        ("question", candidate.question, MOST_QUESTION_WORDS),
        ("answer", candidate.answer, MOST_ANSWER_WORDS),
    ):
        size = count(text, candidate.language)
        if size > most:
            return f"{name} of {size} words"
        run = word_run(text, candidate.language)
        if is_loop(run) or is_degenerate(run):
            return f"{name} repeats itself"
    return None


def no_question(candidate: Candidate) -> str | None:
    """Neither a question mark at the end, nor (in English) a question word at the beginning."""
    if _QUESTION_MARK.search(candidate.question.strip()):
        return None
    first = candidate.question_run[0]
    if base(candidate.language) == "en" and first in QUESTION_WORDS:
        return None
    if is_spaceless(candidate.language) and candidate.question.strip().endswith(("か", "か。")):
        return None
    return f"ends in {candidate.question.strip()[-1]!r}"


def about_text(candidate: Candidate) -> str | None:
    """Asks about the passage or its author: nobody can answer that without seeing it."""
    found = _ABOUT_TEXT.search(candidate.question) or _ABOUT_TEXT.search(candidate.answer)
    return found.group() if found else None


def unnamed(candidate: Candidate) -> str | None:
    """Points at something that only the passage names: "What did he do?", "Why is this so?"."""
    if base(candidate.language) != "en":
        return None
    said = candidate.question_run
    for word in said:
        if word in POINTING:
            return word
        if word not in FUNCTION_WORDS:
            return None
    return "names nothing"


def answer_in_question(candidate: Candidate) -> str | None:
    """The question holds its answer, or the answer adds nothing to the question."""
    said, answer = candidate.question_run, candidate.answer_run
    if next(find_run(said, answer), None) is not None:
        return candidate.answer
    asked = frozenset(said)
    new = [word for word in content(answer) if not _stands(word, asked)]
    return None if new else "no new word"


def not_grounded(candidate: Candidate) -> str | None:
    """The answer, or most of the question, is made of words that the window has not."""
    window = frozenset(candidate.window_run)
    answer = content(candidate.answer_run) or list(candidate.answer_run)
    missing = [word for word in answer if word not in window]
    if len(missing) > (1 - LEAST_GROUNDED) * len(answer):
        return f"{', '.join(dict.fromkeys(missing))} not in the window"
    new = [word for word in answer if word not in candidate.question_run]
    if all(word in missing for word in new):
        return f"{', '.join(dict.fromkeys(new))} not in the window"
    asked = content(candidate.question_run)
    foreign = [word for word in asked if not _stands(word, window)]
    if len(foreign) > MOST_UNGROUNDED_IN_QUESTION * len(asked):
        return f"question: {', '.join(dict.fromkeys(foreign))} not in the window"
    return None


def _stands(word: str, said: frozenset[str]) -> bool:
    """Whether a word is among those said, its ending aside ("lives" for "lived")."""
    stem = word[: max(4, len(word) - 2)]
    alike = len(word) > 3 and word.isalpha()
    return word in said or (
        alike and any(other.startswith(stem) and len(other) <= len(word) + 3 for other in said)
    )


Filter = Callable[[Candidate], str | None]

FILTERS: tuple[tuple[str, Filter], ...] = (
    ("empty", empty),
    ("too long", too_long),
    ("no question", no_question),
    ("about text", about_text),
    ("unnamed", unnamed),
    ("answer in question", answer_in_question),
    ("not grounded", not_grounded),
)
"""Reason and filter, in the order in which they are applied."""
DUPLICATE = "duplicate"
COVERED = "covered"
"""Fill only: the pair is about a sentence that had a question before."""
ROUND_TRIP = "round trip"
STEPS: tuple[str, ...] = (*(name for name, _ in FILTERS), COVERED, DUPLICATE, ROUND_TRIP)
