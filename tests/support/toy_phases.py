"""Phases that take no time and load no model; a variant's name says how they behave.

"ACTION-PHASE" does ACTION in that phase and plain work in the others; "slow-answer" sleeps a minute
in answer. `Meter` stands for the meter of peak memory.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import time
from types import TracebackType
from typing import Self

from harness.errors import PhaseFailure, Unavailable
from harness.records import PHASES, PhaseJob, Progress, Resources
from harness.storage.folders import VariantFolder
from harness.storage.made import hold_against, reading

TARGETS = {phase: f"tests.support.toy_phases:{phase}" for phase in PHASES}
METER = "tests.support.toy_phases:Meter"


class Meter:
    def __init__(self, device: str) -> None:
        self.peak_bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.peak_bytes = 123

    def resources(self, phase: str) -> Resources:
        return {f"memory.peak_{phase}_bytes": self.peak_bytes}


def train(job: PhaseJob, progress: Progress) -> Resources:
    _act(job, progress)
    job.folder.joinpath("adapter").mkdir(exist_ok=True)
    job.folder.joinpath("train.jsonl").write_text('{"kind":"text"}\n')
    return {"time.train_s": 1.0}


def answer(job: PhaseJob, progress: Progress) -> Resources:
    _act(job, progress)
    item = {"question": "q", "form": "plain", "draw": 0}
    job.folder.joinpath("plan.json").write_text(json.dumps({"batches": [[item]]}))
    with job.folder.joinpath("answers.jsonl").open("a") as file:
        file.write(json.dumps({"asked": job.asked, **item}) + "\n")
    return {"throughput.answers_per_s": 2.0}


def repeat(job: PhaseJob, progress: Progress) -> Resources:
    _act(job, progress)
    job.folder.joinpath("repeats.jsonl").write_text("{}\n")
    return {}


def likelihood(job: PhaseJob, progress: Progress) -> Resources:
    _act(job, progress)
    said = os.environ.get("TOY_READING", "")
    job.folder.joinpath("likelihood.jsonl").write_text(json.dumps({"said": said}) + "\n")
    if job.reference is None:
        job.folder.joinpath("distributions.npz").write_bytes(b"many, many numbers")
    else:
        hold_against(VariantFolder(job.folder), reading(VariantFolder(job.reference)))
    return {}


def measure(job: PhaseJob, progress: Progress) -> Resources:
    _act(job, progress)
    return {"throughput.decode_tokens_per_s": 3.0}


def _act(job: PhaseJob, progress: Progress) -> None:
    with job.folder.parent.joinpath("trace.txt").open("a") as file:
        file.write(f"begin {job.variant.name} {job.phase} {os.getpid()} {os.getppid()}\n")
    progress(1, 2, "half")
    action, _, phase = job.variant.name.partition("-")
    if phase == job.phase:
        _ACTIONS[action](job)
    progress(2, 2, "all")
    with job.folder.parent.joinpath("trace.txt").open("a") as file:
        file.write(f"end {job.variant.name} {job.phase} {os.getpid()} {os.getppid()}\n")


def _fail(job: PhaseJob) -> None:
    print("about to fail")
    os.system("echo printed by a child process")
    raise PhaseFailure("nf4 layers: 0 found,\n210 declared")


def _crash(job: PhaseJob) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _killed(job: PhaseJob) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _leave(job: PhaseJob) -> None:
    os._exit(7)


def _memory(job: PhaseJob) -> None:
    raise MemoryError("cannot allocate 80 GiB")


def _missing(job: PhaseJob) -> None:
    raise Unavailable("needs a GPU with compute capability 8")


def _full(job: PhaseJob) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", str(job.folder / "adapter"))


def _slow(job: PhaseJob) -> None:
    time.sleep(60)


def _short(job: PhaseJob) -> None:
    time.sleep(0.3)


def _threads(job: PhaseJob) -> None:
    names = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE")
    found = {name: os.environ.get(name) for name in names}
    job.folder.joinpath("found.json").write_text(json.dumps(found))


_ACTIONS = {
    "fail": _fail,
    "crash": _crash,
    "killed": _killed,
    "leave": _leave,
    "memory": _memory,
    "missing": _missing,
    "full": _full,
    "slow": _slow,
    "short": _short,
    "threads": _threads,
}
