"""What a later phase left behind: whether it is all still there, and which reading it rests on.

A phase that is done has the marks of its files in status.json, so that a file that was shortened or
changed afterwards is never taken for the whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from harness.errors import UserError
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import write_json
from harness.storage.runs import cannot_read, read_object

MADE: Mapping[str, tuple[str, ...]] = {
    "repeat": ("repeats.jsonl",),
    "likelihood": ("likelihood.jsonl", "distributions.npz"),
}
"""Files of a phase that hold nothing but what it read off; the first is always there."""
_HELD_AGAINST = "held_against.json"


def marks(folder: VariantFolder, phase: str) -> dict[str, str]:
    """File name to its mark, of every file there that the phase makes.

    The SHA-256 of lines; of distributions, which can be gigabytes, how many bytes they are.
    """
    return {
        name: _mark(folder, name) for name in MADE.get(phase, ()) if (folder.path / name).exists()
    }


def lost(folder: VariantFolder, made: Mapping[str, str]) -> str | None:
    """Which file is no longer what a phase made, in a few words; None where all are."""
    for name, mark in made.items():
        if not (folder.path / name).exists():
            return f"{name} is missing"
        if _mark(folder, name) != mark:
            return f"{name} is not what was written: it was cut or changed"
    return None


def reading(folder: VariantFolder) -> str:
    """The id of a reference level's reading: SHA-256 of its lines; empty where it is not whole."""
    if not (folder.likelihood.exists() and folder.distributions.exists()):
        return ""
    return _mark(folder, folder.likelihood.name)


def held_against(folder: VariantFolder) -> str | None:
    """The id of the reading that a level is held against, "" for none; None where none is noted."""
    path = folder.path / _HELD_AGAINST
    try:
        return str(read_object(path).get("reading", "")) if path.exists() else None
    except UserError:  # then all is read anew
        return None


def hold_against(folder: VariantFolder, which: str) -> None:
    """Note it, before the first line that rests on it. Raises UserError where the disk refuses."""
    write_json(folder.path / _HELD_AGAINST, {"reading": which})


def _mark(folder: VariantFolder, name: str) -> str:
    path = folder.path / name
    try:
        if path.suffix == ".npz":
            return f"{path.stat().st_size} bytes"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise cannot_read(path, error) from error
