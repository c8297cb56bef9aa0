"""From the lines of a proof-read e-book to plain paragraphs: what printing left is taken off.

The layout is that of Distributed Proofreaders: paragraphs between empty lines, `_italics_`,
`#bold#`, `--` for a dash, `[Illustration: ...]` in brackets, footnotes as `[1]` in the text and as
a paragraph of their own, page furniture as references in brackets: "(Fig. 21)", "(p. 39)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["paragraph", "heading", "figure", "footnote", "drawing", "note", "summary"]

_FOOTNOTE = re.compile(r"\[\d+\]\s")
_FOOTNOTE_MARK = re.compile(r"\s?\[\d+\]")
_CAPTION = re.compile(r"FIGS?\.?\s?\d+\.?\s?--")
_BRACKETED = re.compile(r"\[(Illustration|Transcriber|Footnote|Sidenote|Note)\b", re.IGNORECASE)
_DRAWING = re.compile(r"\|\s|\s\||\+-{2,}|-{4,}|\.{6,}")
_LEGEND = re.compile(r"\s*(\*+|\w{1,2} = )")
_REFERENCE = re.compile(
    r"\s*\((?=[^()]{0,80}(?:\b[Ff]igs?\.?\s?\d|\bpp?\.?\s?\d|\bVol\.?\s?[\dIVX]))[^()]{1,80}\)"
)
_ON_PAGE = re.compile(r"\bon pp?\. \d+(?:, \d+| and \d+)*")
_IN_FIGURES = re.compile(r"\bin Figs\. \d+(?:, \d+| and \d+)*")
_IN_FIGURE = re.compile(r"\bin Fig\. \d+(?:, [a-z]\b)?")
_HYPHEN_END = re.compile(r"([^\W\d_]+)-\n([^\W\d_]+)")
_OTHERWISE = {"\u00a0": " ", "\u2014": "--", "[oe]": "œ", "[OE]": "Œ", "[ae]": "æ", "[AE]": "Æ"}
_OTHER_BOLD = re.compile(r"(?<![\w=])=(?=\S)((?:[^=\n]|\n(?!\n)){2,140}?)(?<=\S)=(?![\w=])")
_LONGEST_BRACKET = 12
"""Paragraphs; a bracket that stays open longer was never meant to be closed."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or one heading, with the line of the file (from 1) at which it begins."""

    kind: Kind
    text: str
    line: int
    level: int = 0
    """Of a heading: 1 stands alone in capitals, 2 begins a paragraph in bold, 3 in italics."""


def plain_lines(text: str) -> list[str]:
    """The lines of a file without byte-order mark, carriage returns and no-break spaces.

    What other issues of one book write otherwise is written one way: `=bold=` as `#bold#`, dashes
    as two hyphens, `[oe]` as the letter.
    """
    flat = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for other, usual in _OTHERWISE.items():
        flat = flat.replace(other, usual)
    return [line.rstrip() for line in _OTHER_BOLD.sub(r"#\1#", flat).split("\n")]


def paragraphs(lines: Sequence[str], first_line: int) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines between empty ones, each with its line number; `first_line` is that of [0]."""
    run: list[str] = []
    for at, line in enumerate((*lines, "")):
        if line.strip():
            run.append(line)
        elif run:
            yield first_line + at - len(run), run
            run = []


def classify(found: Sequence[tuple[int, list[str]]]) -> list[Block]:
    """Say of every paragraph of a chapter what it is; the text is still as it was printed."""
    blocks: list[Block] = []
    until = -1
    for at, (line, run) in enumerate(found):
        raw = "\n".join(run)
        kind: Kind
        if at <= until:
            kind = blocks[-1].kind
        elif bracket := _BRACKETED.match(raw):
            kind = "figure" if bracket[1].lower() == "illustration" else "note"
            until = _closing(found, at)
        elif _FOOTNOTE.match(raw):
            kind = "footnote"
        elif _CAPTION.match(raw) or _is_drawing(run, blocks):
            kind = "drawing"
        elif _is_summary(run, blocks):
            kind = "summary"
        else:
            kind = "heading" if _in_capitals(raw) else "paragraph"
        blocks.append(Block(kind, raw, line, level=1 if kind == "heading" else 0))
    return blocks


def _closing(found: Sequence[tuple[int, list[str]]], at: int) -> int:
    """The paragraph in which the bracket that opens paragraph `at` closes."""
    depth = 0
    for further, (_, run) in enumerate(found[at : at + _LONGEST_BRACKET]):
        raw = "".join(run)
        depth += raw.count("[") - raw.count("]")
        if depth <= 0:
            return at + further
    return at


def _is_drawing(run: Sequence[str], before: Sequence[Block]) -> bool:
    """A drawing made of characters, or the legend under one."""
    if sum(bool(_DRAWING.search(line)) for line in run) > len(run) / 3:
        return True
    return bool(_LEGEND.match(run[0])) and before[-1:] != [] and before[-1].kind == "drawing"


def _is_summary(run: Sequence[str], before: Sequence[Block]) -> bool:
    """The list of contents that opens a chapter: its lines hang below the first one."""
    opening = all(block.kind in ("heading", "figure") for block in before)
    return opening and len(run) > 1 and all(line.startswith("  ") for line in run[1:])


def _in_capitals(raw: str) -> bool:
    bare = _FOOTNOTE_MARK.sub("", raw)
    return bare.isupper() and len(bare) < 160


def join_lines(raw: str, known: frozenset[str]) -> str:
    """One line of text. A word that was broken at a line's end is whole again.

    `known` is every word of the text in lower case: it tells whether the hyphen belongs to the
    word ("well-known") or to the line; without evidence it belongs to the line.
    """

    def mend(match: re.Match[str]) -> str:
        head, tail = match.groups()
        whole, parted = f"{head}{tail}", f"{head}-{tail}"
        return parted if parted.lower() in known and whole.lower() not in known else whole

    text = _HYPHEN_END.sub(mend, raw)
    text = re.sub(r"--\s*\n\s*|\s*\n\s*--", "--", text)
    return " ".join(text.split())


def take_off(text: str) -> str:
    """Without footnote marks and references to pages and figures; typographic marks stay."""
    text = _REFERENCE.sub("", _FOOTNOTE_MARK.sub("", text))
    text = _ON_PAGE.sub("elsewhere", text)
    return _IN_FIGURE.sub("in a figure", _IN_FIGURES.sub("in figures", text))


def unmark(text: str) -> str:
    """Without the marks of italics and bold; dashes as dashes."""
    text = text.replace("_", "").replace("#", "")
    text = re.sub(r":--(?=\s|$)", ":", text).replace("--", "—")
    text = re.sub(r"\s+([,.;:])", r"\1", text)
    return " ".join(text.split())
