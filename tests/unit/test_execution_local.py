import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from harness.errors import UserError
from harness.execution import launching, local, template
from harness.execution.local import LocalExecutor
from harness.execution.tasks import Outcome, Task
from harness.records import ModelChoice, PhaseJob, PhaseName, ResolvedModel, Variant
from tests.support import toy_phases


class Heard:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, str]] = []
        self.steps: list[tuple[str, int, int, str]] = []
        self.ends: dict[tuple[str, str], Outcome] = {}
        self.on_start: Callable[[Task], None] = lambda task: None

    def started(self, task: Task) -> None:
        self.begun.append((task.variant, task.phase))
        self.on_start(task)

    def progress(self, task: Task, done: int, total: int, message: str) -> None:
        self.steps.append((task.variant, done, total, message))

    def ended(self, task: Task, outcome: Outcome) -> None:
        assert (task.variant, task.phase) not in self.ends
        self.ends[(task.variant, task.phase)] = outcome

    def message(self, text: str) -> None:
        pass


@pytest.fixture(autouse=True)
def others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests of the same process may keep one of theirs open, a browser say."""
    monkeypatch.setattr(sys.modules[__name__], "_OTHERS", set(living()))


@pytest.fixture(params=["template", "fresh"])
def toys(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Toy phases, forked from a template or started from nothing; no process is left after."""
    monkeypatch.setattr(template, "PRELOAD", ("tests.support.toy_phases", "no.such.module"))
    monkeypatch.setattr(local, "TARGETS", toy_phases.TARGETS)
    monkeypatch.setattr(local, "METER", toy_phases.METER)
    if request.param == "fresh":
        monkeypatch.setattr(local, "open_launcher", launching.FreshLauncher)
    yield
    assert not children(), "a process was left behind"


def children() -> list[str]:
    """Processes that this test started."""
    return [child for child in living() if child not in _OTHERS]


def living() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


_OTHERS: set[str] = set()


def task(folder: Path, name: str, phase: PhaseName, threads: int = 1) -> Task:
    place = folder / f"{name}--000000000000"
    place.mkdir(exist_ok=True)
    model = ResolvedModel(
        name="toy",
        path=folder,
        weights_digest="",
        tokenizer_digest="",
        template_digest="",
        provenance="",
        license="",
    )
    job = PhaseJob(
        phase=phase,
        variant=Variant(name=name, model=ModelChoice(name="toy"), threads=threads),
        model=model,
        corpus=folder,
        folder=place,
        device="cpu",
        trained="t",
        asked="a",
    )
    return Task(job=job, fingerprint="f")


def chain(folder: Path, name: str) -> list[Task]:
    return [task(folder, name, "train"), task(folder, name, "answer")]


def trace(folder: Path) -> list[list[str]]:
    return [line.split() for line in (folder / "trace.txt").read_text().splitlines()]


def test_a_chain_runs_in_order_in_processes_of_its_own(tmp_path: Path, toys: None) -> None:
    heard = Heard()
    LocalExecutor(jobs=1).execute([chain(tmp_path, "plain")], [], heard)
    assert heard.begun == [("plain", "train"), ("plain", "answer")]
    assert {end.state for end in heard.ends.values()} == {"done"}
    processes = {line[3] for line in trace(tmp_path) if line[0] == "begin"}
    assert len(processes) == 2
    assert str(os.getpid()) not in processes
    assert ("plain", 2, 2, "all") in heard.steps


def test_what_phases_measure_is_merged_with_their_peaks(tmp_path: Path, toys: None) -> None:
    alone = [task(tmp_path, "plain", "measure")]
    LocalExecutor(jobs=1).execute([chain(tmp_path, "plain")], alone, Heard())
    found = json.loads((tmp_path / "plain--000000000000" / "resources.json").read_text())
    assert found == {
        "time.train_s": 1.0,
        "throughput.answers_per_s": 2.0,
        "throughput.decode_tokens_per_s": 3.0,
        "memory.peak_train_bytes": 123,
        "memory.peak_answer_bytes": 123,
    }


ENDS = {
    "fail": ("failed", "nf4 layers: 0 found, 210 declared"),
    "memory": ("failed", "out of memory: cannot allocate 80 GiB"),
    "crash": ("failed", "killed by SIGSEGV"),
    "killed": ("failed", "killed by SIGKILL, most likely by the system because memory ran out"),
    "leave": ("failed", "the process ended with exit code 7 before the phase was done"),
    "missing": ("unavailable", "needs a GPU with compute capability 8"),
}
"""What a phase does, and what is told of it."""


def test_failures_are_told_with_their_reasons_and_the_others_go_on(
    tmp_path: Path, toys: None
) -> None:
    heard = Heard()
    names = [*(f"{action}-train" for action in ENDS), "plain"]
    LocalExecutor(jobs=2).execute(
        [chain(tmp_path, name) for name in names],
        [task(tmp_path, name, "measure") for name in names],
        heard,
    )
    found = {name: (end.state, end.reason) for name, end in heard.ends.items()}
    bad = {(f"{action}-train", "train"): end for action, end in ENDS.items()}
    good = {("plain", phase): ("done", "") for phase in ("train", "answer", "measure")}
    assert found == bad | good


def test_everything_a_phase_prints_is_in_its_log(tmp_path: Path, toys: None) -> None:
    LocalExecutor(jobs=1).execute([[task(tmp_path, "fail-train", "train")]], [], Heard())
    log = (tmp_path / "fail-train--000000000000" / "train.log").read_text()
    assert "about to fail" in log
    assert "printed by a child process" in log
    assert "PhaseFailure: nf4 layers" in log


def test_a_phase_that_takes_too_long_is_stopped(tmp_path: Path, toys: None) -> None:
    heard = Heard()
    begun = time.monotonic()
    executor = LocalExecutor(jobs=1, timeout=1.5)
    executor.execute([[task(tmp_path, "slow-train", "train")], chain(tmp_path, "plain")], [], heard)
    assert time.monotonic() - begun < 20
    assert heard.ends[("slow-train", "train")].reason == "stopped after 1.5 s (timeout)"
    assert heard.ends[("plain", "answer")].state == "done"


def test_a_full_disk_stops_everything_with_an_error_of_the_users(
    tmp_path: Path, toys: None
) -> None:
    heard = Heard()
    tasks = [[task(tmp_path, "slow-train", "train")], [task(tmp_path, "full-train", "train")]]
    with pytest.raises(UserError, match="no space left on the disk"):
        LocalExecutor(jobs=2).execute(tasks, [], heard)
    assert {end.state for end in heard.ends.values()} == {"interrupted"}
    assert len(heard.ends) == 2


def test_ctrl_c_stops_the_workers_and_says_so(tmp_path: Path, toys: None) -> None:
    def interrupt(task: Task) -> None:
        raise KeyboardInterrupt

    heard = Heard()
    heard.on_start = interrupt
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        LocalExecutor(jobs=1).execute([[task(tmp_path, "slow-train", "train")]], [], heard)
    assert heard.ends[("slow-train", "train")].state == "interrupted"
    # It left by itself when its connection closed: nobody had to wait and kill it.
    assert time.monotonic() - begun < launching.GRACE_S


def test_chains_run_side_by_side_but_measuring_is_alone(tmp_path: Path, toys: None) -> None:
    heard = Heard()
    names = ["short-train", "short-answer", "short-measure"]
    LocalExecutor(jobs=2).execute(
        [chain(tmp_path, name) for name in names],
        [task(tmp_path, name, "measure") for name in reversed(names)],
        heard,
    )
    running: set[str] = set()
    most = 0
    for word, name, phase, *_ in trace(tmp_path):
        if word == "begin":
            assert phase != "measure" or not running
            running.add(name)
            most = max(most, len(running))
        else:
            running.remove(name)
    assert most == 2
    assert heard.begun[-3:] == [(name, "measure") for name in reversed(names)]


def test_a_task_waits_for_the_one_it_comes_after_while_others_go_on(
    tmp_path: Path, toys: None
) -> None:
    heard = Heard()
    waits = replace(task(tmp_path, "level", "likelihood"), after=("slowish", "likelihood"))
    LocalExecutor(jobs=2).execute(
        [
            [task(tmp_path, "level", "answer"), waits],
            [task(tmp_path, "short-answer", "answer"), task(tmp_path, "slowish", "likelihood")],
            [task(tmp_path, "other", "answer")],
        ],
        [],
        heard,
    )
    lines = [(word, name) for word, name, phase, *_ in trace(tmp_path) if phase == "likelihood"]
    assert lines == [("begin", "slowish"), ("end", "slowish"), ("begin", "level"), ("end", "level")]
    assert {end.state for end in heard.ends.values()} == {"done"}


def test_a_task_whose_forerunner_failed_is_started_all_the_same(tmp_path: Path, toys: None) -> None:
    heard = Heard()
    waits = replace(task(tmp_path, "level", "likelihood"), after=("fail-answer", "likelihood"))
    failing = task(tmp_path, "fail-answer", "answer")
    LocalExecutor(jobs=1).execute(
        [[waits], [failing, task(tmp_path, "fail-answer", "likelihood")]], [], heard
    )
    assert heard.begun == [("fail-answer", "answer"), ("level", "likelihood")]


def test_threads_and_offline_switches_are_set_before_the_start(tmp_path: Path, toys: None) -> None:
    tasks = [[task(tmp_path, "threads-train", "train", threads=3)]]
    LocalExecutor(jobs=1).execute(tasks, [], Heard())
    found = json.loads((tmp_path / "threads-train--000000000000" / "found.json").read_text())
    assert found == {
        "OMP_NUM_THREADS": "3",
        "MKL_NUM_THREADS": "3",
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
    }


def test_a_device_that_is_not_there_makes_the_variant_unavailable(
    tmp_path: Path, toys: None
) -> None:
    import dataclasses

    wanted, reason = "cuda:99", "finds no CUDA device 99"
    plain = task(tmp_path, "plain", "train")
    on_gpu = dataclasses.replace(plain, job=dataclasses.replace(plain.job, device=wanted))
    heard = Heard()
    LocalExecutor(jobs=1).execute([[on_gpu]], [], heard)
    assert heard.ends[("plain", "train")].state == "unavailable"
    assert reason in heard.ends[("plain", "train")].reason


def test_a_template_that_dies_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "PRELOAD", ("tests.support.toy_phases",))
    monkeypatch.setattr(local, "TARGETS", toy_phases.TARGETS)
    monkeypatch.setattr(local, "METER", toy_phases.METER)
    heard = Heard()

    def kill_template(task: Task) -> None:
        if task.variant == "slow-train":
            os.kill(int(children()[0]), 9)

    heard.on_start = kill_template
    tasks = [[task(tmp_path, "slow-train", "train")], chain(tmp_path, "plain")]
    LocalExecutor(jobs=1).execute(tasks, [], heard)
    assert heard.ends[("slow-train", "train")].reason == (
        "the process was lost together with its template"
    )
    assert heard.ends[("plain", "answer")].state == "done"
    assert not children()


def test_a_template_that_cannot_start_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "PRELOAD", ("tests.support.toy_broken",))
    with pytest.raises(UserError, match="ended at once: broken"):
        launching.TemplateLauncher(1)
    assert not children()
