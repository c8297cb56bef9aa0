"""Files that travel with the package: inside an installed wheel, or in the checkout."""

from __future__ import annotations

from pathlib import Path

from harness.errors import unknown_name

SUFFIXES = {"suites": ".toml", "baselines": ".json"}
"""Kind of shipped file to the ending of its name."""


def folder(kind: str) -> Path:
    """Where the shipped files of a kind lie: `harness/_shipped/KIND`, else `KIND` beside it."""
    package = Path(__file__).resolve().parent
    installed = package / "_shipped" / kind
    return installed if installed.is_dir() else package.parent / kind


def names(kind: str) -> tuple[str, ...]:
    """The names of all shipped files of a kind, sorted."""
    return tuple(sorted(path.stem for path in folder(kind).glob(f"*{SUFFIXES[kind]}")))


def find(kind: str, name: str) -> Path:
    """The shipped file of that name; raises UserError with the nearest valid name."""
    known = names(kind)
    if name not in known:
        raise unknown_name(kind.removesuffix("s"), name, known)
    return folder(kind) / f"{name}{SUFFIXES[kind]}"
