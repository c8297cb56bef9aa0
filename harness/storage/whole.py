"""Whether a variant's records are all there: what is done must be shown by its files.

Reasons name a file without its folder: they stand beside the variant's name, in what is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.errors import UserError
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import read_appended, read_jsonl
from harness.storage.runs import read_object

REPRODUCTION = "reproduction:"
"""How the id of a text continuation begins; the batch plan holds none of them."""
REPRODUCTION_FILE = "reproduction.jsonl"
"""What follows each window of the text: {"question", "expected": token ids} a line."""
AGAIN = "run the suite again"

Key = tuple[str, str, int]


def answers_missing(folder: VariantFolder, asked: str) -> str | None:
    """Why the answers under that fingerprint are not whole, in one line; None where they are.

    Every item of the stored batch plan and every stored window of the text needs an answer.
    """
    for path in (folder.plan, folder.answers):
        if not path.exists():
            return _gone(path)
    try:
        planned = _planned(folder.plan)
        lines = [line for line in read_appended(folder.answers) if line.get("asked") == asked]
        windows = folder.path / REPRODUCTION_FILE
        expected = {str(line.get("question")) for line in _optional(windows)}
    except UserError as error:
        return _local(error, folder)
    found = {(line.get("question"), line.get("form"), line.get("draw")) for line in lines}
    continued = {name for name, _, _ in found if str(name).startswith(REPRODUCTION)}
    given = sum(item in found for item in planned) + len(expected & continued)
    wanted = len(planned) + len(expected)
    if given < wanted:
        return (
            f"{folder.answers.name} holds {given} of the {wanted} answers that were asked; {AGAIN}"
        )
    if continued - expected:
        return f"{windows.name} does not say what follows every window of the text; {AGAIN}"
    return None


def examples_missing(folder: VariantFolder) -> str | None:
    """Why the training examples cannot be told, in one line; None where they are there."""
    if not folder.train.exists():
        return _gone(folder.train)
    try:
        found = read_jsonl(folder.train)
    except UserError as error:
        return _local(error, folder)
    return None if found else f"{folder.train.name} is empty; {AGAIN}"


def foreign_answers(folder: VariantFolder, asked: str) -> bool:
    """Whether the answers hold a line under another fingerprint, or one that cannot be read."""
    try:
        return any(line.get("asked") != asked for line in _optional(folder.answers))
    except UserError:
        return True


def _planned(path: Path) -> set[Key]:
    """Question id, form and draw of every item in a variant's plan.json."""
    batches: Any = read_object(path).get("batches")
    try:
        return {
            (str(item["question"]), str(item["form"]), int(item["draw"]))
            for batch in batches
            for item in batch
        }
    except (TypeError, KeyError, ValueError) as error:
        raise UserError(f"{path} is damaged: not a batch plan", AGAIN) from error


def _optional(path: Path) -> Sequence[dict[str, Any]]:
    return read_appended(path) if path.exists() else ()


def _gone(path: Path) -> str:
    return f"{path.name} is missing; {AGAIN}"


def _local(error: UserError, folder: VariantFolder) -> str:
    """The error without the variant's folder: results are published, where they lay is not."""
    return f"{error.message.replace(f'{folder.path}/', '')}; {AGAIN}"
