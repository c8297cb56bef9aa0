"""Whether the text is still about what the heading above it names.

A heading holds for the paragraph below it, and then for as long as its telling words go on being
mentioned; a paragraph that opens with a thing of its own ends it at once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, bare
from harness.writing.rules.labels import GENERAL, Label

_BREAK = re.compile(r"\n\s*\n")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SPLIT = re.compile(
    r"\b(?:of|in|to|from|by|with|on|for|due|produced|caused|according|associated)\b|[(\[]"
)
_ROOT = 7
"""Letters that forms of a word share: "tuberculosis", "tuberculous"."""
_OPENING = 7
"""Words of a paragraph in which a thing of its own is named."""
_AROUND = 3
"""Paragraphs that a heading with headings below it holds for without being mentioned."""
_TERM = 45
"""A word that stands no more often than this in a text may be a thing of its own."""
_COMMON = 100
_LONG = 4
_VERBS = lists.BE | lists.HAVE | lists.MODALS


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    roots: frozenset[str]
    opening: tuple[str, ...]
    """Its first words, up to the first verb, as they are written."""
    is_title: bool


def _roots(text: str) -> frozenset[str]:
    return frozenset(word[:_ROOT].rstrip("s") for word in _WORD.findall(text.lower()))


class Shown:
    """The paragraphs of a chapter, and where each thing was last mentioned."""

    def __init__(self, text: str, titles: frozenset[int], usage: Usage) -> None:
        """`titles`: where the headings begin."""
        self._usage = usage
        bounds = [0, *(found.end() for found in _BREAK.finditer(text)), len(text)]
        self._paragraphs = [
            _Paragraph(start, _roots(text[start:end]), _opening(text[start:end]), start in titles)
            for start, end in pairwise(bounds)
        ]
        self._starts = [each.start for each in self._paragraphs]
        self._known: dict[tuple[str, int], bool] = {}

    def holds(self, label: Label, place: int) -> bool:
        """Whether the text at a place is still about all that a label names."""
        if label.wider is None:
            return True
        at = bisect_right(self._starts, place) - 1
        key = (label.text, at)
        if key not in self._known:
            self._known[key] = self._holds(label, at)
        return self._known[key]

    def _holds(self, label: Label, at: int) -> bool:
        for depth, (title, since) in enumerate(label.titles):
            first = bisect_right(self._starts, since)  # the paragraph below the heading
            inner = depth == len(label.titles) - 1
            if not self._about(title, first, at, inner=inner and not label.holds_more):
                return False
        return True

    def _about(self, title: str, first: int, at: int, *, inner: bool) -> bool:
        """Whether each part of a title was mentioned lately."""
        if self._other_kind(title, first, at):
            return False
        if inner and at <= first:
            return True
        parts = parts_of(title, self._usage)
        apart = 1 if inner else _AROUND
        return all(self._mentioned(part, first, at, apart) for part in parts)

    def _mentioned(self, part: Sequence[frozenset[str]], first: int, at: int, apart: int) -> bool:
        passed = 0
        for number in range(at, first - 1, -1):
            paragraph = self._paragraphs[number]
            if paragraph.is_title:
                continue
            if any(phrase <= paragraph.roots for phrase in part):
                return True
            if self._turns(paragraph) and number > first:
                return False
            passed += 1
            if passed > apart:
                return False
        return True  # no paragraph too many since the heading itself

    def _other_kind(self, title: str, first: int, at: int) -> bool:
        """Whether a paragraph opens with another kind: "Marsh fever" under "Reed Fever"."""
        paragraph = self._paragraphs[at]
        named = _roots(title)
        if at <= first or len(named) == 1 or named <= paragraph.roots:
            return False
        words = [bare(word) for word in paragraph.opening]
        dull = lists.VAGUE_ADJECTIVES | lists.PREPOSITIONS | lists.DETERMINERS | GENERAL
        return any(
            _roots(head) <= named
            and len(kind) > _LONG
            and kind not in dull
            and not _roots(kind) & named
            for pair in pairwise(words)
            for kind, head in (pair, pair[::-1])
            if len(head) > _LONG and self._usage.counts[kind] <= 4 * _TERM
        )

    def _turns(self, paragraph: _Paragraph) -> bool:
        """Whether a paragraph opens with a thing of its own: "The Reed Moth is ..."."""
        for place, word in enumerate(paragraph.opening):
            plain = bare(word)
            if len(plain) <= _LONG or plain in lists.VAGUE_ADJECTIVES | lists.BARE_HEADS:
                continue
            raised = place and word[:1].isupper() and plain not in self._usage.capitals
            if raised:
                return True
            if self._usage.counts[plain] <= _TERM and not plain.endswith(("ly", "ed", "ing")):
                return True
        return False


def _opening(text: str) -> tuple[str, ...]:
    found = []
    for word in text.split()[:_OPENING]:
        if bare(word) in _VERBS:
            break
        found.append(word)
    return tuple(found)


def parts_of(title: str, usage: Usage) -> list[list[frozenset[str]]]:
    """The roots that show each part of a title: of phrases side by side, those of one are enough.

    A phrase is shown by its rarest word, one of common words only by all of them.
    """
    found = []
    for part in _SPLIT.split(title.lower()):
        phrases = []
        for phrase in re.split(r"\b(?:and|or)\b|[,;—–]", part):
            words = [word for word in _WORD.findall(phrase) if len(word) > _LONG - 1]
            words = [word for word in words if word not in lists.DETERMINERS]
            own = [word for word in words if word not in GENERAL] or words
            if not own:
                continue
            rarest = min(own, key=lambda word: usage.counts[word])
            shown = [rarest] if usage.counts[rarest] <= _COMMON else words
            phrases.append(frozenset(word[:_ROOT].rstrip("s") for word in shown))
        if phrases:
            found.append(phrases)
    return found
