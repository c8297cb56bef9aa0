"""Where sentences begin and end in a text, and which of them belong together."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s|$)")
_ABBREVIATIONS = frozenset("mr mrs ms dr prof st vol no fig e.g i.e cf vs etc".split())


def sentence_ends(text: str) -> list[tuple[int, int]]:
    """Start and end (exclusive) of every sentence of `text`, in order.

    Between two of them stands white space only, so together they hold every word. An empty line
    always ends a sentence; a full stop does where a capital, a digit or a quotation mark follows.
    """
    found = []
    for paragraph in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        start, stop = paragraph.start(), paragraph.end()
        body = paragraph.group()
        stop = start + len(body.rstrip())
        begin = start
        for match in _END.finditer(text, start, stop):
            end = match.end()
            rest = text[end:stop].lstrip()
            if not rest or (_may_open(rest) and not _abbreviated(text[begin:end])):
                found.append((begin, end))
                begin = stop - len(rest) if rest else stop
        if begin < stop:
            found.append((begin, stop))
    return found


def _may_open(rest: str) -> bool:
    first = rest.lstrip("\"'“‘([")[:1]
    return bool(first) and not first.islower()


def _abbreviated(sentence: str) -> bool:
    last = sentence.rsplit(maxsplit=1)[-1].rstrip(".").lower()
    return last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i")
