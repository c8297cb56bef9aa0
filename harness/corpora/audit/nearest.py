"""The training question most like a given one, found through an index of words.

Similarity is Dice's coefficient of the two sets of words, 2 |q and t| / (|q| + |t|). Looking at
every pair would take minutes in a large world. Instead the words of a question are taken up rarest
first: once only k of its m words are left, a training question not yet met shares at most k of
them, so it cannot be more similar than 2 k / (m + k), and the search ends as soon as something
better is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from harness.records import Question
from harness.text import segments
from harness.text.languages import is_spaceless
from harness.text.normalize import words

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A training question and how like it is."""

    question: Question
    similarity: float


class Index:
    """The training questions by their words and by their runs of words."""

    def __init__(self, language: str, training: Sequence[Question]) -> None:
        self._language = language
        self._first: dict[Words, Question] = {}
        for question in training:
            self._first.setdefault(content(question.question, language), question)
        self._questions = list(self._first.values())
        self._sets = [frozenset(said) for said in self._first]
        self._by_word: dict[str, list[int]] = {}
        for at, said in enumerate(self._sets):
            for word in sorted(said):
                self._by_word.setdefault(word, []).append(at)
        self._grams: dict[int, set[Words]] = {}
        self._found: dict[Words, Near | None] = {}

    def __len__(self) -> int:
        return len(self._questions)

    def holds(self, question: Question) -> bool:
        """Whether a training question says the same, case and punctuation apart."""
        return content(question.question, self._language) in self._first

    def known_share(self, question: Question, length: int) -> float:
        """Share of the question's runs of `length` words that stand in a training question.

        A shorter question is one run of all its words.
        """
        if length not in self._grams:
            self._grams[length] = {gram for said in self._first for gram in _runs(said, length)}
        grams = _runs(content(question.question, self._language), length)
        return sum(gram in self._grams[length] for gram in grams) / len(grams) if grams else 0.0

    def nearest(self, question: Question) -> Near | None:
        """The most similar training question, the first of several; None if none shares a word."""
        said = content(question.question, self._language)
        if said in self._first:
            return Near(self._first[said], 1.0)
        if said not in self._found:
            self._found[said] = self._search(frozenset(said))
        return self._found[said]

    def _search(self, said: frozenset[str]) -> Near | None:
        shared = [(self._by_word[word], word) for word in said if word in self._by_word]
        shared.sort(key=lambda pair: (len(pair[0]), pair[1]))
        best, where = 0.0, -1
        seen: set[int] = set()
        for done, (places, _) in enumerate(shared):
            left = len(shared) - done
            if 2 * left / (len(said) + left) < best:
                break
            for at in places:
                if at in seen:
                    continue
                seen.add(at)
                other = self._sets[at]
                similarity = 2 * len(said & other) / (len(said) + len(other))
                if similarity > best or (similarity == best and at < where):
                    best, where = similarity, at
        return Near(self._questions[where], best) if where >= 0 else None


@lru_cache(maxsize=65536)
def content(text: str, language: str) -> Words:
    """The normalized words of a text; in scripts without spaces by Unicode's boundaries."""
    said = words(text)
    if not is_spaceless(language):
        return tuple(said)
    return tuple(word for part in said for word in segments.words(part, language))


def _runs(said: Words, length: int) -> list[Words]:
    if not said:
        return []
    return [said[at : at + length] for at in range(max(1, len(said) - length + 1))]
