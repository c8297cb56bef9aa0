"""The whole Manual of Surgery, where somebody has a copy of it."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest

from harness.corpora.build import build
from harness.corpora.surgery import book as books
from harness.corpora.surgery import embedded
from harness.corpora.surgery.book import Book, read_book, read_file
from harness.corpora.windows import training_windows
from harness.records import Corpus, CorpusChoice
from harness.text.normalize import word_run

VARIABLE = "CLOSEDBOOK_SURGERY_TEXT"
ROOT = Path(__file__).resolve().parents[2]
RUN = 9
"""Words in a row that two people do not write by chance."""

pytestmark = pytest.mark.skipif(
    not os.environ.get(VARIABLE), reason=f"{VARIABLE} names no copy of the Manual of Surgery"
)


def path() -> Path:
    return Path(os.environ[VARIABLE])


@cache
def book() -> Book:
    return read_book(read_file(path()))


@cache
def corpus() -> Corpus:
    return build(CorpusChoice(kind="surgery", size="book", text=str(path())))


def test_it_is_the_issue_that_this_was_tried_with() -> None:
    assert books.is_known_issue(path())


def test_every_chapter_is_found_at_its_full_length() -> None:
    assert [chapter.number for chapter in book().chapters] == list(range(1, 22))
    words = [len(chapter.text.split()) for chapter in corpus().chapters]
    assert sum(words) > 180_000
    assert min(words) > 1_900
    assert sum(len(chapter.paragraphs) for chapter in book().chapters) > 2_100


def test_nothing_of_the_print_is_left() -> None:
    text = "\n\n".join(chapter.text for chapter in corpus().chapters)
    for pattern in (
        *(
            "Gutenberg",
            "gutenberg",
            "eBook",
            "Transcriber",
            "Distributed Proof",
            "FIG",
            r"\bFigs?\.",
        ),
        *(r"\bpp?\.? ?\d", r"[\[\]_#|{}<>~^]", "--", r"\*", "\u00a0", r" {2}", r"\w-\n", r"\( *\)"),
        *(r"\s[,.;]", r"[a-z]- [a-z]+(?<!and)(?<!or)\b(?! )", "CHAPTER", "Op. Surg", r"\bVol\."),
    ):
        found = re.search(pattern, text)
        assert found is None, text[max(0, found.start() - 60) : found.end() + 60]


def test_every_paragraph_is_a_whole_one() -> None:
    for chapter in book().chapters:
        for block in chapter.paragraphs:
            assert re.match(r"""["'(]?[A-ZÆŒ0-9]|\([a-z]\) [A-Z]""", block.text), block
            assert block.text[-1] in '.:?!")', block


def test_every_paragraph_stands_at_its_line_of_the_file() -> None:
    lines = read_file(path()).replace("\r", "").split("\n")
    for chapter in book().chapters:
        for block in chapter.paragraphs:
            first = " ".join(block.text.split()[:2]).lower()
            near = " ".join(lines[block.line - 1 : block.line + 3]).replace("\u00a0", " ").lower()
            assert first[:6] in re.sub(r"[_#]", "", near), block


def test_no_word_is_made_up_and_few_are_taken_out() -> None:
    raw = word_run(re.sub(r"[_#]", "", read_file(path())))
    known = frozenset(raw)
    text = [word for chapter in corpus().chapters for word in word_run(chapter.text)]
    assert {word for word in text if word not in known} <= {"elsewhere", "figure", "figures"}
    assert len(text) / len(raw) > 0.88


def test_every_section_begins_with_its_title() -> None:
    assert len(corpus().sections) > 600
    for section in corpus().sections:
        text = corpus().chapters[section.chapter].text[section.start : section.end]
        assert text.startswith(section.title)
        assert not text.endswith("\n")


def test_the_method_of_thiersch_is_in_the_text() -> None:
    assert "Thiersch" in corpus().chapters[0].text


def test_every_word_lies_in_a_training_window() -> None:
    windows = training_windows(corpus())
    words = sum(len(chapter.text.split()) for chapter in corpus().chapters)
    assert sum(len(text.split()) for text, _ in windows) == words


def test_the_small_corpus_borrows_no_sentence() -> None:
    runs = book_runs()
    for chapter in embedded.build().chapters:
        assert shared(chapter.text, runs) == []


def test_nothing_of_the_book_is_in_the_checkout() -> None:
    runs = book_runs()
    for folder in ("harness", "tests", "docs", "suites"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".py", ".toml", ".txt", ".md", ".json", ".jsonl"):
                assert shared(file.read_text(encoding="utf-8"), runs) == [], file


@cache
def book_runs() -> frozenset[tuple[str, ...]]:
    words = [word for chapter in corpus().chapters for word in word_run(chapter.text)]
    return frozenset(zip(*(words[at:] for at in range(RUN)), strict=False))


def shared(text: str, runs: frozenset[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The runs of nine words that a text has in common with the book."""
    words = word_run(text)
    return [run for run in zip(*(words[at:] for at in range(RUN)), strict=False) if run in runs]
