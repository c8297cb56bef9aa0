"""Where a sentence stands: passages by what their paragraph opens with, and "it" by its noun."""

from __future__ import annotations

from collections import Counter

import pytest

from harness.writing.grammar import Usage
from harness.writing.grammar_clauses import clauses
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.doubts import doubt
from harness.writing.rules.doubts_back import begun_inside, points_back
from harness.writing.rules.doubts_wide import unnamed
from harness.writing.rules.gap_phrases import last_phrase, rarest_terms
from harness.writing.rules.labels import Label
from harness.writing.rules.scenes import Scene
from harness.writing.rules.shown import Shown
from harness.writing.rules.standing import Standing, of_passage, topic_of
from tests.unit.test_writing_rules import trained
from tests.unit.test_writing_rules_gaps import gaps
from tests.unit.test_writing_rules_labels import written

RARE = dict.fromkeys("grimbling pitchitis marginal willowosis boats tarring".split(), 5)
USAGE = Usage(counts=Counter(RARE | {"ferry": 300, "keel": 300}))
CHAPTER = Label("the chapter on rivers", ("rivers",), "rivers")


def topic(sentence: str, named: frozenset[str] = frozenset()) -> str:
    return " ".join(topic_of(next(iter(clauses(sentence))), named, USAGE)).rstrip(",")


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The Pitchitis is found in every yard.", "the pitchitis"),
        ("In old boats with pitchitis, the keel is scraped.", "old boats with pitchitis"),
        ("The marginal is found in every yard.", ""),
        ("The keel is found in every yard.", ""),
        ("This pitchitis is found in every yard.", ""),
        ("The tarring of pitchitis is done in every yard.", ""),
        ("The treatment of pitchitis is begun in every yard.", "the treatment of pitchitis"),
    ],
)
def test_a_paragraph_is_about_a_thing_with_a_name_that_it_opens_with(
    sentence: str, found: str
) -> None:
    assert topic(sentence) == found


def test_words_of_the_headings_are_names_too() -> None:
    assert topic("The ferry is found in every yard.", frozenset({"ferry"})) == "the ferry"


def standing(label: Label) -> Standing:
    shown = Shown("Some text of a river.\n\nMore of it.", frozenset(), USAGE)
    return Standing([(0, label)], shown, USAGE)


def test_behind_its_opening_a_paragraph_of_a_chapter_is_a_passage() -> None:
    about = ("the", "pitchitis")
    here = standing(CHAPTER).at(5, about, opens=False)
    assert here.text == "the passage on the pitchitis in the chapter on rivers"
    assert here.wider is CHAPTER
    assert standing(CHAPTER).at(5, about, opens=True) is CHAPTER
    assert standing(CHAPTER).at(5, (), opens=False) is CHAPTER
    assert standing(CHAPTER).headings(5, about) == (here.text, CHAPTER.text)


def test_under_a_heading_only_a_kind_of_what_it_names_makes_a_passage() -> None:
    fever = Label("the section on willowosis", ("willowosis",), "willowosis", wider=CHAPTER)
    kind = ("marginal", "pitchitis", "willowosis")
    assert "passage" in standing(fever).at(5, kind, ("the", "keel"), opens=False).text
    assert standing(fever).at(5, kind, ("wet", "willowosis"), opens=False) is fever
    assert standing(fever).at(5, ("pitchitis",), opens=False) is fever


def test_a_passage_names_its_topic_where_a_chapter_does_not() -> None:
    text = "What is flexed behind the yards?"
    wide = Candidate("subject", text, (), "keel", "", "keel", label=CHAPTER.text)
    assert unnamed(wide, Scene(CHAPTER, "", "", ()), USAGE)
    passage = of_passage(CHAPTER, ("the", "pitchitis"))
    narrow = Candidate("subject", text, (), "keel", "", "keel", label=passage.text)
    assert unnamed(narrow, Scene(passage, "", "", ()), USAGE) == ""


def test_behind_the_opening_a_chapter_needs_a_word_of_its_headings() -> None:
    text = "What is tarred in the yards behind the marshes, in front of the grimbling?"
    asked = Candidate("subject", text, (), "pitchitis", "", "", label=CHAPTER.text)
    opens = Scene(CHAPTER, "", "", (), frozenset({"grimbling"}))
    later = Scene(CHAPTER, "The yards are old.", "", (), frozenset({"grimbling"}))
    assert "which thing of a chapter" not in unnamed(asked, opens, USAGE)
    assert "which thing of a chapter" in unnamed(asked, later, USAGE)


@pytest.mark.parametrize(
    ("before", "back"), [("A marginal keel is laid.", "keel"), ("The keel is laid.", "")]
)
def test_the_keel_is_the_one_that_a_keel_brought_up(before: str, back: str) -> None:
    label = Label("the section on boats", ("boats",), "boats", wider=CHAPTER)
    scene = Scene(label, before, "", ())
    assert points_back("What is fastened to the keel?", label, label.text, scene, USAGE) == back


def test_a_subject_named_further_up_in_its_own_sentence_is_not_asked_about() -> None:
    far = "The pitch is boiled for hours in a pot over the fire until it is thick, and "
    assert begun_inside("the crust", f"{far}the crust is scraped off.", "the section on tar")
    assert not begun_inside("the crust", "The crust is scraped off.", "the section on tar")
    assert not begun_inside("the crust", f"{far}the crust is scraped.", "the section on crusts")


def test_a_statement_does_not_ask_first_of_all_where_it_holds() -> None:
    label = Label("the section on boats", ("boats",), "boats", wider=CHAPTER)
    text = f"Complete this statement from {label.text}: In the ____ the keel of a barge is tarred."
    asked = Candidate("gap", text, (), "spring", "", "")
    assert doubt(asked, Scene(label, "", "", ()), USAGE) == "one place of several"


def test_a_noun_and_the_verb_behind_it_are_no_phrase() -> None:
    counts = Counter({"the": 5000, "ferrules": 5, "dimple": 5})
    words = tuple("So thin is the hull that the ferrules dimple under the hand.".split())
    assert not any("dimple" in part[1] for part in rarest_terms(words, Usage(counts=counts)))
    assert last_phrase(tuple("The hull shows the ferrules dimple.".split()), Usage()) is None


def test_it_is_the_term_of_the_sentence_before_in_a_statement_with_a_blank() -> None:
    said = "every seam of the planking is scraped clean and covered with fresh pinepitch."
    found = gaps(f"The grimble is a small ferry. It is hauled out in autumn, and {said}")
    assert any(": The grimble is hauled out in autumn" in text for text in found)


def test_this_below_a_heading_is_what_the_heading_names() -> None:
    left = written(("Marsh Grimble", "This is a small ferry which carries slate in the marshes."))
    found = trained(left)
    assert found.get("What is marsh grimble?") or any(
        "marsh grimble" in question and answer.startswith("a small ferry")
        for question, answer in found.items()
    )


def test_somebody_with_initials_is_asked_for_by_whom() -> None:
    left = written(("Boat Building", "The elm keel is recommended by C. H. Orland."))
    assert not any("what is the elm keel recommended" in text.lower() for text in trained(left))
