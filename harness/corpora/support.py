"""The sentences of a text that answer a question."""

from __future__ import annotations

from collections.abc import Iterable

from harness.records import Corpus, Question, Span


class Support:
    """Where a corpus states its facts, ready to be looked up."""

    def __init__(self, corpus: Corpus) -> None:
        self._chapters = corpus.chapters
        self._facts = {fact.id: fact for fact in corpus.facts}
        self._by_chapter: dict[int, list[tuple[str, Span]]] = {}
        for fact in corpus.facts:
            for span in fact.stated_in:
                self._by_chapter.setdefault(span.chapter, []).append((fact.id, span))

    def statements(self, question: Question) -> tuple[str, ...]:
        """Every statement of what is asked for, in the order of the text.

        Those that the question itself names, else those of its fact; empty where nothing is known.
        Of a question that needs several facts put together there are none: see `evidence`.
        """
        spans = question.stated_in
        if not spans and not question.hops:
            fact = self._facts.get(question.fact or "")
            spans = fact.stated_in if fact is not None else ()
        return self._texts(spans)

    def evidence(self, question: Question) -> tuple[str, ...]:
        """What is enough to answer: one statement, or one of every fact that it takes."""
        found = self.statements(question)[:1]
        if found:
            return found
        firsts = (self._facts[hop].stated_in[:1] for hop in question.hops if hop in self._facts)
        return self._texts(dict.fromkeys(span for spans in firsts for span in spans))

    def told_along(self, question: Question) -> tuple[str, ...]:
        """Ids of the facts that are wholly stated inside the question's first statement."""
        spans = question.stated_in or self._stated_in(question)
        if not spans:
            return ()
        first = spans[0]
        stated = self._by_chapter.get(first.chapter, ())
        found = (id for id, span in stated if first.start <= span.start and span.end <= first.end)
        return tuple(dict.fromkeys(found))

    def _stated_in(self, question: Question) -> tuple[Span, ...]:
        fact = self._facts.get(question.fact or "")
        return fact.stated_in if fact is not None else ()

    def _texts(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """The text of each span, its white space folded."""
        return tuple(
            " ".join(self._chapters[span.chapter].text[span.start : span.end].split())
            for span in spans
        )
