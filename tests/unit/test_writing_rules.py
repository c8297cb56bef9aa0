"""Questions by rule: what each rule asks, what each filter drops, and that both say so."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from harness.corpora.identity import corpus_digest
from harness.records import Chapter, Corpus, Question, Section, WritingOrder, Written
from harness.text.matching import find_run
from harness.text.normalize import word_run
from harness.writing import rules


def text_corpus(text: str, sections: tuple[Section, ...] = (), language: str = "en") -> Corpus:
    chapters = (Chapter(title="One", text=text),)
    return Corpus(
        kind="files",
        seed=None,
        size=None,
        digest=corpus_digest(chapters, (), ()),
        canary="c",
        source_tag="T",
        chapters=chapters,
        facts=(),
        questions=(),
        values={},
        names=(),
        sections=sections,
        language=language,
    )


def asked(text: str, sections: tuple[Section, ...] = (), language: str = "en") -> Written:
    return rules.write(text_corpus(text, sections, language), WritingOrder(), lambda *_: None)


def trained(written: Written) -> dict[str, str]:
    return {q.question: q.answers[0] for q in written.accepted if q.probe == "trained"}


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "A grimble is a wooden boat with a flat keel.",
            "What is a grimble?",
            "a wooden boat with a flat keel",
        ),
        (
            "Marsh fever is chiefly due to the bite of the reed moth.",
            "What is marsh fever chiefly due to?",
            "the bite of the reed moth",
        ),
        (
            "Grey mould is met with chiefly in the roots of old willows.",
            "Where is grey mould met with chiefly?",
            "the roots of old willows",
        ),
        (
            "The term plimmer is applied to any bell that is cast without a clapper.",
            "What term is applied to any bell that is cast without a clapper?",
            "plimmer",
        ),
        (
            "Marsh fever, or reed ague, is a slow wasting of the muscles.",
            "What is another name for marsh fever?",
            "reed ague",
        ),
        (
            "Orland's varnish consists of shellac and fine spirit.",
            "What does Orland's varnish consist of?",
            "shellac and fine spirit",
        ),
        (
            "Blue slate results from the slow pressing of river clay.",
            "What does blue slate result from?",
            "the slow pressing of river clay",
        ),
        (
            "Weaver's palsy is treated by rest and warm oil.",
            "What is weaver's palsy treated by?",
            "rest and warm oil",
        ),
    ],
)
def test_each_rule_asks_for_the_filler_of_its_pattern(
    text: str, question: str, answer: str
) -> None:
    found = {key.lower(): value for key, value in trained(asked(text)).items()}
    assert found.get(question.lower()) == answer, found


def test_every_question_has_its_answer_in_its_sentence_and_in_its_full_answer() -> None:
    text = "Marsh fever is due to the reed moth. A grimble is a wooden boat with a flat keel."
    written = asked(text)
    assert len(trained(written)) >= 2
    for question in written.accepted:
        span = question.stated_in[0]
        said = word_run(text[span.start : span.end])
        assert next(find_run(said, word_run(question.answers[0])), None) is not None
        assert question.full_answer is not None
        assert question.answers[0] in question.full_answer


def test_held_out_wordings_stand_beside_each_trained_one_and_are_tests() -> None:
    written = asked("Blue slate results from the slow pressing of river clay.")
    held_out = [q for q in written.accepted if q.probe == "paraphrase"]
    assert held_out
    assert {q.use for q in held_out} == {"test"}
    assert not {q.question for q in held_out} & set(trained(written))


@pytest.mark.parametrize(
    "text",
    [
        "This is due to the bite of the reed moth.",
        "The condition is due to the bite of the reed moth.",
        "Another is caused by the bite of the reed moth.",
        "Fig. 3 is due to the bite of the reed moth.",
        "Such cases are due to the bite of the reed moth.",
    ],
)
def test_what_needs_an_earlier_sentence_is_rejected_with_its_reason(text: str) -> None:
    written = asked(text)
    assert not written.accepted
    for pair in written.rejected:
        assert pair.reason == "rule"
        assert pair.detail


def test_what_the_text_answers_in_two_ways_is_not_asked() -> None:
    written = asked("Blue slate consists of clay and lime.\n\nBlue slate consists of fine sand.")
    assert "What does blue slate consist of?" not in trained(written)


def test_a_part_of_a_list_is_no_answer() -> None:
    written = asked(
        "Marsh fever is due to the reed moth, bad water, long nights of wading in cold rivers at"
        " the end of the year without boots or gloves or hats, and poor bread."
    )
    assert "the reed moth" not in trained(written).values()
    assert "part of a list" in " ".join(pair.detail for pair in written.rejected)


def test_negated_and_doubtful_statements_are_not_asked() -> None:
    assert not trained(asked("Marsh fever is not due to the reed moth."))
    assert not trained(asked("Marsh fever is perhaps due to the reed moth."))


def test_a_pronoun_is_replaced_by_the_subject_of_the_sentence_before() -> None:
    found = trained(
        asked("Blue slate is a kind of stone. It results from the slow pressing of river clay.")
    )
    assert "What does blue slate result from?" in found


def test_a_common_thing_is_asked_about_under_the_title_of_its_section() -> None:
    text = "Marsh Fever\n\nThe treatment consists in rest and warm oil. Marsh air is bad."
    section = Section(chapter=0, title="Marsh Fever", start=0, end=len(text))
    found = trained(asked(text, (section,)))
    assert found == {
        "According to the section on marsh fever, what does the treatment consist in?": (
            "rest and warm oil"
        )
    }


def test_a_title_that_names_a_side_of_a_thing_is_named_with_the_thing_above() -> None:
    text = "Marsh Fever\n\nTreatment\n\nThe pain is relieved by warm oil. Marsh air is bad."
    sections = (
        Section(chapter=0, title="Marsh Fever", start=0, end=len(text)),
        Section(chapter=0, title="Treatment", start=13, end=len(text)),
    )
    found = trained(asked(text, sections))
    assert (
        "According to the section on marsh fever (treatment), what is the pain relieved by?"
        in found
    )


def test_who_introduced_the_method_of_a_section_is_asked_by_its_title() -> None:
    text = (
        "Roof Thatching\n\nThe fastening devised by Professor Orland of Brim is a knot of willow."
    )
    section = Section(chapter=0, title="Roof Thatching", start=0, end=len(text))
    assert (
        trained(asked(text, (section,)))[
            "According to the section on roof thatching, who devised the fastening?"
        ]
        == "Orland"
    )


def test_ids_are_unique_and_yields_fall_filter_by_filter() -> None:
    written = asked(
        "Marsh fever is due to the reed moth. Blue slate results from the pressing of clay. This"
        " is due to rain. Grey mould is met with chiefly in the roots of old willows."
    )
    ids = [q.id for q in written.accepted]
    assert len(set(ids)) == len(ids)
    left = [count for name, count in written.yields.items() if not name.startswith("rule ")]
    assert left == sorted(left, reverse=True)
    assert left[0] == len(written.rejected) + left[-1]


def test_a_text_that_is_not_english_is_left_alone_and_says_so() -> None:
    written = asked("Der Schiefer besteht aus Ton.", language="de")
    assert not written.accepted
    assert written.notes


def test_the_same_text_gives_the_same_questions_under_any_hash_seed() -> None:
    program = (
        "from tests.unit.test_writing_rules import asked\n"
        "print(asked('Marsh fever is due to the reed moth. Blue slate results from clay.'))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1


def test_every_accepted_question_names_its_writer_and_relation() -> None:
    for question in asked("Marsh fever is due to the reed moth.").accepted:
        assert isinstance(question, Question)
        assert question.writer == f"rules.{question.relation}"
        assert question.cluster == "marsh fever"


@pytest.mark.parametrize(
    ("text", "question", "reason"),
    [
        (
            "Marsh fever is due to the reed moth or to bad water.",
            "What is marsh fever due to?",
            "half a pair",
        ),
        (
            "Marsh fever is due to a similar moth of the reeds.",
            "What is marsh fever due to?",
            "compared with what",
        ),
        (
            "Marsh fever also is due to the bite of the reed moth.",
            "What is marsh fever due to?",
            "one of several",
        ),
    ],
)
def test_what_an_examiner_objects_to_is_dropped_with_the_reason(
    text: str, question: str, reason: str
) -> None:
    written = asked(text)
    assert question not in trained(written)
    details = [each.detail for each in written.rejected if each.question == question]
    assert any(reason in detail for detail in details)


def test_a_question_about_a_subject_does_not_point_at_its_answer() -> None:
    text = "The grimble carries its wooden anchor beneath the forward planking of the keel."
    assert not [q for q in trained(asked(text)) if " its " in q and q.startswith("What carries")]


def test_what_something_is_done_for_is_asked_by_its_purpose() -> None:
    text = "Grimbles are tarred every autumn to protect the wooden keel."
    section = Section(chapter=0, title="Grimbles", start=0, end=len(text))
    found = asked(text, (section,))
    assert "protect the wooden keel" in {q.answers[0] for q in found.accepted}
