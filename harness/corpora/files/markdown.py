"""Markdown as plain chapters: headings divide it, markup goes, words stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from harness.corpora.files.texts import Text
from harness.errors import UserError
from harness.records import Chapter, Section

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` 1 to 6) or a paragraph (`level` 0) as plain text."""

    level: int
    text: str


def chapters_of(text: str, path: Path) -> Text:
    """Chapters and sections of a Markdown text; `path` names it in errors and without headings.

    A single heading of the highest level that stands first is the title. The highest level that
    is used (below the title) begins chapters, every deeper heading a section of its chapter.
    Headings stay in the text as paragraphs of their own. Raises UserError where no word is left.
    """
    return divide(blocks(text), path)


def divide(found: Sequence[Block], path: Path) -> Text:
    """Blocks as chapters and sections; see `chapters_of`."""
    if not any(block.text for block in found):
        raise UserError(f"{path} holds no words", "there is nothing in it to learn")
    title, rest = _title(found)
    levels = [block.level for block in rest if block.level]
    top = min(levels, default=0)
    groups: list[tuple[str, list[Block]]] = []
    for block in rest:
        if not groups or (top and block.level == top):
            begins = top and block.level == top
            groups.append((block.text if begins else title or path.stem, []))
        groups[-1][1].append(block)
    chapters, sections = [], []
    for number, (name, blocks_of) in enumerate(groups):
        chapter, own = _chapter(number, name, blocks_of)
        chapters.append(chapter)
        sections += own
    return Text(chapters=tuple(chapters), sections=tuple(sections), title=title)


def _title(found: Sequence[Block]) -> tuple[str, Sequence[Block]]:
    """The text's title and what follows it, where a single highest heading stands first."""
    levels = Counter(block.level for block in found if block.level)
    if found[0].level and len(found) > 1:
        first = found[0].level
        if first == min(levels) and levels[first] == 1:
            return found[0].text, found[1:]
    return "", found


def _chapter(number: int, name: str, found: Sequence[Block]) -> tuple[Chapter, list[Section]]:
    """The paragraphs of a chapter, joined by empty lines, and its sections.

    A section goes up to the next heading of its level or a higher one, subsections included.
    """
    text = ""
    open_: list[tuple[int, str, int]] = []
    done: list[tuple[int, Section]] = []

    def close(level: int, end: int) -> None:
        while open_ and open_[-1][0] >= level:
            _, title, start = open_.pop()
            done.append((start, Section(chapter=number, title=title, start=start, end=end)))

    for position, block in enumerate(found):
        if block.level and position:
            close(block.level, len(text))
        text += "\n\n" if text else ""
        if block.level and position:
            open_.append((block.level, block.text, len(text)))
        text += block.text
    close(0, len(text))
    done.sort(key=lambda pair: (pair[0], -pair[1].end))
    return Chapter(title=name, text=text), [section for _, section in done]


def blocks(text: str) -> list[Block]:
    """Headings, paragraphs, list items, code and table rows, in order, without their markup."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(_FRONT_MATTER.sub("", text))
    found: list[Block] = []
    level = 0
    row: list[str] | None = None
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            found.append(Block(0, "; ".join(cell for cell in row if cell)))
            row = None
        else:
            words = _words(token)
            if row is not None:
                row += [words] if token.type == "inline" else []
            elif words:
                found.append(Block(level, " ".join(words.split()) if level else words))
    return [block for block in found if block.text]


def _words(token: Token) -> str:
    """The text of a token that holds some; "" for any other."""
    if token.type == "inline":
        return _inline(token.children or ()).strip()
    if token.type in {"code_block", "fence"}:
        return re.sub(r"\n\s*\n", "\n", token.content.strip("\n"))
    if token.type == "html_block":
        return _without_tags(token.content)
    return ""


def _inline(children: Sequence[Token]) -> str:
    """Words of a paragraph: links keep their text, pictures go."""
    text = ""
    for child in children:
        if child.type in {"text", "code_inline"}:
            text += child.content
        elif child.type == "softbreak":
            text += " "
        elif child.type == "hardbreak":
            text += "\n"
    return re.sub(r"[ \t]+", " ", text)


class _Words(HTMLParser):
    """Collects the text between tags, but not what scripts and styles hold."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._inside += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        self.text += "" if self._inside else data


def _without_tags(markup: str) -> str:
    parser = _Words()
    parser.feed(markup)
    parser.close()
    return " ".join(parser.text.split())
