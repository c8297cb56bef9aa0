"""The two figures beside the first screen's sentences, as inline SVG made of plain numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.records import Score
from harness.reporting.labels import placed, said
from harness.reporting.palette import LIGHT
from harness.reporting.shares import OUTCOME_NAMES, OUTCOMES
from harness.reporting.svg import drawing, inline
from harness.reporting.wording import percent, visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMN = 4.9
"""Inches of the figures that stand beside the first screen's sentences."""
AXIS = 0.7
"""Inches that the words beside a plane take of it, about."""
LETTERS = 15.5
"""Letters of a name to an inch, about."""
LONGEST = 40
"""Letters of a name that fit under the narrowest plane."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One variant in the plane of knowing and inventing."""

    name: str
    knows: Score
    invents: Score
    grey: bool = False
    """A floor or a ceiling rather than a model that was tried."""
    trainings: tuple[tuple[float, float], ...] = ()
    """What each training knows and invents, where the dot is the mean of several."""


def knows_invents(dots: Sequence[Dot], width: float = COLUMN) -> str:
    """Recall against hallucination: a dot a variant with its 95 % ranges as a cross.

    Dots are numbered in the order given, which is that of the list of names under the plane.
    `width` in inches.
    """
    columns = _columns(dots, width)
    height = 3.3 + 0.19 * -(-len(dots) // columns)
    with drawing(width, height, f"knows-invents-{width}") as figure:
        axes = figure.add_subplot()
        axes.set_xlim(-0.04, 1.04)
        axes.set_ylim(-0.06, 1.1)
        _in_percent(axes)
        turn = "\n" if width < COLUMN else " "
        axes.set_xlabel(f"knows: right answers to taught facts,{turn}asked in other words")
        axes.set_ylabel("invents: answers about nobody")
        axes.grid(True)
        axes.set_axisbelow(True)
        for dot in dots:
            _cross(axes, dot)
        _numbers(axes, dots, (COLUMN - AXIS) / (width - AXIS))
        _key(figure, dots, columns)
        return inline(figure, "What each variant knows and what it invents", _dots_said(dots))


def _cross(axes: Axes, dot: Dot) -> None:
    x, y = _value(dot.knows), _value(dot.invents)
    colour = LIGHT["unscored"] if dot.grey else LIGHT["accent"]
    thin = {"color": colour, "linewidth": 1.0, "alpha": 0.6, "solid_capstyle": "round"}
    axes.plot([low_end(dot.knows), high_end(dot.knows)], [y, y], **thin)  # type: ignore[arg-type]
    axes.plot([x, x], [low_end(dot.invents), high_end(dot.invents)], **thin)  # type: ignore[arg-type]
    for knows, invents in dot.trainings:
        axes.plot([knows], [invents], ".", color=colour, markersize=4, alpha=0.7)
    axes.plot([x], [y], "s" if dot.grey else "o", color=colour, markersize=6.5)


def _numbers(axes: Axes, dots: Sequence[Dot], letter: float) -> None:
    """Write each dot's number at the first free place over or under it; dots that coincide share
    one label. `letter`: how much more of the plane a letter takes than at full width."""
    places = [(_value(dot.knows), _value(dot.invents)) for dot in dots]
    for numbers, spot in placed(places, letter):
        grey = all(dots[number - 1].grey for number in numbers)
        colour = LIGHT["muted"] if grey else LIGHT["ink"]
        axes.annotate(said(numbers), spot, ha="center", va="center", fontsize=8, color=colour)


def _columns(dots: Sequence[Dot], width: float) -> int:
    """Whether the names fit side by side under a plane of that many inches: 2, else 1."""
    half = -(-len(dots) // 2)
    longest = (max((len(d.name) for d in part), default=0) for part in (dots[:half], dots[half:]))
    return 2 if sum(longest) <= LETTERS * (width - AXIS) else 1


def _key(figure: Figure, dots: Sequence[Dot], columns: int) -> None:
    """The list of names to the numbers, under the plane."""
    from matplotlib.lines import Line2D

    entries = [
        Line2D(
            [],
            [],
            color=LIGHT["unscored" if dot.grey else "accent"],
            linestyle="",
            marker="s" if dot.grey else "o",
            markersize=5.5,
        )
        for dot in dots
    ]
    labels = [f"{number}  {_short(visible(dot.name))}" for number, dot in enumerate(dots, start=1)]
    figure.legend(
        entries,
        labels,
        loc="outside lower left",
        ncols=columns,
        frameon=False,
        fontsize=8.5,
        handletextpad=0.2,
        columnspacing=1.5,
        labelspacing=0.3,
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _dots_said(dots: Sequence[Dot]) -> str:
    return " ".join(
        f"{visible(dot.name)}: knows {percent(dot.knows.value)}, "
        f"invents {percent(dot.invents.value)}."
        for dot in dots
    )


def outcome_bars(rows: Sequence[tuple[str, Mapping[str, int]]], width: float = COLUMN) -> str:
    """What became of the questions that have no answer: a stacked bar a variant. Inches."""
    narrow = width < COLUMN
    height = 0.28 * len(rows) + (1.7 if narrow else 1.25)
    with drawing(width, height, f"outcomes-{width}") as figure:
        axes = figure.add_subplot()
        lefts = [0.0] * len(rows)
        for kind in OUTCOMES:
            widths = [counts[kind] / max(1, sum(counts.values())) for _, counts in rows]
            axes.barh(
                range(len(rows)),
                widths,
                left=lefts,
                height=0.68,
                color=LIGHT[kind],
                edgecolor=LIGHT["paper"],
                linewidth=0.8,
                label=OUTCOME_NAMES[kind],
            )
            for place, (share, (_, counts)) in enumerate(zip(widths, rows, strict=True)):
                if share > (0.09 if narrow else 0.04):
                    axes.text(
                        lefts[place] + share / 2,
                        place,
                        str(counts[kind]),
                        ha="center",
                        va="center",
                        fontsize=8.5,
                        color=LIGHT["paper"] if kind in ("outside", "text") else LIGHT["ink"],
                    )
            lefts = [left + share for left, share in zip(lefts, widths, strict=True)]
        axes.set_yticks(range(len(rows)), [visible(name) for name, _ in rows])
        axes.tick_params(axis="y", length=0, labelcolor=LIGHT["ink"])
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.5, 1] if narrow else [0, 0.2, 0.4, 0.6, 0.8, 1])
        axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
        axes.spines["left"].set_visible(False)
        figure.legend(
            loc="outside lower left", ncols=1 if narrow else 2, frameon=False, fontsize=8.5
        )
        told = " ".join(_bar_said(name, counts) for name, counts in rows)
        return inline(figure, "Answers to questions that have no answer", told)


def _bar_said(name: str, counts: Mapping[str, int]) -> str:
    parts = [f"{counts[kind]} {OUTCOME_NAMES[kind]}" for kind in OUTCOMES if counts[kind]]
    return f"{visible(name)}: {', '.join(parts) or 'nothing'}."


def _in_percent(axes: Axes) -> None:
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks([0, 0.25, 0.5, 0.75, 1])
        axis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")


def _value(score: Score) -> float:
    return score.value if score.value is not None else 0.0


def low_end(score: Score) -> float:
    """Where its range begins; the value itself where it has none."""
    return score.low if score.low is not None else _value(score)


def high_end(score: Score) -> float:
    """Where its range ends; the value itself where it has none."""
    return score.high if score.high is not None else _value(score)
