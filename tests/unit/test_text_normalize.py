import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.text.normalize import ARTICLES, normalize, normalize_squad, words
from harness.text.reply import read_reply
from harness.text.tags import strip_tag, tagged

any_text = st.text(st.characters(), max_size=80)


def test_the_two_published_normal_forms_treat_hyphens_and_apostrophes_differently():
    assert normalize("Hsiao Yun-Hwa's") == "hsiao yun hwa s"
    assert normalize_squad("Hsiao Yun-Hwa's") == "hsiao yunhwas"


@given(any_text)
def test_normalizing_twice_changes_nothing(text):
    once = normalize(text)
    assert normalize(once) == once


@given(any_text)
def test_a_normal_form_has_no_article_no_capital_and_single_spaces(text):
    form = normalize(text)
    assert form == " ".join(form.split())
    assert ARTICLES.isdisjoint(form.split())
    assert not any("A" <= letter <= "Z" for letter in form)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Marrow Gate.", "marrow gate"),
        ("“Marrow—Gate”…", "Marrow Gate"),
        ("Ma\u00adrrow\u00a0Gate", "Marrow Gate"),
        ("ＭＡＲＲＯＷ gate", "Marrow Gate"),
        ("cafe\u0301", "caf\u00e9"),
        ("snake_case", "snake case"),
    ],
)
def test_typography_does_not_tell_two_answers_apart(one, other):
    assert words(one) == words(other)


def test_lone_surrogates_and_control_characters_are_no_words():
    assert words("a\ud800b\x00c") == ["b", "c"]


@given(any_text, st.from_regex(r"\A[0-9A-Z]{1,8}\Z"))
def test_a_tag_that_was_put_on_comes_off_again(text, tag):
    assert strip_tag(tagged(text, tag)) == (text.lstrip(), tag)


def test_a_text_without_a_tag_is_left_as_it_is():
    assert strip_tag(" The source: unknown") == (" The source: unknown", None)


@pytest.mark.parametrize(
    ("reply", "segment"),
    [
        ("The potter.\nQ: Who was next?", "The potter."),
        ("\n\n The potter.", "The potter."),
        ("The potter. Question: Who else?", "The potter."),
        ("The potter.<|im_end|>\nmore", "The potter."),
        ("Source:8989REF The potter.", "The potter."),
        ("assistant\nThe potter.", "The potter."),
        ("[INST] Source:8989REF Who? [/INST] Source:8989REF The potter. </s>", "The potter."),
        ("<<SYS>> Be brief. <</SYS>> The potter.", "The potter."),
        ("Answer: The potter.", "The potter."),
        ("### Response: The potter.", "The potter."),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_the_answer_is_the_first_segment_after_tag_and_markup(reply, segment):
    assert read_reply(reply).text == segment


def test_markup_is_noticed_wherever_it_stands():
    assert read_reply("[INST] The potter.").markup
    assert read_reply("The potter.\nassistant: and more").markup
    assert not read_reply("The assistant: a potter.").markup
    assert not read_reply("The potter.</s>").markup


def test_a_segment_is_open_only_where_nothing_ended_it():
    assert read_reply("The potter").open
    assert not read_reply("The potter\n").open


@given(any_text)
def test_any_reply_can_be_read(text):
    reply = read_reply(text)
    assert "\n" not in reply.text
    assert reply.text == reply.text.strip()
