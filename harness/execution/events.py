"""What a run tells whoever watches it: six calls, always from the launcher's main thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Events(Protocol):
    """Watches a run. Calls come from one thread, in order; none of them may raise.

    A phase is named by its variant's name and one of "train", "answer", "measure". Fetching a model
    comes as `progress` of the model's name and the phase "fetch", without `started`.
    """

    def planned(self, phases: Sequence[tuple[str, str]], finished: int) -> None:
        """All (variant, phase) that will run, in order; `finished` ones are kept from before."""

    def started(self, variant: str, phase: str) -> None:
        """A process works on that phase from now on."""

    def progress(self, variant: str, phase: str, done: int, total: int, message: str) -> None:
        """`done` of `total` items (0: not known); `message` says what is being done."""

    def finished(self, variant: str, phase: str, seconds: float) -> None:
        """The phase is done and recorded."""

    def failed(self, variant: str, phase: str, reason: str, log: Path | None) -> None:
        """The phase ended without result: `reason` in one line, `log` what its process printed.

        Also called where the process found that this machine cannot run it, and for what was
        interrupted (`log` None). A variant known to be unavailable before is a `message`.
        """

    def message(self, text: str) -> None:
        """One line on what the run does or waits for."""


class Silent:
    """Events that nobody watches."""

    def planned(self, phases: Sequence[tuple[str, str]], finished: int) -> None:
        """Ignore it."""

    def started(self, variant: str, phase: str) -> None:
        """Ignore it."""

    def progress(self, variant: str, phase: str, done: int, total: int, message: str) -> None:
        """Ignore it."""

    def finished(self, variant: str, phase: str, seconds: float) -> None:
        """Ignore it."""

    def failed(self, variant: str, phase: str, reason: str, log: Path | None) -> None:
        """Ignore it."""

    def message(self, text: str) -> None:
        """Ignore it."""
