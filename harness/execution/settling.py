"""What a variant's folder already holds, and whether it may be used again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.errors import UserError
from harness.execution.planning import PlannedVariant
from harness.records import PhaseName
from harness.storage.environments import environment_digest, recall_environment
from harness.storage.folders import RunFolder, VariantFolder
from harness.storage.jsonl import cannot_write, write_json
from harness.storage.resources import drop_drift, drop_resources
from harness.storage.runs import drop_torn_lines, read_object
from harness.storage.status import PhaseError, Status, read_status, write_status
from harness.storage.superseded import set_answers_aside
from harness.storage.whole import answers_missing, examples_missing, foreign_answers

Differences = Callable[[Mapping[str, Any], Mapping[str, Any]], Sequence[str]]


def settle(planned: PlannedVariant, corpus_digest: str) -> list[str]:
    """Make a variant's folder fit what is asked now; returns what a reader should know.

    Records under another fingerprint are set aside, torn lines dropped, variant.json written.
    Raises UserError where the folder cannot be read or written.
    """
    folder = planned.folder
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder.path, error) from error
    messages = drop_torn_lines(folder.path)
    status = read_status(folder)
    before = read_object(folder.variant) if folder.variant.exists() else {}
    known = before.get("asked")
    if not isinstance(known, str):  # a lost record does not say whose the answers are
        known = planned.asked
    if before.get("trained", planned.trained) != planned.trained:
        raise UserError(f"{folder.path} belongs to another variant", "choose another --out")
    stale = _stale(planned, status, known)
    if "answer" in stale:
        set_answers_aside(folder, known)
    forgotten = [phase for phase in stale if phase in status.phases]
    if forgotten:
        drop_resources(
            folder, {name for phase in forgotten for name in status.phases[phase].measured}
        )
        if "measure" in forgotten:
            drop_drift(folder)
        for phase in forgotten:
            _drop_records(folder, phase)
        status = status.without(forgotten)
    if planned.missing:
        why = PhaseError(phase=planned.phases[0], reason=planned.missing)
        status = Status(status="unavailable", error=why, phases=status.phases)
    elif status.status == "unavailable":
        status = status.without(())
    write_json(folder.variant, planned.record(corpus_digest))
    write_status(folder, status)
    return messages


def _drop_records(folder: VariantFolder, phase: PhaseName) -> None:
    """Remove what a phase wrote whose figures are worth nothing without its fingerprint."""
    made = {
        "repeat": (folder.repeats,),
        "likelihood": (
            folder.likelihood,
            folder.distributions,
            folder.distributions.with_name(f"{folder.distributions.name}.part"),
        ),
    }
    for path in made.get(phase, ()):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(path, error) from error


def finished(planned: PlannedVariant, phase: PhaseName) -> bool:
    """Whether a phase is done, under its fingerprint, and all that it made is still there."""
    if not read_status(planned.folder).done(phase, planned.fingerprint(phase)):
        return False
    if phase == "train":
        return planned.folder.adapter.exists() and examples_missing(planned.folder) is None
    if phase == "answer":
        return answers_missing(planned.folder, planned.asked) is None
    if phase == "repeat":
        return planned.folder.repeats.exists()
    if phase == "likelihood":
        made = planned.folder.distributions if planned.reference is None else None
        return planned.folder.likelihood.exists() and (made is None or made.exists())
    return True


def check_environment(
    run: RunFolder,
    variants: Sequence[PlannedVariant],
    environment: Mapping[str, Any],
    differences: Differences,
) -> None:
    """Raise UserError, naming what differs, where phases were made in another environment."""
    own = environment_digest(environment)
    others: dict[str, str] = {}
    for planned in variants:
        for phase, state in read_status(planned.folder).phases.items():
            if state.environment != own:
                others.setdefault(state.environment, f"{planned.name} {phase}")
    for key, example in others.items():
        recorded = recall_environment(run, key)
        found = ["its record is gone"] if recorded is None else differences(recorded, environment)
        if found:
            raise UserError(
                f"{example} was made in another environment: {'; '.join(found)}",
                "--fresh starts anew, --keep-environment goes on with what is there",
            )


def _stale(planned: PlannedVariant, status: Status, asked_before: str) -> list[PhaseName]:
    """Phases whose records, finished or begun, must not be used again."""
    if "train" in planned.phases and not finished(planned, "train"):
        # Whatever was answered or measured, this adapter was not there.
        return [phase for phase in planned.phases if phase != "train"]
    later: tuple[PhaseName, ...] = ("repeat", "likelihood", "measure")
    stale: list[PhaseName] = []
    if asked_before != planned.asked or foreign_answers(planned.folder, planned.asked):
        stale.append("answer")
    for phase in later:
        state = status.phases.get(phase)
        if state is not None and state.fingerprint != planned.fingerprint(phase):
            stale.append(phase)
    return stale
