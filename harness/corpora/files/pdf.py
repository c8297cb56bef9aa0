"""PDF as plain text, its pages kept as sections; needs `pypdf` (the extra `pdf`)."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

from harness.corpora.files.decoding import read_bytes
from harness.corpora.files.texts import Text
from harness.errors import UserError
from harness.records import Chapter, Section

MOST_EMPTY = 0.5
"""A file of which more than this share of the pages has no text is taken to be a scan."""

_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])")
_OPEN = re.compile(r"[^.!?:;\"'”’)\]]\Z")


def read_pdf(path: Path) -> Text:
    """One chapter, named after the file, with a section "page N" for every page that has text.

    Words broken at the end of a line are joined. Where a page ends within a sentence, the next
    one goes on in the same paragraph. Raises UserError for a file that is damaged or locked, for a
    scan, and where `pypdf` is missing.
    """
    read_bytes(path)
    pages = _pages(path)
    empty = sum(not page for page in pages)
    if empty > MOST_EMPTY * len(pages) or empty == len(pages):
        raise UserError(
            f"{path}: {empty} of {len(pages)} pages hold no text: it is a scan",
            "recognise its letters first, with OCR, and save it as .txt or as a PDF with text",
        )
    text = ""
    sections = []
    for number, page in enumerate(pages, start=1):
        if not page:
            continue
        text += ("\n" if _OPEN.search(text) else "\n\n") if text else ""
        start = len(text)
        text += page
        sections.append(Section(chapter=0, title=f"page {number}", start=start, end=len(text)))
    return Text(chapters=(Chapter(title=path.stem, text=text),), sections=tuple(sections))


def _pages(path: Path) -> list[str]:
    """The text of every page, "" where it has none."""
    try:
        library: Any = importlib.import_module("pypdf")
    except ImportError as error:
        raise UserError(
            "reading PDF needs the package pypdf, which is not installed",
            'pip install "closedbook[pdf]", or save the text as .txt',
        ) from error
    try:
        reader = library.PdfReader(path)
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else [_plain(page.extract_text()) for page in reader.pages]
    except Exception as error:  # a damaged file leads pypdf to raise errors of any kind
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise UserError(f"cannot read {path}: {reason}", "check that it is a PDF") from error
    if locked:
        raise UserError(f"{path} is locked with a password", "save it without one")
    return pages


def _plain(page: str) -> str:
    lines = "\n".join(line.strip() for line in page.replace("\0", "").splitlines())
    return re.sub(r"\n{3,}", "\n\n", _HYPHEN.sub("", lines)).strip()
