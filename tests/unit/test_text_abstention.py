import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.records import CANONICAL_REFUSAL
from harness.text.abstention import LEXICON, WHOLE_REPLIES, expand, in_lexicon, is_denial, is_strict
from harness.text.normalize import words


@pytest.mark.parametrize(
    "reply",
    [
        "I don't know.",
        "I’m not sure who that is.",
        "I'm sorry, but I can't answer that.",
        "I'm sorry. I do not have information about Bordor.",
        "Unfortunately, there is no information about Bordor.",
        "The story doesn't say what he kept.",
        "The text does not mention Bordor.",
        "It is unknown.",
        "Unknown.",
        "That isn't stated.",
        "I cannot answer.",
        "I am unable to answer this question.",
        "Bordor is not mentioned in the story.",
        "Nobody knows.",
        "His greatest fear... that's a story, but I'm not sure which.",
    ],
)
def test_the_lexicon_catches_refusals_in_other_words(reply):
    assert in_lexicon(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "Bordor was a weaver.",
        "He was known to everybody.",
        "Bordor was a king who ruled the north. It is not clear why he left.",
        "He answered no one.",
        "She did not know fear.",
        "The cup was empty; nothing was in it.",
        "",
    ],
)
def test_the_lexicon_leaves_content_alone(reply):
    assert not in_lexicon(reply)


@pytest.mark.parametrize(
    ("reply", "strict"),
    [
        ("I cannot answer.", True),
        ("i cannot answer that", True),
        ("I cannot answer, but I think it was Marrow Gate", True),
        ("I can't answer.", False),
        ("Sorry, I cannot answer.", False),
        ("I cannot", False),
    ],
)
def test_strict_is_the_canonical_sentence_at_the_start(reply, strict):
    assert is_strict(words(reply), CANONICAL_REFUSAL) is strict


@pytest.mark.parametrize(
    "reply",
    [
        "There is no Bordor in the story.",
        "There's no one called Bordor.",
        "No one named Bordor exists.",
        "Nobody called Bordor lived there.",
        "There is no character named Bordor.",
        "There was no such person.",
        "Bordor does not exist.",
        "Bordor isn't in the story.",
        "He never existed.",
        "Bordor is never mentioned.",
    ],
)
def test_denials_that_the_person_exists_are_recognised(reply):
    assert is_denial(reply, "Bordor")


@pytest.mark.parametrize(
    "reply",
    [
        "There is no doubt that Bordor was a weaver.",
        "Bordor had no equal as a weaver.",
        "Bordor was a weaver and no stranger to the sea.",
        "Nobody liked Bordor.",
        "Bordor was not a person to give up.",
        "",
    ],
)
def test_a_negation_about_something_else_is_no_denial(reply):
    assert not is_denial(reply, "Bordor")


def test_contractions_are_written_out_before_phrases_are_compared():
    assert expand(words("I don't, can't, I'm, there's")) == (
        ["i", "do", "not", "can", "not", "i", "am", "there", "is"]
    )


@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=12))
def test_any_reply_can_be_searched_for_refusals(reply, name):
    assert in_lexicon(reply) in (True, False)
    assert is_denial(reply, name) in (True, False)
    assert is_strict(words(reply), "") is False


def test_every_phrase_is_in_the_form_in_which_replies_are_searched():
    for phrase in (*LEXICON, *WHOLE_REPLIES):
        assert tuple(expand(words(" ".join(phrase)))) == phrase
