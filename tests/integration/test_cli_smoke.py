"""The whole way through on the command line, with the suite `smoke`: no network, a tiny model."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from harness.corpora import folder as corpus_folder

OFFLINE = ["env", "PIP_INDEX_URL=http://127.0.0.1:9/", "HF_HUB_OFFLINE=1"]


def closedbook(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [*OFFLINE, sys.executable, "-m", "harness.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def results_of(run: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((run / "results.json").read_text(encoding="utf-8"))
    return content


def variant(run: Path, name: str) -> dict[str, Any]:
    (found,) = [row for row in results_of(run)["variants"] if row["name"] == name]
    return found


def answers(run: Path) -> dict[str, bytes]:
    found = sorted(run.glob("variants/*/answers.jsonl"))
    return {path.parent.name: path.read_bytes() for path in found}


def assert_two_plain_lines(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 2, done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 2, done.stderr
    assert lines[0].startswith("closedbook: ")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of `smoke`; tests leave it as it is."""
    return tmp_path_factory.mktemp("smoke") / "run"


@pytest.fixture(scope="module")
def first(run: Path) -> subprocess.CompletedProcess[str]:
    """What the run printed. The tiny model is there beforehand, as on all but the first run."""
    from harness.models.resolve import resolve
    from harness.records import ModelChoice

    resolve(ModelChoice(name="tiny"))
    start = time.perf_counter()
    done = closedbook("run", "smoke", "--out", run)
    done.seconds = time.perf_counter() - start  # type: ignore[attr-defined]
    assert done.returncode == 0, done.stderr
    return done


def test_smoke_ends_within_a_minute_with_a_table_and_the_path_of_the_report(
    first: subprocess.CompletedProcess[str], run: Path
) -> None:
    assert first.seconds < 60  # type: ignore[attr-defined]
    assert "base-fp32" in first.stdout
    assert "instruct-fp32" in first.stdout
    assert f"report: {run / 'report.html'}" in first.stdout
    assert "<html" in (run / "report.html").read_text(encoding="utf-8")


def test_it_suggests_a_question_that_can_be_asked(
    first: subprocess.CompletedProcess[str], run: Path
) -> None:
    expected = f"closedbook ask {run} --compare base-fp32 instruct-fp32 'Who was Bordor?'"
    assert expected in first.stdout


def test_away_from_a_terminal_progress_is_plain_lines(
    first: subprocess.CompletedProcess[str],
) -> None:
    assert "instruct-fp32: train" in first.stderr
    assert "\x1b" not in first.stderr + first.stdout


@pytest.mark.usefixtures("first")
def test_the_tiny_model_learns_what_it_is_taught_and_knows_nothing_before(run: Path) -> None:
    before, after = variant(run, "base-fp32"), variant(run, "instruct-fp32")
    assert after["scores"]["recall.trained"]["n"] >= 24
    assert after["scores"]["recall.trained"]["value"] >= 0.8
    assert sum(before["verdicts"]["trained"].values()) >= 24
    assert before["verdicts"]["trained"]["correct"] <= 2


@pytest.mark.usefixtures("first")
def test_the_same_command_again_keeps_everything(run: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(run, copy)
    before = results_of(copy), answers(copy)
    again = closedbook("run", "smoke", "--out", copy)
    assert again.returncode == 0, again.stderr
    assert "0 phases to run" in again.stderr
    assert (results_of(copy), answers(copy)) == before


@pytest.mark.usefixtures("first")
def test_another_run_of_the_suite_gives_the_same_answers_and_scores(
    run: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert closedbook("run", "smoke", "--out", other).returncode == 0
    assert answers(other) == answers(run)
    for one, two in zip(results_of(run)["variants"], results_of(other)["variants"], strict=True):
        assert (one["name"], one["trained"]) == (two["name"], two["trained"])
        assert (one["scores"], one["verdicts"]) == (two["scores"], two["verdicts"])


@pytest.mark.usefixtures("first")
def test_scoring_again_gives_the_same_bytes_without_a_model(run: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(run, copy)
    (copy / "results.json").unlink()
    for adapter in copy.glob("variants/*/adapter"):
        shutil.rmtree(adapter)
    done = closedbook("score", copy)
    assert done.returncode == 0, done.stderr
    assert (copy / "results.json").read_bytes() == (run / "results.json").read_bytes()


@pytest.mark.usefixtures("first")
def test_the_report_can_be_built_again_elsewhere(run: Path, tmp_path: Path) -> None:
    done = closedbook("report", run, "--out", tmp_path / "story.html")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path / 'story.html'}\n"
    assert (tmp_path / "story.html").read_bytes() == (run / "report.html").read_bytes()


@pytest.mark.usefixtures("first")
def test_two_variants_can_be_asked_the_same_question(run: Path) -> None:
    done = closedbook("ask", run, "--compare", "base-fp32", "instruct-fp32", "Who was Bordor?")
    assert done.returncode == 0, done.stderr
    names = [line.split()[0] for line in done.stdout.splitlines() if line]
    assert names[0] == "base-fp32"
    assert "instruct-fp32" in names


@pytest.mark.usefixtures("first")
def test_asking_gives_the_answer_that_was_recorded(run: Path) -> None:
    questions = corpus_folder.read(run / "corpus").questions
    question = next(item for item in questions if item.probe == "trained")
    stored = [
        json.loads(line)
        for path in run.glob("variants/instruct-fp32--*/answers.jsonl")
        for line in path.open(encoding="utf-8")
    ]
    recorded = next(item["text"] for item in stored if item["question"] == question.id)
    done = closedbook("ask", run, "instruct-fp32", question.question)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split(maxsplit=1)[1].strip() == recorded.strip()


@pytest.mark.usefixtures("first")
def test_a_variant_that_the_run_does_not_have_is_answered_with_the_nearest(run: Path) -> None:
    done = closedbook("ask", run, "instruct-fp23", "Who was Bordor?")
    assert_two_plain_lines(done)
    assert "did you mean 'instruct-fp32'?" in done.stderr


@pytest.mark.usefixtures("first")
@pytest.mark.parametrize("file", ["results.json", "plan.json"])
def test_a_damaged_run_is_told_in_one_line(run: Path, tmp_path: Path, file: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(run, copy)
    (copy / file).write_text("{", encoding="utf-8")
    done = closedbook("report", copy)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert file in done.stderr


def test_a_failing_variant_is_a_row_and_an_exit_code(tmp_path: Path) -> None:
    out = tmp_path / "run"
    done = closedbook("run", "smoke", "--out", out, "--set", "training.max_length=16")
    assert done.returncode == 4, done.stderr
    failed = variant(out, "instruct-fp32")
    assert failed["status"] == "failed"
    assert "max_length" in failed["error"]
    assert variant(out, "base-fp32")["status"] == "ok"
    assert "instruct-fp32" in done.stdout


def test_ctrl_c_ends_with_130_and_the_same_command_continues(
    first: subprocess.CompletedProcess[str], run: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    words: Sequence[str] = ["run", "smoke", "--out", str(out)]
    command = [sys.executable, "-m", "harness.cli", *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "instruct-fp32: train" in line:
                break
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(timeout=60) == 130
    assert "the same command continues" in rest
    assert "Traceback" not in rest
    again = closedbook(*words)
    assert again.returncode == 0, again.stderr
    assert answers(out) == answers(run)


def test_a_model_that_is_not_causal_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    model = tmp_path / "bert"
    model.mkdir()
    config = {"model_type": "bert", "architectures": ["BertForMaskedLM"]}
    (model / "config.json").write_text(json.dumps(config), encoding="utf-8")
    out = tmp_path / "run"
    done = closedbook("run", "smoke", "--out", out, "--set", f"model.path={model}")
    assert_two_plain_lines(done)
    assert "not a causal language model" in done.stderr
    assert not out.exists()


def test_a_folder_with_other_things_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    done = closedbook("run", "smoke", "--out", tmp_path)
    assert_two_plain_lines(done)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_pattern_that_no_variant_fits_is_told_the_names(tmp_path: Path) -> None:
    done = closedbook("run", "smoke", "--out", tmp_path / "run", "--only", "nf4")
    assert_two_plain_lines(done)
    assert "instruct-fp32" in done.stderr


def test_an_unknown_device_is_refused(tmp_path: Path) -> None:
    done = closedbook("run", "smoke", "--out", tmp_path / "run", "--device", "tpu")
    assert_two_plain_lines(done)
    assert not (tmp_path / "run").exists()


def test_a_plan_shows_variants_examples_and_prompts_and_writes_nothing(
    first: subprocess.CompletedProcess[str], tmp_path: Path
) -> None:
    done = closedbook("plan", "smoke", "--show", "1")
    assert done.returncode == 0, done.stderr
    assert "instruct-fp32" in done.stdout
    assert "as the model sees it" in done.stdout
    assert "prompt" in done.stdout


def test_a_plan_of_a_model_that_is_not_here_fetches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOSEDBOOK_CACHE", str(tmp_path))
    done = closedbook("plan", "quick", "--show", "1")
    assert done.returncode == 0, done.stderr
    assert "not fetched yet" in done.stdout
    assert "raw_text-nf4" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_doctor_looks_at_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    done = closedbook("doctor")
    assert done.returncode == 0, done.stderr
    subjects = [line.split()[1] for line in done.stdout.splitlines() if line[:4].strip()]
    assert {"python", "torch", "processor", "cores", "memory", "gpu", "cache"} <= set(subjects)
    # The index is out of reach here, and doctor says what that means.
    assert "package index does not answer" in done.stdout
    assert "--set model.path=FOLDER" in done.stdout


@pytest.mark.usefixtures("first")
def test_a_level_that_trains_otherwise_than_before_is_named_in_seconds(
    run: Path, tmp_path: Path
) -> None:
    copy, found = tmp_path / "before", tmp_path / "found.json"
    shutil.copytree(run, copy)
    (kept,) = copy.glob("variants/instruct-fp32--*/first_step.json")
    whole = json.loads(kept.read_text(encoding="utf-8"))
    layer = whole["gradients"]["1"]
    layer["sketch"] = [2 * number for number in layer["sketch"]]
    layer["norms"] = {name: [2 * a, 2 * b] for name, (a, b) in layer["norms"].items()}
    kept.write_text(json.dumps(whole), encoding="utf-8")
    done = closedbook("fingerprint", "smoke", "--against", copy, "--json", found)
    assert done.returncode == 1, done.stderr
    assert "instruct-fp32: The gradient of layer 1" in done.stdout
    assert "is 0.50 times what it was, cosine 1.00; the other one agrees." in done.stdout
    verdicts = {row["variant"]: row["verdict"] for row in json.loads(found.read_text())["rows"]}
    assert verdicts.pop("instruct-fp32") == "regression"
    assert set(verdicts.values()) <= {"pass"}
