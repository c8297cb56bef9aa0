"""How long scoring, statistics and the report take: everything that is done without a model.

Two promises are tests of their own, in a fresh process each:

    python -m pytest tests/benchmarks/test_core_speed.py -k "hundred_thousand" -s
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harness.corpora.fiction.generate import generate
from harness.execution.machine import usable_cores
from harness.records import Answer, Corpus, Question
from harness.reporting.report import render
from harness.scoring.judge import judge_variant
from harness.stats.intervals import share
from tests.support import full_run
from tests.support.fake_run import fake

ROOT = Path(__file__).parents[2]
GIBIBYTE = 1024**3
MEASURE = """
import json, sys, time
started = time.process_time()
{work}
with open("/proc/self/status") as file:
    peak = next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))
heavy = sorted({{"torch", "transformers", "datasets", "evaluate"}} & sys.modules.keys())
print(json.dumps({{"seconds": time.process_time() - started, "peak": peak, "heavy": heavy}}))
"""
SCORE = "from harness.api import score; score({path!r})"
BOOTSTRAP = """
import numpy as np
from harness.stats.bootstrap import graded_mean
values = np.random.default_rng(1).random(100_000)
clusters = [str(number // {each}) for number in range(100_000)]
graded_mean(({values}).tolist(), clusters)
"""


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


def measured(work: str) -> dict[str, Any]:
    """Seconds of the processor, peak memory and heavy imports of some work in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE.format(work=work)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"{found['seconds']:.1f} s, peak {found['peak'] / 2**20:.0f} MiB")
    return found


def allowed(seconds: float) -> float:
    """More where more processes than cores share the machine: their caches and cores are shared."""
    return seconds * max(1.0, os.getloadavg()[0] / usable_cores())


def test_a_hundred_thousand_answers_are_scored_again_in_twenty_seconds(tmp_path: Path) -> None:
    """Ten variants, 880 questions in twelve forms: every family of scores, from the files."""
    levels = ("fp32", "bf16", "nf4", "int8", "fp4", "nf4_dq", "fp32-b", "nf4-b", "int8-b")
    run = full_run.write(tmp_path / "run", generate("S", 7), levels, rich=False)
    folders = (run.path / "variants").iterdir()
    answered = sum(full_run.answers_in(folder / "answers.jsonl") for folder in folders)
    assert answered >= 100_000
    found = measured(SCORE.format(path=str(run.path)))
    assert found["seconds"] < allowed(20)
    assert found["peak"] < GIBIBYTE
    assert found["heavy"] == []
    assert run.results.exists()


@pytest.mark.parametrize("each", [1, 5, 50])
@pytest.mark.parametrize("values", ["values", "values < 0.7"])
def test_ten_thousand_draws_of_a_hundred_thousand_items_take_five_seconds(
    each: int, values: str
) -> None:
    """Items in clusters of `each`, graded or right and wrong."""
    found = measured(BOOTSTRAP.format(each=each, values=values))
    assert found["seconds"] < allowed(5)
    assert found["peak"] < GIBIBYTE
