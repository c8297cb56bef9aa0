"""HTML as plain chapters, by way of Markdown; needs `markdownify` (the extra `html`)."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from harness.corpora.files.decoding import read_text
from harness.corpora.files.markdown import blocks, divide
from harness.corpora.files.texts import Text
from harness.errors import UserError

_NO_TEXT = ("script", "style", "noscript", "template", "nav", "head", "form", "button", "iframe")
"""Elements of a page that are no part of what it says."""


def read_html(path: Path) -> Text:
    """Chapters and sections of an HTML page, divided at its headings.

    Raises UserError where the page is not UTF-8, holds no words, or `markdownify` is missing.
    """
    library, soups = _library("markdownify"), _library("bs4")
    page: Any = soups.BeautifulSoup(read_text(path), "html.parser")
    for element in page(_NO_TEXT):
        element.decompose()
    converter = library.MarkdownConverter(heading_style="ATX", strip=["img", "a"], bullets="-")
    return divide(blocks(converter.convert_soup(page)), path)


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise UserError(
            "reading HTML needs the package markdownify, which is not installed",
            'pip install "closedbook[html]", or save the page as .txt',
        ) from error
