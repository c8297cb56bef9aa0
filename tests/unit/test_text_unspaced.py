"""Values found in text without spaces, negations, loops and replies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.corpora.sentences import sentence_ends
from harness.text.matching import ValueIndex, contains, find_run, spellings
from harness.text.negation import is_negated, says_no
from harness.text.normalize import words
from harness.text.repetition import is_degenerate, is_loop
from harness.text.reply import read_reply


def holds(text: str, value: str, language: str) -> bool:
    return contains(words(text, language), value, language)


@pytest.mark.parametrize(
    ("text", "value", "language"),
    [
        ("ミナトはパン屋でした。", "パン屋", "ja"),
        ("ﾐﾅﾄはﾊﾟﾝ屋です", "パン屋", "ja"),
        ("彼の年は３２歳だ。", "32歳", "ja"),
        ("ミナトは毎朝六時に起きる", "六時", "ja"),
        ("青森県出身です", "青森", "ja"),
        ("五月三日に来た", "三日", "ja"),
        ("坂の上に住んでいます。", "坂の上", "ja"),
        ("犬、子犬", "犬", "ja"),
        ("ミナト君の犬", "ミナト", "ja"),
        ("アカネ先生です", "アカネ", "ja"),
        ("漁師ゲンゾウの舟", "ゲンゾウ", "ja"),
        ("他是面包师。", "面包师", "zh"),
        ("他今年三十二岁", "三十二岁", "zh"),
        ("เขาเป็นหมอ", "หมอ", "th"),
    ],
)
def test_a_value_is_found_without_spaces_around_it(text: str, value: str, language: str) -> None:
    assert holds(text, value, language)


@pytest.mark.parametrize(
    ("text", "value", "language"),
    [
        ("子犬がいる", "犬", "ja"),
        ("パンダが好き", "パン", "ja"),
        ("ミナトはパン屋です", "パン", "ja"),
        ("フランス語を話す", "フランス", "ja"),
        ("二十三人が来た", "三人", "ja"),
        ("32歳です", "2歳", "ja"),
        ("灯台守です", "灯台", "ja"),
        ("他三十二岁", "二岁", "zh"),
        ("ที่บ้านนี้", "ท", "th"),
    ],
)
def test_a_value_is_not_found_inside_a_longer_word(text: str, value: str, language: str) -> None:
    assert not holds(text, value, language)


def test_chinese_finds_a_value_inside_a_longer_word_as_the_documentation_says() -> None:
    assert holds("他喜欢水果", "水", "zh")


def test_plurals_count_in_english_only() -> None:
    assert len(spellings("goat")) == 2
    assert spellings("Ziege", "de") == (("ziege",),)
    assert spellings("パン屋", "ja") == (("パン屋",),)


def test_many_values_are_found_in_one_pass() -> None:
    index = ValueIndex(["パン屋", "漁師", "医者"], "ja")
    found = index.find(words("漁師ではなくパン屋です", "ja"))
    assert [value for _, value in found] == ["漁師", "パン屋"]


@pytest.mark.parametrize(
    ("text", "value", "language", "expected"),
    [
        ("ミナトは漁師ではありません。", "漁師", "ja", True),
        ("漁師ではなくパン屋です。", "漁師", "ja", True),
        ("漁師ではなくパン屋です。", "パン屋", "ja", False),
        ("ミナトは港町に住んでいません。", "港町", "ja", True),
        ("漁師じゃない。", "漁師", "ja", True),
        ("ミナトはパン屋です。", "パン屋", "ja", False),
        ("他不是渔夫而是面包师", "渔夫", "zh", True),
        ("他不是渔夫而是面包师", "面包师", "zh", False),
        ("Er ist kein Fischer, sondern Bäcker.", "Fischer", "de", True),
        ("Er ist kein Fischer, sondern Bäcker.", "Bäcker", "de", False),
        ("Il n'est pas pêcheur.", "pêcheur", "fr", True),
        ("No es pescador sino panadero.", "panadero", "es", False),
        ("He is not a baker.", "baker", "en", True),
        ("Он не пекарь", "пекарь", "und", False),
    ],
)
def test_a_negation_is_seen_where_the_language_puts_it(
    text: str, value: str, language: str, expected: bool
) -> None:
    said = words(text, language)
    place = next(find_run(said, spellings(value, language)[0]))
    assert is_negated(said, place, (), language) is expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("いいえ、パン屋です。", "ja", True),
        ("はい、パン屋です。", "ja", False),
        ("不是，他是面包师。", "zh", True),
        ("Nein, er ist Bäcker.", "de", True),
        ("No, a baker.", "en", True),
        ("Нет.", "und", False),
    ],
)
def test_a_reply_may_open_with_no(text: str, language: str, expected: bool) -> None:
    assert says_no(words(text, language), language) is expected


def test_a_long_reply_in_japanese_is_not_degenerate_because_its_letters_come_back() -> None:
    text = (
        "ミナトは坂の上に住むパン屋で、祖父からもらった銅の鍵を宝物にしています。"
        "スズは岬の小屋に住む灯台守で、父が残した古い望遠鏡を宝物にしています。"
    )
    assert not is_degenerate(words(text, "ja"), "ja")
    assert is_degenerate(words("パン屋です。" * 12, "ja"), "ja")
    assert is_loop(words("ミナトは" + "パン屋です" * 4, "ja"))


def test_a_reply_ends_where_the_next_question_begins() -> None:
    assert read_reply("答え：パン屋です。質問：次は何ですか。", "ja").text == "パン屋です。"
    assert read_reply("パン屋です。\nミナト", "ja").text == "パン屋です。"
    assert read_reply("Antwort: Bäcker. Frage: Wer?", "de").text == "Bäcker."
    assert read_reply("答え：パン屋です。").text == "答え：パン屋です。"


MIXED = st.text(
    st.sampled_from(
        "ミナトパンー屋犬三十日毎朝県出身先生君ヶのはが。、「」！ \n\u3000aB1.５ｶﾞ々(水กาเที่"
    ),
    max_size=40,
)


@given(MIXED, st.sampled_from(["ja", "zh", "th", "my", "und"]))
def test_any_text_is_cut_into_sentences_that_lose_nothing_and_pieces_that_stay(
    text: str, language: str
) -> None:
    once = words(text, language)
    assert words(" ".join(once), language) == once
    ends = sentence_ends(text, language)
    cut = "".join("".join(text[start:end].split()) for start, end in ends)
    assert cut == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() for start, end in ends)
