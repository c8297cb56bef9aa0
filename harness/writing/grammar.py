"""Just enough English grammar to ask about a clause: its words, noun phrases, and what dangles.

No tagger is needed: the words that matter (auxiliaries, prepositions, the verbs of the frames) are
closed lists, and a clause that the lists do not explain is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from harness.writing import grammar_words as lists

Words = tuple[str, ...]

_EDGE = "\"'“”‘’()[]"
_STOPS = ",;:.—?!"
_MIDDLE = 5
"""Times a word has to follow "the" before its use says that there is only one of it."""
_PLACES = frozenset(
    """ford reach hill hills street river bay lake mount mountain town road bridge castle abbey wood
    moor green house hall inn lane market square gate valley island isle sea""".split()
)
"""Last words of the names of places."""


def bare(word: str) -> str:
    """A word in lower case without the punctuation around it."""
    return word.strip(_EDGE + _STOPS).lower()


def stop_of(word: str) -> str:
    """The punctuation mark that a word ends with; "" for none."""
    last = word.rstrip("\"”’'")[-1:]
    return last if last in _STOPS else ""


def joined(words: Iterable[str]) -> str:
    """Words as running text, without punctuation at its end."""
    return " ".join(words).strip(" " + _STOPS)


def is_plural(words: Sequence[str]) -> bool:
    """Whether the head of a noun phrase (its last word) looks like a plural."""
    last = bare(words[-1]) if words else ""
    if last in lists.IRREGULAR_PLURALS or last.endswith(("æ", "mata")):
        return True
    if last in lists.SINGULAR_IN_S or last.endswith("ics"):
        return False
    return last.endswith("s") and not last.endswith(("ss", "us", "is"))


def lowered(words: Words, keep: frozenset[str] = frozenset()) -> Words:
    """A phrase as it stands inside a sentence: its first word in lower case unless a name."""
    if not words:
        return words
    first = words[0]
    rest = first[1:]
    if bare(first) in keep or any(letter.isupper() for letter in rest) or "’s" in rest:
        return words
    if "'s" in rest and bare(first) not in lists.DETERMINERS:
        return words
    return (first[:1].lower() + rest, *words[1:])


def head_at(words: Sequence[str]) -> int:
    """Index of the head noun: before the first preposition or participle, or the last word."""
    for at, word in enumerate(words):
        plain = bare(word)
        if at and plain in lists.PREPOSITIONS:
            return at - 1
        if (
            at
            and plain.endswith("ing")
            and at < len(words) - 1
            and at > 0
            and (
                bare(words[at - 1]) not in lists.DETERMINERS
                and bare(words[at + 1]) in lists.DETERMINERS
            )
        ):
            return at - 1
    return len(words) - 1


@dataclass(frozen=True, slots=True)
class Usage:
    """How one text uses its words: which need no earlier mention, and which are names."""

    unique: frozenset[str] = field(default_factory=frozenset)
    """Nouns that the text says "the" of and never "a": "gonococcus"."""
    names: frozenset[str] = field(default_factory=frozenset)
    """Words that the text always writes with a capital."""
    capitals: frozenset[str] = field(default_factory=frozenset)
    """Names, and words with a capital that stand at the front of sentences only."""
    counts: Counter[str] = field(default_factory=Counter)
    """How often each word stands in the text."""
    context: bool = False
    """Whether the question names its topic first, so that "the wound" is understood."""

    def is_name(self, words: Sequence[str]) -> bool:
        """Whether words are a name of several parts, each with a capital everywhere: "Ida Falk"."""
        return len(words) > 1 and all(
            word[:1].isupper() and bare(word) in self.capitals for word in words
        )

    def is_person(self, words: Sequence[str]) -> bool:
        """Whether words are such a name and its end is no word for a place: not "Brim Ford"."""
        return self.is_name(words) and bare(words[-1]) not in _PLACES

    @classmethod
    def of(cls, texts: Iterable[str], *, titled: bool = False) -> Usage:
        """Read the usage of a whole text; one with titles names its things there, not by "the"."""
        the: Counter[str] = Counter()
        some: Counter[str] = Counter()
        counts: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        inside: Counter[str] = Counter()
        for text in texts:
            words = text.split()
            for before, word in zip(["", *words], words, strict=False):
                plain = bare(word)
                counts[plain] += 1
                raised = word.lstrip(_EDGE)[:1].isupper()
                capital[plain] += raised
                inside[plain] += raised and before[-1:].isalpha() and before[:1].islower()
                opener = before.lower()
                if opener == "the":
                    the[plain] += 1
                elif opener in {"a", "an", "every", "each", "any"}:
                    some[plain] += 1
        unique = {
            word
            for word, count in the.items()
            if count >= _MIDDLE
            and not titled
            and some[word] * 25 <= count
            and word not in lists.BARE_HEADS
            and word not in lists.VAGUE_ADJECTIVES | lists.SUPERLATIVES | lists.NUMBER_WORDS
            and word not in lists.PRONOUNS | lists.POINTERS | lists.FRAME_ADVERBS
        }
        names = {w for w, n in counts.items() if w and capital[w] == n and inside[w]}
        capitals = frozenset(w for w, n in counts.items() if w and capital[w] == n)
        return cls(frozenset(unique), frozenset(names), capitals, counts)
