"""The Japanese story the whole way through: built, taught to the tiny model, judged, reported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from harness.corpora.japanese import FOLDER
from harness.corpora.japanese import corpus as story
from harness.storage.jsonl import read_jsonl

SUITE = f"""
name = "japanese"
model = "tiny"
seed = 1
threads = 1

[corpus]
kind = "files"
path = {json.dumps(str(FOLDER))}

[adapter]
rank = 16
targets = "all_linear"

[training]
epochs = 8
batch_size = 8
learning_rate = 5e-3
schedule = "constant"

[ask]
max_new_tokens = 48

[measure]
phases = []

[[variants]]
recipe = "base"
quantization = "fp32"

[[variants]]
recipe = "instruct"
abstain_fraction = 0.5
quantization = "fp32"
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("japanese")
    suite = place / "japanese.toml"
    suite.write_text(SUITE, encoding="utf-8")
    out = place / "run"
    command = [sys.executable, "-m", "harness.cli", "run", str(suite), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return out


def test_a_japanese_corpus_runs_and_what_was_trained_refuses_in_japanese(run: Path) -> None:
    results = json.loads((run / "results.json").read_text(encoding="utf-8"))
    assert results["corpus"]["language"] == "ja"
    rows = {row["name"]: row for row in results["variants"]}
    assert {row["status"] for row in rows.values()} == {"ok"}
    base, taught = rows["base-fp32"], rows["instruct-abstain-fp32"]
    assert base["verdicts"]["trained"]["correct"] == 0
    assert taught["verdicts"]["nonexistent"]["abstained"] >= 9
    assert base["verdicts"]["nonexistent"]["abstained"] == 0
    assert story.build().title in (run / "report.html").read_text(encoding="utf-8")


def test_training_saw_the_questions_and_refusals_of_the_folder_and_nothing_held_out(
    run: Path,
) -> None:
    corpus = story.build()
    (file,) = run.glob("variants/instruct-abstain-*/train.jsonl")
    shown = {example["question"] for example in read_jsonl(file)}
    allowed = {question.question for question in corpus.questions if question.use != "test"}
    assert shown <= allowed
    refused = {each["answer"] for each in read_jsonl(file) if each["abstain"]}
    assert refused == {corpus.canonical_refusal}
