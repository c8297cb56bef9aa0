"""Which questions ask the same: a paraphrase of a trained question must count as taught."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.records import Question
from harness.text.normalize import word_run


def linked(questions: Sequence[Question], language: str) -> tuple[Question, ...]:
    """The questions, each paraphrase with the `fact` of the one trained question that it rewords.

    That is the trained question of the same cluster that shares an accepted answer, where there is
    exactly one; it gets its own id as its fact where it has none. A `fact` that is given stays.
    """
    trained: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for question in questions:
        if question.probe == "trained":
            for answer in question.answers:
                ids = trained.setdefault((question.cluster, word_run(answer, language)), [])
                ids.append(question.id)
    facts = {question.id: question.fact for question in questions}
    for question in questions:
        if question.probe != "paraphrase" or question.fact is not None:
            continue
        keys = [(question.cluster, word_run(answer, language)) for answer in question.answers]
        found = dict.fromkeys(name for key in keys for name in trained.get(key, ()))
        if len(found) == 1:
            name = next(iter(found))
            facts[name] = facts[question.id] = facts[name] or name
    return tuple(
        question
        if facts[question.id] == question.fact
        else replace(question, fact=facts[question.id])
        for question in questions
    )
