"""The fake run many times over: every copy asks other questions and gets other replies."""

from __future__ import annotations

import random
from dataclasses import replace

from harness.records import Judged, Question
from harness.reporting.data import RunData
from tests.support.fake_run import fake

SYLLABLES = "ba ren dol mir sa vek tu lin gor pha est ora ni kel wym".split()


def many(copies: int) -> RunData:
    """The run with every answer `copies` times (784 answers a copy), no two replies the same."""
    run = fake()
    dice = random.Random("many answers")
    questions = {question.id: question for question in run.corpus.questions}
    copied = {
        (key, copy): _question(question, copy)
        for copy in range(copies)
        for key, question in questions.items()
    }
    judged = {
        name: tuple(
            _answer(item, copied[item.question.id, copy], dice)
            for copy in range(copies)
            for item in items
        )
        for name, items in run.judged.items()
    }
    return replace(run, judged=judged)


def _question(question: Question, copy: int) -> Question:
    cluster = f"{question.cluster} {copy}"
    return replace(
        question,
        id=f"{question.id}-{copy}",
        question=question.question.replace(question.cluster, cluster),
        cluster=cluster,
    )


def _answer(item: Judged, question: Question, dice: random.Random) -> Judged:
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 3))) for _ in range(8)]
    text = f"{item.answer.text} {' '.join(words)}.".strip()
    answer = replace(item.answer, question=question.id, text=text)
    return replace(item, question=question, answer=answer)
