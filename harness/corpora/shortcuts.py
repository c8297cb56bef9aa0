"""Sentences of a text by the words in them: does one sentence join two names?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from harness.corpora.sentences import sentence_ends
from harness.records import Chapter
from harness.text.matching import contains
from harness.text.normalize import word_run, words


class Sentences:
    """All sentences of some chapters, and of further lines, found by any word in them."""

    def __init__(self, chapters: Sequence[Chapter], lines: Iterable[str] = ()) -> None:
        self._by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for chapter in chapters:
            for start, end in sentence_ends(chapter.text):
                self._add(chapter.text[start:end])
        for line in lines:
            self._add(line)

    def _add(self, sentence: str) -> None:
        said = tuple(words(sentence))
        for word in dict.fromkeys(said):
            self._by_word[word].append(said)

    def joined(self, name: str, value: str) -> tuple[str, ...] | None:
        """The words of a sentence that holds both; None where there is none.

        Of a person or place the first word of the name will do, as stories use it.
        """
        if name.startswith("the "):  # "the Flood of Varel": a kind's word is no name
            key, rarest = name, min(word_run(name), key=lambda word: len(self._by_word[word]))
        else:
            key = rarest = word_run(name)[0]
        for said in self._by_word.get(rarest, ()):
            if contains(said, key) and contains(said, value):
                return said
        return None
