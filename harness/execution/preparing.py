"""What has to be there before a suite can be planned: its corpus and its models."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from harness.answering import answers_by_model
from harness.execution.events import Events
from harness.execution.planning import NO_MODEL
from harness.models import resolve as models
from harness.records import Corpus, CorpusChoice, ModelChoice, ResolvedModel, Suite
from harness.storage.folders import RunFolder
from harness.storage.locks import RunLock
from harness.writing.prepare import Desk, prepare, writes

WRITING = "writing"
"""Folder of a run that keeps what question writers have finished, their rejected pairs, yields."""


def prepare_corpus(
    suite: Suite, folder: RunFolder, device: str, watch: Events, command: str
) -> Corpus:
    """The corpus of a suite, its questions written where it has none.

    What question writers have finished is kept in the run folder, with what they rejected and why.
    Where none is needed nothing is written there. Raises UserError for what only the user can mend.
    """
    writers = [variant.recipe.writer for variant in suite.variants]
    wanted = writes(suite.corpus, writers)

    def progress(done: int, total: int, message: str) -> None:
        watch.progress("corpus", "write", done, total, message)

    desk = Desk(
        writing=suite.writing,
        resolve=lambda choice: resolve_model(choice, watch),
        folder=folder.path / WRITING if wanted else None,
        device=device,
        progress=progress,
    )
    with RunLock(folder.lock, command) if wanted else nullcontext():
        prepared = prepare(suite.corpus, desk, writers)
    for note in prepared.notes:
        watch.message(note)
    return prepared.corpus


def resolve_models(suite: Suite, watch: Events) -> Mapping[ModelChoice, ResolvedModel]:
    """Every model that answers in the suite on this disk, fetched where it is not yet."""
    choices = dict.fromkeys(variant.model for variant in suite.variants)
    asked = {each.model for each in suite.variants if answers_by_model(each.answerer)}
    return {
        choice: resolve_model(choice, watch) if choice in asked else NO_MODEL for choice in choices
    }


def resolve_model(choice: ModelChoice, watch: Events) -> ResolvedModel:
    """One model on this disk; fetching it is told as progress."""

    def progress(done: int, total: int, message: str) -> None:
        watch.progress(choice.name, "fetch", done, total, message)

    return models.resolve(choice, progress=progress)


def nameless(choice: CorpusChoice) -> CorpusChoice:
    """The choice without folders of this machine: it is published with the run."""
    return replace(
        choice,
        path=_last(choice.path),
        text=_last(choice.text),
        questions=_last(choice.questions),
    )


def _last(path: str | None) -> str | None:
    return None if path is None else Path(path).name
