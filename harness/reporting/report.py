"""From a run folder to one HTML file that can be sent to anyone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from harness.records import UNANSWERABLE
from harness.reporting import (
    answers_packed,
    bounds,
    definitions,
    definitions_measures,
    figures,
    figures_levels,
    form_scores,
    markdown,
    section_answers,
    section_audit,
    section_corpus,
    section_dots,
    section_forms,
    section_invents,
    section_knows,
    section_levels,
    section_method,
    section_pairs,
    section_repeats,
    section_scores,
    section_strata,
    section_use,
    section_variance,
    section_variants,
    section_writers,
    tables_csv,
    threats,
)
from harness.reporting.data import RunData, gather
from harness.reporting.formats import FormatName, put
from harness.reporting.headline import sentences
from harness.reporting.pages import rendered, script, style
from harness.reporting.public import withheld
from harness.reporting.public_results import without_text
from harness.reporting.roles import counted, is_perturbed, tried
from harness.reporting.shares import OUTCOME_NAMES, outcomes
from harness.reporting.svg import fitting
from harness.reporting.wording import PROBE_NAMES
from harness.storage.folders import RunFolder

MOST_LISTED = 1000
"""So many rows of a plain table of answers; all of them are in the answer browser."""


def write(
    run: RunFolder,
    out: Path | None = None,
    *,
    public: bool = False,
    format: FormatName = "html",
) -> Path:
    """Build the report of a run and put it at `out`; returns the path.

    By default it lies in the run folder: report.html, report.md or report.csv, and a `public` one,
    which holds no passage, question, answer or name of the corpus, report-public.html and so on.
    The same run gives the same bytes. Raises UserError where the run cannot be read or the file
    not be written.
    """
    path = out if out is not None else run.report.with_name(file_name(public, format))
    put(in_format(gather(run), format, public=public), path)
    return path


def file_name(public: bool, format_name: FormatName) -> str:
    """What a report is called in its run folder."""
    return f"report-public.{format_name}" if public else f"report.{format_name}"


def in_format(data: RunData, format_name: FormatName, *, public: bool = False) -> str:
    """The report as text in one of its forms."""
    if format_name == "csv":
        return tables_csv.numbers(data.results)
    if format_name == "md":
        return markdown.render(data, public=public)
    return render(data, public=public)


def render(data: RunData, *, public: bool = False) -> str:
    """The whole page as text."""
    if public:
        data = replace(data, results=without_text(data.results))
    values = context(data)
    if public:
        values = withheld(values, data)
    return rendered("report.html", values)


def context(data: RunData) -> dict[str, Any]:
    """Everything the template may use: plain objects, no logic left to it."""
    from markupsafe import Markup

    table = tables_csv.numbers(data.results, ending="\n")
    device = str(data.results.environment.get("device", "an unknown device"))
    return {
        "suite": str(data.results.suite.get("name", "without a name")),
        "corpus": data.corpus,
        "device": "a CPU" if device.startswith("cpu") else device,
        "models": section_method.models_used(data),
        "sentences": sentences(data.results, data.judged, data.models),
        "use": section_use.to_use(data),
        "columns": section_variants.columns(data),
        "groups": _groups(section_variants.columns(data)),
        "rows": section_variants.rows(data),
        "bounds": _sides(section_variants.bound_rows(data)),
        "counted": counted(data.results),
        "figures": {name: Markup(svg) for name, svg in _figures(data).items()},
        "several": any(dot.trainings for dot in section_dots.dots(data)),
        "about": section_corpus.about(data),
        "audit": section_audit.audited(data),
        "knows": _knows(data),
        "strata": section_strata.knowledge(data),
        "writers": section_writers.writers(data),
        "public": False,
        "invents": _invents(data),
        "levels": _levels(data),
        "tables": section_scores.tables(data),
        "definitions": definitions.shown(data),
        "pairs": _pairs(data),
        "repeats": section_repeats.repeats(data),
        "variance": section_variance.variance_rows(data),
        "forms": section_forms.asked_in_forms(data),
        "form_scores": form_scores.summary(data),
        "measures": section_method.MEASURES,
        "measure_groups": _groups_of([group for group, _, _ in section_method.MEASURES]),
        "measure_definitions": tuple(definitions_measures.MEASURES.items()),
        "measured": section_method.measured_rows(data),
        "probes": [{"name": n, "answers": a} for n, a in section_answers.telling(data)],
        "marks": section_answers.explained(data),
        "browser": Markup(answers_packed.packed(data)),
        "answer_count": sum(len(group) for group in data.judged.values()),
        "absent": section_method.absent(data),
        "threats": threats.threats(data),
        "provenance": _provenance(data),
        "csv": table,
        "csv_link": "data:text/csv;charset=utf-8," + quote(table),
        "style": Markup(style("report.css", "tables.css", "answers.css")),
        "script": Markup(script(*answers_packed.SCRIPTS)),
        "tables_script": Markup(script("tables.js")),
    }


def _figures(data: RunData) -> dict[str, str]:
    found: dict[str, str] = {}
    dots = section_dots.dots(data)
    if dots:
        found["knows_invents"] = fitting(figures.knows_invents, dots)
    bars = [(row.name, data.judged.get(row.name, ())) for row in tried(data.results)]
    stacked = [(name, outcomes(judged, UNANSWERABLE)) for name, judged in bars if judged]
    stacked = [(name, counts) for name, counts in stacked if sum(counts.values())]
    if stacked:
        found["outcomes"] = fitting(figures.outcome_bars, stacked)
    points = section_levels.level_points(data)
    if points:
        found["levels"] = fitting(figures_levels.levels, points)
    noisy = [row.name for row in data.results.variants if is_perturbed(row)]
    curves = {
        name: [(point.epoch, point.loss) for point in points]
        for name, points in data.losses.items()
        if points and name not in noisy
    }
    if curves:
        found["losses"] = fitting(figures_levels.losses, curves)
    return found


def _knows(data: RunData) -> dict[str, Any]:
    guessed = bounds.guessing(data)
    return {
        "probes": [PROBE_NAMES[probe] for probe in section_knows.probes(data)],
        "rows": section_knows.probe_rows(data),
        "bounds": _sides(section_knows.bound_rows(data)),
        "chances": [bounds.chance_said(guessed, probe) for probe in section_knows.probes(data)],
        "maps": section_knows.maps(data),
        "fates": section_knows.FATES,
    }


def _invents(data: RunData) -> dict[str, Any]:
    questions, named = section_invents.by_name(data)
    probes = section_invents.kind_probes(data)
    twins = section_invents.twins(data)
    borrowed = section_invents.borrowed_groups(section_invents.borrowings(data))
    return {
        "outcomes": OUTCOME_NAMES,
        "probes": [PROBE_NAMES[probe] for probe in probes],
        "kinds": section_invents.kind_rows(data) if probes else (),
        "borrowed": [
            {"name": name, "says": says, "rows": found[:MOST_LISTED], "count": _counted(found)}
            for name, says, found in borrowed
        ],
        "twins": twins[:MOST_LISTED],
        "twin_count": _counted(twins),
        "questions": questions,
        "named": named,
    }


def _levels(data: RunData) -> dict[str, Any]:
    flips = section_levels.flipped(data)
    rows, noise = section_levels.told_once(section_levels.level_rows(data))
    return {
        "rows": rows,
        "noise": noise,
        "luck": section_levels.luck_said(data),
        "flips": flips[:MOST_LISTED],
        "flip_count": _counted(flips),
    }


def _counted(rows: Sequence[Any]) -> str:
    """How many there are, and that only the first are listed where they are too many for a page."""
    count = f"{len(rows):,}"
    return count if len(rows) <= MOST_LISTED else f"first {MOST_LISTED:,} of {count}"


def _pairs(data: RunData) -> dict[str, Any]:
    found = section_pairs.quadrants(data)
    return {
        "columns": section_pairs.COLUMNS,
        "rows": found,
        "sentences": section_pairs.sentences(found),
        "answer": section_pairs.MUST_ANSWER,
        "abstain": section_pairs.MUST_ABSTAIN,
    }


def _sides(rows: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    """Floors and ceilings, each under its heading."""
    sides = {side: [row for row in rows if row.side == side] for side in bounds.HEADINGS}
    return [(bounds.HEADINGS[side], found) for side, found in sides.items() if found]


def _groups(columns: tuple[section_variants.Column, ...]) -> list[tuple[str, int]]:
    return _groups_of([column.group for column in columns])


def _groups_of(names: list[str]) -> list[tuple[str, int]]:
    """Runs of equal names with their lengths, for headings that span columns."""
    runs: list[tuple[str, int]] = []
    for name in names:
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + 1)
        else:
            runs.append((name, 1))
    return runs


def _provenance(data: RunData) -> Mapping[str, Any]:
    return {
        "environment": section_method.flat(data.results.environment),
        "shared": section_method.common_settings(data),
        "variants": [
            {
                "name": row.name,
                "trained": row.trained,
                "asked": next((item.answer.asked for item in data.judged.get(row.name, ())), ""),
                "model": section_method.flat(data.models.get(row.name, {})),
                "own": section_method.own_settings(data, row),
                "phases": section_method.flat(data.phases.get(row.name, {})),
            }
            for row in data.results.variants
        ],
        "suite": data.suite_source,
    }
