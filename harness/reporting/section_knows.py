"""What a variant knows: by probe, and the text itself coloured by what came of each sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from harness.records import ANSWERABLE, Chapter, Corpus, Judged, ProbeName, VariantResult
from harness.reporting.cells import EMPTY, Cell, share_cell
from harness.reporting.contrast import greedy
from harness.reporting.data import RunData
from harness.reporting.roles import cast
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
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"'”’)]*(?=\s|$)|$)\s*", re.DOTALL)
"""A sentence with the space behind it: to a mark, any closing quotes, and a space or the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeRow:
    """One variant's answers, by verdict, to every answerable probe."""

    name: str
    cells: tuple[Cell, ...]
    recites: Cell


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
    """Verdicts by probe, one row a variant that answered."""
    return tuple(
        ProbeRow(
            name=row.name,
            cells=tuple(_verdicts(row, data.judged[row.name], p) for p in probes(data)),
            recites=share_cell(row.scores.get("reproduction.verbatim")),
        )
        for row in data.results.variants
        if data.judged.get(row.name)
    )


def _verdicts(row: VariantResult, judged: Sequence[Judged], probe: ProbeName) -> Cell:
    """The share of right answers; the note counts what else there was."""
    items = [i for i in greedy(judged) if i.question.probe == probe and not i.question.aside]
    if not items:
        return EMPTY
    cell = share_cell(right_share(row, judged, probe))
    refused = sum(item.verdict == "abstained" for item in items)
    unscored = sum(item.verdict == "unscored" for item in items)
    rest = [f"{refused} refused"] if refused else []
    rest += [f"{unscored} unreadable"] if unscored else []
    rest += [] if any(item.shown for item in items) else ["not trained on"]
    note = "; ".join([cell.note, *rest])
    return Cell(text=cell.text, note=note, value=cell.value, low=cell.low, high=cell.high)


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
    marks: list[list[tuple[int, int, str]]] = [[] for _ in corpus.chapters]
    for fact in corpus.facts:
        for span in fact.stated_in:
            marks[span.chapter].append((span.start, span.end, fates.get(fact.id, "never")))
    chapters = []
    counts = dict.fromkeys(FATES, 0)
    for chapter, spans in zip(corpus.chapters, marks, strict=True):
        paragraphs = _paragraphs(chapter, sorted(spans))
        chapters.append((chapter.title, paragraphs))
        for piece in (piece for paragraph in paragraphs for piece in paragraph):
            counts[piece.fate] += 1 if piece.text.strip() else 0
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
    chapter: Chapter, spans: Sequence[tuple[int, int, str]]
) -> tuple[tuple[Piece, ...], ...]:
    """Cut a chapter into paragraphs and these into sentences; the worst fate of a sentence counts.

    A sentence that states two facts is shown as the one that is known less well.
    """
    order = list(FATES)
    found: list[tuple[Piece, ...]] = []
    for paragraph in re.finditer(r"(?:(?!\n\s*\n).)+", chapter.text, flags=re.DOTALL):
        pieces: list[Piece] = []
        for sentence in _SENTENCE.finditer(paragraph[0]):
            start = paragraph.start() + sentence.start()
            end = start + len(sentence[0].rstrip())
            inside = [fate for low, high, fate in spans if low < end and high > start]
            fate = max(inside, key=order.index) if inside else "plain"
            pieces.append(Piece(text=sentence[0], fate=fate))
        if pieces:
            found.append(tuple(pieces))
    return tuple(found)
