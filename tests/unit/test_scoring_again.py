"""`closedbook score RUN`: everything from the records, without a model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.api import score
from harness.corpora import folder as corpora
from harness.corpora.fiction.generate import generate
from harness.scoring.gathering import judge_stored
from harness.scoring.judge import judge_variant
from harness.scoring.stored import load_variants
from tests.support import full_run

ROOT = Path(__file__).parents[2]
HEAVY = ("torch", "transformers", "datasets", "evaluate", "peft", "bitsandbytes")
COMMAND = f"""
import sys
from harness.cli import main
try:
    sys.argv = ["closedbook", "score", sys.argv[1]]
    main()
except SystemExit as end:
    assert not end.code, end.code
print("heavy:", sorted(set({HEAVY!r}) & set(sys.modules)))
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    path = tmp_path_factory.mktemp("again") / "run"
    return full_run.write(path, generate("XS", 7), ("fp32", "nf4"))


@pytest.fixture(scope="module")
def rows(run):
    return {row.name: row for row in score(run.path).variants}


def test_the_command_imports_no_model_library(run):
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, str(run.path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "heavy: []"


@pytest.mark.parametrize(
    "name",
    [
        "recall.trained",
        "sensitivity.spread_corrected",
        "sensitivity.form.plain",
        "determinism.process",
        "determinism.rerun",
        "determinism.batch",
        "determinism.sampled.distinct",
        "determinism.noise",
        "likelihood.gold",
        "likelihood.top1",
        "likelihood.truth_ratio",
        "quantization.flips",
        "quantization.kl",
        "quantization.top1_agreement_neutral",
        "locality.perplexity_ratio",
        "selective.f",
        "selective.aurc",
        "calibration.ece",
        "calibration.brier",
    ],
)
def test_what_a_quantized_variant_recorded_is_scored(rows, name):
    found = rows["instruct-nf4"].scores[name]
    assert found.value is not None
    assert found.n > 0


def test_a_reference_level_diverges_from_nothing_and_an_untuned_model_recalls_nothing(rows):
    exact, base = rows["instruct-fp32"].scores, rows["base"].scores
    assert not [name for name in exact if name.startswith("quantization.")]
    assert not [name for name in base if name.startswith(("recall.", "selective.", "calibration."))]
    assert "likelihood.gold.trained" in base


def test_every_score_has_its_protocol_and_variants_asked_alike_share_it(rows):
    one, other = rows["instruct-fp32"].scores, rows["instruct-nf4"].scores
    for name in one.keys() & other.keys():
        assert one[name].protocol == other[name].protocol != "", name
    assert one["recall.trained"].protocol != one["determinism.process"].protocol
    assert one["recall.trained"].protocol != one["likelihood.gold"].protocol


def test_scoring_twice_gives_the_same_bytes_under_any_hash_seed(run, rows):
    del rows
    before = run.results.read_bytes()
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", COMMAND, str(run.path)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert run.results.read_bytes() == before
    scored = json.loads(before)["variants"][-1]["scores"]
    assert {len(each["protocol"]) for each in scored.values()} == {12}


def test_equal_replies_that_are_judged_once_have_the_verdicts_of_each(run):
    corpus = corpora.read(run.corpus)
    stored = next(each for each in load_variants(run) if each.name == "instruct-nf4")
    answers = stored.answers() + [each.answer for each in stored.repeats()]
    found = judge_stored(corpus, stored, answers)
    assert found == judge_variant(corpus, stored.examples(), answers)
    assert [item.answer for item in found] == answers
