"""All variants against one on the terminal: a row a variant, a column a gated score."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from harness.commands.tables import say, show_table
from harness.comparing.compare import Comparison
from harness.comparing.matrix import MatrixCell, matrix
from harness.comparing.rows import GateName, ScoreRow

if TYPE_CHECKING:
    from rich.console import Console

COLUMNS = 4
"""Scores in one table, so that a hundred characters hold it."""


Named = Callable[[ScoreRow], None]


def show_against(out: Console, found: Comparison, named: Named) -> None:
    """Print the differences with their verdicts, and why those that did not pass did not.

    `named` prints the questions of a row whose outcome changed.
    """
    table = matrix(found)
    side = "before" if found.reference_side == "baseline" else "after"
    for start in range(0, len(table.scores), COLUMNS):
        part = slice(start, start + COLUMNS)
        headings = ("variant", *(name.replace(".", ".\n", 1) for name in table.scores[part]))
        rows = [(f"{table.reference} itself", *table.values[part])]
        rows += [
            (row.variant, *(_two_lines(cell) for cell in row.cells[part])) for row in table.rows
        ]
        show_table(
            out, f"after minus before, in points; {table.reference} is {side}", headings, rows
        )
    for row in found.gated:
        if row.verdict != "pass":
            say(out, f"{_words(row.verdict)}: {row.variant} {row.score}: {row.sentence}")
            named(row)


def _two_lines(cell: MatrixCell) -> str:
    return f"{cell.difference}\n{_words(cell.verdict)}"


def _words(verdict: GateName | None) -> str:
    return (verdict or "").replace("_", " ")
