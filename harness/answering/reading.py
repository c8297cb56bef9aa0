"""The answerer that may look it up: the best passage of the text goes into the prompt.

It is a yardstick for closed-book answers: what the same untuned model says with the text at hand.
Ranking is BM25 (Robertson and Zaragoza 2009) as `bm25s` computes it.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from harness.answering.prompts import reading_turn
from harness.corpora.sentences import sentence_ends
from harness.errors import Unavailable
from harness.records import Corpus
from harness.text.languages import is_function_word, is_spaceless
from harness.text.normalize import words
from harness.text.segments import count

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
        self._language = corpus.language
        texts = [chapter.text for chapter in corpus.chapters]
        self.passages = passages(texts, language=corpus.language)
        terms = [self._terms(passage) for passage in self.passages]
        if not any(terms):
            raise Unavailable('the answerer "reading" needs a corpus with a text')
        self._index = library.BM25()
        self._index.index(terms, show_progress=False)

    def __call__(self, question: str, turn: str) -> str:
        """The user's turn with the best passage for `question` in front."""
        return reading_turn(self.best(question), turn)

    def best(self, question: str) -> str:
        """The passage with the highest score; the earliest among equals."""
        known = [term for term in self._terms(question) if term in self._index.vocab_dict]
        if not known:
            return self.passages[0]
        scores = self._index.get_scores(known)
        return self.passages[int(scores.argmax())]

    def _terms(self, text: str) -> list[str]:
        """What is ranked by: words; without spaces, pieces that carry content and their pairs."""
        said = words(text, self._language)
        if not is_spaceless(self._language):
            return said
        telling = [word for word in said if not is_function_word(word, self._language)]
        return [*telling, *map("".join, pairwise(telling))]


def passages(texts: Sequence[str], size: int = PASSAGE_WORDS, language: str = "en") -> list[str]:
    """Paragraphs of all texts, long ones cut between sentences after about `size` words."""
    return [
        passage
        for text in texts
        for paragraph in text.split("\n\n")
        if paragraph.strip()
        for passage in _cut(" ".join(paragraph.split()), size, language)
    ]


def _cut(paragraph: str, size: int, language: str) -> Iterator[str]:
    """Windows of whole sentences; none of more than `size` words unless one sentence is."""
    held: list[str] = []
    total = 0
    between = "" if is_spaceless(language) else " "
    for sentence in _sentences(paragraph, language):
        length = count(sentence, language)
        if held and total + length > size:
            yield between.join(held)
            held, total = [], 0
        held.append(sentence)
        total += length
    if held:
        yield between.join(held)


def _sentences(paragraph: str, language: str) -> list[str]:
    if not is_spaceless(language):
        return _SENTENCE_END.split(paragraph)
    return [paragraph[start:end] for start, end in sentence_ends(paragraph, language)]
