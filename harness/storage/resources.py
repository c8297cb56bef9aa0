"""resources.json of a variant: what its phases measured, by resource name."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from harness.records import Resources
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import write_json
from harness.storage.runs import read_object


def read_resources(folder: VariantFolder) -> Resources:
    """Everything measured so far; empty where nothing was."""
    return read_object(folder.resources) if folder.resources.exists() else {}


def merge_resources(folder: VariantFolder, measured: Resources) -> None:
    """Add what one phase measured to what the others did; a repeated name takes the new value."""
    write_json(folder.resources, {**read_resources(folder), **measured})


def drop_resources(folder: VariantFolder, names: Container[str]) -> None:
    """Forget what a phase measured that will run anew."""
    measured = read_resources(folder)
    kept = {name: value for name, value in measured.items() if name not in names}
    if kept != measured:
        write_json(folder.resources, kept)


def drop_drift(folder: VariantFolder) -> None:
    """Forget how speeds moved: it was said of a measurement that no longer counts."""
    drop_resources(folder, {name for name in read_resources(folder) if name.startswith(DRIFT)})


DRIFT = "drift."
SPEED = re.compile(r"throughput\..*_per_s(_.*)?|latency\..*_s")
"""Resources that depend on how busy or warm the machine is."""


def drift(first: Resources, last: Resources) -> Resources:
    """How speeds moved between two measurements of one variant: "drift.NAME", last over first."""
    found: Resources = {}
    for name in sorted(first.keys() & last.keys()):
        before, after = middle(first[name]), middle(last[name])
        if SPEED.fullmatch(name) and before and after:
            found[DRIFT + name] = after / before
    return found


def middle(value: Any) -> float | None:
    """The number itself, or the median of its samples."""
    found = value.get("median") if isinstance(value, dict) else value
    return float(found) if isinstance(found, int | float) else None
