"""A history as a page, as Markdown, and as comma-separated values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.comparing.directions import better
from harness.reporting.definitions import DEFINITIONS, name_of
from harness.reporting.formats import FormatName, put
from harness.reporting.history_panel import panel
from harness.reporting.history_records import RESOURCES, History, Moment, Point, Series
from harness.reporting.markdown import escaped, table
from harness.reporting.pages import rendered, style
from harness.reporting.tables_csv import COLUMNS
from harness.reporting.tables_csv import table as csv_table
from harness.reporting.units import SHARE, written
from harness.reporting.wording import MISSING, plural

NAME = "history"
SHOWN = 6
"""Runs that a text shows; a page shows all."""
LISTED = 40
"""Changes that a text lists, the newest."""
_VERBS = {"better": "got better", "worse": "got worse", "other": "changed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One small picture with what stands over and under it."""

    variant: str
    svg: Any
    last: str
    """The newest figure with its range."""
    change: str
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One score or resource: a panel a variant, all on one scale."""

    name: str
    says: str
    scale: str
    panels: tuple[Panel, ...]


def write(found: History, out: Path | None = None, *, format: FormatName = "html") -> Path:
    """Write a history, by default as history.html, .md or .csv here; returns where.

    The same sides give the same bytes. Raises UserError where the file cannot be written.
    """
    path = out if out is not None else Path(f"{NAME}.{format}")
    put({"html": page, "md": markdown, "csv": values}[format](found), path)
    return path


def page(found: History) -> str:
    """The whole page as text. It works without scripts and holds no text of the corpus."""
    from markupsafe import Markup

    main, rest = found.changes(main=True), found.changes(main=False)
    return rendered(
        "history.html",
        {
            "suite": found.suite,
            "moments": found.moments,
            "span": _span(found.moments),
            "dates": _dates(found.moments),
            "lead": _lead(found, len(main)),
            "changes": [_change(*each, found.moments) for each in main],
            "others": [_change(*each, found.moments) for each in rest],
            "scores": [_figure(found, name) for name in found.main],
            "resources": [_figure(found, name) for name in RESOURCES if found.of(name)],
            "tables": [(variant, _rows(found, variant)) for variant in found.variants],
            "style": Markup(style("report.css", "history.css")),
        },
    )


def _span(moments: Sequence[Moment]) -> str:
    """ "3 runs from 2026-11-20 to 2026-11-22"."""
    return f"{plural(len(moments), 'run')} {_dates(moments)}".strip()


def _dates(moments: Sequence[Moment]) -> str:
    dates = [each.started[:10] for each in moments if each.started]
    if not dates:
        return ""
    return f"on {dates[0]}" if dates[0] == dates[-1] else f"from {dates[0]} to {dates[-1]}"


def _lead(found: History, count: int) -> str:
    if len(found.moments) < 2:
        return "One run is no history yet: nothing to compare it with."
    if not count:
        return "Nothing changed beyond luck from one run to the next."
    if count == 1:
        return "One figure changed beyond luck."
    return f"{count} figures changed beyond luck from one run to the next."


def _change(
    moment: Moment, series: Series, point: Point, moments: Sequence[Moment]
) -> dict[str, str]:
    at = moment.number - 1
    before = series.points[at - 1]
    was = written(before.value, series.unit) if before else MISSING
    return {
        "when": f"{moments[at - 1].number} → {moment.number}",
        "runs": f"{moments[at - 1].label} → {moment.label}",
        "variant": series.variant,
        "name": series.name,
        "way": point.change,
        "verb": _VERBS[point.change],
        "figures": f"{was} → {written(point.value, series.unit)}",
        "said": point.said,
    }


def _figure(found: History, name: str) -> Figure:
    from markupsafe import Markup

    all_series = found.of(name)
    least, most = _scale(all_series)
    unit = all_series[0].unit
    panels = []
    for each in all_series:
        shown = [point for point in each.points if point is not None]
        changed = [(at, p) for at, p in enumerate(each.points, start=1) if p and p.change]
        at, last = changed[-1] if changed else (0, None)
        panels.append(
            Panel(
                variant=each.variant,
                svg=Markup(panel(each.points, least, most, _described(each))),
                last=_written(shown[-1], unit),
                change=f"{_VERBS[last.change]} in run {at}" if last else "",
                way=last.change if last else "",
            )
        )
    return Figure(
        name=name,
        says=" ".join(filter(None, (says(name), way_said(name)))),
        scale=_span_of_scale(least, most, unit),
        panels=tuple(panels),
    )


def way_said(name: str) -> str:
    """Which way is good, in a sentence; nothing where neither is."""
    return {1: "More is better.", -1: "Less is better.", 0: ""}[better(name)]


def says(name: str) -> str:
    """What a score is, in the first sentence of its definition; nothing for a resource."""
    known = name_of(name)
    if known is None:
        return ""
    first = DEFINITIONS[known][0].partition(". ")[0].rstrip(".") + "."
    return first.replace("The same for", "Answered with content:")


def _scale(all_series: Sequence[Series]) -> tuple[float, float]:
    """The axis that all panels of a figure share: shares from 0 to 1, all else from 0 on."""
    points = [point for each in all_series for point in each.points if point is not None]
    ends = [end for p in points for end in (p.value, p.low, p.high) if end is not None]
    top = 1.0 if all_series[0].unit == SHARE else 0.0
    return min(0.0, *ends), max(top, *ends)


def _span_of_scale(least: float, most: float, unit: str) -> str:
    """ "from 0 to 357 tokens/s"."""
    low = "0" if least == 0 else written(least, unit)
    named = "" if unit in (SHARE, "bytes", "s", "") else f" {unit}"
    return f"from {low} to {written(most, unit)}{named}"


def _described(series: Series) -> str:
    said = [
        f"run {at}: {_written(point, series.unit)}{_changed(point)}" if point else f"run {at}: none"
        for at, point in enumerate(series.points, start=1)
    ]
    return f"{series.variant}, {series.name}. {'; '.join(said)}."


def _changed(point: Point) -> str:
    return f", {_VERBS[point.change]}" if point.change else ""


def _written(point: Point, unit: str) -> str:
    """ "71 % (51–85)"; of a resource with samples, their span."""
    text = written(point.value, unit)
    if point.low is None or point.high is None or point.low == point.high:
        return text
    low, high = written(point.low, unit), written(point.high, unit)
    tail = low.partition("\u00a0")[2]
    if tail and high.partition("\u00a0")[2] == tail:
        low, high = low.partition("\u00a0")[0], high.partition("\u00a0")[0]
    return f"{text} ({low}–{high})"


def _rows(found: History, variant: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Name and, a run, figure, mark and class: first the main ones, then all others."""
    order = {name: at for at, name in enumerate((*found.main, *RESOURCES))}
    own = [each for each in found.series if each.variant == variant]
    own.sort(key=lambda each: (order.get(each.name, len(order)), each.kind, each.name))
    return [(each.name, [_cell(point, each.unit) for point in each.points]) for each in own]


def _cell(point: Point | None, unit: str) -> tuple[str, str, str]:
    if point is None:
        return MISSING, "", ""
    return _written(point, unit), _VERBS.get(point.change, ""), point.change


def markdown(found: History) -> str:
    """Runs, changes and the main figures, for a pull request or a wiki: of the newest runs."""
    newest = found.moments[-SHOWN:]
    runs = [(str(m.number), m.label, m.date, m.corpus, _line(m.around)) for m in newest]
    main = found.changes(main=True)
    changes = [_change(*each, found.moments) for each in main[-LISTED:]]
    names = (*found.main, *(name for name in RESOURCES if found.of(name)))
    rows = [
        [each.variant, each.name, *(_in_words(point, each.unit) for point in each.points[-SHOWN:])]
        for name in names
        for each in found.of(name)
    ]
    said = [
        (c["when"], c["variant"], c["name"], c["verb"], c["figures"], c["said"]) for c in changes
    ]
    headings = ("runs", "variant", "figure", "change", "from → to", "difference, 95 % range")
    rest = len(found.moments) - len(newest)
    parts = [
        f"## {escaped(found.suite)}: {escaped(_span(found.moments))}",
        f"**{escaped(_lead(found, len(main)))}**",
        *([table(headings, said)] if said else []),
        "### Runs",
        *([f"The newest {SHOWN}; {rest} before them are in the page and the CSV."] if rest else []),
        table(("run", "name", "started (UTC)", "corpus", "what differs from the run before"), runs),
        "### Figures",
        table(("variant", "figure", *(str(m.number) for m in newest)), rows),
    ]
    return "\n\n".join(parts) + "\n"


def _line(around: Sequence[str]) -> str:
    return "; ".join(around).replace("->", "→") or MISSING


def _in_words(point: Point | None, unit: str) -> str:
    text, verb, _ = _cell(point, unit)
    return f"{text} {verb}".strip()


def values(found: History) -> str:
    """Every figure of every run, one a line."""
    columns = ("run", "label", "started", *COLUMNS, "joined", "change", "p")
    lines = [
        (
            *(moment.number, moment.label, moment.started),
            *(each.variant, each.kind, each.name, point.value),
            *((point.low, point.high) if each.kind == "score" else (None, None)),
            *(point.n or None, point.clusters or None, point.protocol, each.unit),
            *("yes" if point.joined else "no", point.change, point.p),
        )
        for at, moment in enumerate(found.moments)
        for each in found.series
        if (point := each.points[at]) is not None
    ]
    return csv_table(columns, lines)
