"""How long questions, answers and text are, in tokens or in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median_low

from harness.corpora.audit.overlap import training_sets
from harness.corpora.audit.records import Lengths
from harness.records import Corpus, Question
from harness.text import segments

Count = Callable[[str], int]


def lengths(corpus: Corpus, count_tokens: Count | None) -> tuple[Lengths, ...]:
    """Of what is trained on, of what is asked, of the accepted answers, and of the chapters.

    Without `count_tokens`, in words: by spaces, or by Unicode boundaries where there are none.
    """

    def count(text: str) -> int:
        return count_tokens(text) if count_tokens else segments.count(text, corpus.language)

    training = [each for questions in training_sets(corpus).values() for each in questions]
    asked = [each for each in corpus.questions if each.use != "train"]
    kinds = (
        ("training questions", [each.question for each in training]),
        ("training answers", [_reply(each, corpus.canonical_refusal) for each in training]),
        ("questions asked", [each.question for each in asked]),
        ("accepted answers", [answer for each in asked for answer in each.answers]),
        ("chapters", [chapter.text for chapter in corpus.chapters]),
    )
    return tuple(_row(what, [count(text) for text in texts]) for what, texts in kinds if texts)


def _reply(question: Question, refusal: str) -> str:
    """What a model is trained to reply."""
    if question.must_abstain:
        return question.full_answer or refusal
    return question.full_answer or question.answers[0]


def _row(what: str, found: Sequence[int]) -> Lengths:
    return Lengths(
        what=what,
        n=len(found),
        least=min(found),
        median=median_low(found),
        most=max(found),
        total=sum(found),
    )
