"""The sentences of a text that answer a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.records import Corpus, Question, Span


class Support:
    """Where a corpus states its facts, ready to be looked up."""

    def __init__(self, corpus: Corpus) -> None:
        self._chapters = corpus.chapters
        self._stated = {fact.id: fact.stated_in for fact in corpus.facts}
        self._by_chapter: dict[int, list[tuple[str, Span]]] = {}
        for fact in corpus.facts:
            for span in fact.stated_in:
                self._by_chapter.setdefault(span.chapter, []).append((fact.id, span))

    def statements(self, question: Question) -> tuple[str, ...]:
        """Every statement of what is asked for, in the order of the text.

        Those that the question itself names, else those of its fact; empty where nothing is known.
        A question that needs several facts put together has none: see `evidence`.
        """
        return self._texts(self._spans(question))

    def evidence(self, question: Question) -> tuple[str, ...]:
        """What is enough to answer: the shortest statement, or that of every fact that it takes."""
        return self._texts(self._evidence(question))

    def told_along(self, question: Question) -> tuple[str, ...]:
        """Ids of all facts that are stated inside the evidence, in the order of the corpus."""
        return tuple(
            dict.fromkeys(
                fact
                for whole in self._evidence(question)
                for fact, span in self._by_chapter.get(whole.chapter, ())
                if whole.start <= span.start and span.end <= whole.end
            )
        )

    def _spans(self, question: Question) -> Sequence[Span]:
        if question.stated_in or question.hops:
            return question.stated_in
        return self._stated.get(question.fact or "", ())

    def _evidence(self, question: Question) -> tuple[Span, ...]:
        spans = self._spans(question)
        each = [spans] if spans else [self._stated.get(hop, ()) for hop in question.hops]
        return tuple(dict.fromkeys(min(stated, key=_length) for stated in each if stated))

    def _texts(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """The text of each span, its white space folded."""
        return tuple(
            " ".join(self._chapters[span.chapter].text[span.start : span.end].split())
            for span in spans
        )


def _length(span: Span) -> int:
    """Characters; of equally long spans `min` takes the first."""
    return span.end - span.start
