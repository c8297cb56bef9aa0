"""Tables of scores: a row a variant, a column a score, floors and ceilings below in grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from harness.records import ANSWERABLE, Score, VariantResult
from harness.reporting import bounds, roles
from harness.reporting.cells import EMPTY, Cell, made_of, share_cell
from harness.reporting.data import RunData
from harness.reporting.definitions import anchor
from harness.reporting.wording import MISSING, PROBE_NAMES

Style = Literal["share", "graded", "number"]
"""A count with its share; a value from 0 to 1; any number, without a bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One score and how it is written."""

    score: str
    heading: str
    style: Style = "share"
    hint: str = ""
    """What to hold it against, under the heading: "chance 20 %", "0 is best"."""

    @property
    def anchor(self) -> str:
        """Where its definition is."""
        return anchor(self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One variant, or one kind of question of it."""

    name: str
    cells: tuple[Cell, ...]
    side: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTable:
    """A table as the template draws it."""

    id: str
    title: str
    intro: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    bounds: tuple[tuple[str, tuple[TableRow, ...]], ...]
    """Heading to the floors or the ceilings."""
    by_probe: tuple[TableRow, ...] = ()
    said: str = ""
    """What came out, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """What a table is about. It is left out where no variant has any of its scores."""

    id: str
    title: str
    intro: str
    caption: str
    columns: tuple[Column, ...]
    by_probe: bool = False
    """Whether scores have parts by kind of question, named SCORE.PROBE."""
    needs: tuple[str, ...] = ()
    """Without one of these the table says nothing; empty: any column will do."""


Hints = Mapping[str, str]


def table(data: RunData, spec: TableSpec, hints: Hints | None = None) -> ScoreTable | None:
    """The table of those of its columns that the run has; None where it has none.

    `hints` take the place of the columns' own, by score.
    """
    having = {name for row in data.results.variants for name in row.scores}
    columns = tuple(
        replace(each, hint=(hints or {}).get(each.score, each.hint))
        for each in spec.columns
        if each.score in having
    )
    if not columns or (spec.needs and not having.intersection(spec.needs)):
        return None
    variants = data.results.variants
    rows = _rows([row for row in variants if not roles.is_bound(row)], columns)
    limits = _rows([row for row in variants if roles.is_bound(row)], columns)
    sides = tuple(
        (heading, tuple(row for row in limits if row.side == side))
        for side, heading in bounds.HEADINGS.items()
    )
    return ScoreTable(
        id=spec.id,
        title=spec.title,
        intro=spec.intro,
        caption=spec.caption,
        columns=columns,
        rows=rows,
        bounds=tuple((heading, found) for heading, found in sides if found),
        by_probe=_by_probe(data, columns) if spec.by_probe else (),
    )


def _rows(variants: Sequence[VariantResult], columns: Sequence[Column]) -> tuple[TableRow, ...]:
    made = [
        TableRow(
            name=row.name,
            cells=_cells(row, columns),
            side=bounds.side(row) if roles.is_bound(row) else "",
        )
        for row in variants
    ]
    return tuple(row for row in made if _says(row))


def _by_probe(data: RunData, columns: Sequence[Column]) -> tuple[TableRow, ...]:
    """A row for every kind of question of every variant that was tried."""
    made = [
        TableRow(name=f"{row.name}: {PROBE_NAMES[probe]}", cells=_cells(row, columns, f".{probe}"))
        for row in roles.tried(data.results)
        for probe in ANSWERABLE
    ]
    return tuple(row for row in made if _says(row))


def _says(row: TableRow) -> bool:
    return any(cell != EMPTY for cell in row.cells)


def _cells(row: VariantResult, columns: Sequence[Column], part: str = "") -> tuple[Cell, ...]:
    return tuple(cell(row.scores.get(each.score + part), each.style) for each in columns)


def cell(score: Score | None, style: Style) -> Cell:
    """A score in that style; a dash where it was not computed."""
    if score is None or score.value is None:
        return EMPTY
    if style == "share":
        return share_cell(score)
    note = MISSING
    if score.low is not None and score.high is not None:
        note = f"{figure(score.low)} to {figure(score.high)}"
    made = Cell(text=figure(score.value), note=note, about=made_of(score))
    if style == "number":
        return made
    return replace(made, value=score.value, low=score.low, high=score.high)


def figure(value: float) -> str:
    """A number in two decimals, or in two significant digits where that would say little."""
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    text = f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.2g}"
    return text.replace("-", "−", 1) if value < 0 else text
