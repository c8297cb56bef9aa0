"""What a reply mentions is not yet what it claims."""

import pytest

from harness.text.abstention import in_lexicon
from harness.text.asserting import claimed, is_rejected
from harness.text.matching import find_run
from harness.text.normalize import words
from tests.unit.test_text_verdicts import judge


@pytest.mark.parametrize(
    ("reply", "rejected"),
    [
        ("Not Ilden Ford but Marrow Gate.", True),
        ("It was never Ilden Ford.", True),
        ("She lived neither at Tarn Hollow nor at Ilden Ford.", True),
        ("That wasn't Ilden Ford.", True),
        ("It was no Ilden Ford.", True),
        ("No, it was Ilden Ford.", False),
        ("Not only Ilden Ford.", False),
        ("Not Tarn Hollow but Ilden Ford.", False),
        ("Not Tarn Hollow, Ilden Ford.", False),
        ("She did not leave home until Ilden Ford.", False),
        ("Ilden Ford, not Tarn Hollow.", False),
    ],
)
def test_a_value_is_rejected_by_the_negation_that_is_about_it(reply, rejected):
    said = words(reply)
    (place,) = find_run(said, ("ilden", "ford"))
    assert is_rejected(said, place, {"tarn", "hollow", "marrow", "gate"}) is rejected


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("Not Ilden Ford, as many thought, but Marrow Gate.", "correct"),
        ("She lived at Marrow Gate. It was never Ilden Ford.", "correct"),
        ("Neither Ilden Ford nor Tarn Hollow, it was Marrow Gate.", "correct"),
        ("Ilden Ford. No, that is wrong: Marrow Gate.", "correct"),
        ("At Ilden Ford, I mean Marrow Gate.", "correct"),
        ("It was never Marrow Gate.", "wrong"),
        ("Marrow Gate. No, that is wrong: Ilden Ford.", "wrong"),
        ("Marrow Gate. No, that's a mistake.", "wrong"),
        ("Marrow Gate. No, really, she did.", "correct"),
        ("Not Marrow Gate but Ilden Ford.", "wrong"),
        ("It was never Ilden Ford. Ilden Ford or Marrow Gate.", "wrong"),
        ("The text does not say that she lived at Marrow Gate.", "abstained"),
        ("I do not know whether it was Marrow Gate or Ilden Ford.", "abstained"),
        ("I am not sure, but it was Marrow Gate.", "correct"),
        ("I do not know for certain, perhaps Marrow Gate.", "correct"),
        ("It was Marrow Gate, but I am not sure.", "correct"),
        ("The text does not name her home. It only mentions a house at Marrow Gate.", "correct"),
        ("It was a house, not a mill. Marrow Gate is the name.", "correct"),
    ],
)
def test_only_what_is_claimed_is_judged(reply, verdict):
    assert judge(reply).verdict == verdict


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("Mirel was never of Tarn Hollow.", "correct"),
        ("Mirel was never of Tarn Hollow. It was Tarn Hollow.", "wrong"),
        ("Mirel of Tarn Hollow was Marrow Gate.", "correct"),
        ("Mirel of Tarn Hollow kept a view of Marrow Gate.", "wrong"),
        ("Mirel lived at Marrow Gate.", "correct"),
    ],
)
def test_a_premise_is_set_right_by_putting_the_truth_in_its_place(reply, verdict):
    assert judge(reply, "premise").verdict == verdict


@pytest.mark.parametrize(
    ("reply", "refuses"),
    [
        ("The story does not say so outright, but I believe chocolate.", False),
        ("I do not know for certain, perhaps January.", False),
        ('The text does not give a clear answer. The correct answer is "the parchment".', False),
        ("I'm sorry, but I think I cannot help.", True),
        ("It is not stated. The correct answer is:", True),
        ("Her trade is a mystery. Nothing more is told.", True),
        ("She wrote a mystery novel.", False),
    ],
)
def test_a_refusal_that_answers_after_all_is_none(reply, refuses):
    assert in_lexicon(reply) is refuses


def test_what_is_taken_back_and_what_is_refused_is_not_claimed():
    assert words(claimed("The mill. No, that is wrong: the ford.")) == ["ford"]
    assert claimed("The text does not say that it was the mill.") == ""
    assert claimed("No, it was the mill.") == "No, it was the mill."
    assert claimed("水車です。", "ja") == "水車です。"
