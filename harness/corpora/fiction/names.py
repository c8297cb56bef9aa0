"""Names from a syllable grammar, so that no model has met them.

Every word of a name carries the seed's residue (mod 97) in its letters: `residue` is a function of
the spelling alone, hence two worlds whose seeds differ mod 97 share no name, by construction.
People of the world and people invented for refusal come out of one generator.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.corpora.fiction.english import ENGLISH
from harness.text.matching import letter_distance

RESIDUES = 97
ALWAYS_ASKED = ("Bordor", "Lila")
"""Asked about in every world, and therefore never anybody's name."""

ONSETS = tuple("b br d dr f fr g gr h k kr l m n p r s st t th tr v w y z".split())
VOWELS = tuple("aeiou")
CLOSERS = ("", "", "", "l", "m", "n", "r", "s")
SINGLE = tuple("b d f g k l m n r s t v".split())
DOUBLE = tuple("ld nd rd st".split())
HER_ENDINGS = ("a", "ia", "ena", "ila", "ise", "wen", "ey", "ith")
HIS_ENDINGS = ("an", "ic", "or", "us", "eth", "od", "ul", "orn", "ask", "im", "ent")
FAMILY_ENDINGS = ("ck", "ll", "rn", "sk", "nt", "m", "th", "ld", "sh", "x", "rg", "p")
FAMILY_TAILS = ("er", "ow", "ick", "ane", "olt", "umb", "ard", "ell", "ock", "ust")
PLACE_TAILS = ("en", "er", "ow", "ock", "ast", "ell", "un", "eth")
LANDMARKS = tuple("Ford Gate Hollow Stairs Bank Moor Rise Fold Reach Combe Heath Acre".split())

_RUDE = tuple(
    "fuc fuk fock cock dick tit cum fag shit shat nig rap slut wank piss ars anus".split()
)
_CLOSEST = 3
_SHORTEST_FIRST = 4
_MOST_TRIES = 400_000
_NEAR_TRIES = 30_000
_SHARED_AFTER = 3_000
_FAR_APART = 160


def residue(word: str) -> int:
    """0 to 96, from the letters of one word of a name; case is ignored."""
    total = 0
    for letter in word.lower():
        total = (total * 31 + ord(letter)) % RESIDUES
    return total


@dataclass(frozen=True, slots=True)
class Name:
    """A first name in syllables, a family name, and the pronoun that the ending stands for."""

    syllables: tuple[str, ...]
    family: str
    she: bool

    @property
    def first(self) -> str:
        """The first name."""
        return "".join(self.syllables).capitalize()

    @property
    def full(self) -> str:
        """First and family name."""
        return f"{self.first} {self.family}"


def is_hers(first: str) -> bool:
    """Whether a first name of the grammar is a woman's; told by its ending alone."""
    return first.endswith(HER_ENDINGS)


def is_near(one: str, other: str) -> bool:
    """Whether two names are within edit distance 2 of each other."""
    if abs(len(one) - len(other)) >= _CLOSEST:
        return False
    # One edit takes away at most one letter: most pairs are told apart without the full distance.
    letters, others = set(one.lower()), set(other.lower())
    if max(len(letters - others), len(others - letters)) >= _CLOSEST:
        return False
    return letter_distance(one, other) < _CLOSEST


class Crowd:
    """Names that others must not be near: finds one within edit distance 2 without trying all.

    Two words are within two edits only if deleting at most two letters of each can leave the same
    letters (the symmetric-deletion lookup), so that few names have to be compared in full.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._left: dict[str, list[str]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Let `name` be one of the crowd."""
        for left in _deletions(name):
            self._left.setdefault(left, []).append(name)

    def near(self, name: str) -> str | None:
        """One of the crowd that is near `name`, if there is one."""
        for left in _deletions(name):
            for other in self._left.get(left, ()):
                if is_near(name, other):
                    return other
        return None


def near_pairs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of different names that are near each other, in their order."""
    crowd = Crowd()
    for name in names:
        other = crowd.near(name)
        if other is not None:
            yield name, other
        crowd.add(name)


def _deletions(name: str) -> list[str]:
    """The letters of a name with none, one or two of them left out; none twice."""
    whole = name.lower()
    ones = [whole[:at] + whole[at + 1 :] for at in range(len(whole))]
    twos = [
        one[:at] + one[at + 1 :] for first, one in enumerate(ones) for at in range(first, len(one))
    ]
    return list(dict.fromkeys([whole, *ones, *twos]))


class NameMaker:
    """Draws names of one residue; none is English, and none is near another that it has made."""

    def __init__(self, seed: int, rng: random.Random) -> None:
        self._residue = seed % RESIDUES
        self._rng = rng
        self._firsts = Crowd(ALWAYS_ASKED)
        self._always = Crowd(ALWAYS_ASKED)
        self._fulls = Crowd()
        self._made = 0
        self._families: set[str] = set()
        self._words: set[str] = {name.lower() for name in ALWAYS_ASKED}

    def person(self, *, she: bool) -> Name:
        """A new first and family name; `she` decides the ending of the first name."""
        for _ in range(_MOST_TRIES):
            syllables = self._syllables(HER_ENDINGS if she else HIS_ENDINGS)
            first = "".join(syllables)
            if len(first) < _SHORTEST_FIRST or not self._free(first):
                continue
            # First names alone differ that much as long as the grammar has room for it.
            crowd = self._firsts if self._made < _FAR_APART else self._always
            if crowd.near(first) is not None:
                continue
            name = Name(syllables, self._family(), she)
            if self._fulls.near(name.full) is not None:
                continue
            self._firsts.add(first)
            self._fulls.add(name.full)
            self._made += 1
            self._words |= {first, name.family.lower()}
            self._families.add(name.family.lower())
            return name
        raise AssertionError("the name grammar is exhausted")

    def place(self, landmark: str) -> str:
        """A new place: an invented word and a landmark, as in "Ilden Ford"."""
        for _ in range(_MOST_TRIES):
            stem = self._joined(self._stem(), PLACE_TAILS)
            place = f"{stem.capitalize()} {landmark}"
            if self._free(stem) and self._fulls.near(place) is None:
                self._words.add(stem)
                self._fulls.add(place)
                self._made += 1
                return place
        raise AssertionError("the name grammar is exhausted")

    def near_miss(self, name: Name) -> str | None:
        """`name` with one syllable of the first name replaced; nobody in the world has it.

        None where every such name is taken or English.
        """
        endings = HER_ENDINGS if name.she else HIS_ENDINGS
        for _ in range(_NEAR_TRIES):
            where = self._rng.randrange(len(name.syllables))
            if where == 0:
                other = self._stem()
            elif where == len(name.syllables) - 1:
                other = self._last(name.syllables[where - 1], endings)
            else:
                other = self._open_syllable()
            first = "".join((*name.syllables[:where], other, *name.syllables[where + 1 :]))
            if len(first) >= _SHORTEST_FIRST and self._free(first, longest=10):
                self._words.add(first)
                return f"{first.capitalize()} {name.family}"
        return None

    def _free(self, word: str, longest: int = 8) -> bool:
        return (
            residue(word) == self._residue
            and 3 <= len(word) <= longest
            and word not in self._words
            and word not in ENGLISH
            and not any(part in word for part in _RUDE)
        )

    def _stem(self) -> str:
        pick = self._rng.choice
        return pick(ONSETS) + pick(VOWELS) + pick(CLOSERS)

    def _open_syllable(self) -> str:
        return self._rng.choice(SINGLE) + self._rng.choice(VOWELS)

    def _last(self, before: str, tails: tuple[str, ...]) -> str:
        """A last syllable; two consonants only after a vowel, so that it can be spoken."""
        choices = SINGLE if before[-1] not in VOWELS else (*SINGLE, *DOUBLE)
        return self._rng.choice(choices) + self._rng.choice(tails)

    def _joined(self, stem: str, tails: tuple[str, ...]) -> str:
        return stem + self._last(stem, tails)

    def _syllables(self, endings: tuple[str, ...]) -> tuple[str, ...]:
        stem = self._stem()
        if self._rng.random() < 0.25:
            middle = self._open_syllable()
            return (stem, middle, self._last("r", endings))
        return (stem, self._last(stem, endings))

    def _family(self) -> str:
        pick = self._rng.choice
        for attempt in range(_MOST_TRIES):
            if self._rng.random() < 0.5:
                word = pick(ONSETS) + pick(VOWELS) + pick(FAMILY_ENDINGS)
            else:
                word = self._joined(pick(ONSETS) + pick(VOWELS), FAMILY_TAILS)
            if self._free(word, longest=7):
                return word.capitalize()
            # A large world shares family names, as villages do; first names stay unique.
            if (
                attempt > _SHARED_AFTER
                and residue(word) == self._residue
                and word in self._families
            ):
                return word.capitalize()
        raise AssertionError("the name grammar is exhausted")
