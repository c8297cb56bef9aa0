"""Where a question was found, and which of its words say something."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, bare

_FRAME = re.compile(r"^In the [a-z]+ of ([^?]*?), (?=\w)")
_SHORT = 3
_ROOT = 6
"""Letters that two forms of a word share: "tetanus", "tetanic"."""
_SPECIFIC = 45
"""A word that stands no more often than this in a book is a term of its own."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a question was found."""

    topic: tuple[str, ...]
    """What the question names first, in plain words."""
    wide: bool
    """Whether that is the title of a chapter only."""
    before: str
    """The paragraph up to the sentence."""
    sentence: str
    opening: tuple[str, ...]
    """The subject of the first sentence of the paragraph, in plain words."""
    titled: bool = True
    """Whether the text has titles that a question could name first."""
    paragraph: str = ""
    """The whole paragraph, normalized."""

    def names(self, frame: tuple[str, ...]) -> bool:
        """Whether the paragraph holds a word of the topic that a question names first."""
        return not self.paragraph or any(
            stem(word)[:_ROOT] in self.paragraph for word in frame if len(word) > _SHORT
        )


def framed(question: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The plain words of the topic that a question names first, and those of the rest."""
    found = _FRAME.match(question)
    if found is None:
        return (), tuple(map(bare, question.split()))
    return (
        tuple(map(bare, found[1].split())),
        tuple(map(bare, question[found.end() :].split())),
    )


def telling(words: tuple[str, ...], usage: Usage, most: int = 150) -> set[str]:
    """Words that say something: no function words, nothing met with everywhere."""
    dull = (
        lists.PREPOSITIONS | lists.DETERMINERS | lists.AUXILIARIES | lists.COORDINATORS
        | lists.SUBORDINATORS | lists.FRAME_ADVERBS | lists.UNSURE | lists.PRONOUNS
    )  # fmt: skip
    return {
        word for word in words if len(word) > 3 and word not in dull and usage.counts[word] <= most
    }


def specific(words: tuple[str, ...], usage: Usage) -> bool:
    """Whether one of the words is a term of its own."""
    return any(
        len(word) > 4
        and 0 < usage.counts[word] <= _SPECIFIC
        and word not in lists.VAGUE_ADJECTIVES | lists.ADJECTIVES | lists.BARE_HEADS
        and not word.endswith(("ly", "ed", "ing"))
        for word in words
    )


def stem(word: str) -> str:
    """A word without a plural "s"."""
    return word.rstrip("s")
