"""Writes down what an executor tells, and passes it on to whoever watches."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from harness.execution.events import Events
from harness.execution.planning import PlannedVariant
from harness.execution.tasks import Outcome, Task
from harness.records import StatusName
from harness.storage.rounds import read_rounds, stands_alone
from harness.storage.status import (
    PhaseError,
    PhaseState,
    Status,
    read_status,
    write_status,
)


class Recorder:
    """A `tasks.Listener` that keeps every variant's status.json up to date."""

    def __init__(
        self, variants: Mapping[str, PlannedVariant], environment: str, events: Events
    ) -> None:
        self._variants = variants
        self._environment = environment
        self._events = events

    def started(self, task: Task) -> None:
        """Record that the phase runs and that the variant has no result yet."""
        planned = self._variants[task.variant]
        if task.again:  # the phase itself is done and stays so
            self._events.started(task.variant, task.phase)
            return
        before = read_status(planned.folder)
        state = PhaseState(
            state="running",
            fingerprint=task.fingerprint,
            environment=self._environment,
            seconds=_earlier(before, task) or None,
        )
        after = Status(phases=before.phases).with_phase(task.job.phase, state)
        write_status(planned.folder, after)
        self._events.started(task.variant, task.phase)

    def progress(self, task: Task, done: int, total: int, message: str) -> None:
        """Pass it on."""
        self._events.progress(task.variant, task.phase, done, total, message)

    def ended(self, task: Task, outcome: Outcome) -> None:
        """Record how the phase ended and what that makes of the variant."""
        planned = self._variants[task.variant]
        log = planned.folder.log(task.phase)
        if not task.again:
            self._record(task, outcome, log)
        if outcome.state == "done":
            self._events.finished(task.variant, task.phase, outcome.seconds)
            self._tell_rounds(task, outcome)
        else:
            shown = log if log.exists() and outcome.state == "failed" else None
            self._events.failed(task.variant, task.phase, outcome.reason, shown)

    def message(self, text: str) -> None:
        """Pass it on."""
        self._events.message(text)

    def _tell_rounds(self, task: Task, outcome: Outcome) -> None:
        """Say how many rounds have no ratio, once a variant has all its rounds."""
        turn = task.round
        if turn is None or task.again or outcome.left:
            return
        lines = read_rounds(
            self._variants[task.variant].folder, turn.fingerprint, turn.environment
        ).values()
        alone = sum(map(stands_alone, lines))
        if alone:
            self._events.message(
                f"{task.variant}: {alone} of {len(lines)} rounds were measured without a reference"
                " and have no ratio to it; starting the run again makes them again"
            )

    def _record(self, task: Task, outcome: Outcome, log: Path) -> None:
        """Replace the variant's status."""
        planned = self._variants[task.variant]
        before = read_status(planned.folder)
        between = outcome.state == "done" and outcome.left > 0
        state = PhaseState(
            state="running" if between else outcome.state,
            fingerprint=task.fingerprint,
            environment=self._environment,
            seconds=round(_earlier(before, task) + outcome.seconds, 3),
            measured=outcome.measured,
            made=outcome.made,
        )
        status = before.with_phase(task.job.phase, state)
        error = None
        if outcome.state != "done":
            name = log.name if log.exists() else None
            error = PhaseError(phase=task.phase, reason=outcome.reason, log=name)
        whole = Status(
            status=self._whole(planned, status, outcome), error=error, phases=status.phases
        )
        write_status(planned.folder, whole)

    def _whole(self, planned: PlannedVariant, status: Status, outcome: Outcome) -> StatusName:
        if outcome.state != "done":
            return outcome.state
        missing = [
            phase for phase in planned.phases if not status.done(phase, planned.fingerprint(phase))
        ]
        return "pending" if missing else "ok"


def _earlier(status: Status, task: Task) -> float:
    """Seconds that earlier rounds of the same phase took."""
    state = status.phases.get(task.phase)
    if task.round is None or state is None or state.fingerprint != task.fingerprint:
        return 0.0
    return state.seconds or 0.0
