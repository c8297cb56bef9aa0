"""Replies with another value in them: none that the judge accepts, none that grammar gives away."""

from __future__ import annotations

import re

import pytest

from harness.answering.articles import with_article
from harness.answering.likelihood_others import gold_reply, perturbed_replies
from harness.corpora.build import build
from harness.records import Answer, Corpus, CorpusChoice, Question
from harness.scoring.judge import judge_variant
from tests.support.fiction import fiction

GIVEN = ("distractors", "values")


def corpus(question: Question, **changes: object) -> Corpus:
    settings: dict[str, object] = {
        "kind": "files",
        "seed": None,
        "size": None,
        "digest": "d",
        "canary": "c",
        "source_tag": "",
        "chapters": (),
        "facts": (),
        "questions": (question,),
        "values": {},
        "names": (),
    }
    return Corpus(**(settings | changes))  # type: ignore[arg-type]


def ask(answer: str, *, full: str | None = None, **given: tuple[str, ...]) -> Question:
    return Question(id="q", question="Which?", answers=(answer,), full_answer=full, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("where", GIVEN)
@pytest.mark.parametrize("full", [None, "It is {}."])
@pytest.mark.parametrize(
    ("right", "alike"),
    [
        ("Nile", "the Nile"),
        ("the Nile", "Nile"),
        ("bee", "bees"),
        ("bee", "Bees"),
        ("St. Ives", "St Ives"),
        ("amber-brooch", "amber brooch"),
        ("brooch", "an old brooch"),
    ],
)
def test_what_the_judge_accepts_is_no_perturbed_reply(
    where: str, full: str | None, right: str, alike: str
) -> None:
    whole = full.format(right) if full else None
    question = ask(right, full=whole, **{where: (alike, "Danube")})
    other = full.format("Danube") if full else "Danube"
    assert perturbed_replies(question, corpus(question)) == (other,)


def test_what_the_judge_accepts_is_none_of_the_relation_either() -> None:
    question = Question(id="q", question="Which?", answers=("Nile",), relation="river")
    known = corpus(question, values={"river": ("The Nile", "Nile", "Nile!", "Danube", "Tiber")})
    assert sorted(perturbed_replies(question, known)) == ["Danube", "Tiber"]


def test_whole_replies_that_say_the_right_value_otherwise_are_left_out() -> None:
    full = "The river of Egypt is Nile."
    said = ("The river of Egypt is the Nile.", "River of Egypt is: Nile.", "It was the Danube.")
    question = ask("Nile", full=full, distractors=said)
    assert perturbed_replies(question, corpus(question)) == ("It was the Danube.",)
    swapped = ask("Ilda", full="Ilda was older than Wren.", distractors=("Wren beat Ilda.",))
    assert perturbed_replies(swapped, corpus(swapped)) == ("Wren beat Ilda.",)


def test_a_value_that_only_resembles_the_right_one_stays() -> None:
    question = ask("amber brooch", distractors=("brooch", "amber", "amber ring"))
    assert perturbed_replies(question, corpus(question)) == ("brooch", "amber", "amber ring")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("razor", "a"),
        ("elastic bandage", "an"),
        ("hour", "an"),
        ("heirloom", "an"),
        ("house", "a"),
        ("uniform", "a"),
        ("uninjured arm", "an"),
        ("urethra", "a"),
        ("ulcer", "an"),
        ("one-eyed dog", "a"),
        ("onion", "an"),
        ("European", "a"),
        ("X-ray", "an"),
        ("MRI", "an"),
        ("Xylophone", "a"),
        ("ten days", ""),
        ("25 days", ""),
        ("tenth day", "a"),
    ],
)
def test_a_value_gets_its_own_article(value: str, expected: str) -> None:
    for before in ("It took a ", "It took an "):
        assert with_article(before, value) == f"It took {expected} ".replace("  ", " ")
    assert with_article("It took the ", value) == "It took the "
    assert with_article("A ", "elm") == "An "


@pytest.mark.parametrize("distractor", ["razor", "Ilda used an razor."])
def test_the_article_is_mended_in_values_and_in_whole_replies(distractor: str) -> None:
    question = ask("awl", full="Ilda used an awl.", distractors=(distractor,))
    assert perturbed_replies(question, corpus(question)) == ("Ilda used a razor.",)


def test_other_languages_have_no_such_article() -> None:
    question = ask("raison", full="Ilda a raison.", distractors=("envie",))
    assert perturbed_replies(question, corpus(question, language="fr")) == ("Ilda a envie.",)


@pytest.mark.parametrize("name", ["fiction", "surgery"])
def test_in_shipped_corpora_the_judge_takes_no_perturbed_reply_for_right(name: str) -> None:
    whole = fiction("XS", 7) if name == "fiction" else build(CorpusChoice(kind="surgery"))
    asked = [each for each in whole.questions if each.use != "train" and each.distractors]
    # What a choice offers stands on both sides of every reply.
    replies = [
        (question, reply)
        for question in asked
        if question.probe in ("trained", "paraphrase", "text_only")
        for reply in perturbed_replies(question, whole)
    ]
    assert len(replies) > 100
    for question, reply in replies:
        assert reply != gold_reply(question)
        assert not re.search(r"\ba [aei]|\ban [bcdfgjklmnpqrstvwyz]", reply), reply
    answers = [
        Answer(
            asked="a",
            question=question.id,
            form="plain",
            draw=draw,
            batch=0,
            text=reply,
            ids=(),
            prompt_tokens=0,
            new_tokens=0,
            stop="end",
            logprob_sum=0.0,
            first_ids=(),
        )
        for draw, (question, reply) in enumerate(replies)
    ]
    judged = judge_variant(whole, (), answers, all_shown=True)
    assert [each.answer.text for each in judged if each.verdict == "correct"] == []
