"""Questions whose label names many things, questions that lost a word, and second blanks."""

from __future__ import annotations

from collections import Counter

import pytest

from harness.records import Span
from harness.writing.grammar import Usage
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.doubts_left import left_out
from harness.writing.rules.doubts_wide import is_wide, terms_of, unnamed
from harness.writing.rules.gap_phrases import rarest_terms
from harness.writing.rules.gaps import candidates as gaps
from harness.writing.rules.labels import Label
from harness.writing.rules.reader import Passage
from harness.writing.rules.scenes import Scene
from harness.writing.rules.scopes import Scopes
from tests.unit.test_writing_rules_labels import written

COMMON = "keel barge planking timber river spring tarred yards marshes autumn workers".split()
USAGE = Usage(counts=Counter(dict.fromkeys(COMMON, 120) | {"grimbling": 9, "ferrules": 120}))
CHAPTER = Label("the chapter on boats", ("boats",), "boats")
NARROW = Label("the section on grimbling", ("grimbling",), "grimbling", wider=CHAPTER)
SEVERAL = Label("the section on boats (injuries)", ("boats", "injuries"), "boats", wider=CHAPTER)


def scene(label: Label, sentence: str = "", named: frozenset[str] = frozenset()) -> Scene:
    return Scene(label, "", sentence, (), named)


def question(text: str, answer: str, label: Label, rule: str = "subject") -> Candidate:
    return Candidate(rule, text, (), answer, "", answer, label=label.text)


def test_a_chapter_and_a_section_on_several_things_are_wide() -> None:
    assert is_wide(CHAPTER, USAGE)
    assert is_wide(SEVERAL, USAGE)
    assert not is_wide(NARROW, USAGE)


def test_under_a_wide_label_a_question_names_its_thing() -> None:
    text = "What is tarred in the yards behind the marshes in autumn, in front of the planking?"
    asked = question(text, "keel", CHAPTER)
    assert "which thing of a chapter" in unnamed(asked, scene(CHAPTER), USAGE)
    keel = frozenset({"keel"})
    assert "nothing in it has a name" in unnamed(asked, scene(CHAPTER, named=keel), USAGE)
    assert unnamed(asked, scene(CHAPTER, named=keel | {"planking"}), USAGE) == ""


@pytest.mark.parametrize(
    ("text", "label", "reason"),
    [
        ("In acute cases, what is tarred in the yards of the marshes?", CHAPTER, "which thing"),
        ("What does the treatment consist in?", SEVERAL, "which thing"),
        ("What is flexed?", SEVERAL, "names many things"),
        ("What is flexed?", NARROW, ""),
    ],
)
def test_a_thing_without_its_name_is_asked_about_only_under_a_narrow_label(
    text: str, label: Label, reason: str
) -> None:
    found = unnamed(question(text, "keel", label), scene(label), USAGE)
    assert reason in found
    assert bool(reason) == bool(found)


def test_under_a_chapter_a_blank_does_not_stand_for_the_subject() -> None:
    statement = "The ____ is tarred in the yards of the marshes before the autumn of grimbling."
    asked = question(f"Complete this statement from {CHAPTER.text}: {statement}", "keel", CHAPTER)
    asked = Candidate("gap", asked.question, (), "keel", "", "")
    assert "left out" in unnamed(asked, scene(CHAPTER), USAGE)
    assert unnamed(asked, scene(NARROW), USAGE) == ""


def test_under_a_chapter_a_statement_does_not_open_with_a_noun_without_a_name() -> None:
    rest = "is tarred in the yards of the marshes before the spring of grimbling in ____."
    for opening, dropped in (("The planking", True), ("The grimbling", False)):
        text = f"Complete this statement from {CHAPTER.text}: {opening} {rest}"
        asked = Candidate("gap", text, (), "old autumn", "", "")
        found = unnamed(asked, scene(CHAPTER, named=frozenset({"grimbling"})), USAGE)
        assert ("which thing" in found) is dropped, found


def test_a_person_who_introduced_a_thing_without_a_name_is_not_asked_for() -> None:
    asked = question("Who devised the planking?", "Orland", CHAPTER, rule="person")
    assert "which thing" in unnamed(asked, scene(CHAPTER), USAGE)


def test_words_of_headings_that_name_one_thing_are_known() -> None:
    found = terms_of(("Grimbling of Keels", "Diseases of Boats"), "Boats", USAGE)
    assert "grimbling" in found
    assert "boat" not in found


@pytest.mark.parametrize(
    ("rule", "text", "answer", "sentence", "reason"),
    [
        ("means", "What is the keel protected by?", "tar", "The keel is further protected by tar.",
         "left out: further"),
        ("relation", "What does it hold?", "tar", "It holds tar, in place of the pitch of old.",
         "compared"),
        ("subject", "What is an early sign of rot?", "Dust", "Dust is an early sign of rot.",
         "one of several"),
        ("subject", "What likes tar?", "Members of old families",
         "Members of old families like tar.", "a person"),
        ("means", "What is heat told by?", "a glass placed", "It is told by a glass placed there.",
         "half a clause"),
        ("definition", "What is the chief sign?", "rot", "The chief sign is rot.", "several"),
        ("form", "What is the chief sign?", "rot", "The chief sign is rot.", "several"),
        ("subject", "What holds a plank, such as oak?", "Iron", "Iron holds.", "end of a list"),
        ("means", "What is the worm carried to?", "the keel in the river water",
         "The worm is carried to the keel in the river water.", "two phrases"),
        ("means", "What is the keel protected by?", "tar", "The keel is protected by tar.", ""),
    ],
)  # fmt: skip
def test_a_question_that_lost_a_word_that_matters_is_dropped(
    rule: str, text: str, answer: str, sentence: str, reason: str
) -> None:
    found = left_out(question(text, answer, NARROW, rule), scene(NARROW, sentence))
    assert reason in found
    assert bool(reason) == bool(found)


def test_in_a_chapter_three_fifths_of_the_words_make_another_sentence_a_rival() -> None:
    text = "Ferrules hold planking, timber and yards of marshes in spring."
    other = "Grommets hold planking and timber in yards of the marshes."
    scopes = Scopes()
    here = Passage(Span(chapter=0, start=0, end=10), text, (), opens=True)
    scopes.add((CHAPTER.text,), here)
    scopes.add((CHAPTER.text,), Passage(Span(chapter=0, start=20, end=30), other, (), opens=True))
    words = "planking, timber and yards of marshes in autumn"
    assert scopes.rival(question(f"What joins {words}?", "Ferrules", CHAPTER), here, USAGE)
    asked = question(f"What joins {words}?", "Ferrules", CHAPTER, rule="site")
    assert not scopes.rival(asked, here, USAGE)


LONG = (
    "When the ferry is hauled out in autumn, the scraped planking of the hull is left to dry for"
    " nine days before anybody coats the keel of the barge with fresh pinepitch."
)


def test_a_long_statement_gets_a_blank_for_its_amount_and_one_for_its_last_term() -> None:
    left = written(("Boat Building", LONG))
    found = {q.answers[0] for q in left.accepted if q.relation == "gap" and q.probe == "trained"}
    assert found == {"nine days", "fresh pinepitch"}


def test_sometimes_far_from_the_blank_does_no_harm_and_close_to_it_does() -> None:
    far = "When the ferry is sometimes hauled out in autumn, every seam of the planking is scraped"
    left = written(("Boat Building", f"{far} clean and covered with fresh pinepitch."))
    assert any(q.relation == "gap" for q in left.accepted)
    left = written(
        ("Boat Building", f"{far.replace(' sometimes', '')} and sometimes covered with pinepitch.")
    )
    assert not any(q.relation == "gap" for q in left.accepted)


def test_a_single_rare_word_is_a_term_in_a_long_text_only() -> None:
    words = tuple("Before the winter the keel of a ferrule is laid on pitch by workers.".split())
    counts = Counter({"ferrule": 3, "the": 5000})
    assert [each[1] for each in rarest_terms(words, Usage(counts=counts))] == ["ferrule"]
    counts["the"] = 50
    assert not rarest_terms(words, Usage(counts=counts))


def test_what_it_stands_for_may_be_in_the_statement_itself() -> None:
    said = "coated with the finest fresh pinepitch"
    text = f"The planking of a grimble is scraped in autumn before workers see it {said}."
    left = written(("Boat Building", text))
    usage = Usage(counts=Counter(text.lower().replace(".", "").split()), context=True)
    assert list(gaps(text, usage, NARROW)), left.rejected
    behind = f"In the marshes of autumn, before any workers go away from it, it is {said}."
    assert not list(gaps(behind, usage, NARROW))


def test_a_statement_that_ends_with_a_quotation_gets_no_blank() -> None:
    text = LONG.removesuffix(".").replace(" the keel", ' the "keel') + '."'
    assert not list(gaps(text, Usage(counts=Counter(text.split()), context=True), NARROW))
