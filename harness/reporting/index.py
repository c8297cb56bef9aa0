"""The page that lists the published reports of a folder, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from harness.errors import UserError
from harness.records import Results
from harness.reporting.pages import rendered, style
from harness.reporting.roles import counted, model
from harness.reporting.wording import listed, plural
from harness.scoring import results as scoring

INDEX_NAME = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One published report."""

    name: str
    """What its files are called."""
    suite: str
    description: str
    lead: str
    """What the report says first, which is what to use: the few words before the figures."""
    found: str
    """What it says after them."""
    about: tuple[str, ...]
    """Model, machine, variants, questions."""
    started: str
    date: str
    size: str
    without_text: bool


def entries(folder: Path) -> list[Entry]:
    """Every results.json of the folder that has its page beside it, the newest run first."""
    found = []
    for path in sorted(folder.glob("*.json")):
        page = path.with_suffix(".html")
        try:
            results = scoring.read(path)
        except UserError:
            continue  # some other file that happens to lie here
        if page.is_file():
            found.append(_entry(path.stem, results, page))
    return sorted(found, key=lambda each: (each.started, each.name), reverse=True)


def render_index(folder: Path) -> str:
    """The page as text. The same files give the same bytes."""
    from markupsafe import Markup

    return rendered(
        "index.html",
        {"entries": entries(folder), "style": Markup(style("report.css", "index.css"))},
    )


def _entry(name: str, results: Results, page: Path) -> Entry:
    text = page.read_text(encoding="utf-8", errors="replace")
    first = _FirstClaim()
    first.feed(text)
    suite = results.suite
    started = str(results.environment.get("started") or "")
    return Entry(
        name=name,
        suite=str(suite.get("name") or name),
        description=str(suite.get("description") or ""),
        lead=" ".join("".join(first.lead).split()),
        found=" ".join("".join(first.text).split()),
        about=tuple(filter(None, _about(results))),
        started=started,
        date=started[:10],
        size=_size(page.stat().st_size),
        without_text="This report leaves out the text" in text,
    )


def _about(results: Results) -> Iterable[str]:
    size = counted(results)
    yield listed(list(dict.fromkeys(filter(None, map(model, results.variants)))) or ["a model"])
    beside = f" and {size.bounds} to read them against" if size.bounds else ""
    yield f"{plural(size.variants, 'variant')}{beside}"
    if size.questions:
        yield f"{size.questions:,} questions each"
    yield _machine(results.environment)


def _machine(environment: Mapping[str, Any]) -> str:
    hardware = environment.get("hardware") or {}
    if str(environment.get("device", "")).startswith("cuda"):
        return str(hardware.get("gpu") or "a GPU")
    cores = hardware.get("cores")
    named = f"CPU {hardware.get('cpu') or ''}".strip()
    return f"{named}, {plural(int(cores), 'core')}" if cores else named


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{max(1, round(count / 1e3))} kB"


class _FirstClaim(HTMLParser):
    """The first statement of a report's first screen: what is strong in it, and the rest.

    That is what to use, which stands in a box; a report without one begins with what was learned.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lead: list[str] = []
        self.text: list[str] = []
        self._box = self._inside = self._strong = self._link = self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter the box, the statement, its strong part, or a link to the evidence."""
        classes = (dict(attrs).get("class") or "").split()
        self._box = self._box or "advice" in classes
        if tag == "p" and (self._box or "claim" in classes) and not self._done:
            self._inside = True
        self._strong = self._strong or tag == "strong"
        self._link = self._link or tag == "a"

    def handle_endtag(self, tag: str) -> None:
        """Leave them."""
        if tag == "p" and self._inside:
            self._inside, self._done = False, True
        self._strong = self._strong and tag != "strong"
        self._link = self._link and tag != "a"

    def handle_data(self, data: str) -> None:
        """Keep the words of the statement."""
        if self._inside and not self._link:
            (self.lead if self._strong else self.text).append(data)
