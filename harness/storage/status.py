"""How far a variant is, phase by phase: status.json. Only the launcher writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from harness.errors import UserError
from harness.records import PHASES, PhaseName, StatusName
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import write_json
from harness.storage.runs import read_object

StateName = Literal["done", "failed", "unavailable", "interrupted", "running"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseState:
    """One phase of one variant."""

    state: StateName
    fingerprint: str
    """Of all that decides the phase's outcome; a record under another one is never reused."""
    environment: str
    """Digest of the environment it ran in (environments/DIGEST12.json of the run)."""
    seconds: float | None = None
    """Wall time, start of the process included. None until it has ended."""
    measured: tuple[str, ...] = ()
    """Names of the resources it measured; they go when it is forgotten."""
    made: Mapping[str, str] = field(default_factory=dict)
    """The marks of the files it left (see `made.marks`), where it leaves any that are checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseError:
    """Why a variant stopped."""

    phase: str
    reason: str
    log: str | None = None
    """Name of the log file inside the variant's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """status.json of one variant."""

    status: StatusName = "pending"
    error: PhaseError | None = None
    phases: Mapping[str, PhaseState] = field(default_factory=dict)

    def done(self, phase: PhaseName, fingerprint: str) -> bool:
        """Whether that phase is finished under exactly that fingerprint."""
        found = self.phases.get(phase)
        return found is not None and found.state == "done" and found.fingerprint == fingerprint

    def with_phase(self, phase: PhaseName, state: PhaseState) -> Status:
        """The same with one phase in another state."""
        return replace(self, phases={**self.phases, phase: state})

    def without(self, phases: Sequence[PhaseName]) -> Status:
        """The same with some phases forgotten, and any error with them."""
        kept = {name: state for name, state in self.phases.items() if name not in phases}
        return replace(self, status="pending", error=None, phases=kept)


def read_status(folder: VariantFolder) -> Status:
    """The status of a variant; nothing has happened where there is no file.

    Raises UserError where the file cannot be read or is not a status.
    """
    if not folder.status.exists():
        return Status()
    raw = read_object(folder.status)
    try:
        error, phases = raw.get("error"), _table(raw.get("phases") or {})
        return Status(
            status=_status(raw.get("status")),
            error=None if error is None else _error(_table(error)),
            phases={name: _phase(_table(phases[name])) for name in PHASES if name in phases},
        )
    except (TypeError, KeyError, ValueError) as error:
        raise UserError(
            f"{folder.status} is damaged: not the status of a variant", "run again with --fresh"
        ) from error


def _status(raw: Any) -> StatusName:
    """One of the names; a name that a later version may write counts as nothing yet."""
    return next((name for name in get_args(StatusName) if name == raw), "pending")


def _error(raw: dict[str, Any]) -> PhaseError:
    log = raw.get("log")
    return PhaseError(
        phase=_text(raw["phase"]),
        reason=_text(raw["reason"]),
        log=None if log is None else _text(log),
    )


def _phase(raw: dict[str, Any]) -> PhaseState:
    seconds = raw.get("seconds")
    if raw["state"] not in get_args(StateName):
        raise ValueError(raw["state"])
    return PhaseState(
        state=raw["state"],
        fingerprint=_text(raw["fingerprint"]),
        environment=_text(raw["environment"]),
        seconds=None if seconds is None else float(seconds),
        measured=tuple(_text(name) for name in raw.get("measured", ())),
        made={name: _text(mark) for name, mark in _table(raw.get("made") or {}).items()},
    )


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def write_status(folder: VariantFolder, status: Status) -> None:
    """Replace status.json in one step. Raises UserError where the disk refuses."""
    write_json(folder.status, status)
