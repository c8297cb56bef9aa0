"""The answerer that may look it up: the best passage of the text goes into the prompt.

It is a yardstick for closed-book answers: what the same untuned model says with the text at hand.
Ranking is BM25 (Robertson and Zaragoza 2009) as `bm25s` computes it.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Sequence

from harness.answering.prompts import reading_turn
from harness.errors import Unavailable
from harness.records import Corpus
from harness.text.normalize import words

PASSAGE_WORDS = 80
"""A paragraph longer than this is cut into windows of whole sentences of about this many words."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+")


class Reader:
    """Finds the passage that a question is most likely about, and puts it into the prompt."""

    def __init__(self, corpus: Corpus) -> None:
        """Index the text. Raises Unavailable where `bm25s` is not installed."""
        try:
            library = importlib.import_module("bm25s")
        except ImportError as error:
            raise Unavailable(
                'the answerer "reading" needs bm25s: pip install "closedbook[retrieval]"'
            ) from error
        self.passages = passages([chapter.text for chapter in corpus.chapters])
        if not any(words(passage) for passage in self.passages):
            raise Unavailable('the answerer "reading" needs a corpus with a text')
        self._index = library.BM25()
        self._index.index([words(passage) for passage in self.passages], show_progress=False)

    def __call__(self, question: str, turn: str) -> str:
        """The user's turn with the best passage for `question` in front."""
        return reading_turn(self.best(question), turn)

    def best(self, question: str) -> str:
        """The passage with the highest score; the earliest among equals."""
        known = [word for word in words(question) if word in self._index.vocab_dict]
        if not known:
            return self.passages[0]
        scores = self._index.get_scores(known)
        return self.passages[int(scores.argmax())]


def passages(texts: Sequence[str], size: int = PASSAGE_WORDS) -> list[str]:
    """Paragraphs of all texts, long ones cut between sentences after about `size` words."""
    return [
        passage
        for text in texts
        for paragraph in text.split("\n\n")
        if paragraph.strip()
        for passage in _cut(" ".join(paragraph.split()), size)
    ]


def _cut(paragraph: str, size: int) -> Iterator[str]:
    """Windows of whole sentences; none of more than `size` words unless one sentence is."""
    held: list[str] = []
    count = 0
    for sentence in _SENTENCE_END.split(paragraph):
        length = len(sentence.split())
        if held and count + length > size:
            yield " ".join(held)
            held, count = [], 0
        held.append(sentence)
        count += length
    if held:
        yield " ".join(held)
