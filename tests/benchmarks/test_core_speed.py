"""How long scoring, statistics and the report take: everything that is done without a model."""

from __future__ import annotations

import random
from typing import Any

from harness.corpora.fiction.generate import generate
from harness.records import Answer, Corpus, Question
from harness.reporting.report import render
from harness.scoring.judge import judge_variant
from harness.stats.intervals import share
from tests.support.fake_run import fake


def test_scoring_ten_thousand_answers(benchmark: Any) -> None:
    corpus = generate("XS", 7)
    replies = answers(corpus, 10_000)
    judged = benchmark.pedantic(
        judge_variant, args=(corpus, (), replies), rounds=3, warmup_rounds=1, iterations=1
    )
    assert len(judged) == 10_000


def test_intervals_of_a_hundred_shares(benchmark: Any) -> None:
    generator = random.Random(1)
    outcomes = [[generator.random() < 0.7 for _ in range(600)] for _ in range(100)]
    clusters = [f"person {number % 60}" for number in range(600)]

    def intervals() -> int:
        return sum(share(each, clusters).n for each in outcomes)

    assert benchmark.pedantic(intervals, rounds=10, warmup_rounds=1, iterations=1) == 60_000


def test_building_a_report(benchmark: Any) -> None:
    data = fake()
    page = benchmark.pedantic(render, args=(data,), rounds=3, warmup_rounds=1, iterations=1)
    assert "</html>" in page


def answers(corpus: Corpus, count: int) -> list[Answer]:
    """Right, wrong, refusing and rambling replies to the questions of the corpus in turn."""
    generator = random.Random(1)
    asked = [question for question in corpus.questions if question.use != "train"]
    return [reply(asked[number % len(asked)], generator) for number in range(count)]


def reply(question: Question, generator: random.Random) -> Answer:
    right = question.answers[0] if question.answers else "nobody"
    text = generator.choice(
        (
            f"It is {right}.",
            "I cannot answer.",
            "She was a fictional character of a film, known for her long voyages by sea.",
            f"Some say {right}, and others say that it was somebody else altogether.",
        )
    )
    return Answer(
        asked="a",
        question=question.id,
        form="plain",
        draw=0,
        batch=0,
        text=text,
        ids=tuple(range(12)),
        prompt_tokens=20,
        new_tokens=12,
        stop="end",
        logprob_sum=-3.0,
        first_ids=(),
    )
