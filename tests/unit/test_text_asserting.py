"""What a reply mentions is not yet what it claims."""

from time import process_time

import pytest

from harness.text.abstention import in_lexicon
from harness.text.afterwards import answers_after
from harness.text.asserting import claimed, says_no_to_premise
from harness.text.matching import ValueIndex, find_run
from harness.text.normalize import words
from harness.text.rejecting import rejected_places
from tests.unit.test_scoring_judge import story
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
    others = ValueIndex(("Tarn Hollow", "Marrow Gate")).find(said)
    found = rejected_places(reply, [place, *(other for other, _ in others)])
    assert (place in found) is rejected


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


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        # "No" answers, unless it stands straight before the value.
        ("A potter? No, a weaver.", "wrong"),
        ("A potter, no, a weaver.", "wrong"),
        ("A weaver? No, a potter.", "correct"),
        ("A weaver, no, a potter.", "correct"),
        ("Was he a weaver? No - he was a potter.", "correct"),
        ("A potter? No.", "wrong"),
        ("No, a potter.", "correct"),
        ("No, potter.", "correct"),
        ("No - a potter", "correct"),
        ("No: potter", "correct"),
        ("No potter.", "wrong"),
        ("He was no potter.", "wrong"),
        ("He had no wife and was a potter.", "correct"),
        # A negation reaches over a whole list, but a comma alone corrects.
        ("He was not a smith or a potter.", "wrong"),
        ("Not weaver or potter", "wrong"),
        ("He was not a smith, a weaver, or a potter.", "wrong"),
        ("He was not a smith, a potter or a weaver.", "wrong"),
        ("He was not a fisherman or a potter.", "wrong"),
        ("He was no smith or potter.", "wrong"),
        ("Neither a smith nor a potter.", "wrong"),
        ("He was not a smith, nor was he a potter.", "wrong"),
        ("He was not a smith or a weaver but a potter.", "correct"),
        ("He was neither a smith nor a weaver, he was a potter.", "correct"),
        ("Not a weaver, a potter.", "correct"),
        # A negation about something else rejects nothing.
        ("Torven, who never married, was a potter.", "correct"),
        ("Torven, not Mirel, was the potter.", "correct"),
        ("Torven never stopped being a potter.", "correct"),
        ("He was not a very good potter.", "correct"),
        ("He never left his potter's wheel.", "correct"),
        ("He did not own the potter's house.", "correct"),
        ("He was not a potter until May.", "correct"),
        ("Was he not a potter?", "correct"),
        ("Rich or not, a potter.", "correct"),
        ("He was not a potter.", "wrong"),
        ("He wasn't a potter.", "wrong"),
        ("Never a potter.", "wrong"),
        ("He did not work as a potter.", "wrong"),
        ("I do not think he was a potter.", "wrong"),
        # What is put in place of something takes it back; nothing put there takes nothing back.
        ("He was a potter. I mean it.", "correct"),
        ("He was a potter. I mean it. His friend was rich.", "correct"),
        ("He was a weaver. I mean it. Mirel was the potter.", "wrong"),
        ("He was a potter, or rather, he became one later.", "correct"),
        ("Potter, correction in the text: none.", "correct"),
        ("A potter, or rather, a weaver.", "wrong"),
        ("A weaver, or rather, a potter.", "correct"),
        ("A weaver; correction: a potter.", "correct"),
    ],
)
def test_a_rejection_counts_where_it_is_plain_and_nowhere_else(reply, verdict):
    assert story(reply, "t0").verdict == verdict


@pytest.mark.parametrize(
    ("reply", "shotgun"),
    [
        ("He was not a potter.", False),
        ("A potter? No.", False),
        ("A potter or a weaver.", True),
        ("Not a potter but a weaver.", True),
        ("He was not a very good weaver, but a potter.", True),
    ],
)
def test_shotgun_is_said_only_where_a_rival_stands_beside_the_answer(reply, shotgun):
    judged = story(reply, "t0")
    assert judged.verdict == "wrong"
    assert "contains" in judged.flags
    assert ("shotgun" in judged.flags) is shotgun


@pytest.mark.parametrize(
    "guess",
    ["maybe a fisherman", "perhaps a fisherman", "I think he was a fisherman"],
)
def test_a_guess_after_a_refusal_is_an_answer_after_a_comma_and_after_a_stop(guess):
    comma = story(f"I don't know, {guess}.", "n0")
    stop = story(f"I don't know. {guess[0].upper()}{guess[1:]}.", "n0")
    assert (comma.verdict, comma.invented) == (stop.verdict, stop.invented) == ("wrong", True)


@pytest.mark.parametrize(
    ("reply", "verdict", "told"),
    [
        ("The text does not say. He was a fisherman.", "abstained", True),
        ("The text does not say. A fisherman.", "abstained", True),
        ("The text does not say, but Zandrel was a fisherman.", "abstained", True),
        ("I cannot answer, but he was a fisherman.", "abstained", True),
        ("There is no Zandrel. He was a fisherman who lived in the harbour.", "correct", True),
        ("The text does not say.", "abstained", False),
        ("The text does not say. It is never told.", "abstained", False),
        ("Sorry. I do not know.", "abstained", False),
        ("There is no Zandrel in the story. He is not mentioned.", "correct", False),
    ],
)
def test_what_is_told_after_a_refusal_or_denial_is_flagged_beside_the_verdict(reply, verdict, told):
    judged = story(reply, "n0")
    assert judged.verdict == verdict
    assert ("answers_after" in judged.flags) is told


def test_what_is_told_after_a_refusal_is_seen_in_english_only():
    assert answers_after("I do not know. He was a fisherman.", "Zandrel")
    assert not answers_after("Ich weiß es nicht. Er war Fischer.", "Zandrel", "de")


@pytest.mark.parametrize(
    ("reply", "verdict", "flags"),
    [
        ("No later than in May.", "wrong", set()),
        ("No, he gave it up in the winter of 1302.", "wrong", set()),
        ("No, Torven was a weaver until May.", "wrong", set()),
        ("He was not happy as a weaver and gave it up in May.", "wrong", set()),
        ("He gave up being a weaver and was a potter from May on.", "wrong", set()),
        ("No.", "correct", {"denial"}),
        ("No, he never was.", "correct", {"denial"}),
        ("No, he was a fisherman.", "correct", {"denial"}),
        ("No, Torven was not a weaver.", "correct", {"denial"}),
        ("He was no a weaver.", "correct", {"denial"}),
        ("The weaver Torven was a potter.", "correct", {"corrected"}),
    ],
)
def test_going_along_with_a_false_premise_is_no_denial_whatever_it_opens_with(
    reply, verdict, flags
):
    judged = story(reply, "w0")
    assert (judged.verdict, judged.flags) == (verdict, flags)


def test_an_answering_no_is_told_from_a_no_that_counts():
    assert says_no_to_premise("No.", "Torven")
    assert says_no_to_premise("No he was not.", "Torven")
    assert not says_no_to_premise("No fewer than three.", "Torven")
    assert not says_no_to_premise("Nobody knows.", "Torven")


def test_no_before_a_name_denies_the_thing_only_without_a_comma():
    assert story("No Zandrel lived there.", "n0").flags == {"denial"}
    assert story("No, Zandrel was a fisherman.", "n0").invented


def test_marks_that_join_words_reject_nothing_and_break_nothing():
    assert rejected_places("not a\u200b,\u200bpotter", [(1, 2)]) == set()


@pytest.mark.parametrize("unit", ["in work or in work, ", "not a smith, at a mill, ", "the in or "])
def test_a_long_list_is_read_in_no_time(unit):
    reply = "not " + unit * 60 + "as it was told of one potter"
    said = words(reply)
    before = process_time()
    assert rejected_places(reply, list(find_run(said, ("potter",)))) == set()
    assert process_time() - before < 1
