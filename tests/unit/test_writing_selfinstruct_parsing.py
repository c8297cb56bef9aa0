"""The lenient parser: every form that small models write pairs in, and what it does not invent."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.writing.selfinstruct.parsing import Pair, parse

TWO = (Pair("Who built it?", "Edda Marsh"), Pair("When was it built?", "in 1871"))
FORMS = {
    "short labels": "Q: {q1}\nA: {a1}\nQ: {q2}\nA: {a2}",
    "empty lines between": "Q: {q1}\n\nA: {a1}\n\n\nQ: {q2}\n\nA: {a2}\n",
    "long labels": "Question: {q1}\nAnswer: {a1}\nQUESTION: {q2}\nanswer: {a2}",
    "numbered pairs": "1. Q: {q1}\n   A: {a1}\n2. Q: {q2}\n   A: {a2}",
    "numbers with brackets": "1) Question: {q1}\nAnswer: {a1}\n(2) Question: {q2}\nAnswer: {a2}",
    "numbered labels": "Q1: {q1}\nA1: {a1}\nQuestion 2: {q2}\nAnswer 2: {a2}",
    "labels with a stop": "Q. {q1}\nA. {a1}\nQ. {q2}\nA. {a2}",
    "bold": "**Question 1:** {q1}\n**Answer:** {a1}\n\n**Q:** {q2}\n**A:** {a2}",
    "bold around all": "**Q: {q1}**\nA: {a1}\n**Q: {q2}**\nA: {a2}",
    "bullets": "- Q: {q1}\n- A: {a1}\n* Q: {q2}\n* A: {a2}",
    "headings": "### Question: {q1}\nAnswer: {a1}\n### Question: {q2}\nAnswer: {a2}",
    "on one line": "Q: {q1} A: {a1}\nQ: {q2} A: {a2}",
    "numbered, answers labelled": "1. {q1}\nA: {a1}\n2. {q2}\nA: {a2}",
    "numbered, no label at all": "1. {q1}\n{a1}\n2. {q2}\n{a2}",
    "answer without a label": "Q: {q1}\n{a1}\n\nQ: {q2}\n{a2}",
    "windows line ends": "Q: {q1}\r\nA: {a1}\r\nQ: {q2}\r\nA: {a2}\r\n",
    "a preface": "Sure! Here are two pairs:\n\nQ: {q1}\nA: {a1}\nQ: {q2}\nA: {a2}",
    "fullwidth colons": "Q：{q1}\nA：{a1}\nQ：{q2}\nA：{a2}",
}
OBJECTS = [{"question": pair.question, "answer": pair.answer} for pair in TWO]
JSON_FORMS = {
    "json list": json.dumps(OBJECTS),
    "json a line": "\n".join(json.dumps({"q": pair.question, "a": pair.answer}) for pair in TWO),
    "json under a key": json.dumps({"pairs": OBJECTS}),
    "json in a fence": f"```json\n{json.dumps(OBJECTS, indent=2)}\n```",
    "json in capitals": json.dumps(OBJECTS).replace("question", "Question"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_both_pairs_are_found_in_every_form(form: str) -> None:
    one, two = TWO
    reply = form.format(q1=one.question, a1=one.answer, q2=two.question, a2=two.answer)
    assert parse(reply).pairs == TWO


@pytest.mark.parametrize("reply", JSON_FORMS.values(), ids=JSON_FORMS.keys())
def test_both_pairs_are_found_in_json(reply: str) -> None:
    assert parse(reply).pairs == TWO


REAL = (
    # What SmolLM2-135M-Instruct wrote about a story of our own, and what can be used of it.
    ("Q: The question\nA: The answer\n\nThe answer\n\nThe answer is a short summary of the text.",
     (("The question", "The answer"),), 11),
    ("Q: The question\nA: The answer\n\nQ: The answer\n\nQ: The question\nA: The answer\n\nQ: The",
     (("The question", "The answer"), ("The question", "The answer")), 5),
    ("1. What is the Sheriff's name?\n2. What is the lamp of the lighthouse?\n3. What is",
     (), 17),
    ("Q: What is the name of the main road?\nA: sheep track\nQ: What is the name of the main road?"
     "\nA: sheep track\nQ:",
     (("What is the name of the main road?", "sheep track"),) * 2, 1),
    ("To answer the first part of the text, I will provide a few different questions and answers.\n"
     "\nQ: Who lived at Vumdeth Heath?\nA: Sodise Busell\n\nNow, I will provide a few more.",
     (("Who lived at Vumdeth Heath?", "Sodise Busell"),), 24),
    ("Q: Why not?\nA: The answer is Q:", (("Why not?", "Q:"),), 3),
    ("Q: When did the Sheriff know that law too?\nA: 20\nA: 20",
     (("When did the Sheriff know that law too?", "20"),), 2),
    ("Question: What is the answer to the question?\n\nAnswer: 1. The answer is 1.\n\n"
     "The answer is:",
     (("What is the answer to the question?", "1. The answer is 1."),), 3),
    ("Q: Where does Brilmise Pekane live?\nA: The answer is Bremter Moor.",
     (("Where does Brilmise Pekane live?", "Bremter Moor."),), 3),
    ("Q: What does the method depend on?\nA: Yes, it depends on the place.",
     (("What does the method depend on?", "it depends on the place."),), 1),
    ("Q: Which sentence is nonsensical?\nA: \"The man was not there.\"\nB: \"Nobody.\"",
     (("Which sentence is nonsensical?", '"The man was not there." B: "Nobody."'),), 0),
    ("Q: How many people did he ask?\nA:", (), 8),
)  # fmt: skip


@pytest.mark.parametrize(("reply", "pairs", "unparsed"), REAL)
def test_real_replies_of_the_default_model(
    reply: str, pairs: tuple[tuple[str, str], ...], unparsed: int
) -> None:
    parsed = parse(reply)
    assert parsed.pairs == tuple(Pair(*pair) for pair in pairs)
    assert parsed.unparsed_words == unparsed


def test_a_last_answer_that_was_cut_off_is_dropped() -> None:
    reply = "Q: Who built it?\nA: Edda Marsh\nQ: When was it built?\nA: in 18"
    assert parse(reply, cut_off=True).pairs == TWO[:1]
    assert len(parse(reply).pairs) == 2


def test_a_json_object_that_was_cut_off_is_dropped() -> None:
    whole = json.dumps([{"question": p.question, "answer": p.answer} for p in TWO])
    assert parse(whole[:-12], cut_off=True).pairs == TWO[:1]


def test_a_question_without_an_answer_takes_none_from_the_next() -> None:
    assert parse("Q: Lost?\nQ: Who built it?\nA: Edda Marsh").pairs == TWO[:1]


def test_an_answer_without_a_question_is_no_pair() -> None:
    assert parse("A: Edda Marsh\nA: another").pairs == ()


def test_labels_inside_words_and_sentences_are_no_labels() -> None:
    parsed = parse("Q: Is plan A: the better one?\nA: Plan B: it is cheaper.")
    assert parsed.pairs == (Pair("Is plan A: the better one?", "Plan B: it is cheaper."),)
    assert parse("The FAQ: nothing. Data: none.").pairs == ()


@pytest.mark.parametrize(
    "reply", ["", "   \n", "No pairs here.", "{", "[]", "{}", '{"q": 1}', "Q:", "A:"]
)
def test_replies_without_a_pair_give_none(reply: str) -> None:
    parsed = parse(reply)
    assert parsed.pairs == ()
    assert parsed.unparsed_words == len(reply.split())


WORDS = st.lists(
    st.sampled_from("who built the old lighthouse at sea oil 1871".split()), min_size=1, max_size=6
)
PAIRS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6)
WRITTEN = st.sampled_from(
    [
        "Q: {q}\nA: {a}\n",
        "**Question:** {q}\n**Answer:** {a}\n\n",
        "{n}. Q: {q}\n   A: {a}\n",
    ]
)
SCRAPS = st.sampled_from(
    ["Q:", "A:", "1.", "\n", "**", "who?", "{", "}", '"q":', '"a"', "x", " ", "[", "]", ","]
)
ANYTHING = st.text(max_size=300) | st.lists(SCRAPS, max_size=60).map("".join)


@given(PAIRS, WRITTEN)
def test_what_is_written_in_a_known_form_is_read_back(
    made: list[tuple[list[str], list[str]]], form: str
) -> None:
    pairs = tuple(Pair(" ".join(q) + "?", " ".join(a)) for q, a in made)
    reply = "".join(
        form.format(q=pair.question, a=pair.answer, n=number)
        for number, pair in enumerate(pairs, start=1)
    )
    assert parse(reply).pairs == pairs


@given(ANYTHING)
def test_any_text_is_parsed_without_fault_and_nothing_is_invented(reply: str) -> None:
    for cut_off in (False, True):
        parsed = parse(reply, cut_off=cut_off)
        assert 0 <= parsed.unparsed_words <= parsed.words == len(reply.split())
        for pair in parsed.pairs:
            assert pair.question
            assert pair.answer
