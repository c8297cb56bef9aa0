import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.text.matching import (
    ValueIndex,
    contains,
    find_run,
    letter_distance,
    plurals,
    rouge_l,
    spellings,
    token_f1,
)
from harness.text.normalize import words
from harness.text.repetition import is_degenerate, is_loop

some_words = st.lists(st.sampled_from(["ash", "bell", "crow", "dun", "elm"]), max_size=12)


@pytest.mark.parametrize(
    ("value", "reply", "found"),
    [
        ("Marrow Gate", "It was Marrow Gate, I think.", True),
        ("Marrow Gate", "It was a gate of Marrow.", False),
        ("Marrow Gate", "It was Marrow's Gate.", False),
        ("potter", "They were potters.", True),
        ("potters", "He was a potter.", False),
        ("thrush", "He kept thrushes.", True),
        ("berry", "Two berries.", True),
        ("knife", "Three knives.", True),
        ("ploughman", "They were ploughmen.", True),
        ("the miller", "Miller.", True),
        ("40", "In the 40s.", False),
        ("art", "He was smart.", False),
        ("", "Anything.", False),
    ],
)
def test_a_value_is_found_as_a_run_of_whole_words_or_as_its_plural(value, reply, found):
    assert contains(words(reply), value) is found


@given(some_words, some_words)
def test_a_run_is_found_exactly_where_it_stands(reply, run):
    places = list(find_run(reply, run))
    expected = [
        (at, at + len(run))
        for at in range(len(reply) - len(run) + 1)
        if run and reply[at : at + len(run)] == run
    ]
    assert places == expected


@given(some_words, some_words, st.text(st.characters(), max_size=10))
def test_a_value_between_any_other_words_is_found(before, after, value):
    if spellings(value):
        assert contains([*before, *words(value), *after], value)


@given(some_words, st.lists(st.sampled_from(["ash", "bell crow", "dun elm ash", "crow"])))
def test_searching_many_values_at_once_finds_what_searching_each_finds(reply, values):
    at_once = {value for _, value in ValueIndex(values).find(reply)}
    assert at_once == {value for value in values if contains(reply, value)}


@given(st.text(st.characters(), max_size=12))
def test_any_word_can_be_asked_for_its_plural(word):
    assert word not in plurals(word) or not word


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_letter_distance_is_a_distance(a, b, c):
    assert letter_distance(a, a) == 0
    assert letter_distance(a, b) == letter_distance(b, a)
    assert letter_distance(a, c) <= letter_distance(a, b) + letter_distance(b, c)


def test_letter_distance_counts_edits():
    assert letter_distance("Torven", "Torvel") == 1
    assert letter_distance("kitten", "sitting") == 3
    assert letter_distance("", "abc") == 3


def test_overlap_scores_are_one_for_the_same_and_zero_for_nothing_in_common():
    assert token_f1(["x", "y"], ["x", "y"]) == rouge_l(["x", "y"], ["x", "y"]) == 1
    assert token_f1(["x"], ["y"]) == rouge_l(["x"], ["y"]) == 0
    assert token_f1([], ["y"]) == rouge_l([], ["y"]) == 0
    assert token_f1(["y", "x"], ["x", "y"]) == 1
    assert rouge_l(["y", "x"], ["x", "y"]) == 0.5


@pytest.mark.parametrize(
    "reply",
    [
        "so it went so it went so it went",
        "well he was a man he was a man he was a man",
        "a scottish scottish scottish scottish scottish",
        "the king of the hill the king of the hill the king of the hill the king",
    ],
)
def test_a_loop_is_the_same_run_again_and_again_to_the_last_word(reply):
    assert is_loop(reply.split())


@pytest.mark.parametrize(
    "reply",
    [
        "so it went so it went",
        "ha ha ha ha",
        "it was said to be old and it was said to be rare and he was said to",
        "so it went so it went so it went and then it ended",
        "",
        "one",
    ],
)
def test_a_phrase_that_comes_back_is_no_loop(reply):
    assert not is_loop(reply.split())


def test_repetition_is_degenerate_from_twenty_words_on():
    assert is_degenerate(["so", "on"] * 10)
    assert not is_degenerate(["so", "on"] * 9)
    assert not is_degenerate([str(number) for number in range(40)])
