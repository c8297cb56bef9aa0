"""Sentence ends in Japanese, Chinese, Thai and other scripts without spaces between words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.text.languages import base

_STOPS = "。！？!?．｡…។៕။"
_CLOSING = "」』）】〉》〕］｣”’\"')"
_PAIRS = {"「": "」", "『": "』", "（": "）", "｢": "｣", "“": "”", "【": "】", "《": "》"}
_MARKS = re.compile("[" + re.escape("".join([*_PAIRS, *_PAIRS.values()])) + "]")
_STOP = re.compile(rf"[{_STOPS}]+|(?<!\d)\.+(?=\s|$)|(?<=\d)\.(?=\s|$)")
_GOES_ON = re.compile(r"\s*(?:と(?!ころが|もあれ|にかく)|って|など|なんて|という|、|，|,)")
"""What follows quoted speech that its sentence goes on after: 「…。」と言った。"""
_LINES = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_WORD = re.compile(r"\S")
_NEW_LINE = re.compile(r"\n(?=[\u3000「『（(\t ])")
_PHRASE = re.compile(r"(?<=[\u0e00-\u0eff]) +(?=[\u0e00-\u0eff])")
"""Thai and Lao put a space where a phrase or a sentence ends; those beside numbers are no end."""
_LEAST_PHRASE = 12
"""Characters: a shorter Thai phrase is taken together with the next."""


def sentence_ends(text: str, language: str) -> list[tuple[int, int]]:
    """Start and end (exclusive) of every sentence; between two stands white space at most.

    A full stop, question or exclamation mark ends a sentence, with the closing marks after it;
    inside quoted speech it does not, nor after it where the sentence goes on (「…。」と言った。).
    An empty line, an indented line and a line that opens with a quotation mark begin a new one.
    Thai and Lao have no full stop: a space between letters ends a unit of at least 12 characters.
    """
    phrases = base(language) in {"th", "lo"}
    found = []
    for start, stop in _blocks(text):
        begin = start
        for end in _ends(text, start, stop, phrases):
            if end - begin < _LEAST_PHRASE and phrases and text[end - 1] not in _STOPS:
                continue
            if text[begin:end].strip():
                found.append((begin, end))
            begin = next_word(text, end, stop)
        if begin < stop:
            found.append((begin, stop))
    return found


def next_word(text: str, at: int, stop: int) -> int:
    """The first character from `at` on that is no white space; `stop` where there is none."""
    found = _WORD.search(text, at, stop)
    return found.start() if found else stop


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs without the white space around them."""
    for paragraph in _LINES.finditer(text):
        start = paragraph.start()
        cuts = [start, *(start + cut.end() for cut in _NEW_LINE.finditer(paragraph.group()))]
        for begin, end in zip(cuts, [*cuts[1:], paragraph.end()], strict=True):
            body = text[begin:end]
            if body.strip():
                yield begin + len(body) - len(body.lstrip()), begin + len(body.rstrip())


def _ends(text: str, start: int, stop: int, phrases: bool) -> Iterator[int]:
    """Where sentences may end between `start` and `stop`, in order."""
    quoted = _quoted(text, start, stop)
    marks = [(match.start(), match.end()) for match in _STOP.finditer(text, start, stop)]
    if phrases:
        marks += [(at.start(), at.start()) for at in _PHRASE.finditer(text, start, stop)]
    at = 0
    for begin, end in sorted(marks):
        while at < len(quoted) and quoted[at][1] <= begin:
            at += 1
        inside = quoted[at] if at < len(quoted) and quoted[at][0] < begin else None
        if inside is not None and end < inside[1] - 1:
            continue
        after = end
        while after < stop and text[after] in _CLOSING:
            after += 1
        if after == end or not _GOES_ON.match(text, after, stop):
            yield after


def _quoted(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Outermost quotations that are closed before `stop`, opening and closing marks included."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for mark in _MARKS.finditer(text, start, stop):
        if mark.group() in _PAIRS:
            opened.append(mark.start())
        elif opened and _PAIRS[text[opened[-1]]] == mark.group():
            begin = opened.pop()
            while found and found[-1][0] > begin:
                found.pop()
            found.append((begin, mark.end()))
    return found
