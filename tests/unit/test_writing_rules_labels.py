"""Questions by rule under a label: which headings are named, and when a wider one is taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.records import Section, Written
from harness.writing.grammar import Usage
from harness.writing.grammar_tidy import tidy
from harness.writing.rules.candidates import Candidate
from harness.writing.rules.doubts_grammar import ungrammatical
from harness.writing.rules.filters import Setting, question_is_clean
from harness.writing.rules.labels import Label, before, gives_away, labels
from harness.writing.rules.scenes import Scene
from tests.unit.test_writing_rules import asked, trained

OPENING = "According to the section on"


def headed(*parts: tuple[str, str]) -> tuple[str, tuple[Section, ...]]:
    """Text and sections from (title, paragraph); a title with ">" in front is one level down."""
    text = ""
    starts: list[tuple[int, bool, str]] = []
    for title, paragraph in parts:
        name = title.lstrip("> ")
        starts.append((len(text), title.startswith(">"), name))
        text += f"{name}\n\n{paragraph}\n\n"
    found = []
    for at, (start, inner, name) in enumerate(starts):
        ends = (later for later, below, _ in starts[at + 1 :] if inner or not below)
        found.append(Section(chapter=0, title=name, start=start, end=next(ends, len(text))))
    return text, tuple(found)


def written(*parts: tuple[str, str]) -> Written:
    text, sections = headed(*parts)
    return asked(text, sections)


def details(left: Written) -> str:
    return " ".join(each.detail for each in left.rejected)


def label_of(titles: list[str], chapter: str = "River Trades") -> str:
    """The label under the last of titles that stand each inside the one before."""
    sections = [
        Section(chapter=0, title=title, start=at * 10, end=1000 - at)
        for at, title in enumerate(titles)
    ]
    return labels(sections, chapter, Usage(), sections)[-1][1].text


@pytest.mark.parametrize(
    ("titles", "label"),
    [
        (["Boat Building"], "the section on boat building"),
        (["Boat Building", "Treatment"], "the section on boat building (treatment)"),
        (["Boat Building", "Later Forms"], "the section on boat building (later forms)"),
        (["Boat Building", "In the Old Towns"], "the section on boat building (in the old towns)"),
        (["(2) Tarring of Keels"], "the section on tarring of keels"),
        (["Keels—Oak and Elm"], "the section on keels, oak and elm"),
        (["Treatment"], "the section on river trades (treatment)"),
    ],
)
def test_a_label_names_the_thing_and_then_the_side_of_it(titles: list[str], label: str) -> None:
    assert label_of(titles) == label


def test_a_title_used_twice_is_named_with_the_one_above_it() -> None:
    first = Section(chapter=0, title="Keel Rot", start=0, end=10)
    outer = Section(chapter=0, title="Barges", start=10, end=30)
    again = Section(chapter=0, title="Keel Rot", start=20, end=30)
    found = labels([first, outer, again], "Rivers", Usage(), [first, outer, again])
    assert found[-1][1].text == "the section on barges (keel rot)"


def test_text_in_front_of_the_first_heading_is_called_by_its_chapter() -> None:
    section = Section(chapter=0, title="Barges", start=50, end=90)
    assert labels([section], "The Old Rivers", Usage(), [section])[0][1].text == (
        "the chapter on the old rivers"
    )


def test_a_text_without_headings_has_no_label() -> None:
    assert labels([], "Rivers", Usage(), [])[0][1].text == ""
    assert before("", "What is it?") == "What is it?"


def test_a_question_goes_on_in_small_letters_behind_its_label() -> None:
    assert before("the section on keels", "Where is tar put?") == (
        "According to the section on keels, where is tar put?"
    )


def test_a_label_that_holds_the_answer_gives_way_to_that_of_the_chapter() -> None:
    left = written(
        ("Boats", "The river carries them."),
        (
            "> Grimbles",
            "The grimble is composed of elm planking, willow ribs, tarred seams, and iron bolts.",
        ),
    )
    questions = [q for q, answer in trained(left).items() if answer == "grimble"]
    assert questions
    assert all("grimble" not in question.lower() for question in questions)


def test_another_sentence_of_the_section_that_fits_takes_a_question_away() -> None:
    one = "The outer plank is fastened to the keel with willow pegs."
    other = "In spring the outer plank is fastened again, and the keel with iron bolts."
    alone = trained(written(("Boat Building", one)))
    both = written(("Boat Building", f"{one}\n\n{other}"))
    question = f"{OPENING} boat building, what is the outer plank fastened to?"
    assert alone[question] == "the keel with willow pegs"
    assert question not in trained(both)
    assert any(each.reason == "one answer" for each in both.rejected)


def test_the_same_question_in_two_sections_has_an_answer_in_each() -> None:
    found = trained(
        written(
            ("Marsh Fever", "The treatment consists in rest and warm oil."),
            ("Reed Palsy", "The treatment consists in salt baths and sunlight."),
        )
    )
    assert found[f"{OPENING} marsh fever, what does the treatment consist in?"] == (
        "rest and warm oil"
    )
    assert found[f"{OPENING} reed palsy, what does the treatment consist in?"] == (
        "salt baths and sunlight"
    )


def test_a_name_that_is_always_written_large_keeps_its_capital_and_is_somebody() -> None:
    left = asked("Ida Falk is a ferrier of the lower marshes. There Ida Falk sells her slate.")
    assert trained(left)["Who is Ida Falk?"] == "a ferrier of the lower marshes"


def test_a_question_has_no_capital_that_a_word_has_only_now_and_then() -> None:
    left = written(
        (
            "Boat Building",
            "Planks of Elm Timber are fastened with willow pegs. An elm is felled in autumn, and"
            " its timber is cut.",
        )
    )
    assert any("planks of elm timber" in question for question in trained(left))


def test_questions_about_one_thing_share_a_cluster_wherever_it_stands_in_its_sentence() -> None:
    left = asked(
        "Marsh fever is due to the bite of the reed moth. In autumn, marsh fever is treated by"
        " willow bark and rest."
    )
    clusters = {q.cluster for q in left.accepted if "arsh fever" in q.question}
    assert clusters == {"marsh fever"}


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The tarred lining resembles that of barges and ferries in old marshes.", "with what"),
        ("The seams include a strip of tarred willow bark.", "one of several"),
        ("The elm keel is destroyed by any of the river worms.", "one of several"),
        ("The elm keel consists of the outer plank; the willow rib; and the bolt.", "part of a"),
    ],
)
def test_what_an_examiner_would_not_let_pass_is_dropped_under_a_label_too(
    sentence: str, reason: str
) -> None:
    left = written(("Boat Building", sentence))
    assert reason in details(left), (trained(left), details(left))


def test_a_subject_behind_and_is_not_taken_for_that_of_the_clause_before() -> None:
    left = written(
        (
            "Boat Building",
            "The grimble is seldom met with except when the river is in flood and is tarred in"
            " the sheltered yards of the upper marshes.",
        )
    )
    assert not any(
        "tarred" in question and answer == "grimble" for question, answer in trained(left).items()
    )


@pytest.mark.parametrize(
    "question",
    [
        "When the tar is warm, what are caulked and the wet planking appears sound?",
        "What may be tarred in autumn or the planking may be scraped in spring?",
        "What is warm, drops of tar stand out on the seams?",
        "What should be tarred, and a wet plank removed?",
    ],
)
def test_a_question_with_a_second_clause_in_it_is_not_clean(question: str) -> None:
    candidate = Candidate("subject", question, (), "seams", "The seams are.", "seams")
    setting = Setting((), Usage(), Scene(Label(), "", "", ()))
    assert question_is_clean(candidate, setting) == "half clauses"
    whole = replace(candidate, question="What may be tarred in autumn or scraped in spring?")
    assert question_is_clean(whole, setting) == ""


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("grimbles", True),
        ("grimble or marsh ferry", True),
        ("willowcoccus", True),
        ("grimble of elm", False),
        ("willow", False),
    ],
)
def test_an_answer_in_a_label_is_seen_in_any_form(answer: str, given: bool) -> None:
    assert gives_away("the section on grimble-building (willowcocci)", answer) is given


def test_examples_stay_examples_when_a_sentence_is_tidied() -> None:
    assert tidy("Boats, for example, grimbles and barges, are tarred.") == (
        "Boats, such as grimbles and barges, are tarred."
    )
    assert tidy("A grimble, for example, is tarred.") == "A grimble is tarred."


def test_who_is_found_somewhere_is_no_person() -> None:
    left = written(
        ("Moths", "Seen by Orland, the reed moth of Orland, which is found in willow bark, is old.")
    )
    assert not any("who is found" in question for question in trained(left))


def test_verbs_that_lost_what_joins_them_are_half_a_clause() -> None:
    left = written(
        ("Boat Building", "The elm keel carries the mast, holds the ribs and lifts it in storms.")
    )
    assert (
        "According to the section on boat building, what carries the mast, holds the ribs?"
        not in (trained(left))
    )
    assert ungrammatical(
        Candidate("subject", "What carries the mast, holds the ribs?", (), "keel", "", "keel"),
        ("what", "carries", "the", "mast", "holds", "the", "ribs"),
    )
