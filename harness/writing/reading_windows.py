"""What a question writer reads at a time: windows of whole sentences that slide over the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.corpora.sentences import sentence_ends
from harness.errors import UserError
from harness.records import Chapter, Span
from harness.text import segments


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of one chapter."""

    span: Span
    text: str
    targets: tuple[Span, ...] = ()
    """The sentences to be asked about; empty: all of them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a part of one that is longer than a window: characters and words."""

    start: int
    end: int
    words: int


def reading_windows(
    chapters: Sequence[Chapter], *, words: int = 200, overlap: int = 50, language: str = "en"
) -> list[Window]:
    """Windows of at most `words` words that share about `overlap` words with the one before.

    They hold whole sentences, never cross a chapter, and together hold every word, the last
    partial window included. A sentence longer than a window is cut between words. Raises UserError
    where `overlap` leaves no room to go on.
    """
    if words < 1 or not 0 <= overlap < words:
        raise UserError(
            f"windows of {words} words cannot overlap by {overlap}",
            "set writing.overlap_words below writing.window_words",
        )
    return [
        Window(
            span=Span(chapter=number, start=start, end=end),
            text=chapter.text[start:end],
        )
        for number, chapter in enumerate(chapters)
        for start, end in _slide(pieces(chapter.text, words, language), words, overlap)
    ]


def pieces(text: str, limit: int, language: str = "en") -> list[Piece]:
    """The sentences of a text in order, those over `limit` words cut between words."""
    found = []
    for start, end in sentence_ends(text, language):
        inside = segments.spans(text[start:end], language)
        if len(inside) <= limit:
            found.append(Piece(start, end, len(inside)))
            continue
        cuts = [0, *(inside[at][0] for at in range(limit, len(inside), limit)), end - start]
        for number, (low, high) in enumerate(pairwise(cuts)):
            size = min(limit, len(inside) - number * limit)
            found.append(Piece(start + low, start + high, size))
    return found


def _slide(found: Sequence[Piece], words: int, overlap: int) -> list[tuple[int, int]]:
    """Start and end of each window over the pieces of one chapter."""
    windows = []
    first = last = 0  # the window holds found[first:last]
    while last < len(found):
        first = _step_back(found, last, words, overlap)
        size = sum(piece.words for piece in found[first:last])
        while last < len(found) and size + found[last].words <= words:
            size += found[last].words
            last += 1
        windows.append((found[first].start, found[last - 1].end))
    return windows


def _step_back(found: Sequence[Piece], last: int, words: int, overlap: int) -> int:
    """Where the next window begins: as many whole sentences back as come nearest to `overlap`,
    and no more than leave room for the first new one."""
    room = words - found[last].words
    first, size = last, 0
    while first > 0:
        longer = size + found[first - 1].words
        if longer > room or abs(longer - overlap) > abs(size - overlap):
            break
        first, size = first - 1, longer
    return first
