"""The figures of quantization levels and of training, as inline SVG made of plain numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.records import Score
from harness.reporting.figures import high_end, low_end
from harness.reporting.palette import LIGHT
from harness.reporting.svg import drawing, inline
from harness.reporting.wording import percent, visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 6.6
"""Inches; at 72 points each this is the width of the text column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPoint:
    """One quantization level of one recipe and seed. None: not measured."""

    level: str
    recall: Score | None
    peak_bytes: float | None
    written_per_s: float | None
    trained_per_s: float | None


LONG_NAME = 18
"""Letters; two longer names do not fit beside each other on a phone."""
PANELS = (
    ("peak_bytes", 1e6, "peak memory,\nanswering, MB"),
    ("written_per_s", 1, "tokens written\na second"),
    ("trained_per_s", 1, "tokens trained\na second"),
)
"""Quantity, its unit and its label, of what is drawn beside recall where it was measured."""


def levels(points: Sequence[LevelPoint], width: float = WIDTH) -> str:
    """Recall, peak memory and measured speeds by quantization level, side by side, or one under
    the other where the `width` (inches) is less than that of the text."""
    names = list(dict.fromkeys(point.level for point in points))
    shown = [each for each in PANELS if any(getattr(p, each[0]) is not None for p in points)]
    count = 1 + len(shown)
    stacked = width < WIDTH
    height = count * (0.2 * len(names) + 0.75) if stacked else 0.34 * len(names) + 1.0
    with drawing(width, height, f"levels-{width}") as figure:
        recall, *others = _panels(figure, count, stacked=stacked)
        for point in points:
            place = names.index(point.level)
            if point.recall is not None and point.recall.value is not None:
                ends = [low_end(point.recall), high_end(point.recall)]
                recall.plot(ends, [place, place], color=LIGHT["accent"], linewidth=1, alpha=0.75)
                recall.plot([point.recall.value], [place], "o", color=LIGHT["accent"], markersize=6)
            for axes, (quantity, unit, _) in zip(others, shown, strict=True):
                value = getattr(point, quantity)
                if value is not None:
                    axes.plot([value / unit], [place], "o", color=LIGHT["accent"])
        for axes in (recall, *others):
            axes.set_yticks(range(len(names)), names)
            axes.set_ylim(len(names) - 0.5, -0.5)
        recall.set_xlim(-0.04, 1.04)
        recall.set_xticks([0, 0.5, 1])
        recall.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
        recall.set_xlabel(_label("taught facts, in\nother words", stacked=stacked))
        for axes in (recall, *others):
            axes.grid(True, axis="y")
            axes.tick_params(axis="y", length=0, labelcolor=LIGHT["ink"])
            axes.spines["left"].set_visible(False)
        for axes, (quantity, unit, label) in zip(others, shown, strict=True):
            axes.set_xlabel(_label(label, stacked=stacked))
            axes.set_xlim(0, room(points, quantity) / unit)
        return inline(figure, "Quantization levels", " ".join(_level_said(p) for p in points))


def _panels(figure: Figure, count: int, *, stacked: bool) -> list[Axes]:
    """So many planes, side by side on one axis of levels, or one under the other."""
    if stacked:
        return [row[0] for row in figure.subplots(count, 1, squeeze=False)]
    return list(figure.subplots(1, count, sharey=True, squeeze=False)[0])


def _label(text: str, *, stacked: bool) -> str:
    return text.replace("\n", " ") if stacked else text


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


def losses(curves: Mapping[str, Sequence[tuple[float, float]]], width: float = WIDTH) -> str:
    """Training loss by epoch, a line a variant, named beside the plane, or under it where the
    `width` (inches) is less than that of the text."""
    beside = width >= WIDTH
    columns = 1 if beside or max(map(len, curves), default=0) > LONG_NAME else 2
    lines = 0.19 * -(-len(curves) // columns)
    height = max(3.0, lines + 0.5) if beside else 2.6 + lines
    tones = ("accent", "text", "outside", "correct", "other", "muted", "wrong")
    dashes = ("-", "--", ":", "-.")
    with drawing(width, height, f"losses-{width}") as figure:
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
        figure.legend(
            loc="outside right center" if beside else "outside lower left",
            ncols=columns,
            frameon=False,
            fontsize=8.5,
        )
        said = " ".join(
            f"{visible(name)}: from {points[0][1]:.2f} to {points[-1][1]:.2f}."
            for name, points in curves.items()
            if points
        )
        return inline(figure, "Training loss", said)
