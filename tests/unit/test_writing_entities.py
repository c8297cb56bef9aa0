"""Questions from named entities: honest about what they are."""

from __future__ import annotations

from harness.records import WritingOrder, Written
from harness.writing import entities
from tests.unit.test_writing_rules import text_corpus


def asked(text: str, language: str = "en") -> Written:
    corpus = text_corpus(text, language=language)
    return entities.write(corpus, WritingOrder(), lambda *_: None)


TEXT = "Old Tamsin sold 14 boats to Orrin Vale. Nobody in Brim had seen Orrin Vale before that."


def test_a_name_inside_a_sentence_becomes_a_blank() -> None:
    questions = {q.question: q.answers[0] for q in asked(TEXT).accepted}
    blank = "Fill in the blank: Old Tamsin sold 14 boats to _____."
    assert questions[blank] == "Orrin Vale"


def test_a_number_becomes_a_blank() -> None:
    assert "14" in {q.answers[0] for q in asked(TEXT).accepted}


def test_a_name_that_is_the_subject_is_asked_for_with_a_wh_word() -> None:
    text = "They met Orrin Vale in town. Orrin Vale was a builder of boats."
    questions = {q.question: q.answers[0] for q in asked(text).accepted}
    assert questions["Who or what was a builder of boats?"] == "Orrin Vale"


def test_every_answer_stands_in_the_full_answer_and_in_the_marked_sentence() -> None:
    for question in asked(TEXT).accepted:
        span = question.stated_in[0]
        assert question.answers[0] in TEXT[span.start : span.end]
        assert question.full_answer is not None
        assert question.answers[0] in question.full_answer


def test_a_sentence_that_names_the_answer_twice_is_dropped_with_the_reason() -> None:
    written = asked("They met Orrin Vale. So Orrin Vale asked who had seen Orrin Vale.")
    assert "given away" in {pair.reason for pair in written.rejected}


def test_yields_count_every_pair_and_the_weakness_is_said() -> None:
    written = asked(TEXT)
    assert written.yields["proposed"] == len(written.accepted) + len(written.rejected)
    assert "weak baseline" in written.notes[0]


def test_nothing_is_written_about_a_text_in_another_language() -> None:
    written = asked("Herr Orland baute Boote.", language="de")
    assert not written.accepted
    assert written.notes
