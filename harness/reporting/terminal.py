"""The end of a run on the terminal: the headline table and the sentences, in plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from harness.records import Judged, ProbeName, Results, Score, VariantResult
from harness.reporting.cells import measured
from harness.reporting.data import gather
from harness.reporting.headline import sentences
from harness.reporting.roles import is_bound, is_perturbed
from harness.reporting.shares import from_text_share, invented_share, right_share, shown
from harness.reporting.tell_levels import rounding_said
from harness.reporting.wording import MISSING, duration, megabytes, rate, visible
from harness.storage.folders import RunFolder

WIDTH = 96
KNOWN: tuple[ProbeName, ...] = ("trained", "paraphrase", "text_only")
HEADINGS = (
    "variant",
    "taught",
    "reworded",
    "text only",
    "nobody",
    "from text",
    "weights",
    "answers/s",
    "training",
)

NOTE = (
    "In brackets: not taught to that variant. answers/s and training: taken in the run, where "
    "other variants may have run beside it."
)
BOUNDS = "floors and ceilings, to read the others against"


def summary(results: Results, run: RunFolder) -> str:
    """The headline table, one row a variant, and below it what the run found.

    `results` are those of the run; the answers come from its folder. Raises UserError where a
    record cannot be read.
    """
    data = gather(run, results)
    return plain_text(results, data.judged, data.models)


def plain_text(
    results: Results,
    judged: Mapping[str, Sequence[Judged]],
    models: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """The same from answers that are already judged."""
    ran = [row for row in results.variants if row.verdicts and not is_perturbed(row)]
    rows = [_row(row, judged.get(row.name, ())) for row in ran if not is_bound(row)]
    bounds = [_row(row, judged.get(row.name, ()), bound=True) for row in ran if is_bound(row)]
    every = (HEADINGS, *rows, *bounds)
    widths = [max(len(row[place]) for row in every) for place in range(len(HEADINGS))]
    lines = _about(results.corpus)
    lines += [_line(HEADINGS, widths), "-" * (sum(widths) + 2 * len(widths) - 2)]
    lines += [_line(row, widths) for row in rows]
    lines += ["", BOUNDS, *(_line(row, widths) for row in bounds)] if bounds else []
    rounding = rounding_said(results.variants)
    lines += ["", *textwrap.wrap(f"{NOTE} {rounding}".strip(), WIDTH)] if rows else []
    lines += [_unfinished(row) for row in results.variants if not row.verdicts]
    for each in sentences(results, judged, models):
        lines += ["", *textwrap.wrap(f"{visible(each.lead)} {visible(each.text)}", WIDTH)]
    return "\n".join(lines) + "\n"


def _about(corpus: Mapping[str, Any]) -> list[str]:
    """What the text is called, and what must be said wherever results on it are shown."""
    said = [str(corpus.get(key) or "") for key in ("title", "notice")]
    lines = [line for text in said if text for line in textwrap.wrap(visible(text), WIDTH)]
    return [*lines, ""] if lines else []


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    """Names to the left, figures to the right."""
    pairs = list(zip(row, widths, strict=True))
    cells = [pairs[0][0].ljust(pairs[0][1]), *(text.rjust(width) for text, width in pairs[1:])]
    return "  ".join(cells).rstrip()


def _unfinished(row: VariantResult) -> str:
    if row.status == "pending" and not row.error:
        return visible(f"{row.name}: was not run")
    reason = (row.error or "no reason recorded").split("\n", 1)[0]
    return visible(f"{row.name}: {row.status}, {textwrap.shorten(reason, 70, placeholder=' …')}")


def _count(score: Score | None, taught: bool = True) -> str:
    """ "17/24", in brackets where the variant was shown none of it."""
    if score is None or score.value is None:
        return MISSING
    text = f"{round(score.value * score.n)}/{score.n}"
    return text if taught else f"({text})"


def _row(row: VariantResult, judged: Sequence[Judged], *, bound: bool = False) -> tuple[str, ...]:
    nobody: ProbeName = "nonexistent"
    known = (_count(right_share(row, judged, p), bound or shown(judged, (p,))) for p in KNOWN)
    invented = (invented_share(row, judged, nobody), from_text_share(judged, (nobody,)))
    return (
        visible(row.name if row.status == "ok" else f"{row.name} ({row.status})"),
        *known,
        *(_count(score) for score in invented),
        megabytes(measured(row, "memory.weights_bytes")),
        rate(measured(row, "throughput.answers_per_s")),
        duration(measured(row, "time.train_s")),
    )
