"""Answers that must not be used again are moved into a folder that nothing reads."""

from __future__ import annotations

import shutil

from harness.storage.folders import VariantFolder
from harness.storage.jsonl import cannot_write

ANSWER_FILES = (
    "answers.jsonl",
    "plan.json",
    "reproduction.jsonl",
    "likelihood.jsonl",
    "repeats.jsonl",
)
SUPERSEDED = "superseded"


def set_answers_aside(folder: VariantFolder, asked: str) -> None:
    """Move everything that was answered to superseded/ASKED12; an older one there goes.

    Raises UserError where the folder cannot be written.
    """
    found = [folder.path / name for name in ANSWER_FILES if (folder.path / name).exists()]
    if not found:
        return
    target = folder.path / SUPERSEDED / asked[:12]
    try:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for path in found:
            path.rename(target / path.name)
    except OSError as error:
        raise cannot_write(target, error) from error
