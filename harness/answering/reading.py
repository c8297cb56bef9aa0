"""The answerers that may look it up: a passage of the text, or the answer's own sentence, is shown.

They are yardsticks for closed-book answers: what the same untuned model says with the text at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from harness.answering.prompts import reading_turn
from harness.answering.ranking import Ranking
from harness.corpora import controls
from harness.corpora.sentences import sentence_ends
from harness.corpora.support import Support
from harness.records import Corpus
from harness.text.languages import is_spaceless
from harness.text.segments import count

PASSAGE_WORDS = 80
"""A paragraph longer than this is cut into windows of whole sentences of about this many words."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+")


class Reader:
    """Finds the passage that a question is most likely about, and puts it into the prompt."""

    def __init__(self, corpus: Corpus) -> None:
        """Index the text. Raises Unavailable where `bm25s` is not installed."""
        texts = [chapter.text for chapter in corpus.chapters]
        self.passages = passages(texts, language=corpus.language)
        self._ranking = Ranking(self.passages, corpus.language, 'the answerer "reading"')

    def __call__(self, question: str, turn: str) -> str:
        """The user's turn with the best passage for `question` in front."""
        return reading_turn(self.best(question), turn)

    def best(self, question: str) -> str:
        """The passage with the highest score; the earliest among equals."""
        return self._ranking.best(question)


class OracleContext:
    """Puts the very sentence that answers a question in front of it: what reading is at its best.

    A question without an answer gets the sentence that answers its twin, else the one that BM25
    ranks first. Control questions, which no text answers, are asked as they are.
    """

    def __init__(self, corpus: Corpus) -> None:
        """Index the text. Raises Unavailable where `bm25s` is not installed."""
        found = sentences([chapter.text for chapter in corpus.chapters], corpus.language)
        self._ranking = Ranking(found, corpus.language, 'the answerer "oracle_context"')
        support = Support(corpus)
        by_id = {question.id: question for question in corpus.questions}
        self._known: dict[str, tuple[str, ...]] = {
            each.question: () for each in controls.questions(corpus.language)
        }
        for question in corpus.questions:
            twin = by_id.get(question.twin or "")
            source = question if not question.must_abstain else twin
            evidence = support.evidence(source) if source is not None else ()
            self._known[question.question] = evidence or (self._ranking.best(question.question),)

    def __call__(self, question: str, turn: str) -> str:
        """The user's turn with its evidence in front."""
        evidence = self.evidence(question)
        return reading_turn(" ".join(evidence), turn) if evidence else turn

    def evidence(self, question: str) -> tuple[str, ...]:
        """The sentences that stand in front of `question`; of one's own, the nearest sentence."""
        known = self._known.get(question)
        return (self._ranking.best(question),) if known is None else known


def passages(texts: Sequence[str], size: int = PASSAGE_WORDS, language: str = "en") -> list[str]:
    """Paragraphs of all texts, long ones cut between sentences after about `size` words."""
    return [
        passage
        for text in texts
        for paragraph in text.split("\n\n")
        if paragraph.strip()
        for passage in _cut(" ".join(paragraph.split()), size, language)
    ]


def sentences(texts: Sequence[str], language: str = "en") -> list[str]:
    """Every sentence of all texts, in order."""
    return passages(texts, size=1, language=language)


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
