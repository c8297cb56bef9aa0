"""How far a variant is, phase by phase: status.json. Only the launcher writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

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
    error = raw.get("error")
    return Status(
        status=raw["status"] if raw.get("status") in get_args(StatusName) else "pending",
        error=PhaseError(**_known(PhaseError, error)) if isinstance(error, dict) else None,
        phases={
            name: _phase(raw["phases"][name]) for name in PHASES if name in raw.get("phases", {})
        },
    )


def _phase(raw: dict[str, Any]) -> PhaseState:
    known = _known(PhaseState, raw)
    return PhaseState(**{**known, "measured": tuple(known.get("measured", ()))})


def write_status(folder: VariantFolder, status: Status) -> None:
    """Replace status.json in one step. Raises UserError where the disk refuses."""
    write_json(folder.status, status)


def _known(kind: type[Any], raw: dict[str, Any]) -> dict[str, Any]:
    """Only the fields that `kind` has, so that a file of a later version can be read."""
    return {name: raw[name] for name in kind.__dataclass_fields__ if name in raw}
