"""A reader sees what the text is, what its questions can show, and what was known before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.records import Judged
from harness.reporting import (
    report,
    section_audit,
    section_corpus,
    section_strata,
    section_variants,
)
from harness.reporting.data import RunData
from harness.reporting.terminal import plain_text
from tests.support.fake_run import Persona, changed, fake, quick, without

NOTICE = "A historical textbook: what it says is not medical advice."
TITLE = "Manual of Something"


def named(run: RunData) -> RunData:
    corpus = replace(run.corpus, title=TITLE, notice=NOTICE)
    about = {**run.results.corpus, "title": TITLE, "notice": NOTICE}
    return replace(run, corpus=corpus, results=replace(run.results, corpus=about))


def answerable_only(run: RunData) -> RunData:
    kept = {
        name: tuple(item for item in items if item.question.answers)
        for name, items in run.judged.items()
    }
    questions = tuple(q for q in run.corpus.questions if q.answers)
    return replace(run, judged=kept, corpus=replace(run.corpus, questions=questions))


def knowing(facts: int) -> Sequence[Persona]:
    """The variants of `quick`, of which the untuned one has some taught questions right."""
    return changed("base-fp32", right={"trained": facts, "paraphrase": facts})


def first_screen(page: str) -> str:
    return page[: page.index("<nav")]


def test_title_and_notice_stand_on_the_first_screen() -> None:
    page = first_screen(report.render(named(fake())))
    assert TITLE in page
    assert NOTICE in page


def test_a_text_without_a_name_is_described_and_needs_no_notice() -> None:
    page = first_screen(report.render(fake()))
    assert "a made-up story of 404 words" in page
    assert 'class="notice"' not in page


def test_title_and_notice_head_the_summary_on_the_terminal() -> None:
    run = named(fake())
    lines = plain_text(run.results, run.judged).splitlines()
    assert lines[:2] == [TITLE, NOTICE]


def test_a_corpus_without_unanswerable_questions_says_so_on_the_first_screen() -> None:
    page = report.render(answerable_only(fake()))
    assert "What it invents was not measured." in first_screen(page)
    told = plain_text(fake().results, answerable_only(fake()).judged)
    assert "What it invents was not measured." in told


def test_it_says_so_even_where_nothing_was_trained() -> None:
    untrained = [each for each in quick() if each.recipe == "base"]
    page = report.render(answerable_only(fake(untrained)))
    assert "What it invents was not measured." in first_screen(page)


def test_the_text_is_described_in_numbers() -> None:
    lines = dict(section_corpus.about(fake()).lines)
    assert lines["text"] == "404 words in 3 chapters"
    assert lines["facts"] == "36, of which 24 are asked in training"
    assert lines["asked"].startswith("taught, as taught: 24; taught, in other words: 24;")
    assert lines["trained on"] == "24 questions with an answer"


def test_a_clean_corpus_is_said_to_be_clean() -> None:
    assert "No question repeats a training question under another name" in report.render(fake())


def test_a_leak_is_a_sentence_in_the_report() -> None:
    run = fake()
    leak = replace(run.corpus.questions[0], id="leak", probe="paraphrase", use="test")
    corpus = replace(run.corpus, questions=(*run.corpus.questions, leak))
    assert "also training questions, word for word" in report.render(replace(run, corpus=corpus))


def test_what_the_untuned_model_knows_stands_with_its_range_and_chance() -> None:
    said = section_audit.audited(fake(knowing(6))).known_before
    assert said.startswith("Before any training the model has 12 of 60 answerable questions right")
    assert "8\u00a0%" in said
    assert section_audit.audited(fake(without("base-fp32"))).known_before == ""


def test_recall_is_shown_by_likeness_to_a_training_question() -> None:
    table = section_audit.by_overlap(fake())
    assert table is not None
    assert table.names == ("base-fp32", "instruct-fp32")
    names = {name: (count, cells[1].text) for name, count, cells in table.rows}
    assert names["the same question"] == (24, "24/24")
    assert names["unlike any (below .5)"] == (16, "11/16")
    assert sum(count for _, count, _ in table.rows) + table.left_out == 48


def test_bins_with_few_questions_are_left_out_and_counted() -> None:
    table = section_audit.by_overlap(fake())
    assert table is not None
    assert table.left_out == 8
    assert "8 questions are left out" in report.render(fake())


def test_where_one_bin_is_left_there_is_no_table() -> None:
    run = fake()
    kept = {
        name: tuple(item for item in items if item.question.probe != "paraphrase")
        for name, items in run.judged.items()
    }
    assert section_audit.by_overlap(replace(run, judged=kept)) is None


def test_a_made_up_text_gets_one_sentence_about_what_was_known() -> None:
    found = section_strata.knowledge(fake())
    assert found is not None
    assert found.rows == ()
    assert found.sentence.startswith("Before training the model knew 0 of 24 facts")
    assert found.sentence in report.render(fake())


def test_a_share_of_facts_has_one_range_wherever_it_stands() -> None:
    run = fake()
    found = section_strata.knowledge(run)
    assert found is not None
    table = {row.name: row.cells for row in section_variants.rows(run)}
    note = table["base-fp32"][0].note  # 0 of the same 24 facts, as they are taught
    assert note
    assert note in found.sentence


def test_a_text_that_is_partly_known_gets_a_table_of_differences() -> None:
    found = section_strata.knowledge(fake(knowing(9)))
    assert found is not None
    assert found.headings == (("knew before", "9 facts"), ("did not know before", "15 facts"))
    rows = {row.name: row.cells for row in found.rows}
    assert "base-fp32" not in rows
    assert "reading-fp32" not in rows
    known, unknown = rows["instruct-fp32"]
    assert (known.text, unknown.text) == ("18/18", "23/30")
    assert "+0 points (" in known.note
    assert "+77 points (" in unknown.note
    assert not found.sampled


def drawn(items: Sequence[Judged], right: set[str]) -> tuple[Judged, ...]:
    return tuple(
        replace(
            item,
            answer=replace(item.answer, draw=1),
            verdict="correct" if item.question.fact in right else "wrong",
        )
        for item in items
        if item.question.answers
    )


def test_sampled_answers_of_the_untuned_model_give_a_third_column() -> None:
    run = fake(knowing(9))
    base = run.judged["base-fp32"]
    facts = {f"{name}-{what}" for name in ("brandel", "ysmira") for what in ("trade", "home")}
    run = replace(run, judged={**run.judged, "base-fp32": (*base, *drawn(base, facts))})
    found = section_strata.knowledge(run)
    assert found is not None
    assert found.sampled
    assert [heading for heading, _ in found.headings] == [
        "knew before",
        "half knew before",
        "did not know before",
    ]
    assert "only a sampled answer was right" in report.render(run)


def test_answers_that_are_sentences_in_the_language_of_the_text_are_left_out() -> None:
    """Without spaces a sentence is one word by the measure of English."""
    run = fake(knowing(9))
    answer = "村の人々が古い石の橋のたもとで毎年ひらく春の大きな市場"
    long = {
        name: tuple(
            replace(item, question=replace(item.question, answers=(answer,)))
            if item.question.answers
            else item
            for item in items
        )
        for name, items in run.judged.items()
    }
    japanese = replace(run, judged=long, corpus=replace(run.corpus, language="ja"))
    assert section_strata.knowledge(japanese) is None


def test_without_draws_the_report_says_that_half_known_cannot_be_told() -> None:
    assert "It was not asked with sampling" in report.render(fake(knowing(9)))


def test_without_an_untuned_variant_there_is_nothing_about_what_was_known() -> None:
    run = fake(without("base-fp32"))
    assert section_strata.knowledge(run) is None
    assert 'id="strata"' not in report.render(run)


@pytest.mark.parametrize("title", ["<script>x</script>", "a\u202eb", "{{ 7 * 7 }}"])
def test_a_title_is_shown_and_never_run(title: str) -> None:
    run = fake()
    page = report.render(replace(run, corpus=replace(run.corpus, title=title, notice=title)))
    assert "<script>x</script>" not in page
    assert "\u202e" not in page
    assert "{{ 7 * 7 }}" not in title or "{{ 7 * 7 }}</bdi>" in first_screen(page)


def test_a_corpus_without_questions_or_facts_can_be_reported() -> None:
    run = fake()
    bare = replace(run.corpus, questions=(), facts=(), values={})
    empty: dict[str, tuple[Judged, ...]] = dict.fromkeys(run.judged, ())
    page = report.render(replace(run, corpus=bare, judged=empty))
    assert "There are no training questions" in page


def test_the_section_is_the_same_every_time(tmp_path: Path) -> None:
    one, other = fake(knowing(9)), fake(knowing(9))
    assert section_audit.audited(one) == section_audit.audited(other)
    assert report.render(one) == report.render(other)
