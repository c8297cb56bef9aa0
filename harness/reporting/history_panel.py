"""One small picture of a history: a figure of one variant over the runs, as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from harness.reporting.history_records import Point
from harness.reporting.palette import LIGHT, themed

WIDTH, HEIGHT = 220, 84
_LEFT, _RIGHT, _TOP, _FOOT = 10, 210, 10, 68
_TONES = {"": "accent", "better": "correct", "worse": "wrong", "other": "ink"}


def panel(points: Sequence[Point | None], least: float, most: float, said: str) -> str:
    """Points with their intervals from the first run to the last, between `least` and `most`.

    A line joins what may be compared. A dashed line stands where something around the answers
    changed, a triangle at a change beyond luck, pointing
    where the figure went. `said` is the alternative text. The same points
    give the same bytes.
    """
    places = [_across(at, len(points)) for at in range(len(points))]
    label = escape(said, quote=True)
    parts = [f'<svg role="img" aria-label="{label}" viewBox="0 0 {WIDTH} {HEIGHT}">']
    parts += [_line(_LEFT - 6, y, _RIGHT + 6, y, "line") for y in (_TOP, _FOOT)]
    for at, point in enumerate(points):
        if point is None:
            continue
        before = points[at - 1] if at else None
        if point.marked and at:
            middle = (places[at - 1] + places[at]) / 2
            parts.append(_line(middle, _TOP - 6, middle, _FOOT + 6, "muted", "2 3"))
        if point.joined and before is not None:
            start, end = (_height(each.value, least, most) for each in (before, point))
            parts.append(_line(places[at - 1], start, places[at], end, "accent", width=1.5))
    for at, (place, point) in enumerate(zip(places, points, strict=True)):
        before = points[at - 1] if at else None
        if point is not None:
            rose = before is None or point.value >= before.value
            parts += _dot(place, point, rose, least, most)
    every = 1 if len(places) <= 12 else 5 if len(places) <= 60 else 20
    numbers = [(at, x) for at, x in enumerate(places, start=1) if at == 1 or at % every == 0]
    parts += [
        f'<text x="{place:.1f}" y="{HEIGHT - 3}" text-anchor="middle">{number}</text>'
        for number, place in numbers
    ]
    return themed("".join(parts) + "</svg>")


def _dot(place: float, point: Point, rose: bool, least: float, most: float) -> list[str]:
    y = _height(point.value, least, most)
    tone = LIGHT[_TONES[point.change]]
    found = []
    if point.low is not None and point.high is not None:
        low, high = (_height(each, least, most) for each in (point.low, point.high))
        found.append(_line(place, low, place, high, "accent", width=3, opacity=0.4))
    if not point.change:
        return [*found, f'<circle cx="{place:.1f}" cy="{y:.1f}" r="3.2" fill="{tone}"/>']
    up = -1 if rose else 1
    corners = f"{place - 5.5:.1f},{y - 4 * up:.1f} {place + 5.5:.1f},{y - 4 * up:.1f}"
    return [*found, f'<polygon points="{corners} {place:.1f},{y + 6 * up:.1f}" fill="{tone}"/>']


def _across(at: int, count: int) -> float:
    return (_LEFT + _RIGHT) / 2 if count == 1 else _LEFT + (_RIGHT - _LEFT) * at / (count - 1)


def _height(value: float, least: float, most: float) -> float:
    share = (value - least) / (most - least) if most > least else 0.5
    return _FOOT - (_FOOT - _TOP) * min(1.0, max(0.0, share))


def _line(
    x: float,
    y: float,
    right: float,
    foot: float,
    tone: str,
    dashes: str = "",
    width: float = 1,
    opacity: float = 1,
) -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    faint = f' stroke-opacity="{opacity:g}"' if opacity < 1 else ""
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{right:.1f}" y2="{foot:.1f}"'
        f' stroke="{LIGHT[tone]}" stroke-width="{width:g}"{dashed}{faint}/>'
    )
