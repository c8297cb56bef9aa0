"""Numbers and strangers' text as a reader sees them: plain, short, and harmless."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from harness.records import Score

MISSING = "–"
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
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


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
    return f"{count} {noun if count == 1 else many or noun + 's'}"


def listed(items: list[str]) -> str:
    """ "a, b and c"."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def visible(text: str) -> str:
    """The same text with every control and direction character made visible.

    Tabs and newlines stay; other controls become their Unicode pictures or `<U+XXXX>`, so that a
    model's reply can neither hide anything nor turn the page around it.
    """
    if text.isprintable():
        return text
    return "".join(_visible_character(character) for character in text)


def _visible_character(character: str) -> str:
    code = ord(character)
    if character in "\n\t":
        return character
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code in _BIDI or 0xD800 <= code <= 0xDFFF or unicodedata.category(character) in ("Cc", "Cn"):
        return f"<U+{code:04X}>"
    if character in "\u2028\u2029\ufeff\u200b":
        return f"<U+{code:04X}>"
    return character


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
