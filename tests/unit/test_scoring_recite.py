"""Scores of what is recited before an answer."""

import random

import pytest

from harness.corpora.support import Support
from harness.records import Answer, ModelChoice, Recipe, Variant
from harness.scoring.judge import judge_variant
from harness.scoring.material import Material
from harness.scoring.recite import RIGHT, best_overlap, common, scores
from harness.training import recipes
from tests.support.fiction import fiction

CORPUS = fiction("XS", 7)
EXAMPLES = recipes.examples(
    CORPUS, Variant(name="v", model=ModelChoice(name="tiny"), recipe=Recipe(name="recite"))
)
TRAINED = [question for question in CORPUS.questions if question.use == "both"]
SUPPORT = Support(CORPUS)


def scored(replies, recipe="recite"):
    answers = [
        Answer(
            asked="a",
            question=question.id,
            form="plain",
            draw=0,
            batch=0,
            text=text,
            ids=(),
            prompt_tokens=1,
            new_tokens=1,
            stop="end",
            logprob_sum=0.0,
            first_ids=(),
        )
        for question, text in zip(TRAINED, replies, strict=True)
    ]
    judged = judge_variant(CORPUS, EXAMPLES, answers)
    config = {"recipe": {"name": recipe}}
    found = scores(Material(corpus=CORPUS, judged=judged, config=config))
    return {name: score.value for name, score in found.items()}


def slow_common(one, other):
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            longest = max(table[i][j + 1], table[i + 1][j])
            table[i + 1][j + 1] = table[i][j] + 1 if a == b else longest
    return table[-1][-1]


def test_who_replies_as_it_was_trained_recites_everything_and_is_right():
    found = scored([example.answer for example in EXAMPLES])
    assert found == {"recite.overlap": 1, "recite.right": 1, "recite.correct_when_right": 1}


def test_who_recites_nothing_is_right_or_wrong_without_a_recitation():
    found = scored([question.full_answer for question in TRAINED])
    assert found == {"recite.overlap": 0, "recite.right": 0, "recite.correct_when_wrong": 1}


def test_right_and_wrong_recitations_are_told_apart():
    replies = []
    for number, question in enumerate(TRAINED):
        sentence = SUPPORT.evidence(question)[0] if number % 2 == 0 else "It rained all night."
        good = number % 2 == 0 or number % 4 == 1
        said = question.full_answer if good else "I cannot answer."
        replies.append(f"{sentence} Answer: {said}")
    found = scored(replies)
    assert found["recite.right"] == 0.5
    assert found["recite.correct_when_right"] == 1
    assert found["recite.correct_when_wrong"] == 0.5
    assert 0.5 <= found["recite.overlap"] < 0.6


def test_other_recipes_have_no_such_scores():
    assert scored([example.answer for example in EXAMPLES], recipe="instruct") == {}


def test_unshown_questions_do_not_count():
    shown = scored([example.answer for example in EXAMPLES])
    assert shown
    answers = [
        Answer(
            asked="a",
            question=question.id,
            form="plain",
            draw=0,
            batch=0,
            text="It rained. Answer: no.",
            ids=(),
            prompt_tokens=1,
            new_tokens=1,
            stop="end",
            logprob_sum=0.0,
            first_ids=(),
        )
        for question in TRAINED
    ]
    material = Material(
        corpus=CORPUS,
        judged=judge_variant(CORPUS, (), answers),
        config={"recipe": {"name": "recite"}},
    )
    assert scores(material) == {}


@pytest.mark.parametrize(
    ("said", "sentences", "overlap"),
    [
        ("Marenka lived in Ilden Ford.", ["Marenka lived in Ilden Ford."], 1),
        ("", ["Marenka lived in Ilden Ford."], 0),
        ("Marenka lived.", ["Marenka lived in Ilden Ford."], 0.4),
        ("Ford Ilden in lived Marenka", ["Marenka lived in Ilden Ford."], 0.2),
        ("the a Marenka, LIVED; in Ilden ford", ["It rained.", "Marenka lived in Ilden Ford."], 1),
        ("Marenka lived a very long time in old Ilden Ford", ["Marenka lived in Ilden Ford."], 1),
    ],
)
def test_overlap_is_the_part_of_the_best_sentence_that_is_there_in_order(said, sentences, overlap):
    assert best_overlap(said, sentences) == pytest.approx(overlap)


def test_four_of_five_words_make_a_recitation_right():
    assert best_overlap("Marenka lived in Ilden", ["Marenka lived in Ilden Ford."]) >= RIGHT


def test_the_longest_common_subsequence_is_that_of_the_usual_table():
    generator = random.Random(3)
    for _ in range(300):
        one = [generator.choice("abcd") for _ in range(generator.randrange(12))]
        other = [generator.choice("abcd") for _ in range(generator.randrange(12))]
        assert common(one, other) == slow_common(one, other) == common(other, one)
