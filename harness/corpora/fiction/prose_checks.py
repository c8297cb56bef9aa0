"""What must hold of the story's form, whatever it tells: openings, repetition, share of facts."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from harness.corpora.fiction.telling import Sentence, Teller
from harness.corpora.gates import CorpusFault

MOST_IN_A_ROW = 2
LEAST_WITHOUT_FACT = 1 / 3
LONG_CHAPTER = 100
MOST_WORDS = {"XS": 1_600}
"""What the time of the quick suite is reckoned for."""
MOST_OF_A_FRAME = 0.03
MOST_USES = {"XS": 1, "S": 2}
"""How often a story may use one and the same frame; the larger ones have to repeat more."""


def check_prose(teller: Teller) -> None:
    """The rules of the story's form; the first breach raises CorpusFault with the sentence."""
    for title, paragraphs in teller.chapters:
        sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
        _openings_vary(title, sentences)
        _frames_vary(title, sentences)
    everything = [
        sentence
        for _, paragraphs in teller.chapters
        for paragraph in paragraphs
        for sentence in paragraph
    ]
    plain = sum(not sentence.facts for sentence in everything)
    if plain < LEAST_WITHOUT_FACT * len(everything):
        raise CorpusFault("narrative", "story", f"only {plain} of {len(everything)} state no fact")
    length = sum(len(sentence.text.split()) for sentence in everything)
    if length > MOST_WORDS.get(teller.world.size_name, length):
        raise CorpusFault("length", "story", f"{length} words")
    frame, uses = Counter(sentence.frame for sentence in everything).most_common(1)[0]
    if uses > MOST_USES.get(teller.world.size_name, uses):
        raise CorpusFault("repeated", frame, f"{uses} times in one story")


def _openings_vary(title: str, sentences: list[Sentence]) -> None:
    run = 1
    for one, other in pairwise(sentences):
        run = run + 1 if one.subject == other.subject else 1
        if run > MOST_IN_A_ROW:
            raise CorpusFault("openings", f"{title}: {other.text}", "a third with one subject")


def _frames_vary(title: str, sentences: list[Sentence]) -> None:
    if len(sentences) < LONG_CHAPTER:
        return
    frame, count = Counter(sentence.frame for sentence in sentences).most_common(1)[0]
    if count > MOST_OF_A_FRAME * len(sentences):
        raise CorpusFault("frames", f"{title}: {frame}", f"{count} of {len(sentences)} sentences")
