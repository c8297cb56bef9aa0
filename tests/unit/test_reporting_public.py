"""A public report holds every number and nothing from which the text could be read."""

from __future__ import annotations

import html
import re

import pytest

from harness.reporting import report
from harness.reporting.data import RunData
from tests.support.fake_run import fake
from tests.support.fake_scores import scored


def page(*, public: bool, data: RunData | None = None) -> str:
    return html.unescape(report.render(data or fake(), public=public))


@pytest.mark.parametrize("data", [fake(), scored()], ids=["plain", "with every score"])
def test_no_sentence_question_answer_or_name_of_the_corpus_is_in_a_public_report(
    data: RunData,
) -> None:
    shown = page(public=True, data=data)
    questions = {item.question.question for group in data.judged.values() for item in group}
    replies = {item.answer.text for group in data.judged.values() for item in group}
    replies |= {each.answer.text for group in data.repeated.values() for each in group}
    names = {*data.corpus.names, *(fact.value for fact in data.corpus.facts)}
    texts = {line for chapter in data.corpus.chapters for line in chapter.text.split(". ")}
    long = {each for each in (*questions, *replies, *texts, *names) if len(each) > 8}
    assert long
    # The whole words only: a value such as "surveyor" is no part of "surveyors".
    found = {each for each in long if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", shown)}
    assert found == set()


def test_the_full_report_would_have_failed_that() -> None:
    shown, data = page(public=False), fake()
    assert any(name in shown for name in data.corpus.names)
    assert data.corpus.chapters[0].text.split(". ")[0] in shown


def test_a_public_report_keeps_the_numbers_and_says_what_it_leaves_out() -> None:
    shown, full = page(public=True), page(public=False)
    assert "leaves out the text" in shown
    assert "contains text of the corpus" not in shown
    table = re.compile(r'<table class="variants.*?</table>', re.S)
    assert table.findall(shown) == table.findall(full)
    assert 'id="data"' not in shown
