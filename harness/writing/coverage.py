"""What of a text some question asks about: its sentences, names, eponyms and facts.

A text can be learned only as far as it is asked about, and what nobody asked about is what a model
is likeliest to invent. So the uncovered is listed by name.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from harness.corpora.identity import corpus_digest
from harness.corpora.sentences import sentence_ends
from harness.records import Corpus, Question, Span
from harness.text.matching import ValueIndex, find_run
from harness.text.normalize import word_run, words
from harness.writing.text_names import eponyms, proper_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something in the text that no question asks about."""

    name: str
    """The name, the eponym, the fact's id, or the sentence."""
    place: Span | None = None
    """Where it first stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """How many things of one kind the text has, and which of them no question asks about."""

    total: int
    missing: tuple[Gap, ...]
    """Names and eponyms by length, the longest first; sentences and facts in the text's order."""

    @property
    def asked(self) -> int:
        """How many some question asks about."""
        return self.total - len(self.missing)

    @property
    def share(self) -> float | None:
        """Share asked about, 0 to 1; None where the text has none of the kind."""
        return self.asked / self.total if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Coverage of one text by one set of questions."""

    questions: int
    """Answerable questions that were counted."""
    sentences: Covered
    names: Covered
    eponyms: Covered
    facts: Covered

    def kinds(self) -> tuple[tuple[str, Covered], ...]:
        """Kind and coverage, in the order in which they are shown."""
        return (
            ("sentences", self.sentences),
            ("names", self.names),
            ("eponyms", self.eponyms),
            ("facts", self.facts),
        )


def measure(corpus: Corpus, questions: Sequence[Question]) -> Coverage:
    """Which sentences, names, eponyms and facts of the corpus these questions ask about.

    Only answerable questions count. A sentence is covered where a question is stated in it; of a
    longer statement, the sentences that hold an answer (all, where none does). A name is covered
    where it stands in a question or its answer. A fact is covered where a question carries its id,
    or names its entity and its value on the two sides of question and answer.
    """
    asked = [question for question in questions if not question.must_abstain]
    language = corpus.language
    said = [_said(question, language) for question in asked]
    return Coverage(
        questions=len(asked),
        sentences=_sentences(corpus, asked),
        names=_names(corpus.names or proper_names(corpus), said, corpus),
        eponyms=_names(eponyms(corpus), said, corpus),
        facts=_facts(corpus, asked),
    )


def mark(corpus: Corpus, questions: Sequence[Question]) -> Corpus:
    """The corpus with every fact marked asked or not by these questions, and its digest anew."""
    covered = covered_facts(corpus, [each for each in questions if not each.must_abstain])
    facts = tuple(replace(fact, asked=fact.id in covered) for fact in corpus.facts)
    digest = corpus_digest(corpus.chapters, facts, corpus.questions, corpus.renderings)
    return replace(corpus, facts=facts, digest=digest)


def uncovered_sentences(corpus: Corpus, questions: Sequence[Question]) -> tuple[Span, ...]:
    """The sentences that no answerable question is stated in, in the order of the text."""
    asked = [question for question in questions if not question.must_abstain]
    covered = _covered_spans(corpus, asked)
    return tuple(span for span in _all_sentences(corpus) if span not in covered)


def covered_facts(corpus: Corpus, asked: Sequence[Question]) -> frozenset[str]:
    """Ids of the facts that some of these questions ask about."""
    found = {question.fact for question in asked if question.fact is not None}
    found |= {fact for question in asked for fact in question.hops}
    by_entity: dict[str, list[tuple[str, str]]] = {}
    for fact in corpus.facts:
        by_entity.setdefault(fact.entity, []).append((fact.id, fact.value))
    index = ValueIndex(by_entity, corpus.language)
    for question in asked:
        if question.fact is not None:
            continue
        wording = words(question.question, corpus.language)
        reply = words(" ".join((*question.answers, question.full_answer or "")), corpus.language)
        for side, other in ((wording, reply), (reply, wording)):
            for _, entity in index.find(side):
                found |= {
                    fact
                    for fact, value in by_entity[entity]
                    if next(find_run(other, word_run(value, corpus.language)), None) is not None
                }
    return frozenset(found)


def _said(question: Question, language: str) -> list[str]:
    """The words of a question with its answers; a gap keeps runs from crossing from one part."""
    parts = (question.question, *question.answers, question.full_answer or "")
    joined: list[str] = []
    for part in parts:
        joined += [*words(part, language), ""]
    return joined


def _sentences(corpus: Corpus, asked: Sequence[Question]) -> Covered:
    every = _all_sentences(corpus)
    covered = _covered_spans(corpus, asked)
    return Covered(
        total=len(every),
        missing=tuple(
            Gap(name=_text(corpus, span), place=span) for span in every if span not in covered
        ),
    )


def _all_sentences(corpus: Corpus) -> list[Span]:
    return [
        Span(chapter=number, start=start, end=end)
        for number, chapter in enumerate(corpus.chapters)
        for start, end in sentence_ends(chapter.text, corpus.language)
    ]


def _covered_spans(corpus: Corpus, asked: Sequence[Question]) -> frozenset[Span]:
    """The sentences that questions are stated in."""
    by_chapter: dict[int, list[Span]] = {}
    for span in _all_sentences(corpus):
        by_chapter.setdefault(span.chapter, []).append(span)
    found: set[Span] = set()
    for question in asked:
        for place in question.stated_in:
            inside = _overlapping(by_chapter.get(place.chapter, []), place)
            if len(inside) > 1:
                inside = [each for each in inside if _holds(corpus, each, question)] or inside
            found.update(inside)
    return frozenset(found)


def _overlapping(sentences: Sequence[Span], place: Span) -> list[Span]:
    """The sentences, sorted, that share a character with a span."""
    first = bisect.bisect_right(sentences, place.start, key=lambda span: span.end)
    last = bisect.bisect_left(sentences, place.end, key=lambda span: span.start)
    return list(sentences[first:last])


def _holds(corpus: Corpus, span: Span, question: Question) -> bool:
    said = words(_text(corpus, span), corpus.language)
    return any(
        next(find_run(said, word_run(answer, corpus.language)), None) is not None
        for answer in question.answers
    )


def _names(names: Iterable[str], said: Sequence[Sequence[str]], corpus: Corpus) -> Covered:
    every = list(dict.fromkeys(names))
    index = ValueIndex(every, corpus.language)
    covered = {name for run in said for _, name in index.find(run)}
    missing = sorted((name for name in every if name not in covered), key=lambda n: (-len(n), n))
    return Covered(
        total=len(every),
        missing=tuple(Gap(name=name, place=_first(corpus, name)) for name in missing),
    )


def _facts(corpus: Corpus, asked: Sequence[Question]) -> Covered:
    covered = covered_facts(corpus, asked)
    return Covered(
        total=len(corpus.facts),
        missing=tuple(
            Gap(name=fact.id, place=fact.stated_in[0] if fact.stated_in else None)
            for fact in corpus.facts
            if fact.id not in covered
        ),
    )


def _first(corpus: Corpus, name: str) -> Span | None:
    for number, chapter in enumerate(corpus.chapters):
        at = chapter.text.find(name)
        if at >= 0:
            return Span(chapter=number, start=at, end=at + len(name))
    return None


def _text(corpus: Corpus, span: Span) -> str:
    return " ".join(corpus.chapters[span.chapter].text[span.start : span.end].split())


def as_text(coverage: Coverage, most: int = 20) -> str:
    """A few lines for a terminal: shares, and the first `most` uncovered of each kind."""
    lines = [f"{coverage.questions} questions"]
    for kind, covered in coverage.kinds():
        if covered.share is None:
            continue
        lines.append(
            f"{kind}: {covered.asked} of {covered.total} asked about ({covered.share:.0%})"
        )
        lines += [f"  not asked: {gap.name}" for gap in covered.missing[:most]]
        if len(covered.missing) > most:
            lines.append(f"  and {len(covered.missing) - most} more")
    return "\n".join(lines) + "\n"


def as_data(coverage: Coverage) -> Mapping[str, Any]:
    """The same for JSON, with all that is uncovered."""
    return {
        "questions": coverage.questions,
        **{
            kind: {
                "total": covered.total,
                "asked": covered.asked,
                "share": covered.share,
                "missing": [gap.name for gap in covered.missing],
            }
            for kind, covered in coverage.kinds()
        },
    }
