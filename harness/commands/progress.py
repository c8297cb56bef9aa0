"""How a run shows itself: bars on a terminal, plain lines elsewhere. Everything goes to stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.execution.events import Events

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

EVERY = 20.0
"""Seconds between two plain progress lines of one phase."""
PREPARING = ("fetch", "write")
"""What goes on before the phases: a model is fetched, questions are written."""


@contextmanager
def watching(*, quiet: bool) -> Iterator[Events]:
    """Events that show a run while the block lasts; the terminal is left as it was."""
    if quiet or not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeElapsedColumn as Elapsed

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        Elapsed(),
        TextColumn("{task.fields[message]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), refresh_per_second=4) as bars:
        yield Bars(bars)


class Lines:
    """One plain line an event; of a long phase, one line every `EVERY` seconds."""

    def __init__(self) -> None:
        self._total = 0
        self._ended = 0
        self._last: dict[tuple[str, str], float] = {}

    def planned(self, phases: Sequence[tuple[str, str]], finished: int) -> None:
        """Say how much there is to do."""
        self._total = len(phases)
        kept = f", {finished} kept from before" if finished else ""
        self.message(f"{len(phases)} phases to run{kept}")

    def started(self, variant: str, phase: str) -> None:
        """Say that a phase begins."""
        self._last[variant, phase] = time.monotonic()
        self.message(f"{variant}: {phase}")

    def progress(self, variant: str, phase: str, done: int, total: int, message: str) -> None:
        """Say where a long phase is."""
        now = time.monotonic()
        ended = 0 < total == done and phase in PREPARING
        if now - self._last.setdefault((variant, phase), now) < EVERY and not ended:
            return
        self._last[variant, phase] = now
        count = f" {done} of {total}" if total else ""
        self.message(f"{variant}: {phase}{count} {message}".rstrip())

    def finished(self, variant: str, phase: str, seconds: float) -> None:
        """Say that a phase is done."""
        self._ended += 1
        self.message(f"{variant}: {phase} done in {seconds:.0f} s ({self._ended}/{self._total})")

    def failed(self, variant: str, phase: str, reason: str, log: Path | None) -> None:
        """Say why a phase ended without result."""
        self._ended += 1
        self.message(f"{variant}: {phase}: {reason}" + (f" (log: {log})" if log else ""))

    def message(self, text: str) -> None:
        """Print one line."""
        print(text, file=sys.stderr, flush=True)


class Bars:
    """A bar for the run and one for each phase at work."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._whole: TaskID | None = None
        self._tasks: dict[tuple[str, str], TaskID] = {}

    def planned(self, phases: Sequence[tuple[str, str]], finished: int) -> None:
        """Draw the bar of the whole run."""
        self._whole = self._bars.add_task(
            "run", total=len(phases) + finished, completed=finished, message="phases"
        )

    def started(self, variant: str, phase: str) -> None:
        """Draw a bar of unknown length for the phase."""
        self._task(variant, phase)

    def progress(self, variant: str, phase: str, done: int, total: int, message: str) -> None:
        """Move the phase's bar."""
        task = self._task(variant, phase)
        self._bars.update(task, completed=done, total=total or None, message=message)
        if phase in PREPARING and 0 < total <= done:
            self._remove(variant, phase)

    def finished(self, variant: str, phase: str, seconds: float) -> None:
        """Replace the phase's bar by a line, and move the bar of the run."""
        self._remove(variant, phase)
        self._advance()
        self.message(f"{variant}: {phase} done in {seconds:.0f} s")

    def failed(self, variant: str, phase: str, reason: str, log: Path | None) -> None:
        """Replace the phase's bar by the reason."""
        self._remove(variant, phase)
        self._advance()
        self.message(f"{variant}: {phase}: {reason}" + (f" (log: {log})" if log else ""))

    def message(self, text: str) -> None:
        """Print one line above the bars, as it is: no markup, no highlighting."""
        self._bars.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def _task(self, variant: str, phase: str) -> TaskID:
        key = (variant, phase)
        if key not in self._tasks:
            details: dict[str, Any] = {"total": None, "message": ""}
            self._tasks[key] = self._bars.add_task(f"{variant} {phase}", **details)
        return self._tasks[key]

    def _remove(self, variant: str, phase: str) -> None:
        task = self._tasks.pop((variant, phase), None)
        if task is not None:
            self._bars.remove_task(task)

    def _advance(self) -> None:
        if self._whole is not None:
            self._bars.advance(self._whole)
