"""The indefinite article in front of a value: a wrong one would give the value away."""

from __future__ import annotations

import re

_LAST = re.compile(r"(?<!\w)(an?) $", re.IGNORECASE)
_BY_SOUND = re.compile(
    # "one", "ewe", "union", "use", "uterus", "urine" begin like "won" or "you", "uninjured" not.
    r"(?:[ai]|e(?!u|we)|o(?!ne\b|nce\b)"
    r"|u(?!ni(?![nm])|s[aeu]|t[eio]|r[aei])"
    r"|hour|honest|honou?r|heir)",
    re.IGNORECASE,
)
_BY_LETTER = re.compile(r"[AEFHILMNORSX][A-Z]{0,3}\b")
"""Letters that are read by their names ("an X-ray")."""
_SEVERAL = re.compile(
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety)\s",
    re.IGNORECASE,
)


def with_article(before: str, value: str) -> str:
    """`before` with the article that the value takes, where it ends with "a " or "an ".

    None before a number of things ("ten days"). Which of the two follows the sound that the value
    begins with; words that take no article at all ("cattle") are not known here.
    """
    found = _LAST.search(before)
    if found is None or not value:
        return before
    if _SEVERAL.match(value):
        return before[: found.start()]
    vowel = _BY_SOUND.match(value) or _BY_LETTER.match(value)
    article = found[1][0] + ("n" if vowel else "")
    return f"{before[: found.start()]}{article} "
