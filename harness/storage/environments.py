"""Which environment a phase ran in: each one kept under its digest, inside the run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.storage.fingerprints import digest
from harness.storage.folders import RunFolder
from harness.storage.jsonl import write_json
from harness.storage.runs import read_object

OF_THE_MOMENT = ("started", "command")
"""What an environment says about one start rather than about itself."""


def environment_digest(environment: Mapping[str, Any]) -> str:
    """SHA-256 over everything but when and with which command it was started."""
    return digest({key: environment[key] for key in environment if key not in OF_THE_MOMENT})


def remember_environment(run: RunFolder, environment: Mapping[str, Any]) -> None:
    """Keep it as environment.json, the latest, and under its digest, for the phases made in it."""
    write_json(run.environment, environment)
    path = _path(run, environment_digest(environment))
    if not path.exists():
        write_json(path, environment)


def recall_environment(run: RunFolder, key: str) -> dict[str, Any] | None:
    """The environment with that digest; None where the run does not have it."""
    path = _path(run, key)
    return read_object(path) if path.exists() else None


def _path(run: RunFolder, key: str) -> Path:
    return run.path / "environments" / f"{key[:12]}.json"
