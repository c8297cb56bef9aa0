"""The first steps of a suite's variants and no more: seconds a level, each in a fresh process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from harness import catalog
from harness.comparing.sides import SideVariant
from harness.comparing.tolerances import SETTINGS
from harness.corpora import folder as corpus_folder
from harness.errors import UserError
from harness.execution.events import Events
from harness.execution.planning import PlannedVariant, plan_variant
from harness.execution.preparing import prepare_corpus, resolve_models
from harness.execution.tasks import Executor, Outcome, Task
from harness.records import Corpus, Suite
from harness.storage.fingerprints import digest
from harness.storage.first_steps import read_first_losses, read_first_step
from harness.storage.folders import RunFolder
from harness.storage.jsonl import plain

TARGET = "harness.training.train:rehearse"

Chosen = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What the first steps of a suite gave."""

    corpus: Corpus
    variants: tuple[SideVariant, ...]
    """Every tuned variant, those that take the same first steps included."""
    stands_in: Mapping[str, str]
    """Variant to the one that was rehearsed for it; itself, as a rule."""
    seconds: Mapping[str, float]
    """Of each process, loading included."""


def rehearse(
    suite: Suite, scratch: RunFolder, *, device: str, chosen: Chosen, events: Events
) -> Rehearsal:
    """Load each distinct model, level and recipe once and take its first steps.

    `scratch` is a folder that may be thrown away afterwards. `chosen` picks among the names of the
    tuned variants. Raises UserError for what only the user can mend.
    """
    corpus = prepare_corpus(suite, scratch, device, events, "")
    resolved = resolve_models(suite, events)
    corpus_folder.write(corpus, scratch.corpus)
    tuned = {each.name: each for each in suite.variants if each.tuned}
    if not tuned:
        raise UserError(f"{suite.name} trains nothing", "choose a suite with a tuned variant")
    planned = [
        plan_variant(scratch, tuned[name], resolved[tuned[name].model], corpus)
        for name in chosen(list(tuned))
    ]
    first: dict[str, PlannedVariant] = {}
    for each in planned:
        first.setdefault(_step(each), each)
    listener = _Listener(events)
    workers: Executor = catalog.load(catalog.get("executor", "local").target)(
        jobs=None, timeout=suite.timeout
    )
    tasks = [
        replace(each.task("train", scratch.corpus, device), target=TARGET)
        for each in first.values()
        if not each.missing
    ]
    events.planned([(task.variant, task.phase) for task in tasks], 0)
    workers.execute([[task] for task in tasks], [], listener)
    outcomes = listener.outcomes
    return Rehearsal(
        corpus=corpus,
        variants=tuple(_variant(each, first[_step(each)], outcomes) for each in planned),
        stands_in={each.name: first[_step(each)].name for each in planned},
        seconds={name: outcome.seconds for name, outcome in outcomes.items()},
    )


def _step(planned: PlannedVariant) -> str:
    """A digest of all that decides a variant's first steps."""
    settings = plain(planned.variant)
    return digest([{key: settings.get(key) for key in (*SETTINGS, "training", "threads")}])


def _variant(
    own: PlannedVariant, done: PlannedVariant, outcomes: Mapping[str, Outcome]
) -> SideVariant:
    """A variant as a comparison knows it, with the first steps that were taken for it."""
    outcome = outcomes.get(done.name, Outcome(state="unavailable", reason=done.missing))
    ok = outcome.state == "done"
    return SideVariant(
        name=own.name,
        trained=own.trained,
        status="ok" if outcome.state == "done" else outcome.state,
        error=None if ok else outcome.reason,
        config=plain(own.variant),
        scores={},
        resources={},
        first_step=read_first_step(done.folder) if ok else None,
        losses=read_first_losses(done.folder) if ok else (),
    )


class _Listener:
    """Hears from the executor and keeps how each task ended."""

    def __init__(self, events: Events) -> None:
        self.outcomes: dict[str, Outcome] = {}
        self._events = events

    def started(self, task: Task) -> None:
        """Pass it on."""
        self._events.started(task.variant, task.phase)

    def progress(self, task: Task, done: int, total: int, message: str) -> None:
        """Pass it on."""
        self._events.progress(task.variant, task.phase, done, total, message)

    def ended(self, task: Task, outcome: Outcome) -> None:
        """Keep it."""
        self.outcomes[task.variant] = outcome
        if outcome.state == "done":
            self._events.finished(task.variant, task.phase, outcome.seconds)
        else:
            self._events.failed(task.variant, task.phase, outcome.reason, None)

    def message(self, text: str) -> None:
        """Pass it on."""
        self._events.message(text)
