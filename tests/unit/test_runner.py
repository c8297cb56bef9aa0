import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness import runner
from harness.answering import plan as answering
from harness.answering import prompts
from harness.errors import UserError
from harness.execution import launching, local, machine, planning, preparing
from harness.execution.events import Silent
from harness.records import (
    Ask,
    Corpus,
    CorpusChoice,
    Measure,
    ModelChoice,
    Prompt,
    Recipe,
    ResolvedModel,
    Suite,
    Training,
    Variant,
)
from harness.storage.locks import RunLock
from tests.support import toy_phases
from tests.support.fake_world import world

ENVIRONMENT = {"software": {"torch": "1"}, "threads": 1, "device": "cpu"}


class Watching(Silent):
    """Events that keep what they hear."""

    def __init__(self) -> None:
        self.plan: list[tuple[str, str]] = []
        self.kept = 0
        self.done: list[tuple[str, str]] = []
        self.failures: list[tuple[str, str, str]] = []
        self.messages: list[str] = []

    def planned(self, phases: Any, finished: int) -> None:
        self.plan, self.kept = list(phases), finished

    def finished(self, variant: str, phase: str, seconds: float) -> None:
        self.done.append((variant, phase))

    def failed(self, variant: str, phase: str, reason: str, log: Path | None) -> None:
        self.failures.append((variant, phase, reason))

    def message(self, text: str) -> None:
        self.messages.append(text)


@pytest.fixture(autouse=True)
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The other rooms, as far as a runner sees them; the returned table changes what they say."""
    says: dict[str, Any] = {"environment": ENVIRONMENT, "corpus": world(), "weights": "w"}

    def write(corpus: Corpus, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "corpus.json").write_text(json.dumps({"digest": corpus.digest}))

    def resolve(choice: ModelChoice, progress: Any) -> ResolvedModel:
        progress(1, 1, "there")
        return ResolvedModel(
            name=choice.name,
            path=tmp_path,
            weights_digest=says["weights"],
            tokenizer_digest="t",
            template_digest="t",
            provenance="toy",
            license="none",
        )

    def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        return [f"torch {before['software']['torch']} -> {after['software']['torch']}"]

    def build(run: Any) -> Any:
        names = json.loads((run.path / "plan.json").read_text())["variants"]
        found = []
        for entry in names:
            folder = run.path / "variants" / entry["folder"]
            found.append(json.loads((folder / "status.json").read_text()) | entry)
        return found

    monkeypatch.setattr(
        runner,
        "environments",
        SimpleNamespace(
            describe=lambda device, threads: says["environment"], differences=differences
        ),
    )
    monkeypatch.setattr(runner, "prepare_corpus", lambda *given: says["corpus"])
    monkeypatch.setattr(runner, "corpus_folder", SimpleNamespace(write=write))
    monkeypatch.setattr(preparing, "models", SimpleNamespace(resolve=resolve))
    monkeypatch.setattr(
        runner, "scoring", SimpleNamespace(build=build, save=lambda results, path: path.touch())
    )
    monkeypatch.setattr(
        runner, "report", SimpleNamespace(write=lambda run: run.report.write_text("report"))
    )
    monkeypatch.setattr(local, "TARGETS", toy_phases.TARGETS)
    monkeypatch.setattr(local, "METER", toy_phases.METER)
    monkeypatch.setattr(local, "open_launcher", launching.FreshLauncher)
    return says


def variant(name: str, **changes: Any) -> Variant:
    settings: dict[str, Any] = {
        "model": ModelChoice(name="tiny"),
        "recipe": Recipe(name="instruct"),
        "threads": 1,
        "measure": Measure(phases=()),
    }
    return Variant(name=name, **{**settings, **changes})


def suite(*variants: Variant) -> Suite:
    return Suite(
        name="toy",
        corpus=CorpusChoice(),
        variants=variants,
        gate={},
        threads=1,
        source='name = "toy"\n',
    )


def run(what: Suite, out: Path, **options: Any) -> tuple[Any, Watching]:
    watch = Watching()
    results = runner.run(what, out, jobs=2, device="cpu", events=watch, **options)
    return results, watch


def folder_of(out: Path, name: str) -> Path:
    return next((out / "variants").glob(f"{name}--*"))


def status_of(out: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder_of(out, name) / "status.json").read_text())
    return found


def test_a_run_leaves_everything_that_its_folder_promises(tmp_path: Path) -> None:
    out = tmp_path / "run"
    measured = variant("tuned", measure=Measure(phases=("decode",)))
    _, watch = run(suite(variant("base", recipe=Recipe()), measured), out)
    assert watch.done[-1] == ("tuned", "measure")
    assert set(watch.plan) == {
        ("base", "answer"),
        ("tuned", "train"),
        ("tuned", "answer"),
        ("tuned", "measure"),
    }
    for name in ("suite.toml", "environment.json", "plan.json", "results.json", "report.html"):
        assert (out / name).exists(), name
    assert (out / "corpus" / "corpus.json").exists()
    plan = json.loads((out / "plan.json").read_text())
    assert [entry["name"] for entry in plan["variants"]] == ["base", "tuned"]
    assert plan["suite"]["name"] == "toy"
    settled = json.loads((folder_of(out, "tuned") / "variant.json").read_text())
    assert settled["variant"]["name"] == "tuned"
    assert settled["trained"].startswith(folder_of(out, "tuned").name.partition("--")[2])
    assert set(settled["model"]) == {
        "name",
        "weights_digest",
        "tokenizer_digest",
        "template_digest",
        "provenance",
        "license",
    }
    status = status_of(out, "tuned")
    assert status["status"] == "ok"
    assert status["error"] is None
    assert {state["state"] for state in status["phases"].values()} == {"done"}
    assert not [path for path in out.rglob("*") if path.name.startswith(".tmp")]


def test_the_same_command_again_runs_nothing(tmp_path: Path) -> None:
    out = tmp_path / "run"
    what = suite(variant("tuned"))
    run(what, out)
    before = (folder_of(out, "tuned") / "answers.jsonl").read_bytes()
    described = (out / "environment.json").read_bytes()
    _, watch = run(what, out)
    assert (watch.plan, watch.kept) == ([], 2)
    assert (folder_of(out, "tuned") / "answers.jsonl").read_bytes() == before
    assert (out / "environment.json").read_bytes() == described


def test_a_failed_variant_is_recorded_and_tried_again_next_time(tmp_path: Path) -> None:
    out = tmp_path / "run"
    what = suite(variant("fail-answer"), variant("good"))
    _, watch = run(what, out)
    assert watch.failures == [("fail-answer", "answer", "nf4 layers: 0 found, 210 declared")]
    status = status_of(out, "fail-answer")
    assert status["status"] == "failed"
    assert status["error"] == {
        "phase": "answer",
        "reason": "nf4 layers: 0 found, 210 declared",
        "log": "answer.log",
    }
    assert status_of(out, "good")["status"] == "ok"
    _, watch = run(what, out)
    assert watch.plan == [("fail-answer", "answer")]


def test_a_failure_stays_on_record_while_only_others_run(tmp_path: Path) -> None:
    out = tmp_path / "run"
    what = suite(variant("fail-train"), variant("good"))
    run(what, out)
    before = status_of(out, "fail-train")
    run(what, out, only="good")
    assert before["status"] == "failed"
    assert status_of(out, "fail-train") == before


def test_the_launcher_imports_nothing_heavy() -> None:
    code = "import sys, harness.runner; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"torch", "transformers", "datasets", "evaluate", "peft", "bitsandbytes", "matplotlib"}
    assert not heavy & set(done.stdout.split())


def test_nothing_is_served_from_another_fingerprint(tmp_path: Path, rooms: dict[str, Any]) -> None:
    out = tmp_path / "run"
    run(suite(variant("tuned")), out)
    _, watch = run(suite(variant("tuned", training=Training(epochs=3))), out)
    assert watch.plan == [("tuned", "train"), ("tuned", "answer")]
    rooms["weights"] = "others"
    _, watch = run(suite(variant("tuned")), out)
    assert watch.plan == [("tuned", "train"), ("tuned", "answer")]
    rooms["corpus"] = replace(world(), digest="0" * 64)
    _, watch = run(suite(variant("tuned")), out)
    assert watch.plan == [("tuned", "train"), ("tuned", "answer")]
    assert len(list((out / "variants").glob("tuned--*"))) == 4


def test_asking_otherwise_keeps_the_adapter_and_sets_old_answers_aside(tmp_path: Path) -> None:
    out = tmp_path / "run"
    first = variant("tuned")
    run(suite(first), out)
    old = (folder_of(out, "tuned") / "answers.jsonl").read_text()
    asked_otherwise = replace(first, ask=replace(first.ask, max_new_tokens=7))
    _, watch = run(suite(asked_otherwise), out)
    assert watch.plan == [("tuned", "answer")]
    new = (folder_of(out, "tuned") / "answers.jsonl").read_text()
    assert json.loads(new)["asked"] != json.loads(old)["asked"]
    kept = list((folder_of(out, "tuned") / "superseded").glob("*/answers.jsonl"))
    assert [path.read_text() for path in kept] == [old]


def test_speeds_are_measured_alone_at_the_end_the_reference_first_and_last(tmp_path: Path) -> None:
    out = tmp_path / "run"
    measure = Measure(phases=("decode",))
    what = suite(*(variant(name, measure=measure) for name in ("ref", "b", "c", "d")))
    _, watch = run(what, out)
    order = [name for name, phase in watch.done if phase == "measure"]
    assert {phase for _, phase in watch.done[-5:]} == {"measure"}
    assert (order[0], order[-1]) == ("ref", "ref")
    assert sorted(order[1:-1]) == ["b", "c", "d"]
    found = json.loads((folder_of(out, "ref") / "resources.json").read_text())
    assert found["throughput.decode_tokens_per_s"] == 3.0
    assert found["drift.throughput.decode_tokens_per_s"] == 1.0
    assert "drift" not in (folder_of(out, "b") / "resources.json").read_text()
    assert status_of(out, "ref")["status"] == "ok"
    _, watch = run(what, out)
    assert watch.plan == []


def test_measuring_otherwise_measures_again_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "run"
    run(suite(variant("tuned", measure=Measure(phases=("decode",)))), out)
    _, watch = run(suite(variant("tuned", measure=Measure(phases=("decode",), repeats=3))), out)
    assert watch.plan == [("tuned", "measure")]


READ_OFF = Ask(likelihood=True, repeats=("process",))


def levels() -> Suite:
    return suite(
        *(variant(level, quantization=level, ask=READ_OFF) for level in ("nf4", "int8", "fp32"))
    )


def test_levels_are_read_off_after_their_reference(tmp_path: Path) -> None:
    out = tmp_path / "run"
    _, watch = run(levels(), out)
    order = [name for name, phase in watch.done if phase == "likelihood"]
    assert order[0] == "fp32"
    assert sorted(order[1:]) == ["int8", "nf4"]
    assert not watch.failures
    assert run(levels(), out)[1].plan == []


def test_reading_off_and_asking_again_are_made_anew_with_the_answers(tmp_path: Path) -> None:
    out = tmp_path / "run"
    first = variant("tuned", ask=READ_OFF)
    run(suite(first), out)
    otherwise = replace(first, ask=replace(READ_OFF, max_new_tokens=7))
    _, watch = run(suite(otherwise), out)
    assert watch.plan == [("tuned", phase) for phase in ("answer", "repeat", "likelihood")]


def test_asking_again_otherwise_keeps_answers_and_what_was_read_off(tmp_path: Path) -> None:
    out = tmp_path / "run"
    first = variant("tuned", ask=READ_OFF)
    run(suite(first), out)
    otherwise = replace(first, ask=replace(READ_OFF, repeats=("process", "rerun")))
    _, watch = run(suite(otherwise), out)
    assert watch.plan == [("tuned", "repeat")]


def test_a_lost_adapter_is_trained_again_and_nothing_answered_without_it_counts(
    tmp_path: Path,
) -> None:
    out = tmp_path / "run"
    run(suite(variant("tuned")), out)
    (folder_of(out, "tuned") / "adapter").rmdir()
    _, watch = run(suite(variant("tuned")), out)
    assert watch.plan == [("tuned", "train"), ("tuned", "answer")]
    assert len((folder_of(out, "tuned") / "answers.jsonl").read_text().splitlines()) == 1


def test_another_environment_is_named_and_refused(tmp_path: Path, rooms: dict[str, Any]) -> None:
    out = tmp_path / "run"
    run(suite(variant("tuned")), out)
    rooms["environment"] = {**ENVIRONMENT, "software": {"torch": "2"}}
    with pytest.raises(UserError, match="torch 1 -> 2") as caught:
        run(suite(variant("tuned")), out)
    assert "--keep-environment" in caught.value.hint
    _, watch = run(suite(variant("tuned")), out, keep_environment=True)
    assert watch.plan == []
    _, watch = run(suite(variant("tuned")), out, fresh=True)
    assert len(watch.plan) == 2
    run(suite(variant("tuned")), out)


def test_when_and_how_a_run_was_started_is_no_environment(
    tmp_path: Path, rooms: dict[str, Any]
) -> None:
    out = tmp_path / "run"
    run(suite(variant("tuned")), out, command="closedbook run toy")
    _, watch = run(suite(variant("tuned")), out, command="closedbook run toy --jobs 1")
    assert watch.plan == []


def test_fresh_starts_anew_with_the_chosen_variants_only(tmp_path: Path) -> None:
    out = tmp_path / "run"
    what = suite(variant("a-one"), variant("b-two"))
    run(what, out)
    _, watch = run(what, out, fresh=True, only="a-*")
    assert watch.plan == [("a-one", "train"), ("a-one", "answer")]


def test_only_runs_what_fits_and_leaves_the_rest_pending(tmp_path: Path) -> None:
    out = tmp_path / "run"
    results, watch = run(suite(variant("a-one"), variant("b-two")), out, only="b-*")
    assert {name for name, _ in watch.plan} == {"b-two"}
    assert [(row["name"], row["status"]) for row in results] == [
        ("a-one", "pending"),
        ("b-two", "ok"),
    ]
    with pytest.raises(UserError, match="no variant is called 'c-"):
        run(suite(variant("a-one")), out, only="c-*")


def test_two_variants_of_one_training_have_folders_of_their_own(tmp_path: Path) -> None:
    out = tmp_path / "run"
    first = variant("one")
    second = replace(first, name="two", ask=replace(first.ask, max_new_tokens=9))
    run(suite(first, second), out)
    folders = sorted(path.name for path in (out / "variants").glob("*--*"))
    assert [name.partition("--")[0] for name in folders] == ["one", "two"]
    assert len({name.partition("--")[2] for name in folders}) == 1


def test_two_variants_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="two variants are called 'same'"):
        run(suite(variant("same"), variant("same", seed=2)), tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_variant_that_needs_a_missing_package_is_unavailable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "run"
    monkeypatch.setattr(planning, "find_spec", lambda name: None)
    reading = variant("reading", answerer="reading", recipe=Recipe())
    results, watch = run(suite(reading, variant("good")), out)
    assert [row["status"] for row in results] == ["unavailable", "ok"]
    assert "needs the package bm25s" in status_of(out, "reading")["error"]["reason"]
    assert any("reading is unavailable" in text for text in watch.messages)
    assert {name for name, _ in watch.plan} == {"good"}


def test_a_card_that_is_not_there_makes_every_variant_unavailable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "has_gpu", lambda: True)
    out = tmp_path / "run"
    runner.run(suite(variant("tuned")), out, device="cuda:99", jobs=1)
    status = status_of(out, "tuned")
    assert status["status"] == "unavailable"
    assert "cuda" in status["error"]["reason"].lower()


def test_a_torn_line_is_dropped_and_told(tmp_path: Path) -> None:
    out = tmp_path / "run"
    what = suite(variant("fail-answer"))
    run(what, out)
    path = folder_of(out, "fail-answer") / "answers.jsonl"
    path.write_text('{"asked":"x"}\n{"as')
    _, watch = run(what, out)
    assert any("dropped an unfinished last line" in text for text in watch.messages)


def test_ctrl_c_is_recorded_and_the_same_command_continues(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Impatient(Watching):
        def started(self, variant: str, phase: str) -> None:
            if phase == "answer":
                raise KeyboardInterrupt

    out = tmp_path / "run"
    what = suite(variant("tuned"))
    with pytest.raises(KeyboardInterrupt):
        runner.run(what, out, jobs=1, events=Impatient())
    status = status_of(out, "tuned")
    assert status["status"] == "interrupted"
    assert status["phases"]["train"]["state"] == "done"
    assert status["phases"]["answer"]["state"] == "interrupted"
    _, watch = run(what, out)
    assert watch.plan == [("tuned", "answer")]
    assert status_of(out, "tuned")["status"] == "ok"


def test_a_full_disk_stops_the_run_with_one_line(tmp_path: Path) -> None:
    out = tmp_path / "run"
    with pytest.raises(UserError, match="no space left on the disk"):
        run(suite(variant("full-train")), out)
    assert status_of(out, "full-train")["status"] == "interrupted"
    assert not (out / "results.json").exists()


def test_a_run_that_another_process_writes_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "run"
    with RunLock(out / ".lock"), pytest.raises(UserError, match=f"process {os.getpid()} on "):
        run(suite(variant("tuned")), out)


@pytest.mark.parametrize("content", ["file", "folder", "other", "damaged"])
def test_a_folder_that_is_no_run_of_this_suite_is_left_alone(tmp_path: Path, content: str) -> None:
    out = tmp_path / "run"
    if content == "file":
        out.write_text("precious")
    else:
        out.mkdir()
        name = "thesis.txt" if content == "folder" else "plan.json"
        other = json.dumps({"suite": {"name": "another"}})
        (out / name).write_text(other if content == "other" else "precious")
    before = sorted((path.name, path.stat().st_mtime_ns) for path in tmp_path.rglob("*"))
    with pytest.raises(UserError) as caught:
        run(suite(variant("tuned")), out)
    assert "\n" not in caught.value.message
    assert sorted((path.name, path.stat().st_mtime_ns) for path in tmp_path.rglob("*")) == before


def test_an_unknown_device_or_executor_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="unknown device 'gpu'"):
        runner.run(suite(variant("tuned")), tmp_path / "run", device="gpu")
    with pytest.raises(UserError, match="unknown executor 'lokal'"):
        runner.run(suite(variant("tuned")), tmp_path / "run", executor="lokal")
    assert not (tmp_path / "run").exists()


def test_the_batch_plan_is_part_of_what_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "run"
    run(suite(variant("tuned")), out)
    monkeypatch.setattr(planning, "make_plan", lambda corpus, variant: answering.Plan(batches=()))
    _, watch = run(suite(variant("tuned")), out)
    assert watch.plan == [("tuned", "answer")]


def test_draws_follow_the_seed_and_are_made_anew_under_another(tmp_path: Path) -> None:
    out = tmp_path / "run"

    def base(seed: int, draws: int) -> Variant:
        ask = Ask(draws=draws, temperature=1.0)
        return variant("base", recipe=Recipe(name="base"), seed=seed, ask=ask)

    run(suite(base(1, 0)), out)
    assert run(suite(base(2, 0)), out)[1].plan == []  # greedy: no seed is used
    run(suite(base(1, 2)), out)
    assert run(suite(base(2, 2)), out)[1].plan == [("base", "answer")]


@pytest.mark.parametrize("what", ["source_tag", "canonical_refusal"])
def test_what_a_corpus_puts_into_prompts_and_replies_is_part_of_what_was_trained(
    tmp_path: Path, rooms: dict[str, Any], what: str
) -> None:
    out = tmp_path / "run"
    run(suite(variant("tuned")), out)
    rooms["corpus"] = replace(world(), **{what: "other"})
    assert rooms["corpus"].digest == world().digest
    _, watch = run(suite(variant("tuned")), out)
    assert watch.plan == [("tuned", "train"), ("tuned", "answer")]


def test_a_later_measurement_stands_beside_the_reference_of_the_same_hour(tmp_path: Path) -> None:
    out = tmp_path / "run"
    measure = Measure(phases=("decode",))
    first = suite(*(variant(name, measure=measure) for name in ("ref", "b", "c")))
    run(first, out)
    more = replace(first, variants=(*first.variants, variant("d", measure=measure)))
    _, watch = run(more, out)
    assert [name for name, phase in watch.plan if phase == "measure"] == ["ref", "d", "ref"]
    assert [name for name, phase in watch.done if phase == "measure"] == ["ref", "d", "ref"]
    assert watch.kept == 8
    assert run(more, out)[1].plan == []


def test_drift_goes_with_the_measurement_it_was_said_of(tmp_path: Path) -> None:
    out = tmp_path / "run"
    pair = [variant(name, measure=Measure(phases=("decode",))) for name in ("ref", "b")]
    run(suite(*pair), out)
    found = folder_of(out, "ref") / "resources.json"
    assert "drift." in found.read_text()
    run(suite(variant("ref", measure=Measure(phases=("decode",), repeats=3))), out)
    assert "drift." not in found.read_text()
    assert "throughput.decode" in found.read_text()


@pytest.mark.parametrize("names", [("corpus",), ("corpus", "suite.toml"), ("suite.toml",)])
def test_a_users_own_corpus_and_suite_are_no_interrupted_run(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    out = tmp_path / "mine"
    (out / "corpus").mkdir(parents=True)
    book = out / "corpus" / "mybook.txt"
    book.write_text("precious")
    if "suite.toml" in names:
        (out / "suite.toml").write_text("mine")
    if "corpus" not in names:
        book.unlink()
        book.parent.rmdir()
    before = {path: path.is_file() and path.read_text() for path in out.rglob("*")}
    with pytest.raises(UserError, match="is not empty and no run"):
        run(suite(variant("tuned")), out)
    assert {path: path.is_file() and path.read_text() for path in out.rglob("*")} == before


def test_a_run_stopped_before_its_plan_was_written_goes_on(tmp_path: Path) -> None:
    out = tmp_path / "run"
    with RunLock(out / ".lock"):
        (out / "corpus").mkdir()
    _, watch = run(suite(variant("tuned")), out)
    assert len(watch.plan) == 2


def test_fresh_removes_nothing_where_the_run_is_then_refused(
    tmp_path: Path, rooms: dict[str, Any]
) -> None:
    out = tmp_path / "run"
    what = suite(variant("a-one"), variant("b-two"))
    run(what, out)
    rooms["environment"] = {**ENVIRONMENT, "software": {"torch": "2"}}
    before = sorted(path for path in out.rglob("*"))
    with pytest.raises(UserError, match=r"b-two .* torch 1 -> 2") as caught:
        run(what, out, fresh=True, only="a-*")
    assert "--fresh without --only" in caught.value.hint
    assert sorted(path for path in out.rglob("*")) == before


def test_a_probe_that_the_corpus_has_no_question_of_is_refused_before_training(
    tmp_path: Path,
) -> None:
    out = tmp_path / "run"
    asking = variant("tuned", ask=Ask(probes=("trained", "two_hop")))
    with pytest.raises(UserError, match="no question of the probe 'two_hop'") as caught:
        run(suite(asking), out)
    assert "trained" in caught.value.hint
    assert not out.exists()


@pytest.mark.parametrize(
    ("lost", "again"),
    [
        ("answers.jsonl", ["answer"]),
        ("plan.json", ["answer"]),
        ("train.jsonl", ["train", "answer"]),
        ("variant.json", []),
        ("repeats.jsonl", ["repeat"]),
        ("likelihood.jsonl", ["likelihood"]),
        ("distributions.npz", ["likelihood"]),
    ],
)
def test_records_that_were_lost_are_made_again(tmp_path: Path, lost: str, again: list[str]) -> None:
    out = tmp_path / "run"
    what = suite(variant("tuned", ask=READ_OFF if "answer" not in again else Ask()))
    run(what, out)
    (folder_of(out, "tuned") / lost).unlink()
    _, watch = run(what, out)
    assert watch.plan == [("tuned", phase) for phase in again]
    assert (folder_of(out, "tuned") / lost).exists()
    assert status_of(out, "tuned")["status"] == "ok"
    assert run(what, out)[1].plan == []


@pytest.mark.parametrize("content", ["", '{"asked":"other","question":"q"}\n', "rubbish\n"])
def test_answers_that_are_cut_or_another_s_are_asked_again(tmp_path: Path, content: str) -> None:
    out = tmp_path / "run"
    run(suite(variant("tuned")), out)
    path = folder_of(out, "tuned") / "answers.jsonl"
    whole = path.read_text()
    path.write_text(content)
    _, watch = run(suite(variant("tuned")), out)
    assert watch.plan == [("tuned", "answer")]
    assert path.read_text() == whole


@pytest.mark.parametrize(
    ("file", "phase"),
    [
        ("likelihood.jsonl", "likelihood"),
        ("repeats.jsonl", "repeat"),
        ("distributions.npz", "likelihood"),
    ],
)
@pytest.mark.parametrize("content", [b"", b'{"other":1}\n'])
def test_what_was_cut_or_changed_after_its_phase_is_made_again_and_told(
    tmp_path: Path, file: str, phase: str, content: bytes
) -> None:
    out = tmp_path / "run"
    what = suite(variant("tuned", ask=READ_OFF))
    run(what, out)
    path = folder_of(out, "tuned") / file
    whole = path.read_bytes()
    path.write_bytes(content)
    _, watch = run(what, out)
    assert watch.plan == [("tuned", phase)]
    assert any(file in text and "cut or changed" in text for text in watch.messages)
    assert path.read_bytes() == whole
    assert run(what, out)[1].plan == []


def test_a_phase_that_is_switched_off_leaves_a_finished_variant_finished(tmp_path: Path) -> None:
    out = tmp_path / "run"
    run(levels(), out)
    plain = suite(*(replace(each, ask=Ask()) for each in levels().variants))
    results, watch = run(plain, out)
    assert watch.plan == []
    assert [row["status"] for row in results] == ["ok"] * 3
    assert set(status_of(out, "nf4")["phases"]) == {"train", "answer"}
    results, watch = run(levels(), out)
    assert {phase for _, phase in watch.plan} == {"repeat", "likelihood"}
    assert [row["status"] for row in results] == ["ok"] * 3


def test_a_failure_in_a_phase_that_is_switched_off_no_longer_counts(tmp_path: Path) -> None:
    out = tmp_path / "run"
    first = variant("fail-likelihood", ask=READ_OFF)
    run(suite(first), out)
    assert status_of(out, "fail-likelihood")["status"] == "failed"
    results, _ = run(suite(replace(first, ask=Ask())), out)
    assert [row["status"] for row in results] == ["ok"]


def test_a_failure_elsewhere_stays_where_another_phase_is_switched_off(tmp_path: Path) -> None:
    out = tmp_path / "run"
    failing = variant("fail-measure", ask=READ_OFF, measure=Measure(phases=("decode",)))
    what = suite(failing, variant("good"))
    run(what, out)
    off = replace(failing, ask=Ask())
    run(suite(off, variant("good")), out, only="good")
    status = status_of(out, "fail-measure")
    assert (status["status"], status["error"]["phase"]) == ("failed", "measure")


def test_a_level_that_is_read_without_its_reference_is_read_again_beside_it(
    tmp_path: Path,
) -> None:
    out = tmp_path / "run"
    _, watch = run(levels(), out, only="nf4")
    assert not watch.failures
    assert status_of(out, "nf4")["status"] == "ok"
    assert run(levels(), out, only="nf4")[1].plan == []
    _, watch = run(levels(), out)
    order = [name for name, phase in watch.done if phase == "likelihood"]
    assert order[0] == "fp32"
    assert sorted(order[1:]) == ["int8", "nf4"]
    assert run(levels(), out)[1].plan == []


def test_a_failed_reference_fails_no_level(tmp_path: Path) -> None:
    out = tmp_path / "run"
    exact = variant("fail-likelihood", quantization="fp32", ask=READ_OFF)
    level = variant("nf4", quantization="nf4", ask=READ_OFF)
    _, watch = run(suite(exact, level), out)
    assert [name for name, _, _ in watch.failures] == ["fail-likelihood"]
    assert status_of(out, "nf4")["status"] == "ok"


def test_levels_are_read_anew_where_their_reference_came_out_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "run"
    run(levels(), out)
    # Another card, another rounding: the same fingerprints and other probabilities.
    monkeypatch.setenv("TOY_READING", "other")
    _, watch = run(levels(), out, fresh=True, only="fp32")
    assert {name for name, _ in watch.plan} == {"fp32"}
    assert status_of(out, "nf4")["status"] == "pending"
    assert "likelihood" not in status_of(out, "nf4")["phases"]
    _, watch = run(levels(), out)
    assert sorted(watch.plan) == [("int8", "likelihood"), ("nf4", "likelihood")]
    assert run(levels(), out)[1].plan == []


def test_answers_that_are_asked_again_take_their_repeats_with_them(tmp_path: Path) -> None:
    out = tmp_path / "run"
    what = suite(variant("tuned", ask=READ_OFF))
    run(what, out)
    (folder_of(out, "tuned") / "answers.jsonl").unlink()
    _, watch = run(what, out)
    assert watch.plan == [("tuned", "answer"), ("tuned", "repeat")]


def test_the_words_of_prompt_forms_are_part_of_what_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first(name: str) -> Any:
        return suite(variant("tuned", prompt=Prompt(forms=name)))

    out, plain = tmp_path / "run", tmp_path / "plain"
    run(first("twelve-1"), out)
    run(first("plain"), plain)
    worded = prompts.forms("twelve-1")
    other = (*worded[:-1], replace(worded[-1], wording="Say: {question}"))
    monkeypatch.setattr(planning, "forms", lambda name: other)
    assert run(first("twelve-1"), out)[1].plan == [("tuned", "answer")]
    assert run(first("plain"), plain)[1].plan == []


def test_what_a_model_ships_decides_only_what_is_asked_as_shipped(tmp_path: Path) -> None:
    shipped = variant("tuned", ask=Ask(repeats=("process", "shipped")))
    greedy = variant("greedy", ask=Ask(repeats=("process",)))
    out = tmp_path / "run"
    run(suite(shipped, greedy), out)
    settings = tmp_path / "generation_config.json"  # of the model: see `resolve`
    settings.write_text('{"transformers_version": "5.0"}')
    assert run(suite(shipped, greedy), out)[1].plan == []
    settings.write_text('{"transformers_version": "5.1", "temperature": 0.7, "do_sample": true}')
    assert run(suite(shipped, greedy), out)[1].plan == [("tuned", "repeat")]


def test_the_order_in_which_ways_are_named_decides_nothing(tmp_path: Path) -> None:
    out = tmp_path / "run"
    run(suite(variant("tuned", ask=Ask(repeats=("process", "batch_1")))), out)
    assert run(suite(variant("tuned", ask=Ask(repeats=("batch_1", "process")))), out)[1].plan == []
