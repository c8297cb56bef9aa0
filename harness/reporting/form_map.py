"""The picture of forms and questions: a tile an answer, so that bad rows and bad columns show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from harness.records import VERDICTS, VerdictName
from harness.reporting.wording import visible

MOST = 96
"""Columns that a page has room for."""
LABEL = 158.0
"""Room for the names of the forms, in units of the drawing: 1 is about a pixel."""
COUNT = 46.0
"""Room for the number of right answers, at the right."""
TILES = 560.0
ROW = 17.0
TOP = 44.0
WIDEST = 26.0
NAMES: dict[VerdictName, str] = {
    "correct": "right",
    "wrong": "wrong",
    "abstained": "refused",
    "unscored": "no verdict",
}
_FILLS: dict[VerdictName, str] = {
    "correct": "heat-all",
    "wrong": "heat-missed",
    "abstained": "heat-recited",
    "unscored": "unscored",
}
_SIGNS: dict[VerdictName, tuple[str, str]] = {
    "wrong": ("wrong", "M{a:.1f} {c:.1f}L{b:.1f} {d:.1f}M{a:.1f} {d:.1f}L{b:.1f} {c:.1f}"),
    "abstained": ("outside", "M{a:.1f} {m:.1f}H{b:.1f}"),
}
"""Colour and lines over a tile, for readers to whom the tiles' colours look alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One question; `title` is shown to whoever points at it, "" for nothing."""

    title: str
    verdicts: tuple[VerdictName, ...]
    """By form, in the order of the rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Questions of one kind, side by side."""

    name: str
    columns: tuple[Column, ...]


def form_map(forms: Sequence[str], blocks: Sequence[Block], title: str) -> str:
    """Inline SVG: forms down, questions across, in the colours of the page.

    Columns are numbered from 1 through all blocks; every fifth number stands under its column.
    """
    columns = [column for block in blocks for column in block.columns]
    wide = min(WIDEST, (TILES - 8 * (len(blocks) - 1)) / max(1, len(columns)))
    places, starts = _places(blocks, wide)
    width = LABEL + places[-1] + wide + COUNT
    height = TOP + ROW * len(forms) + 20
    parts = [
        f'<svg role="img" aria-label="{escape(_said(forms, columns, title), quote=True)}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" xmlns="http://www.w3.org/2000/svg" '
        'style="font-size:11px">',
        _legend(),
    ]
    for block, start in zip(blocks, starts, strict=True):
        parts.append(_text(LABEL + start, TOP - 7, block.name, "muted"))
    for row, form in enumerate(forms):
        middle = TOP + ROW * row + 12
        right = sum(column.verdicts[row] == "correct" for column in columns)
        parts.append(_text(LABEL - 8, middle, form, "ink", "end"))
        share = f"{right}/{len(columns)}"
        parts.append(_text(LABEL + places[-1] + wide + 6, middle, share, "muted"))
    parts += _tiles(columns, places, wide)
    under = TOP + ROW * len(forms) + 12
    for number, place in enumerate(places, start=1):
        if number == 1 or number % 5 == 0:
            parts.append(_text(LABEL + place + wide / 2, under, str(number), "muted", "middle"))
    parts += _titles(columns, places, wide, ROW * len(forms))
    return "".join([*parts, "</svg>"])


def _places(blocks: Sequence[Block], wide: float) -> tuple[list[float], list[float]]:
    """Left edge of every column and of every block, from the edge of the first tile."""
    places: list[float] = []
    starts: list[float] = []
    at = 0.0
    for block in blocks:
        starts.append(at)
        places += [at + wide * number for number in range(len(block.columns))]
        at += wide * len(block.columns) + 8
    return places, starts


def _legend() -> str:
    """What the tiles mean, in one line at the top."""
    parts, at = [], LABEL
    for verdict in VERDICTS:
        parts.append(_shape(_FILLS[verdict], _tile(at, 4, 14, 13)))
        parts.append(_sign(verdict, [(at, 4.0, 14.0, 13.0)]))
        parts.append(_text(at + 19, 14, NAMES[verdict], "ink"))
        at += 34 + 6.2 * len(NAMES[verdict])
    return "".join(parts)


def _tiles(columns: Sequence[Column], places: Sequence[float], wide: float) -> list[str]:
    """All tiles of one verdict as one shape, and its sign over them."""
    parts = []
    for verdict in VERDICTS:
        found = [
            (LABEL + place, TOP + ROW * row, wide - min(1.5, wide / 6), ROW - 2)
            for column, place in zip(columns, places, strict=True)
            for row, each in enumerate(column.verdicts)
            if each == verdict
        ]
        if found:
            parts.append(_shape(_FILLS[verdict], "".join(_tile(*each) for each in found)))
            parts.append(_sign(verdict, found))
    return parts


def _tile(x: float, y: float, wide: float, high: float) -> str:
    return f"M{x:.1f} {y:.1f}h{wide:.1f}v{high:.1f}h-{wide:.1f}z"


def _shape(colour: str, path: str) -> str:
    return f'<path d="{path}" style="fill:var(--{colour})"/>'


def _sign(verdict: VerdictName, tiles: Sequence[tuple[float, float, float, float]]) -> str:
    """The lines of a verdict over its tiles."""
    if verdict not in _SIGNS:
        return ""
    colour, lines = _SIGNS[verdict]
    drawn = []
    for x, y, wide, high in tiles:
        reach = min(wide, high) * 0.28
        across, down = x + wide / 2, y + high / 2
        drawn.append(
            lines.format(a=across - reach, b=across + reach, c=down - reach, d=down + reach, m=down)
        )
    return f'<path d="{"".join(drawn)}" style="fill:none;stroke:var(--{colour});stroke-width:1.4"/>'


def _text(x: float, y: float, text: str, colour: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" style="fill:var(--{colour});text-anchor:{anchor}">'
        f"{escape(visible(text))}</text>"
    )


def _titles(
    columns: Sequence[Column], places: Sequence[float], wide: float, high: float
) -> list[str]:
    """An unseen strip over every column that bears its question."""
    return [
        f'<rect x="{LABEL + place:.1f}" y="{TOP:.0f}" width="{wide:.1f}" height="{high:.0f}" '
        f'style="fill:transparent"><title>{escape(visible(column.title))}</title></rect>'
        for column, place in zip(columns, places, strict=True)
        if column.title
    ]


def _said(forms: Sequence[str], columns: Sequence[Column], title: str) -> str:
    """The picture in words, for those who cannot see it."""
    counts = ", ".join(
        f"{form} {sum(column.verdicts[row] == 'correct' for column in columns)}"
        for row, form in enumerate(forms)
    )
    always = sum(set(column.verdicts) == {"correct"} for column in columns)
    never = sum("correct" not in column.verdicts for column in columns)
    return (
        f"{visible(title)}. Right answers of {len(columns)} by form: {counts}. "
        f"{always} questions are right in every form, {never} in none."
    )
