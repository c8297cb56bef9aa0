"""Choices: which option a reply asserts, and scores that take guessing away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.corpora.fiction.compare import COMPARISONS
from harness.records import Corpus, Example, Judged, Question
from harness.scoring.judge import judge_variant
from harness.scoring.material import Material, scored_answers
from harness.scoring.results import score_variant
from harness.text.choosing import chosen
from tests.support.fiction import fiction
from tests.validity import worlds

A, B = "Torven Molk", "Mirel Quast"
OLDER = f"Who was older, {A} or {B}?"
EARLIER = f"Who came to the valley earlier, {A} or {B}?"


@pytest.mark.parametrize(
    ("reply", "option"),
    [
        ("Torven Molk.", A),
        ("It was Torven.", A),
        ("Torven Molk was older than Mirel Quast.", A),
        ("Mirel Quast was older than Torven Molk.", B),
        ("Mirel was younger than Torven Molk.", A),
        ("Torven was not older than Mirel.", B),
        ("Torven wasn't older than Mirel.", B),
        ("Torven, not Mirel.", A),
        ("Not Torven but Mirel.", B),
        ("It was not Torven.", B),
        ("Torven was older, Mirel was younger.", A),
        ("Torven was younger and Mirel was older.", B),
        ("Torven or Mirel.", None),
        ("Both Torven and Mirel were older.", None),
        ("Torven and Mirel were born in one year.", None),
        ("Torven Molk. Mirel Quast.", None),
        ("Somebody else was older.", None),
        ("", None),
    ],
)
def test_of_two_names_the_one_counts_that_the_reply_asserts(reply: str, option: str | None) -> None:
    assert chosen(reply, OLDER, (A, B), A) == option
    assert chosen(reply, OLDER, (B, A), A) == option


@pytest.mark.parametrize(
    ("reply", "option"),
    [
        ("Torven came before Mirel.", A),
        ("Torven came after Mirel.", B),
        ("Mirel came to the valley later than Torven.", A),
        ("Torven came first.", A),
        ("Torven came last.", B),
    ],
)
def test_before_and_after_are_read_by_what_was_asked(reply: str, option: str) -> None:
    assert chosen(reply, EARLIER, (A, B), A) == option


@pytest.mark.parametrize(
    ("reply", "option"),
    [
        ("Yes.", "yes"),
        ("No, Torven Molk could not read.", "no"),
        ("Yes, no doubt about it.", "yes"),
        ("Torven Molk could read.", "yes"),
        ("He could not read.", "no"),
        ("Torven never learnt to read.", "no"),
        ("Torven was unable to read.", "no"),
        ("Yes and no.", None),
        ("Torven Molk was a potter.", None),
    ],
)
def test_yes_and_no_are_read_with_and_without_the_word(reply: str, option: str | None) -> None:
    assert chosen(reply, f"Could {A} read?", ("yes", "no"), A) == option


@pytest.mark.parametrize(
    ("reply", "option"),
    [
        ("Torven Molk was older than Mirel Quast.", "yes"),
        ("Mirel Quast was older than Torven Molk.", "no"),
        ("Torven Molk was younger than Mirel Quast.", "no"),
        ("Mirel Quast was younger than Torven Molk.", "yes"),
        ("Torven Molk was not older than Mirel Quast.", "no"),
    ],
)
def test_a_comparison_answers_yes_or_no_by_who_is_compared(reply: str, option: str) -> None:
    assert chosen(reply, f"Was {A} older than {B}?", ("yes", "no"), A) == option


def test_two_sides_are_told_apart_by_the_word_that_only_one_has() -> None:
    asked, banks = "On which bank of the river was the garden of X?", ("north bank", "south bank")
    assert chosen("On the north bank.", asked, banks) == "north bank"
    assert chosen("It lay on the south side.", asked, banks) == "south bank"
    assert chosen("It was not on the north bank.", asked, banks) == "south bank"
    assert chosen("On the bank.", asked, banks) is None


def test_events_with_a_common_word_are_told_apart_by_their_names() -> None:
    options = ("the Fair of Womlen", "the Fair of Zimsen")
    asked = f"Which came later, {options[0]} or {options[1]}?"
    assert chosen("The Fair of Zimsen came later.", asked, options) == options[1]
    assert chosen("Zimsen.", asked, options) == options[1]
    assert chosen("The fair.", asked, options) is None


def test_every_true_statement_is_read_as_its_own_answer_and_every_false_one_as_the_other() -> None:
    corpus = fiction("S", 7)
    choices = [question for question in corpus.questions if question.probe == "choice"]
    assert len(choices) == 32
    for question in choices:
        wrong = next(option for option in question.values if option not in question.answers)
        read = (question.question, question.values, question.cluster)
        assert chosen(question.full_answer or "", *read) == question.answers[0]
        assert chosen(question.distractors[0], *read) == wrong


# --- verdicts and scores -------------------------------------------------------------------------


def choice(number: int, *, right: str = A, hops: tuple[str, ...] = ()) -> Question:
    return Question(
        question=OLDER,
        answers=(right,),
        id=f"c{number}",
        probe="choice",
        cluster=f"pair {number}",
        values=(A, B),
        use="test",
        hops=hops,
        fact=None if hops else "f0",
    )


def judged(*pairs: tuple[Question, str], language: str = "en") -> tuple[Judged, ...]:
    small = worlds.small_corpus()
    corpus = Corpus(
        **{
            **{name: getattr(small, name) for name in small.__dataclass_fields__},
            "questions": tuple(question for question, _ in pairs),
            "language": language,
        }
    )
    examples = [Example(kind="text", text="", facts=("f0", "f1"))]
    answers = [worlds.reply(question.id, text) for question, text in pairs]
    return judge_variant(corpus, examples, answers)


def scores_of(items: tuple[Judged, ...]) -> dict[str, float | None]:
    material = Material(
        corpus=worlds.small_corpus(),
        judged=scored_answers(items),
        config={"recipe": {"name": "instruct"}},
    )
    return {name: score.value for name, score in score_variant(material).items()}


def test_the_name_in_a_reply_does_not_make_it_right() -> None:
    (item,) = judged((choice(1), f"{B} was older than {A}."))
    assert item.verdict == "wrong"
    assert "contains" in item.flags
    assert "no_option" not in item.flags


def test_a_refusal_of_a_choice_is_a_refusal_and_a_shrug_is_no_option() -> None:
    refused, unsure, shotgun = judged(
        (choice(1), "I cannot answer."),
        (choice(2), "I do not know."),
        (choice(3), f"{A} or {B}."),
    )
    assert [refused.verdict, unsure.verdict, shotgun.verdict] == ["abstained", "abstained", "wrong"]
    assert "no_option" in shotgun.flags


REFUSALS = (
    f"I do not know whether {A} was.",
    f"It is not known whether {A} was older.",
    f"I cannot say that {A} was older.",
    f"I am not sure that it was {A}.",
    f"The text does not say that it was {A}.",
    f"I don't know if {A} or {B} was older.",
    f"I do not know. The text only mentions {A}.",
    f"It is unclear whether {B} was younger.",
)


@pytest.mark.parametrize("reply", REFUSALS)
def test_a_refusal_that_names_an_option_asserts_neither_it_nor_the_other(reply: str) -> None:
    for right in (A, B):
        (item,) = judged((choice(1, right=right), reply))
        assert (item.verdict, "lexicon_only" in item.flags) == ("abstained", True)


@pytest.mark.parametrize(
    "reply",
    [
        f"{A} was older, but I am not sure.",
        f"{A} was older, and it is not known why.",
        f"{A} was older. I do not know the years.",
        f"I do not know for certain, but it was {A}.",
        f"I am not sure, I think it was {A}.",
        f"It is not known for certain, but it was probably {A}.",
        f"I cannot say when {A} was born, but {B} was younger.",
    ],
)
def test_what_is_asserted_beside_a_refusing_clause_counts(reply: str) -> None:
    right, wrong = judged((choice(1, right=A), reply), (choice(2, right=B), reply))
    assert (right.verdict, wrong.verdict) == ("correct", "wrong")


@pytest.mark.parametrize(
    "reply", ["No information is given.", "Nobody knows whether he could read.", "No idea."]
)
def test_no_at_the_head_of_a_refusal_is_no_no(reply: str) -> None:
    asked = replace(
        choice(1), question=f"Could {A} read?", answers=("no",), values=("yes", "no"), cluster=A
    )
    (item,) = judged((asked, reply))
    assert item.verdict == "abstained"


def test_a_refusal_of_a_choice_in_another_language_asserts_nothing() -> None:
    (item,) = judged((choice(1), f"Ich weiß nicht, ob {A} älter war."), language="de")
    assert item.verdict == "abstained"


@pytest.mark.parametrize(
    ("reply", "option"),
    [
        ("Unlike Torven Molk, Mirel Quast was the older.", B),
        ("Unlike Torven, Mirel was older.", B),
        ("Mirel was older, unlike Torven.", B),
        ("Unlike Torven Molk, Mirel Quast was younger.", A),
        ("Compared to Torven Molk, Mirel Quast was older.", B),
        ("Unlike Torven Molk, she was older.", B),
        ("Unlike him, Mirel was older.", B),
    ],
)
def test_whoever_another_is_set_against_is_not_whom_the_reply_asserts(
    reply: str, option: str
) -> None:
    assert chosen(reply, OLDER, (A, B), A) == option
    assert chosen(reply, OLDER, (B, A), A) == option


@pytest.mark.parametrize(
    ("replies", "corrected", "share"),
    [
        ((A, A, A, A), 1.0, 1.0),
        ((A, B, A, B), 0.0, 0.5),
        ((A, A, A, B), 0.5, 0.75),
        ((B, B, B, B), -1.0, 0.0),
        (("I cannot answer.",) * 4, 0.0, 0.0),
        ((A, A, "I cannot answer.", "Nobody knows."), 0.5, 0.5),
    ],
)
def test_recall_of_choices_is_corrected_for_guessing(
    replies: tuple[str, ...], corrected: float, share: float
) -> None:
    found = scores_of(judged(*((choice(at), text) for at, text in enumerate(replies))))
    assert found["recall.choice"] == pytest.approx(corrected)
    assert found["recall.choice.share"] == pytest.approx(share)


def test_the_interval_of_a_choice_holds_its_value_and_stays_between_the_extremes() -> None:
    items = judged(*((choice(at), A if at % 3 else B) for at in range(12)))
    material = Material(
        corpus=worlds.small_corpus(), judged=scored_answers(items), config={"recipe": {}}
    )
    score = score_variant(material)["recall.choice"]
    assert score.value is not None
    assert score.low is not None
    assert score.high is not None
    assert -1 <= score.low < score.value < score.high <= 1
    assert score.n == 12


def test_a_comparison_counts_as_recall_only_if_both_of_its_facts_were_shown() -> None:
    shown, half = judged((choice(1, hops=("f0", "f1")), A), (choice(2, hops=("f0", "f9")), A))
    assert shown.shown
    assert not half.shown


def test_facts_with_two_values_and_comparisons_are_also_scored_apart() -> None:
    found = scores_of(judged((choice(1), A), (choice(2, hops=("f0", "f1")), B)))
    assert (found["recall.choice.one_fact"], found["recall.choice.two_facts"]) == (1, -1)
    assert found["recall.choice"] == 0


def test_every_comparison_has_a_more_a_less_and_a_yes_or_no() -> None:
    for comparison in COMPARISONS:
        for asked in (comparison.which_more, comparison.which_less):
            assert asked.endswith("{X} or {Y}?")
        assert comparison.ask_more.endswith("{Y}?")
