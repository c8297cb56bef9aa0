"""`closedbook corpus show`: what is in a corpus folder, at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from harness.commands.tables import console, say, show_table
from harness.corpora import folder as corpus_folder
from harness.records import ANSWERABLE, UNANSWERABLE, Corpus, Question
from harness.reporting.wording import clipped
from harness.text import segments

if TYPE_CHECKING:
    from rich.console import Console

CHAPTERS = 40
"""At most so many chapters are listed."""


def show_corpus(folder: Path, questions: int = 3) -> None:
    """Print counts, chapters, and the first `questions` questions of each probe.

    Raises UserError where the folder cannot be read.
    """
    corpus = corpus_folder.read(folder)
    out = console()
    _head(out, corpus)
    _chapters(out, corpus)
    _counts(out, corpus)
    for probe, asked in _by_probe(corpus).items():
        if questions:
            say(out, f"\n{probe}")
        for question in asked[:questions]:
            say(out, f"{question.question}  {_reply(question)}", indent=2)


def _head(out: Console, corpus: Corpus) -> None:
    about = [corpus.kind, corpus.size and f"size {corpus.size}"]
    about += [None if corpus.seed is None else f"seed {corpus.seed}", f"language {corpus.language}"]
    about += [f"digest {corpus.digest[:12]}"]
    say(out, corpus.title or f"{corpus.kind} {corpus.size or ''}".strip())
    say(out, ", ".join(part for part in about if part))
    if corpus.notice:
        say(out, corpus.notice)


def _chapters(out: Console, corpus: Corpus) -> None:
    stated = Counter(span.chapter for fact in corpus.facts for span in fact.stated_in)
    asked = Counter(
        span.chapter
        for question in corpus.questions
        if question.use != "train"
        for span in question.stated_in[:1]
    )
    rows = [
        (
            f"{number + 1}  {clipped(chapter.title, 60)}",
            f"{segments.count(chapter.text, corpus.language):,}",
            f"{stated[number]:,}",
            f"{asked[number]:,}",
        )
        for number, chapter in enumerate(corpus.chapters)
    ]
    title = f"{len(rows)} chapters" + (f", the first {CHAPTERS}" if len(rows) > CHAPTERS else "")
    headings = ("chapter", "words", "statements of facts", "questions")
    show_table(out, title, headings, rows[:CHAPTERS])


def _counts(out: Console, corpus: Corpus) -> None:
    """How many questions there are to train on and to ask, by probe; then facts and renderings."""
    rows = []
    for probe, questions in _by_probe(corpus).items():
        trained = sum(question.use != "test" for question in questions)
        asked = sum(question.use != "train" for question in questions)
        about = len({question.cluster or question.id for question in questions})
        rows.append((probe, str(trained), str(asked), str(about)))
    rows += [
        (f"written: {writer}", str(len(made)), "0", str(len({q.cluster or q.id for q in made})))
        for writer, made in sorted(corpus.written.items())
    ]
    headings = ("questions", "trained on", "asked", "about so many")
    show_table(out, f"{len(corpus.questions):,} questions", headings, rows)
    known = f"{len(corpus.facts):,} facts, {sum(fact.asked for fact in corpus.facts):,} of them"
    say(out, f"{known} asked in training; {len(corpus.renderings):,} further renderings of facts")


def _by_probe(corpus: Corpus) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for question in corpus.questions:
        found.setdefault(question.probe, []).append(question)
    order = [*ANSWERABLE, *UNANSWERABLE]
    return dict(sorted(found.items(), key=lambda pair: _rank(order, pair[0])))


def _rank(order: Sequence[str], probe: str) -> int:
    return order.index(probe) if probe in order else len(order)


def _reply(question: Question) -> str:
    if question.must_abstain:
        return "(has no answer)"
    return clipped(question.full_answer or " / ".join(question.answers), 120)
