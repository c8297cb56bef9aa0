"""Which of many texts is nearest to a question. BM25 (Robertson and Zaragoza 2009), by `bm25s`."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from itertools import pairwise

from harness.errors import Unavailable
from harness.text.languages import is_function_word, is_spaceless
from harness.text.normalize import words


class Ranking:
    """Texts, ready to be ranked."""

    def __init__(self, texts: Sequence[str], language: str, needed_by: str) -> None:
        """Index the texts. Raises Unavailable where there are none or `bm25s` is not installed."""
        try:
            library = importlib.import_module("bm25s")
        except ImportError as error:
            raise Unavailable(
                f'{needed_by} needs bm25s: pip install "closedbook[retrieval]"'
            ) from error
        self._language = language
        self.texts = tuple(texts)
        terms = [self._terms(text) for text in self.texts]
        if not any(terms):
            raise Unavailable(f"{needed_by} needs a corpus with a text")
        self._index = library.BM25()
        self._index.index(terms, show_progress=False)

    def best(self, question: str) -> str:
        """The text with the highest score; the earliest among equals."""
        known = [term for term in self._terms(question) if term in self._index.vocab_dict]
        if not known:
            return self.texts[0]
        return self.texts[int(self._index.get_scores(known).argmax())]

    def _terms(self, text: str) -> list[str]:
        """What is ranked by: words; without spaces, pieces that carry content and their pairs."""
        said = words(text, self._language)
        if not is_spaceless(self._language):
            return said
        telling = [word for word in said if not is_function_word(word, self._language)]
        return [*telling, *map("".join, pairwise(telling))]
