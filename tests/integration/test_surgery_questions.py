"""Questions by rule about the whole Manual of Surgery.

Need the book: the environment variable CLOSEDBOOK_SURGERY_TEXT names its text file (Project
Gutenberg ebook 17921). Without it these tests say so and are skipped.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from harness.corpora import gates
from harness.corpora.surgery.corpus import build
from harness.records import Corpus, CorpusChoice, Question, WritingOrder, Written
from harness.text.matching import find_run
from harness.text.normalize import word_run
from harness.writing import entities, split
from tests.validity.judgements.rules_sample import BOOK, written

JUDGEMENTS = Path(__file__).parents[1] / "validity" / "judgements" / "rules-surgery.jsonl"
PATH = os.environ.get(BOOK, "")
needs_book = pytest.mark.skipif(not PATH, reason=f"{BOOK} does not name the book's text")


def judged() -> list[dict[str, object]]:
    return [json.loads(line) for line in JUDGEMENTS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def book() -> Corpus:
    return build(CorpusChoice(kind="surgery", size="book", text=PATH))


@pytest.fixture(scope="module")
def left() -> Written:
    return written(PATH)


def trained(left: Written) -> list[Question]:
    return [q for q in left.accepted if q.probe == "trained"]


def test_as_many_of_the_100_judged_questions_are_good_as_the_page_says() -> None:
    rows = judged()
    assert len({row["id"] for row in rows}) == len(rows) == 100
    passed = [row for row in rows if row["grammar"] and row["one_answer"] and row["alone"]]
    page = Path("docs/question-writers.md").read_text(encoding="utf-8")
    assert f"{len(passed)} of the 100 passed all three" in " ".join(page.split())
    assert all(row.get("reason") for row in rows if row not in passed)


@needs_book
def test_the_judged_questions_still_exist_word_for_word(left: Written) -> None:
    # The questions are made of the book's words, so the checkout holds their digests only.
    existing = {
        q.id: hashlib.sha256(f"{q.question}\n{q.answers[0]}".encode()).hexdigest()[:16]
        for q in trained(left)
    }
    assert {str(row["id"]): existing.get(str(row["id"])) for row in judged()} == {
        str(row["id"]): row["digest"] for row in judged()
    }


@needs_book
def test_1500_questions_have_their_answer_in_the_paragraph_they_point_to(
    book: Corpus, left: Written
) -> None:
    found = 0
    for question in trained(left):
        span = question.stated_in[0]
        text = book.chapters[span.chapter].text
        start = text.rfind("\n\n", 0, span.start) + 1
        end = text.find("\n\n", span.end)
        paragraph = word_run(text[start : end if end >= 0 else len(text)])
        found += next(find_run(paragraph, word_run(question.answers[0])), None) is not None
    assert found == len(trained(left))
    assert found >= 1500


@needs_book
def test_the_method_of_professor_thiersch_is_asked_about(left: Written) -> None:
    asked = {q.question for q in trained(left) if q.answers == ("Thiersch",)}
    assert (
        "According to the section on epidermis or epithelial grafting, who introduced the method?"
        in asked
    )


@needs_book
def test_fewer_than_half_of_the_questions_are_statements_with_a_blank(left: Written) -> None:
    blanks = [q for q in trained(left) if q.relation == "gap"]
    assert 0 < len(blanks) <= 0.45 * len(trained(left))
    assert all(q.question.count("____") == 1 for q in blanks)


@needs_book
def test_the_book_is_written_about_in_under_20_seconds(book: Corpus) -> None:
    from harness.writing import rules

    start = time.process_time()  # of one core: what else the machine does is not counted
    rules.write(book, WritingOrder(), lambda *_: None)
    assert time.process_time() - start < 20


@needs_book
def test_the_arranged_questions_pass_the_gates_of_a_corpus(book: Corpus, left: Written) -> None:
    from dataclasses import replace

    whole = replace(book, questions=split.arrange(book, left.accepted, 7))
    for gate in (
        gates.questions_fit,
        gates.every_unanswerable_has_a_twin,
        gates.nobody_is_absent,
        gates.nothing_asked_is_trained,
        gates.no_answer_in_its_question,
        gates.oracle_is_right,
    ):
        gate(whole)


@needs_book
def test_named_entities_give_questions_about_the_book_too(book: Corpus) -> None:
    assert len(entities.write(book, WritingOrder(), lambda *_: None).accepted) > 500
