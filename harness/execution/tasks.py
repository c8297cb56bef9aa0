"""What an executor is given, and what it tells: plain data between launcher and executors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from harness.errors import UserError
from harness.records import PhaseJob
from harness.storage.rounds import Round

TARGETS: dict[str, str] = {
    "train": "harness.training.train:run",
    "answer": "harness.answering.answer:run",
    "repeat": "harness.answering.repeat:run",
    "likelihood": "harness.answering.likelihood:run",
    "measure": "harness.measuring.measure:run",
}
"""What each phase calls in its process: function(job, progress) -> resources."""

METER = "harness.measuring.memory:PeakMeter"
"""Wraps a phase and knows its peak memory afterwards: METER(device), `.resources(phase)`."""

OutcomeName = Literal["done", "failed", "unavailable", "interrupted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One phase of one variant, to be run in a fresh process."""

    job: PhaseJob
    fingerprint: str
    """Of all that decides this phase's outcome."""
    after: tuple[str, str] | None = None
    """(variant, phase) that must have ended before, where it is executed along with this."""
    again: bool = False
    """Measured once more, only to see how far the machine has drifted, or beside others."""
    round: Round | None = None
    """Which of several rounds of measuring; None where one process measures it all."""
    target: str = ""
    """What to call instead of what the phase calls; empty: that."""

    @property
    def variant(self) -> str:
        """The variant's name."""
        return self.job.variant.name

    @property
    def phase(self) -> str:
        """One of `records.PHASES`."""
        return self.job.phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Sent to a fresh process: what to call, on how many threads."""

    job: PhaseJob
    target: str
    meter: str
    threads: int
    cores: tuple[int, ...] = ()
    """Processors to stay on; empty: wherever the system likes."""
    again: bool = False
    """What is measured is compared with what the first time gave, and does not replace it."""
    round: Round | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a task ended."""

    state: OutcomeName
    reason: str = ""
    """One line; empty where it is done."""
    seconds: float = 0.0
    measured: tuple[str, ...] = ()
    """Names of the resources that were added."""
    made: Mapping[str, str] = field(default_factory=dict)
    """The marks of the files that were left (`storage.made.marks`)."""
    left: int = 0
    """Rounds that are still to come before the phase is done."""
    refused: UserError | None = None
    """Something only the user can mend (a full disk): the whole run stops with it."""


class Listener(Protocol):
    """Hears from an executor, in the launcher's main thread, and records it."""

    def started(self, task: Task) -> None:
        """A process works on the task."""

    def progress(self, task: Task, done: int, total: int, message: str) -> None:
        """How far it is."""

    def ended(self, task: Task, outcome: Outcome) -> None:
        """It is over, whatever way. Called once for every started task."""

    def message(self, text: str) -> None:
        """One line on what the executor does or waits for."""


class Executor(Protocol):
    """Runs tasks. The constructor takes `jobs` (None: as many as fit) and `timeout` (seconds)."""

    def execute(
        self, chains: Sequence[Sequence[Task]], alone: Sequence[Task], listener: Listener
    ) -> None:
        """Run every chain in its order, chains side by side, then `alone` one after the other.

        A task that does not end as "done" ends its variant: the rest of its chain and its tasks in
        `alone` are left out. Raises UserError where only the user can help, and KeyboardInterrupt;
        either way every started task has been told as ended and no process is left.
        """
