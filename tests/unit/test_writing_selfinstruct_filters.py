"""Every filter drops the pair that was planted for it, and lets its honest neighbour through."""

from __future__ import annotations

import pytest

from harness.records import Span
from harness.writing.reading_windows import Window
from harness.writing.selfinstruct import roundtrip, slots
from harness.writing.selfinstruct.filters import FILTERS, STEPS, Candidate
from harness.writing.selfinstruct.sieve import Sieve

TEXT = (
    "Edda Marsh built the lighthouse at Brannock Point in 1871. Its lamp burns whale oil, for gas "
    "was too dear. Tomas Reed has kept the lamp since the winter of the great frost, and he sleeps "
    "in the barn by day."
)
WINDOW = Window(span=Span(chapter=2, start=100, end=100 + len(TEXT)), text=TEXT)
GOOD = ("Who built the lighthouse at Brannock Point?", "Edda Marsh")


def _pair(question: str, answer: str, window: Window = WINDOW) -> Candidate:
    return Candidate(question=question, answer=answer, window=window)


PLANTED = (
    ("empty", "?!", "Edda Marsh"),
    ("empty", "Who built the lighthouse?", "..."),
    ("empty", "Who built the lighthouse?", "the"),
    ("too long", "Who built " + "the old lighthouse of whale oil and " * 8 + "gas?", "Edda Marsh"),
    (
        "too long",
        "Who built the lighthouse?",
        "Edda Marsh, " + " ".join(f"w{n}" for n in range(45)),
    ),
    ("too long", "Who built the lighthouse?", "the lamp burns oil " * 4),
    ("no question", "Edda Marsh built the lighthouse", "in 1871"),
    ("no question", "The question", "The lamp"),
    ("about text", "Who is the author of this?", "Edda Marsh"),
    ("about text", "What does the passage say of the lamp?", "burns whale oil"),
    ("about text", "What burns whale oil according to the text?", "the lamp"),
    ("about text", "Which of the following sentences is true?", "the lamp burns"),
    ("unnamed", "Where does he sleep by day?", "in the barn"),
    ("unnamed", "What is it?", "whale oil"),
    ("unnamed", "Why did they do so?", "gas was too dear"),
    ("answer in question", "Did Edda Marsh build the lighthouse?", "Edda Marsh"),
    ("answer in question", "What does the lamp burn?", "The lamp burns."),
    ("not grounded", "Who built the lighthouse at Brannock Point?", "Robert Stevenson"),
    ("not grounded", "When was the lighthouse at Brannock Point built?", "in 1920"),
    ("not grounded", "Where is the lighthouse?", "The lighthouse is at Brannock Point in Scotland"),
    ("not grounded", "How many oceans did Columbus cross?", "great frost"),
)


@pytest.mark.parametrize(("reason", "question", "answer"), PLANTED)
def test_a_planted_fault_is_dropped_for_its_reason(reason: str, question: str, answer: str) -> None:
    sieve = Sieve()
    assert sieve.screen([_pair(question, answer)]) == []
    fault = sieve.rejected[0]
    assert fault.reason == reason
    assert fault.detail
    assert (fault.question, fault.answer, fault.window) == (question, answer, WINDOW.span)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        GOOD,
        ("When was the lighthouse at Brannock Point built?", "in 1871"),
        ("What does the lamp burn?", "whale oil"),
        ("Why does the lamp burn whale oil?", "because gas was too dear"),
        ("who keeps the lamp", "Tomas Reed"),
        ("Where does Tomas Reed sleep?", "Tomas Reed sleeps in the barn by day."),
        ("What kind of oil does the lamp burn, and why did he choose it?", "whale oil"),
    ],
)
def test_honest_pairs_pass(question: str, answer: str) -> None:
    assert len(Sieve().screen([_pair(question, answer)])) == 1


def test_every_filter_has_a_planted_fault() -> None:
    assert {name for name, _ in FILTERS} == {reason for reason, _, _ in PLANTED}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who built the lighthouse at Brannock Point", "Edda Marsh"),
        ("By whom was the lighthouse at Brannock Point built?", "It was Edda Marsh."),
        ("Who built the lighthouse at Brannock Point?", "Tomas Reed"),
    ],
)
def test_a_question_asked_before_is_a_duplicate(question: str, answer: str) -> None:
    sieve = Sieve()
    for candidate in sieve.screen([_pair(*GOOD)]):
        sieve.settle(candidate, None)
    assert sieve.screen([_pair(question, answer)]) == []
    assert (sieve.rejected[0].reason, sieve.rejected[0].detail) == ("duplicate", GOOD[0])


def test_a_duplicate_within_one_reply_is_dropped() -> None:
    sieve = Sieve()
    assert len(sieve.screen([_pair(*GOOD), _pair(*GOOD)])) == 1
    assert sieve.rejected[0].reason == "duplicate"


def test_a_question_whose_first_answer_failed_its_round_trip_may_come_again() -> None:
    sieve = Sieve()
    sieve.settle(sieve.screen([_pair(*GOOD)])[0], "answered 'no'")
    assert len(sieve.screen([_pair(*GOOD)])) == 1


def test_the_same_question_about_another_name_is_no_duplicate() -> None:
    text = "Marenka Volt lives at Ilden Ford. Tolvig Harn lives at Marrow Gate."
    window = Window(span=Span(chapter=0, start=0, end=len(text)), text=text)
    kept = Sieve().screen(
        [
            _pair("Where does Marenka Volt live?", "Ilden Ford", window),
            _pair("Where does Tolvig Harn live?", "Marrow Gate", window),
        ]
    )
    assert len(kept) == 2


def test_a_pair_about_a_sentence_that_was_covered_is_dropped_in_the_second_pass() -> None:
    second = TEXT.index("Its lamp")
    third = TEXT.index(" Tomas")
    target = Span(chapter=2, start=100 + second, end=100 + third)
    window = Window(span=WINDOW.span, text=TEXT, targets=(target,))
    sieve = Sieve()
    kept = sieve.screen(
        [_pair(*GOOD, window), _pair("What does the lamp burn?", "whale oil", window)]
    )
    assert [each.answer for each in kept] == ["whale oil"]
    assert sieve.rejected[0].reason == "covered"


def test_yields_go_down_filter_by_filter_to_what_was_accepted() -> None:
    sieve = Sieve()
    kept = sieve.screen([_pair(*GOOD), *(_pair(q, a) for _, q, a in PLANTED)])
    sieve.settle(kept[0], None)
    left = sieve.yields()
    assert list(left) == ["parsed", *(step for step in STEPS if step != "covered")]
    assert list(left.values()) == [22, 19, 16, 14, 10, 7, 5, 1, 1, 1]


@pytest.mark.parametrize(
    ("reply", "passes"),
    [
        ("Edda Marsh", True),
        ("It was built by Edda Marsh in 1871.", True),
        ("edda marsh!", True),
        ("Tomas Reed", False),
        ("The text does not say who built it.", False),
        ("", False),
    ],
)
def test_the_round_trip_asks_for_the_same_answer(reply: str, passes: bool) -> None:
    assert (roundtrip.failure(_pair(*GOOD), reply) is None) is passes


def test_the_round_trip_takes_a_like_wording_of_a_long_answer() -> None:
    long = _pair("Since when has Tomas Reed kept the lamp?", "since the winter of the great frost")
    assert roundtrip.failure(long, "He kept it since the great frost of that winter.") is None
    assert roundtrip.failure(long, "He kept it since 1871.") is not None


@pytest.mark.parametrize(
    ("question", "answer", "slot"),
    [
        ("Who built the lighthouse?", "Edda Marsh.", "Edda Marsh"),
        ("When was it built?", "in 1871", "in 1871"),
        (
            "Who built the lighthouse at Brannock Point?",
            "The lighthouse at Brannock Point was built by Edda Marsh.",
            "Edda Marsh",
        ),
        (
            "What does the lamp of the lighthouse burn?",
            "The lamp of the lighthouse burns whale oil, for gas was too dear.",
            "burns whale oil, for gas was too dear",
        ),
    ],
)
def test_the_slot_is_what_the_answer_adds(question: str, answer: str, slot: str) -> None:
    assert slots.slot(_pair(question, answer)) == slot


def test_a_pair_is_stated_in_the_sentence_that_holds_its_answer() -> None:
    place = slots.stated_in(_pair("Who sleeps in the barn?", "Tomas Reed"), "Tomas Reed")
    assert place.chapter == 2
    assert TEXT[place.start - 100 : place.end - 100].startswith("Tomas Reed has kept")


def test_the_cluster_is_the_known_name_or_a_proper_name_or_the_place() -> None:
    def cluster(question: str, names: tuple[str, ...] = ()) -> str:
        made = slots.as_question(
            _pair(question, "whale oil"), number=1, names=names, writer="selfinstruct"
        )
        return made.cluster

    assert cluster("What does Tomas Reed burn at Brannock Point?", ("Tomas Reed",)) == "Tomas Reed"
    assert cluster("What burns at Brannock Point?") == "Brannock Point"
    assert cluster("What burns in the lamp?") == f"2:{100 + TEXT.index('Its lamp')}"
