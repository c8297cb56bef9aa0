"""The *Manual of Surgery* as it can be downloaded, read into chapters, sections and paragraphs.

Alexis Thomson and Alexander Miles, *Manual of Surgery*, volume first, sixth edition, 1921: Project
Gutenberg ebook 17921, in the public domain. Nothing of its text is part of this package: what is
here knows the book by its title, its markers and the subjects of its chapters.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.corpora.surgery import cleaning
from harness.corpora.surgery.cleaning import Block
from harness.corpora.surgery.headings import split_headings, title_case
from harness.errors import UserError

SHA256 = "bbc5ff3f20320368fa92b7037976434ec42df711723425b2aaf7c4126b5aecc5"
"""Of the file as issued in March 2006; a later issue of the same book has another."""

SUBJECTS = tuple(
    "repair interfere inflammation suppuration ulcer gangrene infections tuberculosis syphilis "
    "tumours injuries treatment constitutional vessels lymph nerves skin tendons bursæ bone "
    "joints".split()
)
"""One word that stands in the title of each chapter, in order."""

_START = re.compile(r"^\*\*\* ?START OF TH(IS|E) PROJECT GUTENBERG EBOOK", re.MULTILINE)
_END = re.compile(r"^\*\*\* ?END OF TH(IS|E) PROJECT GUTENBERG EBOOK", re.MULTILINE)
_CHAPTER = re.compile(r"\s*CHAPTER ([IVXL]+)\.?\s*")
_HINT = "give the plain text file of Project Gutenberg ebook 17921"


@dataclass(frozen=True, slots=True)
class BookChapter:
    """A chapter: headings and paragraphs in order, each with its line in the file."""

    number: int
    title: str
    blocks: tuple[Block, ...]

    @property
    def paragraphs(self) -> tuple[Block, ...]:
        """The blocks that are no headings."""
        return tuple(block for block in self.blocks if block.kind == "paragraph")

    @property
    def headings(self) -> tuple[Block, ...]:
        """The blocks that are headings, of levels 1 to 3."""
        return tuple(block for block in self.blocks if block.kind == "heading")


@dataclass(frozen=True, slots=True)
class Book:
    """The cleaned book, and how many paragraphs of each kind were taken out of it."""

    chapters: tuple[BookChapter, ...]
    dropped: Mapping[str, int]


def read_file(path: Path) -> str:
    """The text of a file in UTF-8 or, as older issues are, in Latin-1.

    Raises UserError where it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"cannot read {path}: {error.strerror}", _HINT) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def is_known_issue(path: Path) -> bool:
    """Whether a file is, byte for byte, the issue that this package was tried with."""
    return hashlib.sha256(path.read_bytes()).hexdigest() == SHA256


def read_book(text: str, name: str = "the text") -> Book:
    """Chapters, headings and paragraphs of the book; everything else is dropped and counted.

    Raises UserError that says what is missing where `text` is another book, or not all of it;
    `name` is what the error calls it.
    """
    lines = cleaning.plain_lines(text)
    starts = _chapter_starts(lines)
    missing = _missing(text, lines, starts)
    if missing:
        raise UserError(
            f"{name} is not the Manual of Surgery: it lacks {', '.join(missing)}", _HINT
        )
    end = _end_of_body(lines, starts[-1])
    known = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(lines).lower()))
    dropped: Counter[str] = Counter()
    chapters = []
    for number, (begin, stop) in enumerate(zip(starts, (*starts[1:], end), strict=True), start=1):
        chapters.append(_chapter(number, lines[begin:stop], begin, known, dropped))
    return Book(tuple(chapters), dict(sorted((+dropped).items())))


def _chapter_starts(lines: Sequence[str]) -> list[int]:
    """Indices of the lines `CHAPTER I`, `CHAPTER II` ...; the list of contents is passed over."""
    marks = [(at, match[1]) for at, line in enumerate(lines) if (match := _CHAPTER.fullmatch(line))]
    firsts = [place for place, (_, numeral) in enumerate(marks) if numeral == "I"]
    return [at for at, _ in marks[firsts[-1] :]] if firsts else []


def _missing(text: str, lines: Sequence[str], starts: Sequence[int]) -> list[str]:
    """What a text lacks of the book, in words."""
    missing = []
    head = " ".join(lines[: starts[0] if starts else 200]).lower()
    if "manual of surgery" not in head:
        missing.append("the title")
    if "thomson" not in head or "miles" not in head:
        missing.append("the authors")
    if not _START.search(text):
        missing.append("the line *** START OF THIS PROJECT GUTENBERG EBOOK")
    if not _END.search(text):
        missing.append("the line *** END OF THIS PROJECT GUTENBERG EBOOK")
    lost = [
        str(number)
        for number, subject in enumerate(SUBJECTS, start=1)
        if number > len(starts) or subject not in _title_of(lines, starts[number - 1])
    ]
    if lost:
        those = f"{lost[0]} to {lost[-1]}" if len(lost) == len(SUBJECTS) else ", ".join(lost)
        missing.append(f"chapter{'s' if len(lost) > 1 else ''} {those}")
    if len(starts) > len(SUBJECTS):
        missing.append(f"an end after chapter {len(SUBJECTS)}")
    return missing


def _title_of(lines: Sequence[str], start: int) -> str:
    """The title of the chapter whose first line is `start`, in small letters."""
    rest = cleaning.paragraphs(lines[start + 1 : start + 12], start)
    return next((" ".join(run).lower().replace("ae", "æ") for _, run in rest), "")


def _end_of_body(lines: Sequence[str], last_chapter: int) -> int:
    """Where the index begins or, without one, the end marker."""
    for at in range(last_chapter, len(lines)):
        if lines[at].strip() == "INDEX" or _END.match(lines[at]):
            return at
    return len(lines)


def _chapter(
    number: int, lines: Sequence[str], begin: int, known: frozenset[str], dropped: Counter[str]
) -> BookChapter:
    """One chapter, from its line `CHAPTER ...` on, which is line `begin` (from 0) of the file."""
    found = list(cleaning.paragraphs(lines[1:], begin + 2))
    title = title_case(cleaning.take_off(cleaning.join_lines("\n".join(found[0][1]), known)))
    blocks: list[Block] = []
    for block in cleaning.classify(found[1:]):
        if block.kind == "summary":
            # A heading that stands before the summary is printed again where its text begins.
            dropped["heading"] += len(blocks)
            blocks.clear()
        if block.kind not in ("paragraph", "heading"):
            dropped[block.kind] += 1
            continue
        text = cleaning.take_off(cleaning.join_lines(block.text, known))
        if block.kind == "heading":
            head = title_case(cleaning.unmark(text)).rstrip(":.")
            blocks.append(Block("heading", head, block.line, block.level))
        else:
            blocks += split_headings(Block("paragraph", text, block.line))
    return BookChapter(number, title, tuple(blocks))
