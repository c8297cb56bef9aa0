"""What a variant knows: by probe, and the text itself coloured by what came of each sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from harness.records import (
    ANSWERABLE,
    Chapter,
    Corpus,
    Fact,
    Judged,
    ProbeName,
    Span,
    VariantResult,
)
from harness.reporting import bounds
from harness.reporting.cells import EMPTY, Cell, share_cell, traced, untaught
from harness.reporting.contrast import greedy
from harness.reporting.data import RunData
from harness.reporting.roles import cast, is_bound, tried
from harness.reporting.shares import right_share

FATES: dict[str, str] = {
    "all": "answered in any wording",
    "asked": "answered only in some wording",
    "recited": "recited, but not answered",
    "missed": "asked, but not answered",
    "never": "states a fact, never asked",
    "plain": "states no fact",
}
"""What can become of a sentence, best first."""
_PARAGRAPH = re.compile(r"(?:(?!\n\s*\n).)+", re.DOTALL)
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"'”’)]*(?=\s|$)|$)\s*", re.DOTALL)
"""A sentence with the space behind it: to a mark, any closing quotes, and a space or the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeRow:
    """One variant's answers, by verdict, to every answerable probe."""

    name: str
    cells: tuple[Cell, ...]
    recites: Cell
    side: str = ""
    """ "floor" or "ceiling"; empty for a variant that was tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a chapter and its fate."""

    text: str
    fate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The text as one variant knows it: chapters of paragraphs of pieces."""

    name: str
    chapters: tuple[tuple[str, tuple[tuple[Piece, ...], ...]], ...]
    counts: tuple[tuple[str, int], ...]
    """Fate to the number of sentences, for the legend."""


def probes(data: RunData) -> tuple[ProbeName, ...]:
    """The answerable probes that somebody was asked."""
    asked = {item.question.probe for group in data.judged.values() for item in group}
    return tuple(probe for probe in ANSWERABLE if probe in asked)


def probe_rows(data: RunData) -> tuple[ProbeRow, ...]:
    """Verdicts by probe, one row a variant that was tried and answered."""
    return tuple(_probe_row(data, row) for row in tried(data.results) if data.judged.get(row.name))


def bound_rows(data: RunData) -> tuple[ProbeRow, ...]:
    """The same of the floors and ceilings that were run."""
    return tuple(
        _probe_row(data, row)
        for row in data.results.variants
        if is_bound(row) and data.judged.get(row.name)
    )


def _probe_row(data: RunData, row: VariantResult) -> ProbeRow:
    cells = [_verdicts(row, data.judged[row.name], probe) for probe in probes(data)]
    bound = is_bound(row)
    return ProbeRow(
        name=row.name,
        cells=tuple(replace(each, muted=False) for each in cells) if bound else tuple(cells),
        recites=share_cell(row.scores.get("reproduction.verbatim")),
        side=bounds.side(row) if bound else "",
    )


def _verdicts(row: VariantResult, judged: Sequence[Judged], probe: ProbeName) -> Cell:
    """The share of right answers; the note counts what else there was."""
    items = [i for i in greedy(judged) if i.question.probe == probe and not i.question.aside]
    if not items:
        return EMPTY
    cell = traced(share_cell(right_share(row, judged, probe)), row, probe)
    refused = sum(item.verdict == "abstained" for item in items)
    unscored = sum(item.verdict == "unscored" for item in items)
    rest = [f"{refused} refused"] if refused else []
    rest += [f"{unscored} unreadable"] if unscored else []
    cell = replace(cell, note="; ".join([cell.note, *rest]))
    return cell if any(item.shown for item in items) else untaught(cell)


def maps(data: RunData) -> tuple[Map, ...]:
    """The text by the variants that tell the story: taught, text alone, both together."""
    roles = cast(data.results)
    chosen: list[VariantResult] = []
    for row in (roles.reference, roles.raw_text, roles.mixed):
        if row is not None and data.judged.get(row.name):
            chosen.append(row)
    return tuple(_map(row.name, data.corpus, data.judged[row.name]) for row in chosen)


def _map(name: str, corpus: Corpus, judged: Sequence[Judged]) -> Map:
    fates = fact_fates(judged)
    stated: list[list[tuple[Span, Fact]]] = [[] for _ in corpus.chapters]
    for fact in corpus.facts:
        for span in fact.stated_in:
            stated[span.chapter].append((span, fact))
    chapters = []
    counts = dict.fromkeys(FATES, 0)
    for chapter, statements in zip(corpus.chapters, stated, strict=True):
        paragraphs = _paragraphs(chapter, statements, fates)
        chapters.append((chapter.title, paragraphs))
        for piece in (piece for paragraph in paragraphs for piece in paragraph):
            counts[piece.fate] += 1
    shown = tuple((fate, count) for fate, count in counts.items() if count)
    return Map(name=name, chapters=tuple(chapters), counts=shown)


def fact_fates(judged: Sequence[Judged]) -> dict[str, str]:
    """Fact id to its fate, for every fact that some question asks for."""
    asked: dict[str, list[Judged]] = {}
    for item in greedy(judged):
        if item.question.fact is not None and not item.question.must_abstain:
            asked.setdefault(item.question.fact, []).append(item)
    return {fact: _fate(items) for fact, items in asked.items()}


def _fate(items: Sequence[Judged]) -> str:
    right = [item.verdict == "correct" for item in items]
    if all(right):
        return "all"
    if any(right):
        return "asked"
    return "recited" if any("recited" in item.flags for item in items) else "missed"


def _paragraphs(
    chapter: Chapter, statements: Sequence[tuple[Span, Fact]], fates: Mapping[str, str]
) -> tuple[tuple[Piece, ...], ...]:
    """Cut a chapter into paragraphs and these into sentences, each with its fate.

    A sentence that states several facts is shown as the one that is known least well.
    """
    paragraphs = [
        [
            (paragraph.start() + found.start(), found[0])
            for found in _SENTENCE.finditer(paragraph[0])
        ]
        for paragraph in _PARAGRAPH.finditer(chapter.text)
    ]
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    stating: dict[int, list[str]] = {}
    for span, fact in statements:
        for start in _stating(sentences, span, fact.value):
            stating.setdefault(start, []).append(fates.get(fact.id, "never"))
    order = list(FATES)
    return tuple(
        tuple(
            Piece(text=text, fate=max(stating.get(start, ["plain"]), key=order.index))
            for start, text in paragraph
        )
        for paragraph in paragraphs
        if paragraph
    )


def _stating(sentences: Sequence[tuple[int, str]], span: Span, value: str) -> list[int]:
    """Starts of the sentences that state a fact: of those in its span, the ones with its value.

    A span begins where the reader learns whom a pronoun means, so it can hold sentences that say
    nothing of the fact. Where no sentence has the value word for word, all of them count.
    """
    inside = [
        (start, text)
        for start, text in sentences
        if start < span.end and start + len(text.rstrip()) > span.start
    ]
    exact = [start for start, text in inside if value.lower() in text.lower()]
    return exact or [start for start, _ in inside]
