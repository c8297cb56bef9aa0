"""Names for the larger worlds: drawn from the list of all that a residue allows, not by trying."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import product

from harness.corpora.fiction.names import (
    CLOSERS,
    DOUBLE,
    FAMILY_ENDINGS,
    FAMILY_TAILS,
    ONSETS,
    PLACE_TAILS,
    SINGLE,
    VOWELS,
    NameMaker,
    residue,
)

_STEMS = tuple("".join(parts) for parts in product(ONSETS, VOWELS, dict.fromkeys(CLOSERS)))
_LASTS = tuple("".join(parts) for parts in product(SINGLE, PLACE_TAILS))
_LASTS_AFTER_VOWEL = (*_LASTS, *("".join(parts) for parts in product(DOUBLE, PLACE_TAILS)))
_LONGEST_FAMILY = 7


def _lasts(stem: str) -> Sequence[str]:
    """Two consonants only after a vowel, so that a name can be spoken."""
    return _LASTS_AFTER_VOWEL if stem[-1] in VOWELS else _LASTS


def _family_words() -> Iterator[str]:
    for parts in product(ONSETS, VOWELS, FAMILY_ENDINGS):
        yield "".join(parts)
    for onset, vowel, middle, tail in product(ONSETS, VOWELS, (*SINGLE, *DOUBLE), FAMILY_TAILS):
        yield onset + vowel + middle + tail


class ValleyNames(NameMaker):
    """Makes names of people as `NameMaker` does, and names of places, guilds and events."""

    def __init__(self, seed: int, rng: random.Random) -> None:
        super().__init__(seed, rng)
        own = [word for word in dict.fromkeys(_family_words()) if self._fits(word)]
        self._family_pool = rng.sample(own, len(own))
        stems = [stem + last for stem in _STEMS for last in _lasts(stem)]
        self._word_pool = [word for word in dict.fromkeys(stems) if self._fits(word)]
        rng.shuffle(self._word_pool)

    def named(self, form: str) -> str:
        """A new name of the form, as "the {} Guild", around an invented word.

        Raises AssertionError where the grammar has no word left.
        """
        for stem in self._word_pool:
            name = form.format(stem.capitalize())
            if self._free(stem) and self._fulls.near(name) is None:
                self._words.add(stem)
                self._fulls.add(name)
                return name
        raise AssertionError("the name grammar is exhausted")

    def near_word(self, name: str) -> str | None:
        """A name made by `named` with one half of its invented word replaced by another.

        None where every such name is taken or English.
        """
        word = next(part for part in name.split() if self._fits(part.lower()))
        others = []
        for at in range(1, len(word)):
            stem, last = word[:at].lower(), word[at:]
            if stem in _STEMS and last in _lasts(stem):
                others += [other + last for other in _STEMS if last in _lasts(other)]
                others += [stem + other for other in _lasts(stem)]
        free = [other for other in dict.fromkeys(others) if self._free(other)]
        if not free:
            return None
        other = self._rng.choice(free)
        self._words.add(other)
        return name.replace(word, other.capitalize())

    def _family(self) -> str:
        """Every family name once; then a large world shares them, as villages do."""
        while self._family_pool:
            word = self._family_pool.pop()
            if self._free(word, longest=_LONGEST_FAMILY):
                return word.capitalize()
        return self._rng.choice(sorted(self._families)).capitalize()

    def _fits(self, word: str) -> bool:
        return residue(word) == self._residue
