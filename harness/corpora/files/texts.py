"""A user's text as chapters and sections: plain text, Markdown, HTML, PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from harness.corpora.files.decoding import read_bytes, read_text
from harness.errors import UserError
from harness.records import Chapter, Section

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf")
"""What a text may be written in."""


_CANARY = re.compile(r"\n\nclosedbook canary ([0-9a-f-]{36})\n\Z")
"""The last line of every chapter that a corpus folder was written with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The chapters of one file or of several, with the sections in them."""

    chapters: tuple[Chapter, ...]
    sections: tuple[Section, ...] = ()
    title: str = ""
    """What the file itself says that it is called; empty where it does not."""
    canary: str = ""
    """What plain text from an older corpus folder carries; no part of the chapters."""


def read_file(path: Path) -> Text:
    """The text of one file, by its suffix.

    Plain text is one chapter, kept to the letter but for ends of lines. Raises UserError with file
    and line for what cannot be read, is empty, or needs a package that is not installed.
    """
    suffix = path.suffix.lower()
    if suffix == ".txt":
        text, canary = without_canary(read_text(path))
        return Text(chapters=(Chapter(title=path.stem, text=text),), canary=canary)
    if suffix in {".md", ".markdown"}:
        from harness.corpora.files.markdown import chapters_of

        return chapters_of(read_text(path), path)
    if suffix in {".html", ".htm"}:
        from harness.corpora.files.html import read_html

        return read_html(path)
    if suffix == ".pdf":
        from harness.corpora.files.pdf import read_pdf

        return read_pdf(path)
    read_bytes(path)
    raise UserError(
        f"{path}: a text cannot be read from {suffix or 'a file without a suffix'}",
        f"save it as one of: {', '.join(SUFFIXES)}",
    )


def join(parts: Iterable[Text]) -> Text:
    """Several texts as one, in order."""
    chapters: list[Chapter] = []
    sections: list[Section] = []
    title = canary = ""
    for part in parts:
        sections += [
            replace(section, chapter=section.chapter + len(chapters)) for section in part.sections
        ]
        chapters += part.chapters
        title = title or part.title
        canary = canary or part.canary
    return Text(chapters=tuple(chapters), sections=tuple(sections), title=title, canary=canary)


def without_canary(text: str) -> tuple[str, str]:
    """A chapter's text without the canary that ends it, and the canary; "" where there is none."""
    mark = _CANARY.search(text)
    return (text[: mark.start()], mark.group(1)) if mark else (text, "")


def read_folder(folder: Path) -> Text:
    """All texts of a folder, by name, numbers in names read as numbers.

    Hidden files are left out; raises UserError for any other file that is no text.
    """
    found = sorted(
        (path for path in folder.iterdir() if not path.name.startswith(".")),
        key=lambda path: natural(path.name),
    )
    if not found:
        raise UserError(f"no text in {folder}", f"put files there: {', '.join(SUFFIXES)}")
    parts = [read_file(path) for path in found]
    return replace(join(parts), title=parts[0].title if len(parts) == 1 else "")


def natural(name: str) -> list[tuple[int, str]]:
    """What names are sorted by: "2-b" stands before "10-a".

    >>> sorted(["10-a", "2-b", "a"], key=natural)
    ['2-b', '10-a', 'a']
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [
        (int(part), "") if part.isascii() and part.isdigit() else (1 << 62, part) for part in parts
    ]
