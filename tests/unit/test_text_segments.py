"""Words as they are counted, and the language of a text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.text import languages, segments
from harness.text.normalize import counted, words


@given(st.text(max_size=80), st.sampled_from(["en", "de", "ru", "ko", "und"]))
def test_with_spaces_a_word_is_what_stands_between_them(text: str, language: str) -> None:
    assert segments.words(text, language) == text.split()
    assert segments.count(text, language) == len(text.split())


@given(st.text(max_size=80), st.sampled_from(["en", "ja", "zh", "th"]))
def test_spans_are_the_places_of_the_words(text: str, language: str) -> None:
    places = segments.spans(text, language)
    assert [text[start:end] for start, end in places] == segments.words(text, language)
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ミナトは港町の人。", "ja", ["ミナト", "は", "港", "町", "の", "人"]),
        ("３２歳で3.5キロ", "ja", ["３２", "歳", "で", "3.5", "キロ"]),
        ("can't stop、コーヒー", "ja", ["can't", "stop", "コーヒー"]),
        ("他是面包师。", "zh", ["他", "是", "面", "包", "师"]),
        ("他是面包师。", "zh-TW", ["他", "是", "面", "包", "师"]),
        ("ที่บ้าน", "th", ["ที่", "บ้", "า", "น"]),
        ("、。「」", "ja", []),
    ],
)
def test_without_spaces_words_are_those_of_the_unicode_boundaries(
    text: str, language: str, expected: list[str]
) -> None:
    assert segments.words(text, language) == expected


def test_runs_are_counted_in_normalized_words_of_the_same_kind() -> None:
    assert counted("The Cat, a dog.") == ["cat", "dog"]
    assert counted("ﾐﾅﾄは３２歳。", "ja") == ["ミナト", "は", "32", "歳"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ミナトはパン屋でした。", "ja"),
        ("彼はIBMのコンピューターで働いている。", "ja"),
        ("他是面包师，住在港口。", "zh"),
        ("แมวกินน้ำที่บ้าน", "th"),
        ("강아지는 집에 있다", "ko"),
        ("Der Hund ist nicht im Haus und die Katze ist da.", "de"),
        ("Le chien est dans la maison et le chat dort.", "fr"),
        ("El perro no es de la casa y lo sabe.", "es"),
        ("The dog was in the house.", "en"),
        ("Marrow Gate", "en"),
        ("Собака не дома", languages.UNKNOWN),
        ("", "en"),
        ("123 !", "en"),
    ],
)
def test_the_language_is_told_from_the_script_and_the_commonest_words(
    text: str, language: str
) -> None:
    assert languages.of(text) == language


def test_one_foreign_sentence_does_not_make_an_english_text_japanese() -> None:
    english = "The baker of the harbour town was called Minato and he was the first to rise. " * 20
    assert languages.of(english + "ミナトはパン屋でした。") == "en"


def test_a_language_without_a_lexicon_still_has_a_sentence_to_refuse_with() -> None:
    assert languages.canonical_refusal("ja") == "答えられません。"
    assert languages.canonical_refusal("ko") == languages.canonical_refusal("en")
    assert languages.has_lexicon("ja")
    assert not languages.has_lexicon("ko")
    assert not languages.has_lexicon(languages.UNKNOWN)


@given(st.text(max_size=60), st.sampled_from(["ja", "zh", "th", "de", "und"]))
def test_normalizing_twice_changes_nothing_in_any_language(text: str, language: str) -> None:
    once = words(text, language)
    assert words(" ".join(once), language) == once


def test_articles_are_dropped_from_english_only() -> None:
    assert words("a la carte") == ["la", "carte"]
    assert words("a la carte", "fr") == ["a", "la", "carte"]


def test_two_megabytes_are_counted_within_seconds() -> None:
    japanese = "ミナトは港町のパン屋で、毎朝五時に起きる。" * 33_000
    assert len(japanese.encode()) > 2_000_000
    started = time.perf_counter()
    assert segments.count(japanese, "ja") == 16 * 33_000
    assert time.perf_counter() - started < 5


def test_where_refusals_are_not_known_there_is_a_sentence_that_says_so() -> None:
    assert languages.caveat("ja") == ""
    assert "'ko'" in languages.caveat("ko")
    assert "unknown language" in languages.caveat(languages.UNKNOWN)
