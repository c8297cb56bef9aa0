"""Table cells as the templates draw them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from harness.records import ProbeName, Score, VariantResult
from harness.reporting.wording import MISSING, PROBE_NAMES, interval, percent, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Text, with the share and its range drawn as a bar where there is one."""

    text: str
    note: str = ""
    """Smaller, after the text."""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    muted: bool = False
    """Drawn in grey, with "not taught" below: not to be read as what the variant learned."""
    about: str = ""
    """Questions and entities that it is made of, for whoever points at it."""
    trace: tuple[str, str, str] | None = None
    """Variant, kind of question and verdict that the answers behind it are found by."""
    sort: float | None = None
    """What a table is sorted by, where it is not `value`."""

    @property
    def left(self) -> str:
        """Where the range begins, in percent of the track."""
        return f"{100 * (self.low or 0.0):.1f}"

    @property
    def width(self) -> str:
        """How long the range is, in percent of the track."""
        return f"{100 * ((self.high or 0.0) - (self.low or 0.0)):.1f}"

    @property
    def at(self) -> str:
        """Where the share is, in percent of the track."""
        return f"{100 * (self.value or 0.0):.1f}"


EMPTY = Cell(text=MISSING)
_UNITS = {"MB": 1e6, "GB": 1e9, "s": 1.0, "min": 60.0}
_FIGURE = re.compile(r"([−+-]?\d[\d,]*(?:\.\d+)?)\s*([A-Za-z]*)")


def sortable(item: Cell | str) -> str:
    """What a table is sorted by, as a number in base units; empty for what has none.

    A cell brings its figure; of a text it is the number that it begins with, "1,407 MB" as well.
    """
    text = item if isinstance(item, str) else item.text
    figure = None if isinstance(item, str) else item.value if item.sort is None else item.sort
    if figure is not None:
        return f"{figure:.10g}"
    found = _FIGURE.match(text)
    if found is None:
        return ""
    number = float(found[1].replace(",", "").replace("−", "-"))
    return f"{number * _UNITS.get(found[2], 1.0):.10g}"


def share_cell(score: Score | None) -> Cell:
    """ "17/24" with its bar; a dash for what was not asked."""
    if score is None or score.value is None:
        return EMPTY
    return Cell(
        text=f"{round(score.value * score.n)}/{score.n}",
        note=f"{percent(score.value)}, {interval(score)}",
        value=score.value,
        low=score.low,
        high=score.high,
        about=made_of(score),
    )


def made_of(score: Score) -> str:
    """ "24 items in 8 clusters"; empty for what needed no question."""
    if not score.n:
        return ""
    return f"{plural(score.n, 'item')} in {plural(score.clusters, 'cluster')}"


def known_cell(share: float | None) -> Cell:
    """A share that follows from a definition: without questions, and so without a range."""
    if share is None:
        return EMPTY
    return Cell(text=percent(share), value=share, low=share, high=share, about="by definition")


def traced(cell: Cell, row: VariantResult, probe: ProbeName, verdict: str = "") -> Cell:
    """The same, leading to the answers that it counts."""
    return cell if cell == EMPTY else replace(cell, trace=(row.name, PROBE_NAMES[probe], verdict))


def range_cell(score: Score | None) -> Cell:
    """The same with the range alone as its note, for tables of many columns."""
    return share_cell(score) if score is None else replace(share_cell(score), note=interval(score))


def number(resources: Mapping[str, object], name: str) -> float | None:
    """A resource as a number: the median where samples were taken, None where not measured."""
    found = resources.get(name)
    if isinstance(found, Mapping):
        found = found.get("median")
    return float(found) if isinstance(found, (int, float)) else None


def measured(row: VariantResult, name: str) -> float | None:
    """That resource of that variant."""
    return number(row.resources, name)


def untaught(cell: Cell) -> Cell:
    """The same, marked as being about what the variant was never shown."""
    return replace(cell, muted=True)


PEAKS = ("memory.peak_load_bytes", "memory.peak_train_bytes", "memory.peak_answer_bytes")


PHASES = ("loading", "training", "answering")
"""What each of them is the highest of."""


def peaks(row: VariantResult) -> dict[str, float]:
    """Phase to its highest memory in bytes, of those that were measured."""
    found = {phase: measured(row, name) for phase, name in zip(PHASES, PEAKS, strict=True)}
    return {phase: each for phase, each in found.items() if each is not None}


def highest_peak(row: VariantResult) -> float | None:
    """The highest memory of loading, training and answering; None where none was measured."""
    return max(peaks(row).values(), default=None)
