"""Whether a new clause opens behind "and", so that what stood before has ended."""

from __future__ import annotations

from collections.abc import Sequence

from harness.writing import grammar_words as lists
from harness.writing.grammar import bare, stop_of
from harness.writing.grammar_verbs import PLURAL, SINGULAR, finite_at, noun_like


def opens_clause(words: Sequence[str]) -> bool:
    """Whether a new clause or verb phrase begins here, so that what stood before has ended."""
    if not words:
        return False
    first = bare(words[0])
    if first in lists.AUXILIARIES or first in {
        "it",
        "they",
        "this",
        "these",
        "he",
        "she",
        "so",
        "there",
        "not",
        "then",
        "thus",
        "that",
        "which",
        "also",
        "usually",
        "if",
        "when",
        "in",
        "by",
        "to",
    }:
        return True
    if (
        first in SINGULAR
        and len(words) > 1
        and (not noun_like(words[1]) or bare(words[1]) in lists.ADJECTIVES | lists.NUMBER_WORDS)
    ):
        return True
    second = bare(words[1]) if len(words) > 1 else ""
    telling = lists.PREPOSITIONS | lists.DETERMINERS | lists.VAGUE_ADJECTIVES | lists.ADJECTIVES
    if first in PLURAL and second in telling:
        return True
    if first.endswith(("ly", "ed")) and not noun_like_next(words):
        return True
    at = finite_at(tuple(words[:9]))
    return at is not None


def noun_like_next(words: Sequence[str]) -> bool:
    """Whether the second word may be the noun that the first one describes."""
    return len(words) > 1 and not stop_of(words[0]) and noun_like(words[1])
