"""A comparison as one page: the verdict, every gate with its reason, changed replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from harness.comparing.compare import WORST, Change, Comparison
from harness.comparing.directions import better
from harness.comparing.extent import not_compared
from harness.comparing.fingerprints import FingerprintRow
from harness.comparing.matrix import difference, matrix
from harness.comparing.rows import GateName, ScoreRow
from harness.records import Score
from harness.reporting.history import beyond_luck
from harness.reporting.history_pages import says, way_said
from harness.reporting.pages import rendered, style
from harness.reporting.wording import MISSING
from harness.storage.jsonl import atomic_write

VERDICTS: Mapping[GateName, str] = {
    "pass": "Nothing that is gated got worse by more than its margin.",
    "regression": "Something that is gated got worse.",
    "inconclusive": "This comparison cannot tell.",
    "not_comparable": "These two cannot be compared in full.",
}
Piece = tuple[str, bool]
"""A run of words, and whether the other side has it not."""
LONGEST = 4000
"""Characters of a reply that are shown and compared word by word."""


def write_page(comparison: Comparison, path: Path) -> None:
    """Build the page and put it at `path`. The same comparison gives the same bytes."""
    atomic_write(path, render(comparison).encode("utf-8", "replace"))


def render(comparison: Comparison) -> str:
    """The whole page as text, everything that comes from a model or a user escaped."""
    from markupsafe import Markup

    wordings = {each.question: each.wording for each in comparison.changes}
    return rendered(
        "comparison.html",
        {
            "found": comparison,
            "lead": VERDICTS[comparison.verdict],
            "counts": _counts(comparison) + _first_steps(comparison),
            "worse": [
                *(f"{row.variant}: {row.finding.kind}" for row in _other_steps(comparison)),
                *(f"{row.variant}: {row.score}" for row in _worse(comparison)),
            ],
            "against": matrix(comparison) if comparison.reference else None,
            "reasons": {(row.variant, row.score): _reason(row) for row in comparison.gated},
            "by_flips": any(row.floor is not None for row in comparison.gated),
            "gated": [_cells(row, wordings) for row in _worst_first(comparison.gated)],
            "passed": [_cells(r, wordings) for r in comparison.gated if r.verdict == "pass"],
            "meant": _meant(comparison),
            "moved": [_cells(r, wordings) for r in comparison.others if beyond_luck(r)],
            "others": [
                _cells(row, wordings)
                for row in comparison.others
                if row.difference and not beyond_luck(row) and not row.problem
            ],
            "not_compared": tuple(not_compared(comparison.others)),
            "settings": [line for line in comparison.changed if line not in comparison.packages],
            "resources": comparison.resources,
            "groups": _groups(comparison.changes),
            "style": Markup(style("report.css", "comparison.css")),
        },
    )


def _worst_first(rows: Sequence[ScoreRow]) -> list[ScoreRow]:
    """The gates that did not pass, the worst first."""
    return sorted(
        (row for row in rows if row.verdict is not None and row.verdict != "pass"),
        key=lambda row: WORST.index(row.verdict or "pass"),
    )


def _reason(row: ScoreRow) -> str:
    """Why a gate ended as it did, short enough for a cell; nothing for a pass that says it all."""
    if row.verdict == "pass":
        return "same replies" if row.identical else ""
    return row.sentence


def _meant(comparison: Comparison) -> list[tuple[str, str]]:
    """Every score that stands in a table, with its definition and which way is good."""
    rows = [*comparison.gated, *(row for row in comparison.others if row.difference)]
    names = dict.fromkeys(row.score for row in rows)
    said = [(name, " ".join(filter(None, (says(name), way_said(name))))) for name in names]
    return [(name, words) for name, words in said if words]


def _counts(comparison: Comparison) -> str:
    """How the gates ended, in words: "9 of 12 gates pass, 1 regression, 2 inconclusive"."""
    verdicts = [row.verdict for row in comparison.gated]
    if not verdicts:
        return "No score was gated."
    said = [f"{verdicts.count('pass')} of {len(verdicts)} gates pass"]
    for verdict, word in (
        ("regression", "got worse"),
        ("not_comparable", "cannot be compared"),
        ("inconclusive", "cannot be told"),
    ):
        if verdict in verdicts:
            said.append(f"{verdicts.count(verdict)} {word}")
    return ", ".join(said) + "."


def _first_steps(comparison: Comparison) -> str:
    """How many variants compute something else before they are trained; "" where none does."""
    count = len(_other_steps(comparison))
    if not count:
        return ""
    whole = len(comparison.fingerprints)
    return f" Before any training, {count} of {whole} variants no longer compute what they did."


def _other_steps(comparison: Comparison) -> list[FingerprintRow]:
    return [row for row in comparison.fingerprints if row.verdict == "regression"]


def _worse(comparison: Comparison) -> list[ScoreRow]:
    return [row for row in comparison.gated if row.verdict == "regression"]


def _cells(row: ScoreRow, wordings: Mapping[str, str]) -> dict[str, Any]:
    worse, mended = len(row.harmed), row.flips - len(row.harmed)
    told = f"{worse} worse, {mended} better" if better(row.score) else f"{row.flips} changed"
    flipped = row.harmed if better(row.score) else (*row.lost, *row.gained)
    return {
        "row": row,
        "before": _value(row, row.before),
        "after": _value(row, row.after),
        "difference": difference(row),
        "n": f"{row.n:,}" if row.n else MISSING,
        "clusters": f"{row.clusters:,}" if row.clusters and row.clusters != row.n else "",
        "p": MISSING if row.p is None else f"{row.p:.2g}",
        "margin": MISSING if row.margin is None else _margin(row, row.margin),
        "by_flips": row.floor is not None,
        "flips": told if row.paired else MISSING,
        "named": [wordings.get(key) or key for key in flipped if row.verdict != "pass"],
    }


def _value(row: ScoreRow, score: Score | None) -> str:
    if score is None or score.value is None:
        return MISSING
    return f"{100 * score.value:.0f} %" if row.paired else f"{score.value:.3g}"


def _margin(row: ScoreRow, margin: float) -> str:
    return f"{100 * margin:g} points" if row.paired else f"{margin:g}"


def _groups(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Changed replies by variant: changed verdicts, and other words for the same verdict."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.variant, []).append(change)
    found = []
    for variant, of_variant in groups.items():
        other_verdict = [each.before.verdict != each.after.verdict for each in of_variant]
        sides = [_side_by_side(each) for each in of_variant]
        found.append(
            {
                "variant": variant,
                "flipped": [row for row, yes in zip(sides, other_verdict, strict=True) if yes],
                "reworded": [row for row, yes in zip(sides, other_verdict, strict=True) if not yes],
            }
        )
    return found


def _side_by_side(change: Change) -> dict[str, Any]:
    before, after = pieces(change.before.text[:LONGEST], change.after.text[:LONGEST])
    return {
        "question": change.wording or change.question,
        "id": change.question,
        "before": before,
        "after": after,
        "was": change.before.verdict,
        "now": change.after.verdict,
    }


def pieces(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in runs of words, each marked where the other side has something else.

    >>> pieces("a red hat", "a blue hat")
    ([('a', False), ('red', True), ('hat', False)], [('a', False), ('blue', True), ('hat', False)])
    """
    one, other = before.split(), after.split()
    left: list[Piece] = []
    right: list[Piece] = []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if end > start:
            left.append((" ".join(one[start:end]), kind != "equal"))
        if other_end > other_start:
            right.append((" ".join(other[other_start:other_end]), kind != "equal"))
    return left, right
