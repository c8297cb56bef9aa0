"""Finding values in an answer: contiguous runs of words, their plurals, and distances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from harness.text.languages import base
from harness.text.normalize import word_run

Run = tuple[str, ...]
Place = tuple[int, int]
"""First word and the word after the last."""

MATCHER_VERSION = 1
"""Raise it whenever a value could be found where it was not, or no longer be found."""

_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "foot": "feet",
    "tooth": "teeth",
    "goose": "geese",
    "mouse": "mice",
    "ox": "oxen",
}
_SIBILANTS = ("s", "x", "z", "ch", "sh")


@lru_cache(maxsize=65536)
def plurals(word: str) -> frozenset[str]:
    """Spellings that count as the plural of a normalized word; none for a word with a digit."""
    if not word or not word.isalpha():
        return frozenset()
    forms = {word + "s"}
    if word in _IRREGULAR:
        forms.add(_IRREGULAR[word])
    if word.endswith("man") and len(word) > 3:
        forms.add(word[:-3] + "men")
    if word.endswith(_SIBILANTS) or word.endswith("o"):
        forms.add(word + "es")
    if word.endswith("y") and word[-2:-1] not in {"a", "e", "i", "o", "u"}:
        forms.add(word[:-1] + "ies")
    if word.endswith("fe"):
        forms.add(word[:-2] + "ves")
    elif word.endswith("f"):
        forms.add(word[:-1] + "ves")
    return frozenset(forms)


@lru_cache(maxsize=65536)
def spellings(value: str, language: str = "en") -> tuple[Run, ...]:
    """The runs of words that count as `value`: itself and, in English, its plural.

    Of a plural the last word is inflected.
    """
    run = word_run(value, language)
    if not run:
        return ()
    if base(language) != "en":
        return (run,)
    return (run, *sorted((*run[:-1], last) for last in plurals(run[-1])))


def find_run(words: Sequence[str], run: Sequence[str]) -> Iterator[Place]:
    """Every place where `run` stands contiguously in `words`; an empty run stands nowhere."""
    length = len(run)
    if not length:
        return
    first, wanted = run[0], list(run)
    for at in range(len(words) - length + 1):
        if words[at] == first and list(words[at : at + length]) == wanted:
            yield at, at + length


def contains(words: Sequence[str], value: str, language: str = "en") -> bool:
    """Whether `value` or its plural is a contiguous run in normalized `words`."""
    runs = spellings(value, language)
    return any(next(find_run(words, run), None) is not None for run in runs)


class ValueIndex:
    """Many values searched for at once, in one pass over the words of an answer."""

    def __init__(self, values: Iterable[str], language: str = "en") -> None:
        self._by_first: dict[str, list[tuple[Run, str]]] = {}
        for value in dict.fromkeys(values):
            for run in spellings(value, language):
                self._by_first.setdefault(run[0], []).append((run, value))

    def find(self, words: Sequence[str]) -> list[tuple[Place, str]]:
        """Places and values found in `words`, in order of place."""
        found = []
        by_first = self._by_first
        for at, word in enumerate(words):
            for run, value in by_first.get(word, ()):
                end = at + len(run)
                if tuple(words[at:end]) == run:
                    found.append(((at, end), value))
        return found


def letter_distance(one: str, other: str) -> int:
    """Levenshtein's distance in letters, case ignored: insertions, deletions, substitutions."""
    one, other = one.lower(), other.lower()
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, against in enumerate(other, start=1):
            previous, row[j] = (
                row[j],
                min(row[j] + 1, row[j - 1] + 1, previous + (letter != against)),
            )
    return row[-1]


def token_f1(words: Sequence[str], gold: Sequence[str]) -> float:
    """Harmonic mean of precision and recall over the bags of words (SQuAD's F1), 0 to 1."""
    if not words or not gold:
        return float(list(words) == list(gold))
    shared = sum((Counter(words) & Counter(gold)).values())
    return 2 * shared / (len(words) + len(gold))


def rouge_l(words: Sequence[str], gold: Sequence[str]) -> float:
    """F-measure of the longest common subsequence (ROUGE-L, Lin 2004, beta 1), 0 to 1."""
    if not words or not gold:
        return 0.0
    row = [0] * (len(gold) + 1)
    for word in words:
        diagonal = 0
        for j, against in enumerate(gold, start=1):
            above = row[j]
            row[j] = diagonal + 1 if word == against else max(above, row[j - 1])
            diagonal = above
    return 2 * row[-1] / (len(words) + len(gold))
