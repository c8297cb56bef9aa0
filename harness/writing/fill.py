"""The second pass: windows around the sentences that no question asks about yet."""

from __future__ import annotations

from collections.abc import Sequence

from harness.corpora.sentences import sentence_ends
from harness.records import Corpus, Progress, Question, Span, Writing, WritingOrder, Written
from harness.text.segments import count
from harness.writing.coverage import uncovered_sentences
from harness.writing.reading_windows import Window

LEAST_WORDS = 6
"""A shorter sentence (a heading, an exclamation) states nothing that could be asked."""
TARGET_WORDS = 60
"""Words of uncovered sentences in one window: few, so that the model asks about these."""


def write(
    corpus: Corpus, questions: Sequence[Question], order: WritingOrder, progress: Progress
) -> Written:
    """Ask about the uncovered sentences only, whoever wrote the questions there are.

    As `selfinstruct.write`; accepted are questions about sentences that had none, with the writer
    "selfinstruct.fill".
    """
    from harness.writing.selfinstruct import writer

    return writer.write_fill(corpus, questions, order, progress)


def windows(corpus: Corpus, questions: Sequence[Question], writing: Writing) -> list[Window]:
    """Windows that hold uncovered sentences of one stretch, and the sentence before as context.

    `targets` names the uncovered ones. Together they hold every uncovered sentence of at least six
    words; a window holds about sixty words of them, or one longer sentence.
    """
    uncovered = frozenset(uncovered_sentences(corpus, questions))
    found: list[Window] = []
    for number, chapter in enumerate(corpus.chapters):
        run: list[Span] = []
        before: Span | None = None
        size = 0
        for start, end in sentence_ends(chapter.text, corpus.language):
            here = Span(chapter=number, start=start, end=end)
            length = count(chapter.text[start:end], corpus.language)
            wanted = here in uncovered and length >= LEAST_WORDS
            if run and (not wanted or size + length > min(TARGET_WORDS, writing.window_words)):
                found.append(_window(corpus, run, before))
                before, run, size = run[-1], [], 0
            if wanted:
                run.append(here)
                size += length
            else:
                before = here
        if run:
            found.append(_window(corpus, run, before))
    return found


def _window(corpus: Corpus, run: Sequence[Span], before: Span | None) -> Window:
    """A window over the run, begun one sentence earlier where that is of the same paragraph."""
    chapter = run[0].chapter
    text = corpus.chapters[chapter].text
    start = run[0].start
    if before is not None and "\n\n" not in text[before.end : start]:
        start = before.start
    span = Span(chapter=chapter, start=start, end=run[-1].end)
    return Window(span=span, text=text[start : span.end], targets=tuple(run))
