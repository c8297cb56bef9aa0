"""Replies that are no answer: empty, caught in a loop, or nothing but repetition."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from harness.text.languages import is_spaceless

LOOP_LENGTH = 3
LOOP_TIMES = 3
MANY_WORDS = 20
LEAST_DISTINCT = 0.3


def is_loop(words: Sequence[str]) -> bool:
    """Whether the words end in a loop: the same run again and again, up to the last word.

    The last three words must stand at three places at the same distance from each other, and all
    between them be repeated too. A phrase that merely comes back now and then is no loop.
    """
    last = list(words[-LOOP_LENGTH:])
    for period in range(1, (len(words) - LOOP_LENGTH) // (LOOP_TIMES - 1) + 1):
        if list(words[-LOOP_LENGTH - period : -period]) != last:
            continue
        tail = words[-(LOOP_LENGTH + (LOOP_TIMES - 1) * period) :]
        if all(one == other for one, other in zip(tail, tail[period:], strict=False)):
            return True
    return False


def is_degenerate(words: Sequence[str], language: str = "en") -> bool:
    """Whether, of twenty or more words, fewer than 30 % are distinct.

    Without spaces a "word" is often a single letter, and any long reply repeats letters: there,
    neighbouring pairs are held against each other.
    """
    if len(words) < MANY_WORDS:
        return False
    units = list(pairwise(words)) if is_spaceless(language) else list(words)
    return len(set(units)) < LEAST_DISTINCT * len(units)
