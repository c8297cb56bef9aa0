"""Memory of the text itself: windows of it continued word for word, and answers that recite."""

from __future__ import annotations

from itertools import takewhile

from harness.records import Score
from harness.scoring.material import Continuation, Material
from harness.scoring.shares import flagged, share_of
from harness.stats import intervals


def scores(material: Material) -> dict[str, Score]:
    """Verbatim windows and the longest exact continuation; the share of answers that recite."""
    found: dict[str, Score] = {}
    if material.judged:
        found["reproduction.recited"] = share_of(list(material.judged), flagged("recited"))
    windows = material.continuations
    if not windows:
        return found
    exact = [_run(window) == len(window.expected) for window in windows]
    found["reproduction.verbatim"] = intervals.share(exact, [window.id for window in windows])
    found["reproduction.longest_run"] = Score(
        value=float(max(map(_run, windows))),
        low=None,
        high=None,
        n=len(windows),
        clusters=len(windows),
    )
    return found


def _run(window: Continuation) -> int:
    """Tokens continued exactly before the first that differs."""
    pairs = zip(window.expected, window.continued, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
