"""The answer-level metrics as `evaluate` modules: `evaluate.load(metrics.path("slot_match"))`.

Thin wrappers: what counts is decided in `harness.scoring`. Each works outside this project, on any
predictions, and offline.
"""

from __future__ import annotations

from pathlib import Path

from harness.errors import unknown_name

NAMES = ("abstention", "closed_book", "slot_match")


def path(name: str) -> str:
    """What `evaluate.load` takes for a metric of that name. Raises UserError for another name."""
    if name not in NAMES:
        raise unknown_name("metric", name, NAMES)
    return str(Path(__file__).parent / name)
