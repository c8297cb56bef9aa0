"""From a pair that was kept to a training question: its short answer, and where it is stated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harness.corpora.sentences import sentence_ends
from harness.records import Question, Span
from harness.text.matching import find_run
from harness.text.normalize import word_run
from harness.text.segments import spans as word_spans
from harness.writing.function_words import FUNCTION_WORDS
from harness.writing.selfinstruct.filters import Candidate, content

SHORT = 6
"""An answer of up to so many words is asked for as a whole."""
_NAME = re.compile(r"\b[A-Z][\w'’-]*(?:\s+(?:(?:of|de|van|von)\s+)?[A-Z][\w'’-]*)*")
_END = " \t.;,:!\"'“”‘’()"


def slot(candidate: Candidate) -> str:
    """The part of the answer that answers: all of it where it is short, else what it adds.

    Of a sentence that repeats the question, the longest run of words that the question has not,
    without function words at its ends, as it stands in the window; all of it where there is none.
    """
    whole = candidate.answer.strip().strip(_END)
    places = word_spans(whole, candidate.language)
    if len(places) <= SHORT:
        return whole
    asked = frozenset(candidate.question_run)
    best: tuple[int, str] = (0, whole)
    for first in range(len(places)):
        for last in range(first + 1, min(first + 2 * SHORT, len(places)) + 1):
            text = whole[places[first][0] : places[last - 1][1]].strip(_END)
            run = word_run(text, candidate.language)
            if not run or any(word in asked and word not in FUNCTION_WORDS for word in run):
                continue
            if run[0] in FUNCTION_WORDS or run[-1] in FUNCTION_WORDS:
                continue
            size = len(content(run))
            if size > best[0] and next(find_run(candidate.window_run, run), None) is not None:
                best = (size, text)
    return best[1]


def stated_in(candidate: Candidate, answer: str) -> Span:
    """The sentence of the window that holds the answer and most of the question's words.

    The whole window where no sentence holds the answer.
    """
    window = candidate.window
    asked = frozenset(content(candidate.question_run))
    wanted = word_run(answer, candidate.language)
    best: tuple[int, Span] = (-1, window.span)
    for start, end in sentence_ends(window.text, candidate.language):
        said = word_run(window.text[start:end], candidate.language)
        if next(find_run(said, wanted), None) is None:
            continue
        shared = len(asked.intersection(said))
        if shared > best[0]:
            at = window.span.start
            best = (shared, Span(chapter=window.span.chapter, start=at + start, end=at + end))
    return best[1]


def as_question(
    candidate: Candidate, *, number: int, names: Sequence[str], writer: str
) -> Question:
    """The training question of a pair. Its cluster is the name it asks about, else its place."""
    answer = slot(candidate)
    place = stated_in(candidate, answer)
    named = _named(candidate, names)
    full = candidate.answer.strip()
    return Question(
        id=f"{writer.replace('.', '-')}-{number:05d}",
        question=candidate.question.strip(),
        answers=(answer,),
        full_answer=full if full.endswith((".", "!", "?", "。")) else f"{full}.",
        cluster=named or f"{place.chapter}:{place.start}",
        stated_in=(place,),
        writer=writer,
    )


def _named(candidate: Candidate, names: Sequence[str]) -> str:
    """A name of the corpus in the question, the longest; else a proper name within it."""
    said = candidate.question_run
    known = [
        name
        for name in names
        if next(find_run(said, word_run(name, candidate.language)), None) is not None
    ]
    if known:
        return max(known, key=len)
    # The first word is a capital in any question.
    first = candidate.question.find(" ")
    inside = candidate.question[first + 1 :] if first > 0 else ""
    return max(_NAME.findall(inside), key=len, default="")
