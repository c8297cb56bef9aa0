"""What stands on the command line for a side: a run folder, a baseline, a file, and a variant."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

from harness.comparing import baselines
from harness.comparing.pairing import ALL
from harness.comparing.sides import Side, from_run
from harness.errors import UserError, unknown_name
from harness.storage.runs import PLAN_NAME


def open_side(text: str) -> tuple[Side, str | None]:
    """A run folder, a baseline's name or its file, and the variant named behind a colon, if any.

    Raises UserError, with the nearest name, where there is none.
    """
    whole, variant = _split(text)
    side = _open(whole)
    if variant is not None and variant not in side.named():
        raise unknown_name("variant", variant, side.named())
    return side, variant


def open_two(baseline: str, candidate: str) -> tuple[tuple[Side, str], tuple[Side, str]]:
    """Two sides, each with the name or the pattern of variants behind a colon; ALL without one.

    What both name is read once, so that both hold the very same variants. Raises UserError where
    there is no such place, no such variant, or none that fits the pattern.
    """
    opened: dict[Path, Side] = {}
    found = []
    for text in (baseline, candidate):
        whole, variant = _split(text)
        place = Path(whole).expanduser().resolve()
        if place not in opened:
            opened[place] = _open(whole)
        side = opened[place]
        pattern = ALL if variant is None else variant
        if not any(fnmatchcase(name, pattern) for name in side.named()) and variant is not None:
            raise unknown_name("variant", variant, side.named())
        found.append((side, pattern))
    return found[0], found[1]


def _split(text: str) -> tuple[str, str | None]:
    """The place, and what stands behind its last colon, where that is no part of a place."""
    if _place(text) or ":" not in text:
        return text, None
    whole, _, variant = text.rpartition(":")
    return whole, variant


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
