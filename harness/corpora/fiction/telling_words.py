"""Sentences of a story, numbers in words, and people without a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "no ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number: int) -> str:
    """1 to 999 in English words: "twenty-four", "one hundred and twenty"."""
    if number >= 100:
        rest = f" and {in_words(number % 100)}" if number % 100 else ""
        return f"{_UNITS[number // 100]} hundred{rest}"
    if number >= 20:
        return _TENS[number // 10] + (f"-{_UNITS[number % 10]}" if number % 10 else "")
    return _UNITS[number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the story. `back`: how many sentences before it the person was named."""

    text: str
    subject: str
    facts: tuple[str, ...] = ()
    frame: str = ""
    back: int = 0
    mentions: frozenset[int] = frozenset()


BYSTANDERS = {
    False: re.compile(
        r"\b(?:boy|man|carter|clerk|priest|smith|uncle|brother|father|nephew|he|him)\b"
    ),
    True: re.compile(r"\b(?:girl|woman|lady|mother|grandmother|aunt|niece|she)\b"),
}
"""People without a name to whom a pronoun could point just as well."""


def pronouns(she: bool) -> dict[str, str]:
    """What fills `{he}`, `{him}`, `{his}` and `{him_self}`."""
    words = ("she", "her", "her", "herself") if she else ("he", "him", "his", "himself")
    return dict(zip(("he", "him", "his", "him_self"), words, strict=True))
