"""From a suite to a report, as one straight line. Imports no torch; the workers do."""

from __future__ import annotations

import fnmatch
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness import catalog
from harness.corpora import folder as corpus_folder
from harness.corpora.asked import check_probes
from harness.errors import UserError
from harness.execution.events import Events, Silent
from harness.execution.machine import resolve_device
from harness.execution.planning import (
    PlannedVariant,
    measuring_order,
    plan_variant,
    with_references,
)
from harness.execution.preparing import WRITING, nameless, prepare_corpus, resolve_models
from harness.execution.recorder import Recorder
from harness.execution.rounds import measuring_rounds
from harness.execution.settling import check_environment, finished, forget_outdated, settle
from harness.execution.tasks import Executor, Task
from harness.measuring import environment as environments
from harness.records import Corpus, Results, Suite
from harness.reporting import report
from harness.scoring import results as scoring
from harness.storage.environments import environment_digest, remember_environment
from harness.storage.folders import RunFolder
from harness.storage.jsonl import atomic_write, cannot_write, plain, write_json
from harness.storage.locks import RunLock
from harness.storage.runs import PLAN_NAME, cannot_read, read_object


def run(  # noqa: PLR0913 (the public verb: a suite, a place, and the options of the command)
    suite: Suite,
    out: Path,
    *,
    device: str = "auto",
    executor: str = "local",
    jobs: int | None = None,
    only: str | None = None,
    fresh: bool = False,
    keep_environment: bool = False,
    command: str = "",
    events: Events | None = None,
) -> Results:
    """Run a suite in the folder `out` and return its results, which are saved there with a report.

    What `out` already holds under the same fingerprints is kept, so the same call continues a run
    that was interrupted. A variant that fails or is unavailable is a row of the results. Raises
    UserError for what only the user can mend, and KeyboardInterrupt with every worker stopped.
    """
    watch = events or Silent()
    folder = RunFolder(out)
    place = resolve_device(device)
    workers: Executor = catalog.load(catalog.get("executor", executor).target)(
        jobs=jobs, timeout=suite.timeout
    )
    _check_folder(folder, suite)
    _check_names(suite)
    corpus = prepare_corpus(suite, folder, place, watch, command)
    check_probes(corpus, suite.variants)
    resolved = resolve_models(suite, watch)
    variants = with_references(
        [plan_variant(folder, each, resolved[each.model], corpus) for each in suite.variants]
    )
    chosen = _chosen(variants, only)
    here = _environment(place, suite, command)
    with RunLock(folder.lock, command):
        if not keep_environment:
            stay = [each for each in variants if not (fresh and each in chosen)]
            _check_environment(folder, stay, here, only)
        if fresh:
            _remove(chosen)
        _write_run(folder, suite, corpus, variants)
        for planned in variants:
            for message in settle(planned, corpus.digest):
                watch.message(message)
            if planned.missing:
                watch.message(f"{planned.name} is unavailable: {planned.missing}")
        chains, alone, kept = _tasks(chosen, folder, place, suite)
        if _in_rounds(chosen):
            alone = _rounds(chosen, variants, folder, place, suite.name, environment_digest(here))
        if chains or alone or not folder.environment.exists():
            remember_environment(folder, here)
        watch.planned(_names([*chains, alone]), kept)
        recorder = Recorder(
            {planned.name: planned for planned in variants}, environment_digest(here), watch
        )
        workers.execute(chains, alone, recorder)
        for planned in variants:
            forget_outdated(planned)
        watch.message("scoring and writing the report")
        results = scoring.build(folder)
        scoring.save(results, folder.results)
        report.write(folder)
    return results


_FIRST_WRITTEN = {"corpus", "corpus.new", "suite.toml", WRITING}
"""What a run that was stopped before its plan was written leaves, beside its lock."""


def _check_folder(folder: RunFolder, suite: Suite) -> None:
    """Raise UserError where `folder` is something else than a run of this suite, or unreadable."""
    path = folder.path
    try:
        if not path.exists():
            return
        if not path.is_dir():
            raise UserError(f"{path} is a file", "choose a folder with --out")
        names = {name for name in os.listdir(path) if not name.startswith(".")}
    except OSError as error:
        raise cannot_read(path, error) from error
    if PLAN_NAME in names:
        other = read_object(path / PLAN_NAME).get("suite", {}).get("name")
        if other != suite.name:
            raise UserError(
                f"{path} holds a run of the suite {other!r}", "choose another folder with --out"
            )
    elif names and (names - _FIRST_WRITTEN or not folder.lock.exists()):
        raise UserError(f"{path} is not empty and no run", "choose another folder with --out")


def _check_names(suite: Suite) -> None:
    """Raise UserError where two variants would share a name, and so a folder."""
    names = [variant.name for variant in suite.variants]
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"two variants are called {name!r}", "give one of them a name")


def _chosen(variants: Sequence[PlannedVariant], only: str | None) -> list[PlannedVariant]:
    """The variants whose name fits the pattern `only`; all without one."""
    found = [each for each in variants if only is None or fnmatch.fnmatchcase(each.name, only)]
    if not found:
        names = ", ".join(each.name for each in variants)
        raise UserError(f"no variant is called {only!r}", f"the suite has: {names}")
    return found


def _environment(device: str, suite: Suite, command: str) -> dict[str, Any]:
    """Software, hardware and threads of this run, and when and how it was started."""
    return {
        **environments.describe(device, suite.threads),
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
    }


def _check_environment(
    folder: RunFolder,
    variants: Sequence[PlannedVariant],
    here: Mapping[str, Any],
    only: str | None,
) -> None:
    """Raise UserError where a phase of these was made in another environment than `here`."""
    try:
        check_environment(folder, variants, here, environments.differences)
    except UserError as error:
        if only is None:
            raise
        raise UserError(
            error.message,
            "--fresh without --only starts all of them anew,"
            " --keep-environment goes on with what is there",
        ) from error


def _remove(variants: Sequence[PlannedVariant]) -> None:
    """Remove all that these variants hold."""
    for planned in variants:
        path = planned.folder.path
        if path.exists():
            try:
                shutil.rmtree(path)
            except OSError as error:
                raise cannot_write(path, error) from error


def _write_run(
    folder: RunFolder, suite: Suite, corpus: Corpus, variants: Sequence[PlannedVariant]
) -> None:
    """Write what describes the run: its corpus, the suite as text, and the plan."""
    new = folder.path / "corpus.new"
    try:
        shutil.rmtree(new, ignore_errors=True)
        corpus_folder.write(corpus, new)
        shutil.rmtree(folder.corpus, ignore_errors=True)
        new.rename(folder.corpus)
    except OSError as error:
        raise cannot_write(folder.corpus, error) from error
    atomic_write(folder.suite, suite.source)
    whole = plain(replace(suite, corpus=nameless(suite.corpus)))
    write_json(
        folder.path / PLAN_NAME,
        {
            "suite": {key: whole[key] for key in whole if key not in ("variants", "source")},
            "variants": [
                {
                    "name": planned.name,
                    "trained": planned.trained,
                    "folder": planned.folder.path.name,
                }
                for planned in variants
            ],
        },
    )


def _tasks(
    variants: Sequence[PlannedVariant], folder: RunFolder, device: str, suite: Suite
) -> tuple[list[list[Task]], list[Task], int]:
    """Chains of unfinished train and answer phases, measure phases, and how many are kept.

    Speeds are told beside the reference's of the same hour: the first variant that is measured is
    measured again whenever another one is left.
    """
    chains: list[list[Task]] = []
    alone: list[Task] = []
    reference: Task | None = None
    kept = 0
    # A level whose reference is read in this run is looked at after it: it goes on where it was
    # unless the reference came out otherwise.
    read_now = {each.name for each in variants if not finished(each, "likelihood")}
    waiting = {each.name for each in variants if each.reference and each.reference.name in read_now}
    for planned in variants:
        if planned.missing:
            continue
        left = [
            phase
            for phase in planned.phases
            if not finished(planned, phase) or (phase == "likelihood" and planned.name in waiting)
        ]
        kept += len(planned.phases) - len(left)
        tasks = [planned.task(phase, folder.corpus, device) for phase in left]
        chains.append([task for task in tasks if task.phase != "measure"])
        if reference is None and "measure" in planned.phases:
            reference = planned.task("measure", folder.corpus, device)
        alone += [task for task in tasks if task.phase == "measure"]
    if reference is not None and alone and reference not in alone and not _in_rounds(variants):
        alone.insert(0, reference)
        kept -= 1
    return [chain for chain in chains if chain], measuring_order(alone, suite.name), kept


def _in_rounds(variants: Sequence[PlannedVariant]) -> bool:
    """Whether what is measured is measured in several processes; all of a suite is, or none."""
    wanted = [each.variant.measure for each in variants]
    return any(measure.phases and measure.processes > 1 for measure in wanted)


def _rounds(
    chosen: Sequence[PlannedVariant],
    variants: Sequence[PlannedVariant],
    folder: RunFolder,
    device: str,
    seed: str,
    environment: str,
) -> list[Task]:
    """What is left of the rounds that measure the `chosen` ones beside their references."""
    measured = [each for each in variants if "measure" in each.phases and not each.missing]
    tasks = [each.task("measure", folder.corpus, device) for each in measured]
    return measuring_rounds(chosen, variants, tasks, seed=seed, environment=environment)


def _names(groups: Sequence[Sequence[Task]]) -> list[tuple[str, str]]:
    """(variant, phase) of every task, in order."""
    return [(task.variant, task.phase) for group in groups for task in group]
