"""The one way in which judged answers become a share with its interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harness.records import Judged, Score
from harness.scoring.material import cluster
from harness.stats import intervals


def share_of(items: Sequence[Judged], holds: Callable[[Judged], bool]) -> Score:
    """The share of answers of which something holds; clusters are entities."""
    return intervals.share([holds(item) for item in items], [cluster(item) for item in items])


def is_correct(item: Judged) -> bool:
    """Whether the verdict is correct."""
    return item.verdict == "correct"


def is_abstained(item: Judged) -> bool:
    """Whether the verdict is abstained."""
    return item.verdict == "abstained"


def is_invented(item: Judged) -> bool:
    """Whether an unanswerable question was answered with content."""
    return item.invented


def flagged(flag: str) -> Callable[[Judged], bool]:
    """Whether an answer bears a flag."""
    return lambda item: flag in item.flags
