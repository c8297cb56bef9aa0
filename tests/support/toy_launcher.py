"""A launcher in a process of its own: `python -m tests.support.toy_launcher FOLDER NAME HOW`.

HOW is "template" or "fresh"; further arguments are modules that the template imports.
"""

from __future__ import annotations

import sys
from pathlib import Path

from harness.execution import launching, local, template
from harness.execution.local import LocalExecutor
from harness.execution.tasks import Outcome, Task
from harness.records import ModelChoice, PhaseJob, ResolvedModel, Variant
from tests.support import toy_phases


class Quiet:
    def started(self, task: Task) -> None:
        print("started", task.variant, flush=True)

    def progress(self, task: Task, done: int, total: int, message: str) -> None: ...

    def ended(self, task: Task, outcome: Outcome) -> None:
        print("ended", outcome.state, flush=True)

    def message(self, text: str) -> None:
        print(text, flush=True)


def main(folder: Path, name: str, how: str, preload: tuple[str, ...]) -> None:
    local.TARGETS = toy_phases.TARGETS
    local.METER = toy_phases.METER
    template.PRELOAD = preload or ("tests.support.toy_phases",)
    if how == "fresh":
        local.open_launcher = launching.FreshLauncher
    place = folder / name
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
        phase="train",
        variant=Variant(name=name, model=ModelChoice(name="toy"), threads=1),
        model=model,
        corpus=folder,
        folder=place,
        device="cpu",
        trained="t",
        asked="a",
    )
    LocalExecutor(jobs=1).execute([[Task(job=job, fingerprint="f")]], [], Quiet())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], tuple(sys.argv[4:]))
