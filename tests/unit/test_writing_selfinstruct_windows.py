"""Reading windows: whole sentences, every word in one, overlap, chapters, languages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UserError
from harness.records import Chapter, Span
from harness.text import segments
from harness.writing.reading_windows import reading_windows

SENTENCES = st.lists(
    st.tuples(st.integers(1, 60), st.sampled_from([". ", "? ", ".\n\n", "!\n"])),
    min_size=1,
    max_size=30,
)


@given(SENTENCES, st.integers(2, 60), st.integers(0, 59))
def test_every_word_lies_in_a_window(
    sentences: list[tuple[int, str]], words: int, overlap: int
) -> None:
    overlap = min(overlap, words - 1)
    number = iter(range(10**6))
    text = "".join(
        " ".join(f"W{next(number)}" for _ in range(size)) + end for size, end in sentences
    )
    windows = reading_windows((Chapter(title="", text=text),), words=words, overlap=overlap)
    read = {word.rstrip(".?!") for window in windows for word in window.text.split()}
    assert read == {f"W{each}" for each in range(sum(size for size, _ in sentences))}
    assert all(segments.count(window.text) <= words for window in windows)
    assert all(text[window.span.start : window.span.end] == window.text for window in windows)
    starts = [(window.span.start, window.span.end) for window in windows]
    assert starts == sorted(set(starts))


def test_windows_hold_whole_sentences_and_share_about_the_overlap() -> None:
    text = " ".join(f"Sentence number {n} has eight words in it." for n in range(100))
    windows = reading_windows((Chapter(title="", text=text),), words=200, overlap=50)
    assert all(
        window.text.startswith("Sentence") and window.text.endswith(".") for window in windows
    )
    for one, other in pairwise(windows):
        shared = text[other.span.start : one.span.end]
        assert abs(len(shared.split()) - 50) <= 4


def test_windows_of_japanese_count_by_unicode_boundaries() -> None:
    text = "田中さんは毎朝六時に港町へ行きます。" * 40
    windows = reading_windows((Chapter(title="", text=text),), words=100, overlap=20, language="ja")
    assert len(windows) > 4
    assert all(segments.count(window.text, "ja") <= 100 for window in windows)
    assert all(window.text.endswith("。") for window in windows)
    assert windows[-1].span == Span(chapter=0, start=windows[-1].span.start, end=len(text))


def test_a_window_never_crosses_a_chapter() -> None:
    chapters = (Chapter(title="1", text="One is here."), Chapter(title="2", text="Two is there."))
    windows = reading_windows(chapters)
    assert [window.span.chapter for window in windows] == [0, 1]


def test_overlap_as_long_as_the_window_is_refused() -> None:
    with pytest.raises(UserError, match="cannot overlap"):
        reading_windows((Chapter(title="", text="One."),), words=50, overlap=50)
