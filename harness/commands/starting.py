"""`closedbook init`: a folder with a text, questions and a suite that runs as it is."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from harness.errors import UserError

FILES = ("suite.toml", "text.txt", "questions.jsonl", "README.md")
"""What a new folder holds."""

_PLACE = "NAME"
"""Stands in the shipped files for the name of the folder."""


def create(folder: Path) -> None:
    """Write a corpus folder with a suite, and say which command runs it.

    Raises UserError where `folder` is a file or holds anything already.
    """
    from harness.storage.jsonl import atomic_write

    place = folder.expanduser()
    if place.exists() and not place.is_dir():
        raise UserError(f"{folder} is a file", "name a new folder")
    if place.is_dir() and any(place.iterdir()):
        raise UserError(
            f"{folder} is not empty", "name a new folder: nothing that is there is overwritten"
        )
    source = files("harness.corpora.files") / "starter"
    name = _name(place.resolve().name)
    for each in FILES:
        content = (source / each).read_text(encoding="utf-8")
        atomic_write(place / each, content.replace(_PLACE, name) if each != "text.txt" else content)
    print(f"{folder} holds {', '.join(FILES)}")
    print(f"run it: closedbook run {_shown(folder / 'suite.toml')}")


def _name(folder: str) -> str:
    """The folder's name as a suite may be called."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", folder).strip("-._")[:100]
    return plain or "mine"


def _shown(path: Path) -> str:
    """A path as it can be typed."""
    import shlex

    return shlex.quote(str(path))
