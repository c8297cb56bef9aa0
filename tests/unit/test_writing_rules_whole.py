"""Answers and questions that take in the whole rest of their clause."""

from __future__ import annotations

import pytest

from harness.writing.grammar import Usage
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.doubts_left import left_out
from harness.writing.rules.labels import Label
from harness.writing.rules.scenes import Scene
from harness.writing.rules.wholes import longer, whole
from tests.unit.test_writing_rules import trained
from tests.unit.test_writing_rules_labels import written

USAGE = Usage(context=True)


def part_of(sentence: str, answer: str, rule: str = "composition") -> str | None:
    """The whole answer, from the one that a rule proposed."""
    told = f"{sentence[: sentence.find(answer)]}{answer}."
    candidate = Candidate(rule, "What does tar consist of?", (), answer, told, "tar")
    found = whole(candidate, sentence, USAGE)
    assert found is None or found.answer in found.full_answer
    return None if found is None else found.answer


@pytest.mark.parametrize(
    ("sentence", "answer", "expected"),
    [
        ("Tar consists of a resin which is lost in boiling.", "a resin",
         "a resin which is lost in boiling"),
        ("Tar consists of resin, and of an oil from the bark.", "resin",
         "resin, and of an oil from the bark"),
        ("Tar consists of an oil from the bark, and is kept in barrels.", "an oil from the bark",
         "an oil from the bark"),
        ("Tar consists of an oil from the bark; barrels hold it.", "an oil",
         "an oil from the bark"),
        ("Tar consists of resin, pitch, and they scrape it.", "resin", None),
        ("Tar consists of resin as the weather turns warm.", "resin", None),
        ("Tar consists of resin — the best is red.", "resin", None),
        ("Tar consists of some oil from the bark.", "some oil", None),
        (f"Tar consists of {'thick black ' * 12}oil.", "thick black", None),
    ],
)  # fmt: skip
def test_an_answer_goes_on_to_the_end_of_its_clause_and_no_further(
    sentence: str, answer: str, expected: str | None
) -> None:
    assert part_of(sentence, answer) == expected


def test_only_an_answer_that_was_half_of_one_is_made_longer() -> None:
    left = written(
        ("Boat Building", "The elm keel consists of a plank which is tarred every spring.")
    )
    found = trained(left)
    assert list(found.values()) == ["a plank which is tarred every spring"]


def test_a_definition_keeps_the_clause_that_says_which() -> None:
    left = written(("Grimbles", "A grimble is a small ferry which carries slate in the marshes."))
    assert "a small ferry which carries slate in the marshes" in trained(left).values()


def test_a_definition_by_what_was_seen_of_a_thing_is_none() -> None:
    sentence = "A grimble is a condition which has been seen in old barges."
    assert part_of(sentence, "a condition", rule="definition") is None


def test_a_subject_is_asked_for_by_all_that_is_said_of_it() -> None:
    sentence = "The grommet holds the outer plank of the keel, or the ribs behind it."
    asked = Candidate(
        "subject", "What holds the outer plank of the keel?", (), "grommet",
        "The grommet holds the outer plank of the keel.", "The grommet",
    )  # fmt: skip
    assert longer(asked, sentence, USAGE) is None  # "it" in the question stands for nothing
    found = longer(asked, sentence.replace(" behind it", " of the hull"), USAGE)
    assert found is not None
    assert found.question == "What holds the outer plank of the keel, or the ribs of the hull?"
    assert found.full_answer.endswith("or the ribs of the hull.")


@pytest.mark.parametrize(
    ("rule", "text", "answer", "sentence", "reason"),
    [
        ("subject", "What is a name of all boats?", "Grimble",
         "Grimble is a name of all boats, which are tarred.", "half a clause"),
        ("subject", "What is a name of old boats?", "Grimble",
         "Grimble is a name of old boats, which are tarred.", ""),
        ("subject", "During the next three months, what is tarred?", "keel",
         "During the next three months, the keel is tarred.", "after what"),
        ("subject", "What stands at the next door?", "keel", "A keel stands at the next door.", ""),
        ("subject", "What should be taken into account?", "the wind",
         "The wind should be taken into account.", "one of several"),
        ("site", "Where is the leak stopped?", "the keel by an elm wedge",
         "The leak is stopped in the keel by an elm wedge.", "two phrases"),
        ("definition", "What is the hope of the yard?", "a poor one",
         "The hope of the yard is a poor one.", "says nothing"),
        ("cause", "What do grimbles rot from?", "the damp",
         "Grimbles, apart from those of elm, rot from the damp.", "left out: apart"),
    ],
)  # fmt: skip
def test_what_would_be_true_of_more_or_of_less_is_not_asked(
    rule: str, text: str, answer: str, sentence: str, reason: str
) -> None:
    label = Label("the section on boats", ("boats",), "boats")
    candidate = Candidate(rule, text, (), answer, "", answer, label=label.text)
    found = left_out(candidate, Scene(label, "", sentence, ()))
    assert reason in found
    assert bool(reason) == bool(found)
