"""Headings of the manual: those in capitals, and those that open a paragraph in bold or italics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.corpora.surgery.cleaning import Block, unmark

_RUN_IN = re.compile(r"""((?:[A-Z]\.\ )?[#_"].{1,140}?)\.[#_")]*--(?=\S)""", re.VERBOSE)
"""A marked phrase, a full stop, a dash: `#Granulation Tissue.#--The essential ...`."""
_ALONE = re.compile(r"#([^#]{3,120})#")
_SMALL = frozenset("a an and as at by for from in into of on or the to with".split())


def split_headings(block: Block) -> Iterator[Block]:
    """The headings that open a paragraph, each on its own, then the rest of the paragraph."""
    text = block.text
    alone = _ALONE.fullmatch(text)
    if alone:
        yield Block("heading", _bare(alone[1]), block.line, level=2)
        return
    while (match := _RUN_IN.match(text)) and ". " not in match[1].lstrip("ABCDEFGH").lstrip(". "):
        level = 3 if match[1].startswith("_") else 2
        yield Block("heading", _bare(match[1]), block.line, level)
        text = text[match.end() :]
    # A paragraph begins with a capital also where its heading was cut from its front.
    body = unmark(text)
    yield Block("paragraph", body[:1].upper() + body[1:], block.line)


def _bare(marked: str) -> str:
    """A heading without marks and full stop; a quotation mark that this cut off is back."""
    head = unmark(marked).rstrip(".\"' ")
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
