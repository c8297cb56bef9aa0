"""What stands on the command line for a side: a run folder, a baseline, a file, and a variant."""

from __future__ import annotations

from pathlib import Path

from harness.comparing import baselines
from harness.comparing.sides import Side, from_run
from harness.errors import UserError, unknown_name
from harness.storage.runs import PLAN_NAME


def open_side(text: str) -> tuple[Side, str | None]:
    """A run folder, a baseline's name or its file, and the variant named behind a colon, if any.

    Raises UserError, with the nearest name, where there is none.
    """
    whole, colon, variant = text, "", ""
    if not _place(text) and ":" in text:
        whole, colon, variant = text.rpartition(":")
    side = _open(whole)
    if not colon:
        return side, None
    if variant not in side.named():
        raise unknown_name("variant", variant, side.named())
    return side, variant


def _place(text: str) -> bool:
    return Path(text).expanduser().exists() or baselines.find(text) is not None


def _open(text: str) -> Side:
    path = Path(text).expanduser()
    if path.is_dir():
        if not (path / PLAN_NAME).exists():
            raise UserError(f"{text} is a folder and no run", "a run folder holds plan.json")
        return from_run(path)
    if path.is_file():
        return baselines.read(path)
    if path.suffix or len(path.parts) > 1:
        raise UserError(f"there is no run and no baseline at {text}", "check the path")
    return baselines.read(baselines.named(text), text)
