"""Timing repeated work: warm-up dropped, raw samples kept."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

FEWEST = 2
"""Samples below which a median says nothing."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long something is measured: `count` repetitions and `seconds`, both reached."""

    warm_up: int
    """Repetitions that are not counted: kernels are built and caches filled in them."""
    count: int
    seconds: float = 0.0
    at_most_s: float = 60.0
    """Enough is enough: after this, warm-up included, it ends with at least two samples."""


def sample(work: Callable[[], object], effort: Effort, device: torch.device) -> list[float]:
    """Seconds of each counted repetition of `work`, device time included; at least two."""
    begun = time.perf_counter()

    def overdue(share: float = 1.0) -> bool:
        return time.perf_counter() - begun > share * effort.at_most_s

    for _ in range(effort.warm_up):
        work()
        wait(device)
        if overdue(0.4):
            break
    found: list[float] = []
    while len(found) < effort.count or sum(found) < effort.seconds:
        if len(found) >= FEWEST and overdue():
            break
        started = time.perf_counter()
        work()
        wait(device)
        found.append(time.perf_counter() - started)
    return found


def wait(device: torch.device) -> None:
    """Return when the device has done all that it was given."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def summary(samples: Sequence[float]) -> dict[str, Any]:
    """Median and raw samples, as resources are stored."""
    return {
        "median": _short(statistics.median(samples)),
        "samples": [_short(value) for value in samples],
    }


def rate(amount: float, seconds: Sequence[float]) -> dict[str, Any]:
    """`amount` a second, from the seconds that each repetition took."""
    return summary([amount / each for each in seconds])


def percentile(samples: Sequence[float], share: float) -> float:
    """The smallest sample that at least `share` of all are not above (nearest rank)."""
    ordered = sorted(samples)
    rank = -(-len(ordered) * round(share * 100) // 100)
    return _short(ordered[max(0, rank - 1)])


def _short(value: float) -> float:
    """Six significant digits: more is noise."""
    return float(f"{value:.6g}")
