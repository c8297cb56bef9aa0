"""Every score and resource as comma-separated values, one figure a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from harness.records import Results, Score
from harness.reporting.units import resource_unit, score_unit

COLUMNS = (
    *("variant", "kind", "name", "value", "low", "high", "n", "clusters", "protocol", "unit"),
)
Line = tuple[Any, ...]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet."""


def numbers(results: Results, *, ending: str = "\r\n") -> str:
    """Every score, verdict and resource of every variant, in the order of the results."""
    lines: list[Line] = []
    for row in results.variants:
        lines += score_lines(row.name, row.scores)
        for probe in sorted(row.verdicts):
            for verdict, count in sorted(row.verdicts[probe].items()):
                named = (row.name, "verdict", f"{probe}.{verdict}")
                lines.append((*named, count, *_blank(5), "answers"))
        lines += resource_lines(row.name, row.resources)
    return table(COLUMNS, lines, ending=ending)


def score_lines(variant: str, scores: Mapping[str, Score]) -> list[Line]:
    """One line a score, sorted by name; the cells are those of COLUMNS."""
    return [
        (
            *(variant, "score", name, each.value, each.low, each.high, each.n, each.clusters),
            *(each.protocol, score_unit(name)),
        )
        for name, each in sorted(scores.items())
    ]


def resource_lines(variant: str, resources: Mapping[str, Any]) -> list[Line]:
    """One line a resource: its value, or the median of `n` samples, or a word."""
    lines: list[Line] = []
    for name, value in sorted(resources.items()):
        samples = value.get("samples", ()) if isinstance(value, Mapping) else ()
        figure = value.get("median") if isinstance(value, Mapping) else value
        count = len(samples) or None
        named = (variant, "resource", name)
        lines.append((*named, figure, *_blank(2), count, *_blank(2), resource_unit(name)))
    return lines


def table(columns: Sequence[str], lines: Iterable[Line], *, ending: str = "\r\n") -> str:
    """RFC 4180: commas, doubled quotes, CRLF. Text that a spreadsheet would run gets a "'" before
    it; numbers are left as they are."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator=ending)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    return buffer.getvalue()


def harmless(cell: Any) -> Any:
    """The cell, unless it is text that begins like a formula.

    Source: OWASP, "CSV Injection".

    >>> harmless('=HYPERLINK("http://x")'), harmless(-0.25)
    ('\\'=HYPERLINK("http://x")', -0.25)
    """
    if isinstance(cell, str) and cell.lstrip(" \n").startswith(_FORMULA):
        return "'" + cell
    return cell


def _blank(count: int) -> tuple[None, ...]:
    return (None,) * count
