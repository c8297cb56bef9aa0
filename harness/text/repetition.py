"""Replies that are no answer: empty, caught in a loop, or nothing but repetition."""

from __future__ import annotations

from collections.abc import Sequence

LOOP_LENGTH = 3
LOOP_TIMES = 3
MANY_WORDS = 20
LEAST_DISTINCT = 0.3


def is_loop(words: Sequence[str]) -> bool:
    """Whether the last three words, as a run, stand at least three times among the words."""
    if len(words) < LOOP_LENGTH + LOOP_TIMES - 1:
        return False
    last = tuple(words[-LOOP_LENGTH:])
    starts = range(len(words) - LOOP_LENGTH + 1)
    return sum(tuple(words[at : at + LOOP_LENGTH]) == last for at in starts) >= LOOP_TIMES


def is_degenerate(words: Sequence[str]) -> bool:
    """Whether, of twenty or more words, fewer than 30 % are distinct."""
    return len(words) >= MANY_WORDS and len(set(words)) < LEAST_DISTINCT * len(words)
