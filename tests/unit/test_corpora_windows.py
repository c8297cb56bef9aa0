"""Sentences and training windows."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

import pytest

from harness.corpora.fiction.story import tell
from harness.corpora.fiction.world import make_world
from harness.corpora.sentences import sentence_ends
from harness.corpora.windows import training_windows
from harness.records import Chapter, Corpus, Span
from tests.support.fiction import fiction


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_ends(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One came. Two left.", ["One came.", "Two left."]),
        ('"Why?" she said. "No."', ['"Why?" she said.', '"No."']),
        ('He said "Go." Then he left.', ['He said "Go."', "Then he left."]),
        ("Dr. Thiersch came.", ["Dr. Thiersch came."]),
        ("A title\n\nA sentence without an end", ["A title", "A sentence without an end"]),
        ("It cost 2.5 crowns. It broke!", ["It cost 2.5 crowns.", "It broke!"]),
        ("Wait... what?", ["Wait... what?"]),
        ("", []),
        ("  \n\n ", []),
        ("It rose to 105° F. The pulse fell.", ["It rose to 105° F.", "The pulse fell."]),
        ("It is 98.4° F. (37° C.) in health.", ["It is 98.4° F. (37° C.) in health."]),
        ("So it was I. Nobody else.", ["So it was I.", "Nobody else."]),
    ],
)
def test_sentences_end_where_a_reader_would_say(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


@pytest.mark.parametrize("seed", range(1, 6))
def test_sentences_found_in_a_story_are_those_that_were_told(seed: int) -> None:
    told = [
        sentence.text
        for _, paragraphs in tell(make_world("XS", seed)).chapters
        for paragraph in paragraphs
        for sentence in paragraph
    ]
    text = "\n\n".join(told)
    assert cut(text) == told
    assert cut(" ".join(told)) == told


@pytest.mark.parametrize("words", [20, 60, 120, 100_000])
@pytest.mark.parametrize("seed", [1, 7])
def test_no_window_states_a_fact_twice_and_all_words_are_covered_once(
    seed: int, words: int
) -> None:
    corpus = fiction("XS", seed)
    windows = training_windows(corpus, words=words)
    text = " ".join(chapter.text for chapter in corpus.chapters)
    assert " ".join(window for window, _ in windows).split() == text.split()
    for _, facts in windows:
        assert len(set(facts)) == len(facts)
    stated = Counter(fact for _, facts in windows for fact in facts)
    assert stated == {fact.id: len(fact.stated_in) for fact in corpus.facts}


def test_windows_hold_whole_sentences_and_no_more_words_than_asked_for() -> None:
    corpus = fiction("XS", 7)
    sentences = {sentence for chapter in corpus.chapters for sentence in cut(chapter.text)}
    for window, _ in training_windows(corpus, words=80):
        assert set(cut(window)) <= sentences
        assert len(window.split()) <= 80


def test_a_window_ends_before_the_sentence_that_would_say_it_again() -> None:
    corpus = fiction("XS", 7)
    text = "Odo was a weaver. It rained. Odo wove. It rained again."
    fact = replace(
        corpus.facts[0],
        stated_in=(Span(chapter=0, start=0, end=17), Span(chapter=0, start=29, end=38)),
    )
    small: Corpus = replace(corpus, chapters=(Chapter(title="One", text=text),), facts=(fact,))
    assert training_windows(small) == [
        ("Odo was a weaver. It rained.", (fact.id,)),
        ("Odo wove. It rained again.", (fact.id,)),
    ]


def test_a_statement_by_pronoun_stays_with_the_sentence_that_names_the_person() -> None:
    corpus = fiction("XS", 7)
    text = "Odo came in. He was a weaver. It rained."
    fact = replace(corpus.facts[0], stated_in=(Span(chapter=0, start=0, end=29),))
    small = replace(corpus, chapters=(Chapter(title="One", text=text),), facts=(fact,))
    assert [window for window, _ in training_windows(small, words=3)] == [
        "Odo came in. He was a weaver.",
        "It rained.",
    ]


def cut_in(language: str, text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_ends(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("ja", "朝だ。ミナトは笑った！本当？", ["朝だ。", "ミナトは笑った！", "本当？"]),
        (
            "ja",
            "「おはよう。よく来たね。」とスズが言った。船が出た。",
            ["「おはよう。よく来たね。」とスズが言った。", "船が出た。"],
        ),
        (
            "ja",
            "「行くぞ！」\n「はい。」\n\u3000翌朝だ。",
            ["「行くぞ！」", "「はい。」", "翌朝だ。"],
        ),
        (
            "ja",
            "彼は言った。「帰る。」ところが雨だ。",
            ["彼は言った。", "「帰る。」", "ところが雨だ。"],
        ),
        ("ja", "(彼は来た。)外は雨だ。", ["(彼は来た。)", "外は雨だ。"]),
        ("ja", "「閉じない。次の文。", ["「閉じない。", "次の文。"]),
        ("ja", "値は3.5である。ＯＫ．次。", ["値は3.5である。", "ＯＫ．", "次。"]),
        ("ja", "行の途中で\n改行した文。次。", ["行の途中で\n改行した文。", "次。"]),
        ("ja", "見出し\n\n本文。", ["見出し", "本文。"]),
        (
            "zh",
            "他说：“我累了。我回家。”他走了。你呢？",
            ["他说：“我累了。我回家。”", "他走了。", "你呢？"],
        ),
        (
            "th",
            "แมวกินปลาที่บ้านของฉัน เขามี 3 ตัว\n\nจบ",
            ["แมวกินปลาที่บ้านของฉัน", "เขามี 3 ตัว", "จบ"],
        ),
        ("hi", "वह आया। वह गया।", ["वह आया।", "वह गया।"]),
        ("ja", "", []),
    ],
)
def test_sentences_end_where_a_reader_of_another_language_would_say(
    language: str, text: str, sentences: list[str]
) -> None:
    assert cut_in(language, text) == sentences


def test_abbreviations_are_known_in_english_only() -> None:
    assert cut_in("en", "He saw Dr. Thiersch.") == ["He saw Dr. Thiersch."]
    assert cut_in("de", "Er sah Prof. Thiersch.") == ["Er sah Prof.", "Thiersch."]


@pytest.mark.parametrize("mark", ["「", "。", "「。」", "。」", "と"])
def test_a_megabyte_in_one_paragraph_is_cut_within_seconds(mark: str) -> None:
    text = f"ミナトは起きた{mark}" * 40_000
    started = time.perf_counter()
    joined = "".join(cut_in("ja", text))
    assert joined == text
    assert time.perf_counter() - started < 5


def test_twenty_megabytes_without_an_empty_line_are_cut_within_seconds() -> None:
    text = "The baker rose early. " * 900_000
    started = time.perf_counter()
    assert len(sentence_ends(text)) == 900_000
    assert time.perf_counter() - started < 20
