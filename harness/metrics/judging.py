"""Predictions and references judged as a run's answers are: no corpus folder, no model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import datasets
import evaluate

from harness.errors import UserError
from harness.records import CANONICAL_REFUSAL, Answer, Corpus, Judged, Question, Score
from harness.scoring.judge import judge_variant


def judge(
    predictions: Sequence[str],
    references: Sequence[str | Sequence[str]],
    *,
    rivals: Sequence[Sequence[str]] | None = None,
    questions: Sequence[str] | None = None,
    refusal: str = CANONICAL_REFUSAL,
    language: str = "en",
) -> tuple[Judged, ...]:
    """Verdicts of n predictions, in order.

    `references` are the accepted answers of each, or the one there is; none (an empty list) means
    that it must be refused. `rivals` are values that must not stand beside an accepted one,
    `questions` what was asked: a rival that the question names does not count, and the name in it
    tells a denial. Raises UserError where the lengths differ.
    """
    for name, given in (("references", references), ("rivals", rivals), ("questions", questions)):
        if given is not None and len(given) != len(predictions):
            raise UserError(
                f"{len(predictions)} predictions and {len(given)} {name}", "give one for each"
            )
    asked = [
        Question(
            id=f"i{number}",
            question=questions[number] if questions else "",
            answers=accepted,
            must_abstain=not accepted,
            probe="trained" if accepted else "nonexistent",
            values=tuple(rivals[number]) if rivals else (),
        )
        for number, accepted in enumerate(map(_accepted, references))
    ]
    corpus = Corpus(
        kind="files",
        seed=None,
        size=None,
        digest="",
        canary="",
        source_tag="",
        chapters=(),
        facts=(),
        questions=tuple(asked),
        values={},
        names=(),
        language=language,
        canonical_refusal=refusal,
    )
    answers = [
        _answer(question.id, text) for question, text in zip(asked, predictions, strict=True)
    ]
    return judge_variant(corpus, (), answers, all_shown=True)


def _accepted(reference: str | Sequence[str]) -> tuple[str, ...]:
    return (reference,) if isinstance(reference, str) else tuple(reference)


def _answer(question: str, text: str) -> Answer:
    return Answer(
        asked="",
        question=question,
        form="plain",
        draw=0,
        batch=0,
        text=text,
        ids=(),
        prompt_tokens=0,
        new_tokens=0,
        stop="end",
        logprob_sum=0.0,
        first_ids=(),
    )


def flat(name: str, score: Score) -> dict[str, Any]:
    """A score as the plain numbers that `compute` returns: NAME, NAME_low, NAME_high, NAME_n."""
    return {
        name: score.value,
        f"{name}_low": score.low,
        f"{name}_high": score.high,
        f"{name}_n": score.n,
    }


def info(description: str, inputs: str) -> evaluate.MetricInfo:
    """What a metric tells of itself: predictions are texts, references texts or lists of them."""
    text = datasets.Value("string")
    accepted = (datasets.Sequence(text), text)
    return evaluate.MetricInfo(
        description=description,
        citation="",
        inputs_description=inputs,
        features=[
            datasets.Features({"predictions": text, "references": each}) for each in accepted
        ],
    )
