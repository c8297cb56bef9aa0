"""Cutting the text into training windows, so that no window states one fact twice.

Two renderings of a fact in one window let a model copy the second from the first and learn
nothing: the packer has to keep them apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.corpora.sentences import sentence_ends
from harness.records import Corpus
from harness.text.segments import count


@dataclass(frozen=True, slots=True)
class Unit:
    """Sentences that only make sense together: characters `start` to `end` of one chapter."""

    start: int
    end: int
    facts: tuple[str, ...]


def units(corpus: Corpus, chapter: int) -> list[Unit]:
    """The sentences of a chapter, those joined that one statement of a fact covers."""
    text = corpus.chapters[chapter].text
    stated = sorted(
        (span.start, span.end, fact.id)
        for fact in corpus.facts
        for span in fact.stated_in
        if span.chapter == chapter
    )
    joined: list[list[int]] = []
    for start, end in sentence_ends(text, corpus.language):
        if joined and any(begin < joined[-1][1] and stop > start for begin, stop, _ in stated):
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return [
        Unit(start, end, tuple(fact for begin, _, fact in stated if start <= begin < end))
        for start, end in joined
    ]


def training_windows(corpus: Corpus, *, words: int = 120) -> list[tuple[str, tuple[str, ...]]]:
    """Windows of the text and the ids of the facts that each states.

    Windows hold whole sentences and at most `words` words (one sentence longer than that stands
    alone), never cross a chapter, and together hold every word once, the last partial window
    included. A new window starts wherever the next sentence would state a fact again. Words are
    those of `harness.text.segments`.
    """
    windows = []
    for number, chapter in enumerate(corpus.chapters):
        start = end = length = 0
        facts: list[str] = []
        for unit in units(corpus, number):
            size = count(chapter.text[unit.start : unit.end], corpus.language)
            again = any(fact in facts for fact in unit.facts)
            if length and (again or length + size > words):
                windows.append((chapter.text[start:end], tuple(facts)))
                length, facts = 0, []
            if not length:
                start = unit.start
            end = unit.end
            length += size
            facts += [fact for fact in unit.facts if fact not in facts]
        if length:
            windows.append((chapter.text[start:end], tuple(facts)))
    return windows
