"""The surgery corpora: the small one that is shipped, and the book."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from harness.corpora.identity import canary, corpus_digest
from harness.corpora.surgery import book as books
from harness.corpora.surgery import download, embedded
from harness.corpora.surgery.book import Book, BookChapter
from harness.errors import UserError, unknown_name
from harness.records import Chapter, Corpus, CorpusChoice, Section

SIZES = ("small", "book")
BOOK_TITLE = "Manual of Surgery, volume first (Thomson and Miles, 1921)"
BOOK_NOTICE = (
    "Historical text of 1921: it says what two surgeons taught then, and is not medical advice."
)

OTHER_ISSUE = (
    "The file is another issue of the book than the one that this was tried with: read a sample."
)


def build(choice: CorpusChoice) -> Corpus:
    """The corpus that a suite names: `size` "small" (the default) with questions, or "book".

    The book comes without questions; it is read from `choice.text` or from the copy that
    `closedbook corpus build surgery` has downloaded. Raises UserError for keys that do not go
    together, and where there is no book.
    """
    size = choice.size or "small"
    if size not in SIZES:
        raise unknown_name("surgery size", size, SIZES)
    for key in ("path", "questions"):
        if getattr(choice, key):
            raise UserError(
                f'corpus.{key} does not go with corpus kind "surgery"',
                'kind = "files" takes a text and questions of your own',
            )
    if size == "book":
        return _from_book(choice)
    for key in ("text", "chapters"):
        if getattr(choice, key):
            raise UserError(
                f"corpus.{key} does not go with the small surgery corpus", 'size = "book" takes it'
            )
    return embedded.build()


def _from_book(choice: CorpusChoice) -> Corpus:
    path = Path(choice.text) if choice.text else download.cached()
    if path is None:
        raise UserError(
            "the Manual of Surgery is not on this machine",
            f"download it once with `{download.COMMAND} --out DIR`, or name the file: text = FILE",
        )
    corpus = book_corpus(books.read_book(books.read_file(path), str(path)), choice.chapters)
    if books.is_known_issue(path):
        return corpus
    return replace(corpus, notice=f"{corpus.notice} {OTHER_ISSUE}")


def book_corpus(book: Book, numbers: tuple[int, ...] = ()) -> Corpus:
    """The chapters of those numbers (from 1; none: all) as a corpus without questions.

    Sections are nested: one in capitals holds those that begin in bold, and these those in
    italics. Raises UserError for a number that the book does not have.
    """
    for number in numbers:
        if not 1 <= number <= len(book.chapters):
            raise UserError(
                f"the book has no chapter {number}", f"its chapters are 1 to {len(book.chapters)}"
            )
    wanted = [each for each in book.chapters if not numbers or each.number in numbers]
    chapters = tuple(_laid_out(each) for each in wanted)
    sections = tuple(
        section for at, each in enumerate(wanted) for section in chapter_sections(each, at)
    )
    return Corpus(
        kind="surgery",
        seed=None,
        size="book",
        digest=corpus_digest(chapters, (), ()),
        canary=canary("surgery", "book", *(each.number for each in wanted)),
        source_tag="SURGERY1921",
        chapters=chapters,
        facts=(),
        questions=(),
        values={},
        names=(),
        title=BOOK_TITLE,
        notice=BOOK_NOTICE,
        sections=sections,
    )


def _laid_out(chapter: BookChapter) -> Chapter:
    return Chapter(title=chapter.title, text="\n\n".join(block.text for block in chapter.blocks))


def chapter_sections(chapter: BookChapter, place: int) -> list[Section]:
    """The sections of a chapter that stands at `place` (from 0) among those of a corpus."""
    found: list[Section] = []
    open_ones: list[tuple[int, str, int]] = []
    position = 0

    def close(level: int, end: int) -> None:
        while open_ones and open_ones[-1][0] >= level:
            _, title, start = open_ones.pop()
            found.append(Section(chapter=place, title=title, start=start, end=end))

    for block in chapter.blocks:
        if block.kind == "heading":
            close(block.level, max(0, position - 2))
            open_ones.append((block.level, block.text, position))
        position += len(block.text) + 2
    close(0, max(0, position - 2))
    return sorted(found, key=lambda section: (section.start, -section.end))
