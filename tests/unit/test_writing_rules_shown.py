"""Which heading a question names: only one that the text is shown to be still about."""

from __future__ import annotations

import pytest

from harness.records import Section
from harness.writing.grammar import Usage
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.doubts import doubt
from harness.writing.rules.doubts_back import points_back
from harness.writing.rules.labels import Label, labels
from harness.writing.rules.scenes import Scene
from harness.writing.rules.shown import Shown, parts_of

USAGE = Usage()
CHAPTER = Label("the chapter on rivers")


def holds(title: str, *paragraphs: str) -> list[bool]:
    """Whether a heading holds for each of the paragraphs below it."""
    text = "\n\n".join((title, *paragraphs))
    section = Section(chapter=0, title=title, start=0, end=len(text))
    usage = Usage.of([text])
    label = labels([section], "Rivers", usage, [section])[-1][1]
    shown = Shown(text, frozenset({0}), usage)
    return [shown.holds(label, text.index(each)) for each in paragraphs]


def test_a_heading_holds_as_long_as_its_thing_is_mentioned() -> None:
    assert holds(
        "Marsh Fever",
        "The onset is sudden.",
        "In the third week marsh fever fades.",
        "Then it is over, and rest does the others good.",
    ) == [True, True, True]


def test_a_paragraph_that_opens_with_another_thing_ends_a_heading() -> None:
    assert holds("Marsh Fever", "It is sudden.", "The reed palsy is seen in ferriers.") == [
        True,
        False,
    ]
    assert holds("Marsh Fever", "It is sudden.", "Reed fever is seen in ferriers.")[1] is False


def test_each_part_of_a_heading_is_to_be_mentioned_and_one_of_those_side_by_side() -> None:
    assert parts_of("Decay of Keels and Ribs", USAGE) == [
        [frozenset({"decay"})],
        [frozenset({"keel"}), frozenset({"rib"})],
    ]


def test_a_chapter_always_holds() -> None:
    assert Shown("Rivers\n\nThe moth is old.", frozenset(), USAGE).holds(CHAPTER, 10)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Where is the plank nailed?", "plank"),
        ("Where is the plank of the keel nailed?", ""),
        ("Where is the mast nailed?", ""),
    ],
)
def test_a_thing_of_the_paragraph_is_pointed_back_at(text: str, back: str) -> None:
    scene = Scene(CHAPTER, "A plank is cut.", "", ())
    usage = Usage()
    assert points_back(text, CHAPTER, CHAPTER.text, scene, usage) == back


@pytest.mark.parametrize(
    ("rule", "question", "answer", "sentence", "reason"),
    [
        ("time", "When should planks be cut?", "after soaking", "", "a manner"),
        (
            "subject",
            "What has been tarred in barges, in ferries?",
            "Keel",
            "The keel has been tarred in barges, in ferries, and in rafts.",
            "part of a list",
        ),
        ("subject", "What may be caused by tar?", "rot", "Rot may be caused by tar.", "several"),
        (
            "subject",
            "Which steps are annual tarring, and drying?",
            "yearly",
            "The yearly steps are annual tarring, and drying.",
            "an inverted list",
        ),
    ],
)
def test_what_was_cut_short_or_has_many_answers_is_dropped(
    rule: str, question: str, answer: str, sentence: str, reason: str
) -> None:
    candidate = Candidate(rule, question, (), answer, sentence, "keel")
    assert reason in doubt(candidate, Scene(Label(), "", sentence, ()), USAGE)


@pytest.mark.parametrize(
    ("statement", "answer", "reason"),
    [
        ("The treatment is changed at the end of ____.", "spring", "too wide"),
        ("In rare cases the keel of a grimble is eaten by ____.", "worms", "too wide"),
        ("The grimble is tarred in a ____.", "less careful way", "compared"),
    ],
)
def test_a_statement_that_only_its_chapter_places_must_name_its_thing(
    statement: str, answer: str, reason: str
) -> None:
    question = f"Complete this statement from {CHAPTER.text}: {statement}"
    candidate = Candidate("gap", question, (), answer, "", "")
    assert reason in doubt(candidate, Scene(CHAPTER, "", "", ()), USAGE)
