"""Where sentences begin and end in a text, and which of them belong together."""

from __future__ import annotations

import re

from harness.corpora import sentences_unspaced
from harness.corpora.sentences_unspaced import next_word
from harness.text.languages import base, is_spaceless

_PARAGRAPH = re.compile(r"\S(?:[^\n]+|\n(?!\s*\n))*+")
"""Up to an empty line. Possessive: going back would cost 100 bytes for every letter."""
_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s|$)")
_END_ANYWHERE = re.compile(r"[.!?…।॥؟۔]+[\"'”’»“)\]]*(?=\s|$)")
"""Also the full stops of Hindi, Arabic and Urdu, and closing marks of other languages."""
_AHEAD = 80
"""Characters within which a sentence's first letter stands, after quotation marks."""
_TAIL = 80
"""Characters at the end of a sentence that hold its last two words."""
_ABBREVIATIONS = frozenset("mr mrs ms dr prof st vol no fig e.g i.e cf vs etc".split())


def sentence_ends(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Start and end (exclusive) of every sentence of `text`, in order.

    Between two of them stands white space only, so together they hold every word. An empty line
    always ends a sentence; a full stop does where a capital, a digit or a quotation mark follows.
    Abbreviations are known for English only. Text without spaces has rules of its own: see
    `harness.corpora.sentences_unspaced`.
    """
    if is_spaceless(language):
        return sentences_unspaced.sentence_ends(text, language)
    english = base(language) == "en"
    ends = _END if english else _END_ANYWHERE
    found = []
    for paragraph in _PARAGRAPH.finditer(text):
        start, stop = paragraph.start(), paragraph.end()
        body = paragraph.group()
        stop = start + len(body.rstrip())
        begin = start
        for match in ends.finditer(text, start, stop):
            end = match.end()
            following = next_word(text, end, stop)
            opens = following == stop or _may_open(text[following : min(stop, following + _AHEAD)])
            if opens and (
                following == stop or not _abbreviated(text[begin:end], english, text[following])
            ):
                found.append((begin, end))
                begin = following
        if begin < stop:
            found.append((begin, stop))
    return found


def _may_open(rest: str) -> bool:
    first = rest.lstrip("\"'“‘([„«»¿¡")[:1]
    return bool(first) and not first.islower()


def _abbreviated(sentence: str, english: bool, after: str) -> bool:
    *before, last = sentence[-_TAIL:].rsplit(maxsplit=2)
    last = last.rstrip(".").lower()
    scale = bool(before) and before[-1].endswith("°") and after.isupper()  # "105° F. The"
    single = len(last) == 1 and last.isalpha() and last != "i" and not scale
    return single or (english and last in _ABBREVIATIONS)
