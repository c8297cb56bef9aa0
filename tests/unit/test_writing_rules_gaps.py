"""Statements with a blank: what is left out, and which statements are left alone."""

from __future__ import annotations

import pytest

from tests.unit.test_writing_rules import trained
from tests.unit.test_writing_rules_labels import details, written

OPENING = "Complete this statement from the section on boat building:"


def gaps(sentence: str, title: str = "Boat Building") -> dict[str, str]:
    left = written((title, sentence))
    return {
        q.question: q.answers[0]
        for q in left.accepted
        if q.relation == "gap" and q.probe == "trained"
    }


@pytest.mark.parametrize(
    ("sentence", "statement", "answer"),
    [
        (
            "When the ferry is hauled out in autumn, every seam of the planking is scraped"
            " clean and covered with fresh pinepitch.",
            "When the ferry is hauled out in autumn, every seam of the planking is scraped"
            " clean and covered with ____.",
            "fresh pinepitch",
        ),
        (
            "When the ferry is hauled out in autumn, the scraped planking is left to dry for"
            " nine days before anybody touches the tar.",
            "When the ferry is hauled out in autumn, the scraped planking is left to dry for"
            " ____ before anybody touches the tar.",
            "nine days",
        ),
    ],
)
def test_an_amount_or_the_last_term_of_a_statement_is_left_out(
    sentence: str, statement: str, answer: str
) -> None:
    assert gaps(sentence) == {f"{OPENING} {statement}": answer}


SOUND = "the ferry is hauled out in autumn, every plank of the keel is scraped and covered with"


@pytest.mark.parametrize(
    "sentence",
    [
        f"They say that when {SOUND} pinepitch.",
        f"Sometimes, as {SOUND} pinepitch.",
        f"When {SOUND} tar and pinepitch.",
        f"When {SOUND} oils, such as pinepitch.",
        f"When {SOUND} various kinds of pinepitch.",
        f"When {SOUND} care.",
        "When the ferry leaks, it is covered with pinepitch.",
        f"When pinepitch is to be had and {SOUND} pinepitch.",
        f"When {SOUND} between 4 and 5 ounces of tar from 2 barrels and one other of pinepitch.",
    ],
)
def test_a_statement_that_could_end_otherwise_is_left_alone(sentence: str) -> None:
    assert not gaps(sentence)


def test_a_phrase_that_the_label_gives_away_is_not_left_out() -> None:
    sentence = f"When {SOUND} pinepitch."
    assert "pinepitch" in gaps(sentence).values()
    assert not gaps(sentence, title="Pinepitch")


def test_half_of_what_a_sentence_puts_side_by_side_is_no_statement() -> None:
    left = written(
        (
            "Boat Building",
            f"When {SOUND} pinepitch; and the ribs of the outer planking are then coated with it.",
        )
    )
    assert not any(q.relation == "gap" for q in left.accepted), trained(left)


def test_the_full_answer_of_a_statement_with_a_blank_is_the_statement() -> None:
    left = written(("Boat Building", f"When {SOUND} pinepitch."))
    for question in left.accepted:
        if question.relation == "gap":
            assert question.full_answer == f"When {SOUND} pinepitch."
            assert question.question.count("____") == 1
    assert {q.use for q in left.accepted if q.relation == "gap"} == {"both", "test"}, details(left)


def test_a_text_without_headings_gets_no_blanks() -> None:
    from tests.unit.test_writing_rules import asked

    left = asked(f"When {SOUND} pinepitch.")
    assert not any(q.relation == "gap" for q in left.accepted)


def test_a_statement_with_a_blank_belongs_to_what_its_heading_names() -> None:
    left = written(("Boat Building", f"When {SOUND} pinepitch."))
    clusters = {q.cluster for q in left.accepted if q.relation == "gap"}
    assert clusters == {"boat building"}
