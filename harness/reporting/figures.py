"""The report's figures. Each takes plain numbers and returns inline SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.records import Score
from harness.reporting.labels import placed
from harness.reporting.palette import LIGHT
from harness.reporting.shares import OUTCOME_NAMES, OUTCOMES
from harness.reporting.svg import drawing, inline
from harness.reporting.wording import percent, visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 6.6
"""Inches; at 72 points each this is the width of the text column."""
COLUMN = 4.9
"""Inches of the figures that stand beside the first screen's sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One variant in the plane of knowing and inventing."""

    name: str
    knows: Score
    invents: Score
    grey: bool = False
    """A floor or a ceiling rather than a model that was tried."""


def knows_invents(dots: Sequence[Dot]) -> str:
    """Recall against hallucination: a dot a variant with its 95 % ranges as a cross."""
    ordered = sorted(dots, key=lambda dot: (-_value(dot.invents), _value(dot.knows), dot.name))
    height = 3.3 + 0.19 * ((len(dots) + 1) // 2)
    with drawing(COLUMN, height, "knows-invents") as figure:
        axes = figure.add_subplot()
        axes.set_xlim(-0.04, 1.04)
        axes.set_ylim(-0.06, 1.1)
        _in_percent(axes)
        axes.set_xlabel("knows: right answers to taught facts, asked in other words")
        axes.set_ylabel("invents: answers about nobody")
        axes.grid(True)
        axes.set_axisbelow(True)
        for dot in ordered:
            _cross(axes, dot)
        _numbers(axes, ordered)
        _key(figure, ordered)
        return inline(figure, "What each variant knows and what it invents", _dots_said(ordered))


def _cross(axes: Axes, dot: Dot) -> None:
    x, y = _value(dot.knows), _value(dot.invents)
    colour = LIGHT["unscored"] if dot.grey else LIGHT["accent"]
    thin = {"color": colour, "linewidth": 1.0, "alpha": 0.6, "solid_capstyle": "round"}
    axes.plot([_low(dot.knows), _high(dot.knows)], [y, y], **thin)  # type: ignore[arg-type]
    axes.plot([x, x], [_low(dot.invents), _high(dot.invents)], **thin)  # type: ignore[arg-type]
    axes.plot([x], [y], "s" if dot.grey else "o", color=colour, markersize=6.5)


def _numbers(axes: Axes, dots: Sequence[Dot]) -> None:
    """Write each dot's number at the first free place over or under it; dots that coincide share
    one label."""
    for numbers, spot in placed([(_value(dot.knows), _value(dot.invents)) for dot in dots]):
        grey = all(dots[number - 1].grey for number in numbers)
        colour = LIGHT["muted"] if grey else LIGHT["ink"]
        text = ", ".join(map(str, numbers))
        axes.annotate(text, spot, ha="center", va="center", fontsize=8, color=colour)


def _key(figure: Figure, dots: Sequence[Dot]) -> None:
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
    labels = [f"{number}  {visible(dot.name)}" for number, dot in enumerate(dots, start=1)]
    figure.legend(
        entries,
        labels,
        loc="outside lower left",
        ncols=2,
        frameon=False,
        fontsize=8.5,
        handletextpad=0.2,
        columnspacing=1.5,
        labelspacing=0.3,
    )


def _dots_said(dots: Sequence[Dot]) -> str:
    return " ".join(
        f"{visible(dot.name)}: knows {percent(dot.knows.value)}, "
        f"invents {percent(dot.invents.value)}."
        for dot in dots
    )


def outcome_bars(rows: Sequence[tuple[str, Mapping[str, int]]]) -> str:
    """What became of the questions that have no answer: a stacked bar a variant."""
    with drawing(COLUMN, 0.28 * len(rows) + 1.25, "outcomes") as figure:
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
            for place, (width, (_, counts)) in enumerate(zip(widths, rows, strict=True)):
                if width > 0.04:
                    axes.text(
                        lefts[place] + width / 2,
                        place,
                        str(counts[kind]),
                        ha="center",
                        va="center",
                        fontsize=8.5,
                        color=LIGHT["paper"] if kind in ("outside", "text") else LIGHT["ink"],
                    )
            lefts = [left + width for left, width in zip(lefts, widths, strict=True)]
        axes.set_yticks(range(len(rows)), [visible(name) for name, _ in rows])
        axes.tick_params(axis="y", length=0, labelcolor=LIGHT["ink"])
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
        axes.spines["left"].set_visible(False)
        figure.legend(loc="outside lower left", ncols=2, frameon=False, fontsize=8.5)
        said = " ".join(_bar_said(name, counts) for name, counts in rows)
        return inline(figure, "Answers to questions that have no answer", said)


def _bar_said(name: str, counts: Mapping[str, int]) -> str:
    parts = [f"{counts[kind]} {OUTCOME_NAMES[kind]}" for kind in OUTCOMES if counts[kind]]
    return f"{visible(name)}: {', '.join(parts) or 'nothing'}."


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPoint:
    """One quantization level of one recipe and seed. None: not measured."""

    level: str
    recall: Score | None
    peak_bytes: float | None
    written_per_s: float | None
    trained_per_s: float | None


PANELS = (
    ("peak_bytes", 1e6, "peak memory,\nanswering, MB"),
    ("written_per_s", 1, "tokens written\na second"),
    ("trained_per_s", 1, "tokens trained\na second"),
)
"""Quantity, its unit and its label, of what is drawn beside recall where it was measured."""


def levels(points: Sequence[LevelPoint]) -> str:
    """Recall, peak memory and measured speeds by quantization level, side by side."""
    names = list(dict.fromkeys(point.level for point in points))
    shown = [each for each in PANELS if any(getattr(p, each[0]) is not None for p in points)]
    with drawing(WIDTH, 0.34 * len(names) + 1.0, "levels") as figure:
        recall, *others = figure.subplots(1, 1 + len(shown), sharey=True, squeeze=False)[0]
        for point in points:
            place = names.index(point.level)
            if point.recall is not None and point.recall.value is not None:
                ends = [_low(point.recall), _high(point.recall)]
                recall.plot(ends, [place, place], color=LIGHT["accent"], linewidth=1, alpha=0.75)
                recall.plot([point.recall.value], [place], "o", color=LIGHT["accent"], markersize=6)
            for axes, (quantity, unit, _) in zip(others, shown, strict=True):
                value = getattr(point, quantity)
                if value is not None:
                    axes.plot([value / unit], [place], "o", color=LIGHT["accent"])
        recall.set_yticks(range(len(names)), names)
        recall.set_ylim(len(names) - 0.5, -0.5)
        recall.set_xlim(-0.04, 1.04)
        recall.set_xticks([0, 0.5, 1])
        recall.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
        recall.set_xlabel("taught facts, in\nother words")
        for axes in (recall, *others):
            axes.grid(True, axis="y")
            axes.tick_params(axis="y", length=0, labelcolor=LIGHT["ink"])
            axes.spines["left"].set_visible(False)
        for axes, (quantity, unit, label) in zip(others, shown, strict=True):
            axes.set_xlabel(label)
            axes.set_xlim(0, room(points, quantity) / unit)
        return inline(figure, "Quantization levels", " ".join(_level_said(p) for p in points))


def room(points: Sequence[LevelPoint], name: str) -> float:
    """Where the axis of that quantity ends: far enough for the last dot to be whole."""
    found = [getattr(point, name) for point in points]
    return 1.1 * max((each for each in found if each), default=1 / 1.1)


def _level_said(point: LevelPoint) -> str:
    peak = "unmeasured" if point.peak_bytes is None else f"{point.peak_bytes / 1e6:.0f} MB"
    speeds = [
        "unmeasured" if each is None else f"{each:.0f}"
        for each in (point.written_per_s, point.trained_per_s)
    ]
    recall = percent(point.recall.value if point.recall else None)
    return (
        f"{point.level}: right {recall}, peak memory {peak}, "
        f"tokens written a second {speeds[0]}, trained a second {speeds[1]}."
    )


def losses(curves: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Training loss by epoch, a line a variant, named where it ends."""
    tones = ("accent", "text", "outside", "correct", "other", "muted", "wrong")
    dashes = ("-", "--", ":", "-.")
    with drawing(WIDTH, max(3.0, 0.19 * len(curves) + 0.5), "losses") as figure:
        axes = figure.add_subplot()
        for number, (name, points) in enumerate(curves.items()):
            axes.plot(
                [epoch for epoch, _ in points],
                [loss for _, loss in points],
                color=LIGHT[tones[number % len(tones)]],
                linestyle=dashes[number // len(tones) % len(dashes)],
                linewidth=1.4,
                label=visible(name),
            )
        axes.set_ylim(bottom=0)
        axes.set_xlabel("epoch (times the examples were seen)")
        axes.set_ylabel("training loss, nats a token")
        axes.grid(True, axis="y")
        figure.legend(loc="outside right center", frameon=False, fontsize=8.5)
        said = " ".join(
            f"{visible(name)}: from {points[0][1]:.2f} to {points[-1][1]:.2f}."
            for name, points in curves.items()
            if points
        )
        return inline(figure, "Training loss", said)


def _in_percent(axes: Axes) -> None:
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks([0, 0.25, 0.5, 0.75, 1])
        axis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")


def _value(score: Score) -> float:
    return score.value if score.value is not None else 0.0


def _low(score: Score) -> float:
    return score.low if score.low is not None else _value(score)


def _high(score: Score) -> float:
    return score.high if score.high is not None else _value(score)
