"""Unanswerable questions for any text: absent names, twins, and what cannot be made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.records import Corpus, Question
from harness.text.normalize import word_run
from harness.writing import unanswerable
from harness.writing.unanswerable_slots import find_slot
from tests.unit.test_writing_rules import text_corpus

BOATS = "sloops ketches yawls cutters dories skiffs punts wherries coracles canoes".split()
TEXT = "Orrin Vale built boats in Brim. His sister Tamsin Vale sold them. Brodie's abscess is rare."


def users_corpus() -> tuple[Corpus, list[Question]]:
    questions = [
        Question(
            question=f"What did Orrin Vale build in year {at}?",
            answers=(BOATS[at],),
            id=f"q{at}",
            full_answer=f"In year {at} Orrin Vale built {BOATS[at]}.",
            relation="built",
        )
        for at in range(len(BOATS))
    ]
    return text_corpus(TEXT), questions


def made(seed: int = 7) -> tuple[Question, ...]:
    corpus, questions = users_corpus()
    return unanswerable.add(corpus, questions, seed)


def test_an_invented_name_takes_the_place_of_a_name_and_nothing_else_changes() -> None:
    _, questions = users_corpus()
    by_id = {q.id: q for q in questions}
    asked = [q for q in made() if q.probe == "nonexistent" and q.use == "test" and not q.aside]
    assert asked
    for question in asked:
        twin = by_id[question.twin or ""]
        assert question.question.replace(question.cluster, "Orrin Vale") == twin.question
        assert question.must_abstain


def test_no_word_of_an_invented_name_stands_in_the_text() -> None:
    known = set(word_run(TEXT))
    for question in made():
        if question.probe == "nonexistent":
            assert not set(word_run(question.cluster)) & known


def test_names_of_training_and_of_the_test_share_no_word() -> None:
    words: dict[bool, set[str]] = {True: set(), False: set()}
    for question in made():
        if question.probe == "nonexistent":
            words[question.use == "train"] |= set(word_run(question.cluster))
    assert not words[True] & words[False]
    assert words[True]


def test_a_name_of_the_text_that_looks_invented_is_not_used() -> None:
    _, questions = users_corpus()
    family = next(q.cluster for q in made() if q.use == "test" and not q.aside).split()[-1]
    other = text_corpus(f"{TEXT} {family} came by.")
    for question in unanswerable.add(other, questions, 7):
        if question.probe == "nonexistent":
            assert family not in question.cluster.split()


def test_an_eponym_gets_one_invented_family_name() -> None:
    question = Question(
        question="Where is Brodie's abscess met with?",
        answers=("bone",),
        id="e",
        cluster="Brodie's abscess",
    )
    found = unanswerable.add(text_corpus(TEXT), [question], 7)
    asked = next(q for q in found if q.probe == "nonexistent" and not q.aside)
    assert asked.question == f"Where is {asked.cluster}'s abscess met with?"
    assert " " not in asked.cluster


def test_a_term_gets_an_inventor_in_front_of_it() -> None:
    question = Question(
        question="What is a lipoma composed of?",
        answers=("fat",),
        id="e",
        cluster="lipoma",
        writer="rules.composition",
    )
    found = unanswerable.add(text_corpus("A lipoma is composed of fat."), [question], 7)
    asked = next(q for q in found if q.probe == "nonexistent" and not q.aside)
    assert asked.question == f"What is {asked.cluster}'s lipoma composed of?"


def test_a_false_premise_takes_the_value_of_another_question() -> None:
    _, questions = users_corpus()
    premises = [q for q in made() if q.probe == "false_premise"]
    assert premises
    by_id = {q.id: q for q in questions}
    for question in premises:
        twin = by_id[question.twin or ""]
        assert question.question.startswith("Why is it that ")
        premise = question.question.removesuffix("?").split(" built ")[1]
        assert premise in BOATS
        assert premise != twin.answers[0]


def test_bordor_and_lila_are_asides_where_the_text_does_not_know_them() -> None:
    asides = {q.question for q in made() if q.aside}
    assert asides == {"Who was Bordor?", "Who was Lila?"}
    _, questions = users_corpus()
    known = text_corpus(f"{TEXT} Lila was his aunt.")
    told = {q.question for q in unanswerable.add(known, questions, 7) if q.aside}
    assert told == {"Who was Bordor?"}


def test_where_no_name_can_be_found_nothing_is_made_and_the_note_says_so() -> None:
    corpus = text_corpus("the boats were built of oak.")
    questions = [Question(question="what were they built of?", answers=("oak",), id="q")]
    assert unanswerable.add(corpus, questions, 7) == ()
    assert "not measured" in unanswerable.note(questions)
    assert unanswerable.note(made()) == ""


def german(language: str = "de") -> tuple[Question, ...]:
    questions = [
        Question(
            question=f"Was baute Anna Berg im Jahr {at}?",
            answers=(BOATS[at],),
            id=f"q{at}",
            full_answer=f"Der Vater von Anna Berg baute {BOATS[at]}.",
            relation="baute",
        )
        for at in range(len(BOATS))
    ]
    corpus = text_corpus("Anna Berg baute viele Boote am See.", language=language)
    return unanswerable.add(corpus, questions, 7)


def test_english_sentences_are_only_asked_of_english_texts() -> None:
    found = german()
    assert {q.probe for q in found} == {"nonexistent"}
    assert not any(q.aside for q in found)
    assert not any(q.question.startswith(("Why is it", "Who was")) for q in found)


def test_of_an_unknown_language_the_script_tells_whether_english_may_be_asked() -> None:
    assert any(q.aside for q in german("und"))
    russian = Question(
        question="Что построил Иван Петров?", answers=("лодку",), id="q", cluster="Иван Петров"
    )
    corpus = text_corpus("Иван Петров построил лодку.", language="und")
    found = unanswerable.add(corpus, [russian], 7)
    assert found
    assert not any(q.aside for q in found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What does Vitamin C prevent?", "en"),
        ("What does vitamin Cobalamin prevent?", "en"),
        ("When was GitHub founded?", "en"),
        ("What is a Sloop?", "en"),
        ("Which law does NASA obey?", "en"),
        ("Wen besucht der Vater?", "de"),
        ("Wo steht Brot?", "de"),
        ("Que mange le Roi?", "fr"),
    ],
)
def test_a_capital_that_names_neither_person_nor_place_is_not_replaced(
    text: str, language: str
) -> None:
    question = Question(question=text, answers=("x",), id="q")
    assert find_slot(question, text_corpus("nothing.", language=language)) is None


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("What did Orrin build?", "en", "Orrin"),
        ("Who lived in Brim?", "en", "Brim"),
        ("Who taught Orrin Vale to sail?", "en", "Orrin Vale"),
        ("Who sold the boat of McAllister?", "en", "McAllister"),
        ("Who sold Orrin's boat?", "en", "Orrin"),
        ("Was baute Anna Berg?", "de", "Anna Berg"),
        ("Que mange Marcel?", "fr", "Marcel"),
    ],
)
def test_a_name_that_the_text_does_not_know_is_told_by_where_it_stands(
    text: str, language: str, name: str
) -> None:
    question = Question(question=text, answers=("x",), id="q")
    slot = find_slot(question, text_corpus("nothing.", language=language))
    assert slot is not None
    assert text[slot.start : slot.end] == name


def test_a_name_of_the_text_comes_before_another_capital() -> None:
    question = Question(question="Who at Wembury taught Orrin?", answers=("x",), id="q")
    slot = find_slot(question, text_corpus("They met Orrin. He met Orrin."))
    assert slot is not None
    assert question.question[slot.start : slot.end] == "Orrin"


def test_a_github_in_the_text_itself_is_nobody_either() -> None:
    question = Question(question="When was GitHub founded?", answers=("x",), id="q")
    named = replace(question, cluster="GitHub")
    assert find_slot(named, text_corpus("We use GitHub daily.")) is None


def test_questions_that_are_only_trained_on_count_as_taught() -> None:
    corpus, questions = users_corpus()
    only = [replace(q, use="train") if at else q for at, q in enumerate(questions)]
    found = unanswerable.add(corpus, only, 7)
    refusals = [q for q in found if q.use == "train"]
    assert len(refusals) == len(questions)
    asked = [q for q in found if q.probe == "nonexistent" and q.use == "test" and not q.aside]
    assert {q.twin for q in asked} == {"q0"}
