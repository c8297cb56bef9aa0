"""What a variant's folder already holds, and whether it may be used again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.errors import UserError
from harness.execution.planning import PlannedVariant
from harness.records import PHASES, PhaseName
from harness.storage.environments import environment_digest, recall_environment
from harness.storage.folders import RunFolder, VariantFolder
from harness.storage.jsonl import cannot_write, write_json
from harness.storage.made import MADE, held_against, lost, reading
from harness.storage.resources import drop_drift, drop_resources
from harness.storage.rounds import ROUNDS
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
    for phase in planned.phases:
        state = status.phases.get(phase)
        wrong = lost(folder, state.made) if state is not None and state.state == "done" else None
        if wrong is not None and phase not in stale:
            messages.append(f"{planned.name}: {wrong}, so the phase {phase} runs again")
            stale.append(phase)
    if outdated(planned) and "likelihood" not in stale:
        messages.append(f"{planned.name}: its reference was read anew, and so is this level")
        stale.append("likelihood")
    # Records of a phase that nobody knows the fingerprint of are never gone on with.
    unknown = [phase for phase in planned.phases if phase not in status.phases]
    for phase in (*stale, *unknown):
        _drop_records(folder, phase)
    off: list[PhaseName] = [
        phase for phase in PHASES if phase in status.phases and phase not in planned.phases
    ]
    status = _of_what_is_planned(planned, _without(folder, status, [*stale, *off], off))
    write_json(folder.variant, planned.record(corpus_digest))
    write_status(folder, status)
    return messages


def forget_outdated(planned: PlannedVariant) -> None:
    """Let go of a level's reading whose reference has been read anew since, and not as before."""
    if outdated(planned):
        status = _without(planned.folder, read_status(planned.folder), ["likelihood"], ())
        write_status(planned.folder, status)


def outdated(planned: PlannedVariant) -> bool:
    """Whether a level's divergence is from a reading that the reference no longer holds."""
    if "likelihood" not in planned.phases or planned.reference is None:
        return False
    rests_on = held_against(planned.folder)
    if not rests_on or not finished(planned.reference, "likelihood"):
        return False
    return rests_on != reading(planned.reference.folder)


def _without(
    folder: VariantFolder, status: Status, phases: Sequence[PhaseName], off: Sequence[PhaseName]
) -> Status:
    """The status without some phases, their resources gone. What ended before stays so where all
    of them are switched `off`: the others are what they were."""
    gone = [phase for phase in phases if phase in status.phases]
    if not gone:
        return status
    drop_resources(folder, {name for phase in gone for name in status.phases[phase].measured})
    if "measure" in gone:
        drop_drift(folder)
    left = status.without(gone)
    failed_in = None if status.error is None else status.error.phase
    if set(gone) <= set(off) and failed_in not in off:
        return Status(status=status.status, error=status.error, phases=left.phases)
    return left


def _of_what_is_planned(planned: PlannedVariant, status: Status) -> Status:
    """The status with a verdict on exactly the phases that the variant has now."""
    if planned.missing:
        why = PhaseError(phase=planned.phases[0], reason=planned.missing)
        return Status(status="unavailable", error=why, phases=status.phases)
    if status.error is not None and status.status != "unavailable":
        return status
    done = all(status.done(phase, planned.fingerprint(phase)) for phase in planned.phases)
    return Status(status="ok" if done else "pending", phases=status.phases)


def _drop_records(folder: VariantFolder, phase: PhaseName) -> None:
    """Remove what a phase wrote whose figures are worth nothing without its fingerprint."""
    rounds = (ROUNDS,) if phase == "measure" else ()
    for name in (*MADE.get(phase, ()), *rounds):
        path = folder.path / name
        try:
            path.unlink(missing_ok=True)
            path.with_name(f"{name}.part").unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(path, error) from error


def finished(planned: PlannedVariant, phase: PhaseName) -> bool:
    """Whether a phase is done, under its fingerprint, and all that it made is still there."""
    status = read_status(planned.folder)
    if not status.done(phase, planned.fingerprint(phase)):
        return False
    if phase == "train":
        return planned.folder.adapter.exists() and examples_missing(planned.folder) is None
    if phase == "answer":
        return answers_missing(planned.folder, planned.asked) is None
    if phase in MADE:
        made = status.phases[phase].made
        if MADE[phase][0] not in made or lost(planned.folder, made) is not None:
            return False
    return phase != "likelihood" or _compared(planned)


def _compared(planned: PlannedVariant) -> bool:
    """Whether a level's reading has what its reference can give; the reference's own, that it can.

    Where the reference is not read to its end, a level is finished without.
    """
    if planned.reference is None:
        return planned.folder.distributions.exists()
    if not finished(planned.reference, "likelihood"):
        return True
    return held_against(planned.folder) == reading(planned.reference.folder)


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
    if "repeat" not in stale and not finished(planned, "answer"):
        stale.append("repeat")  # it was held against answers that are made anew
    return stale
