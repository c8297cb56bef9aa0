"""The words of a text as they are counted: by spaces, or by Unicode boundaries without them.

Scripts without spaces have no words that a reader could point at without a dictionary. They are
counted by the default word boundaries of Unicode (UAX #29), which need none: an ideograph, a
hiragana letter and a Thai letter with its marks each count one, a run of katakana, of Latin
letters or of digits counts one. So 120 "words" of Japanese are about 50 words of a dictionary.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from harness.text.languages import is_spaceless

if TYPE_CHECKING:
    from regex import Pattern

_SPACED = re.compile(r"\S+")


def words(text: str, language: str = "en") -> list[str]:
    """The words of a text in order; with spaces, whatever stands between white space."""
    return _boundaries().findall(text) if is_spaceless(language) else text.split()


def spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    """First character and the character after the last of every word that `words` gives."""
    pattern = _boundaries() if is_spaceless(language) else _SPACED
    return [found.span() for found in pattern.finditer(text)]


def count(text: str, language: str = "en") -> int:
    """How many words `words` gives."""
    return len(words(text, language))


@cache
def _boundaries() -> Pattern[str]:
    # Imported when needed: whoever works in English does not pay for it.
    import regex

    # (?w): \b is the default word boundary of UAX #29. A word begins with a letter, a digit or
    # an ideograph; what stands between words is none.
    return regex.compile(r"(?w)\b\w.*?\b", regex.DOTALL)
