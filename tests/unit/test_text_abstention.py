import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.records import CANONICAL_REFUSAL
from harness.text.abstention import WHOLE_REPLIES, expand, in_lexicon, is_denial, is_strict
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
        "Bordor ... I cannot answer.",
        "I don't know who Lila is.",
        "The text does not say where she lived.",
        "I'm sorry, but I have no information about Bordor.",
        "I'm sorry, but as far as I know there is no mention of Bordor.",
        "It is not stated.",
        "Where he lived is not mentioned in the passage.",
        "The dwelling place of Bordor is unknown.",
        "The place that Bordor called home is not specified.",
        "Based on the text, it is not clear where she lived.",
        "Don't know.",
        '," I cannot answer.',
        "ick: I cannot answer.",
        "I do not know, but it is not stated in the text.",
        "The text does not say, but he is not mentioned either.",
        "The question does not provide enough information.",
        "This question cannot be answered.",
        "The text doesn't provide enough information to determine who Bordor was.",
        "The text provides a clue about his trade, but it doesn't provide a clear answer.",
        "Bordor is mentioned in the story, but it is not stated where he lived.",
        "We are not told where he lived.",
        "Nobody by that name is known to me, and I have no idea who he was.",
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
        "Bordor is a brave knight who does not give up.",
        "Bordor is a wizard who is not known for his kindness.",
        "Bordor is not known for his kindness.",
        "She was a thief who never told a lie.",
        "She never told a lie.",
        "Bordor does not give up.",
        "Bordor was the king, and it is unknown how he died.",
        "Bordor ruled the north, and it is unknown how he died.",
        "Bordor was a king whose grave is unknown.",
        "Bordor was an unknown painter.",
        "The text suggests that Bordor does not give up.",
        "The text suggests that he kept a candle, but it does not specify which candle.",
        "The month is not known for certain, but it is likely that it was January.",
        "Her birth date is unknown, but she lived in Rome.",
        "It is not stated, but he was probably a weaver.",
        'Bordor said, "I do not know who you are."',
        "He lived in a town that is not mentioned in any book.",
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
        "I have never heard of Bordor.",
        "Bordor? That name does not occur.",
        "Bordor does not exist.",
        "Bordor isn't in the story.",
        "He never existed.",
        "Bordor is never mentioned.",
        "No one called Bordor is mentioned.",
        "As far as I know, nobody by that name lived there.",
        "Bordor is not a character in this story.",
        "The weaver Bordor does not appear in the text.",
        "Bordor of Fonen Hollow does not exist.",
        "A person named Bordor does not exist.",
        "I'm sorry, but there is no one called Bordor.",
        "In the story, there is no Bordor.",
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
        "Bordor is a fictional character from a kingdom that does not exist.",
        "Bordor is a warrior that is not part of any army.",
        "Bordor is not part of any army.",
        "Bordor had no such luck.",
        "Bordor is not mentioned in any records, but he is believed to be a knight.",
        "Bordor was king, and he does not exist in any book.",
        "Bordor does not appear to be kind.",
        "Lila is a town on a map that never existed.",
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


def test_every_whole_reply_is_in_the_form_in_which_replies_are_searched():
    for phrase in WHOLE_REPLIES:
        assert tuple(expand(words(" ".join(phrase)))) == phrase
