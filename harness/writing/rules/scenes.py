"""Where a question was found, and which of its words say something."""

from __future__ import annotations

from dataclasses import dataclass

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage
from harness.writing.rules.labels import Label

SUBJECTS = frozenset({"subject", "superlative"})
"""Rules that ask for the subject."""
TERMS = frozenset({"term", "naming", "synonym", "definition", "person"})
"""Rules whose questions need no topic."""
_SPECIFIC = 45
"""A word that stands no more often than this in a book is a term of its own."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a question was found."""

    label: Label
    """The headings it stands under."""
    before: str
    """The paragraph up to the sentence."""
    sentence: str
    opening: tuple[str, ...]
    """The subject of the first sentence of the paragraph, in plain words."""
    named: frozenset[str] = frozenset()
    """Words of the chapter's headings that name one thing, without a plural "s"."""


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
