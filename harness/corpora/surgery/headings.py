"""Headings of the manual: those in capitals, and those that open a paragraph in bold or italics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.corpora.surgery.cleaning import Block, unmark

_NUMBERED = re.compile(r"(?:[A-Z]\.|\((?:\d|[a-z])\)|\d\.) ")
_MARKED = r"""[#_"].{1,140}?"""
_CAPITALS = r"[A-ZÆŒ][A-ZÆŒ ,'-]{4,80}"
_RUN_IN = re.compile(rf"""((?:{_NUMBERED.pattern})?(?:{_MARKED}|{_CAPITALS}))\.[#_")]*--(?=\S)""")
"""A marked phrase, a full stop, a dash: `#Granulation Tissue.#--The essential ...`."""
_LATER = re.compile(r"(?<=[a-z)_][.?]) (?=[#_][^#_]{3,80}\.[#_]--)")
_ALONE = re.compile(r"#([^#]{3,120})#")
_SMALL = frozenset("a an and as at by for from in into of on or the to with".split())


def split_headings(block: Block) -> Iterator[Block]:
    """The headings that open a paragraph, each on its own, then the rest of the paragraph."""
    alone = _ALONE.fullmatch(block.text)
    if alone:
        yield Block("heading", _bare(alone[1]), block.line, level=2)
        return
    for text in _LATER.split(block.text):
        rest = text
        while (match := _RUN_IN.match(rest)) and ". " not in _NUMBERED.sub("", match[1], count=1):
            yield Block("heading", _bare(match[1]), block.line, _level(match[1]))
            rest = rest[match.end() :]
        # A paragraph begins with a capital also where its heading was cut from its front.
        body = unmark(rest)
        yield Block("paragraph", body[:1].upper() + body[1:], block.line)


def _level(marked: str) -> int:
    if "#" in marked:
        return 2
    return 3 if "_" in marked else 1


def _bare(marked: str) -> str:
    """A heading without marks and full stop; a quotation mark that this cut off is back."""
    head = unmark(marked).rstrip(".\"' ")
    head = title_case(head) if head.isupper() else head
    return head + '"' if head.count('"') % 2 else head


def title_case(capitals: str) -> str:
    """`REPAIR OF BLOOD VESSELS` as `Repair of Blood Vessels`."""
    words = capitals.lower().split()
    cased = [
        word
        if at and word in _SMALL
        else "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
        for at, word in enumerate(words)
    ]
    return re.sub("—(.)", lambda match: f"—{match[1].upper()}", " ".join(cased))
