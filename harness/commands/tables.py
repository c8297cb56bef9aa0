"""Tables on the terminal: drawn by rich on a terminal, plain aligned columns elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from harness.reporting.wording import visible

if TYPE_CHECKING:
    from rich.console import Console

PLAIN_WIDTH = 160
"""Columns where nobody says how many there are: tables in a file are not folded."""

NAME_WIDTH = 40
"""Up to this width the first column is never cut, however narrow the terminal."""


def console() -> Console:
    """Standard output: as wide as the terminal, or plain and wide where it is none."""
    from rich.console import Console

    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, width=PLAIN_WIDTH, color_system=None, legacy_windows=False)


def show_table(
    out: Console, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """One table under its title: the first column to the left, figures to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out.print(Text(f"\n{title}", style="bold"))
    table = Table(box=box.SIMPLE_HEAD if out.is_terminal else None, pad_edge=False, show_edge=False)
    widest = max((len(visible(row[0])) for row in rows), default=0)
    table.add_column(Text(headings[0]), no_wrap=True, min_width=min(widest, NAME_WIDTH))
    for heading in headings[1:]:
        table.add_column(Text(heading), justify="right")
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    out.print(table)


def say(out: Console, text: str, *, indent: int = 0) -> None:
    """A line of text as it is: no markup, control characters made visible, never folded here."""
    from rich.text import Text

    out.print(Text(" " * indent + visible(text)), soft_wrap=True)
