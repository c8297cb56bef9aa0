"""Opening a run folder: what is there, what cannot be read, and which variants it holds."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from harness.errors import UserError
from harness.storage.folders import RunFolder
from harness.storage.jsonl import drop_torn_line

PLAN_NAME = "plan.json"
APPENDED = ("losses.jsonl", "answers.jsonl", "likelihood.jsonl", "repeats.jsonl", "rounds.jsonl")
"""Files of a variant that grow line by line and may end in a torn one."""


def existing_run(path: Path) -> RunFolder:
    """The run folder at `path`, for those who only read it.

    Raises UserError, in one line, where there is none, where it is no run, or is unreadable.
    """
    try:
        if not path.exists():
            raise UserError(f"no run at {path}", "give the folder that `closedbook run` wrote")
        if not path.is_dir():
            raise UserError(f"{path} is a file, not a run folder", "give the folder it lies in")
        names = set(os.listdir(path))
        if PLAN_NAME not in names:
            raise UserError(
                f"{path} is not a run folder: it has no {PLAN_NAME}",
                "give the folder that `closedbook run` wrote, e.g. runs/quick",
            )
    except OSError as error:
        raise cannot_read(path, error) from error
    read_object(path / PLAN_NAME)
    return RunFolder(path)


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file. Raises UserError, in one line, where it cannot be read as one."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise cannot_read(path, error) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UserError(
            f"{path} is damaged: not JSON ({error})", "run again with --fresh"
        ) from error
    if not isinstance(value, dict):
        raise UserError(f"{path} is damaged: not a JSON object", "run again with --fresh")
    return value


def drop_torn_lines(folder: Path) -> list[str]:
    """Cut what a kill left unfinished off a variant's growing files; one sentence for each cut."""
    found = []
    for name in APPENDED:
        path = folder / name
        try:
            torn = drop_torn_line(path)
        except OSError as error:
            raise cannot_read(path, error) from error
        if torn is not None:
            found.append(f"{path}: dropped an unfinished last line of {len(torn)} characters")
    return found


def cannot_read(path: Path, error: OSError) -> UserError:
    """The one-line error for something that cannot be read."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    return UserError(f"cannot read {path}: {reason}", "check the path and its permissions")
