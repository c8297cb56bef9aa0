"""Numbers and strangers' text as a reader sees them: plain, short, and harmless."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.records import Score
from harness.text import visible as harmless

MISSING = "–"
visible = harmless.visible
PROBE_NAMES: Mapping[str, str] = {
    "trained": "taught, as taught",
    "paraphrase": "taught, in other words",
    "relational": "mentioned in passing",
    "text_only": "only in the text",
    "two_hop": "two steps",
    "reversed": "the other way round",
    "choice": "yes or no",
    "nonexistent": "nobody",
    "near_miss": "near names",
    "unstated": "unstated",
    "false_premise": "false claims",
    "locality": "general knowledge",
}


def percent(share: float | None) -> str:
    """`.7083` as "71 %"."""
    return MISSING if share is None else f"{100 * share:.0f}\u00a0%"


def interval(score: Score | None) -> str:
    """The 95 % range in percent, "51–85"; a dash where there is none."""
    if score is None or score.low is None or score.high is None:
        return MISSING
    return f"{100 * score.low:.0f}–{100 * score.high:.0f}"


def share_with_range(score: Score | None) -> str:
    """ " (71 %, 51–85)" to put behind a count; empty where there is no score."""
    if score is None or score.value is None:
        return ""
    return f" ({percent(score.value)}, {interval(score)})"


def megabytes(count: float | None) -> str:
    """Bytes as "538 MB" or, from 10 GB on, "13.5 GB" (decimal units)."""
    if count is None:
        return MISSING
    return f"{count / 1e9:.1f}\u00a0GB" if count >= 9.95e9 else f"{count / 1e6:,.0f}\u00a0MB"


def rate(value: float | None) -> str:
    """A speed with two or three significant digits."""
    if value is None:
        return MISSING
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def duration(seconds: float | None) -> str:
    """Seconds as "48 s" or "2.5 min"."""
    if seconds is None:
        return MISSING
    return f"{seconds:.0f}\u00a0s" if seconds < 90 else f"{seconds / 60:.1f}\u00a0min"


def plural(count: int, noun: str, many: str = "") -> str:
    """ "1 fact", "3 facts"."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def span(counts: Sequence[int]) -> str:
    """ "5", or "4 to 7"."""
    low, high = min(counts), max(counts)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def listed(items: list[str]) -> str:
    """ "a, b and c"."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def clipped(text: str, most: int = 400) -> str:
    """At most that many characters, the rest counted."""
    if len(text) <= most:
        return text
    return f"{text[:most]} … ({len(text) - most:,} more characters)"


def quoted(text: str, most: int = 90) -> str:
    """A reply's first line in quotation marks, for a sentence."""
    line = " ".join(visible(text).split("\n", 1)[0].split())
    short = line if len(line) <= most else line[: most - 1].rstrip() + "…"
    return f"“{short}”" if short else "nothing at all"
