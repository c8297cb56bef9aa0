"""A folder of published reports: each a page and its numbers, and a page that lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from harness.errors import UserError
from harness.reporting import report
from harness.reporting.data import RunData, gather
from harness.reporting.formats import put
from harness.reporting.index import INDEX_NAME, render_index
from harness.reporting.public_results import (
    is_own,
    kept_back,
    places,
    shortened,
    without_places,
    without_text,
)
from harness.scoring import results as scoring
from harness.storage.folders import RunFolder

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was put into the folder."""

    page: Path
    numbers: Path
    said: str
    """In one line, whether the text of the corpus is in it, and how to have it otherwise."""


def publish(
    run: RunFolder, folder: Path, *, name: str | None = None, with_text: bool | None = None
) -> Published:
    """Write FOLDER/NAME.html and FOLDER/NAME.json, `name` being the suite's if none is given.

    With `with_text` None the text of the corpus is in them unless it is a user's own or the book
    of surgery; neither holds a folder of this machine. Raises UserError for a name that is no name
    of a file, and where the run cannot be read or the files not be written.
    """
    data = gather(run)
    called = name if name is not None else str(data.results.suite.get("name", ""))
    if not _NAME.fullmatch(called) or called == Path(INDEX_NAME).stem:
        raise UserError(
            f"{called!r} is no name for a published report",
            "letters, digits, '.', '_' and '-'; give one with --as NAME",
        )
    hidden = kept_back(data.results) if with_text is None else not with_text
    page, numbers = folder / f"{called}.html", folder / f"{called}.json"
    results = without_text(data.results) if hidden else without_places(data.results)
    put(report.render(data if hidden else _without_places(data), public=hidden), page)
    scoring.save(results, numbers)
    return Published(page=page, numbers=numbers, said=_said(data, hidden, with_text))


def write_index(folder: Path) -> Path:
    """Build the list of a folder's published reports again; returns where it is.

    Raises UserError where there is no such folder.
    """
    if not folder.is_dir():
        raise UserError(f"{folder} is no folder", "publish a run into it first, and it is made")
    path = folder / INDEX_NAME
    put(render_index(folder), path)
    return path


def _without_places(data: RunData) -> RunData:
    source = shortened(data.suite_source, places(data.results))
    return replace(data, results=without_places(data.results), suite_source=source)


def _said(data: RunData, hidden: bool, with_text: bool | None) -> str:
    if not hidden:
        return "published with the text of the corpus; --public leaves it out"
    if with_text is not None:
        return "published without the text of the corpus"
    what = "a text of the user's own" if is_own(data.results) else "a whole book"
    return f"published without the text of the corpus, {what}; --with-text puts it in"
