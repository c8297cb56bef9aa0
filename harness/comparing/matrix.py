"""All variants against one: a row a variant, a column a gated score, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from harness.comparing.compare import Comparison
from harness.comparing.rows import GateName, ScoreRow
from harness.records import Score

MISSING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """One score of one variant beside the reference's."""

    difference: str
    """Of shares in points, with the 95 % interval; "–" where there is none."""
    verdict: GateName | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One variant; its cells are in the order of the matrix's scores."""

    variant: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The table as a whole; differences are candidate minus baseline."""

    reference: str
    scores: tuple[str, ...]
    values: tuple[str, ...]
    """The reference's own, in the order of the scores."""
    rows: tuple[MatrixRow, ...]


def matrix(found: Comparison) -> Matrix:
    """The gated rows of a comparison with one reference, as a table."""
    scores = tuple(dict.fromkeys(row.score for row in found.gated))
    rows: dict[str, dict[str, ScoreRow]] = {}
    for row in found.gated:
        rows.setdefault(row.variant, {})[row.score] = row
    own: dict[str, Score | None] = {}
    for row in found.gated:
        side = row.before if found.reference_side == "baseline" else row.after
        own[row.score] = own.get(row.score) or side
    return Matrix(
        reference=found.reference,
        scores=scores,
        values=tuple(_value(own[score]) for score in scores),
        rows=tuple(
            MatrixRow(variant=variant, cells=tuple(_cell(held.get(name)) for name in scores))
            for variant, held in rows.items()
        ),
    )


def _cell(row: ScoreRow | None) -> MatrixCell:
    if row is None:
        return MatrixCell(difference=MISSING, verdict=None, sentence="neither has it")
    return MatrixCell(difference=difference(row), verdict=row.verdict, sentence=row.sentence)


def difference(row: ScoreRow) -> str:
    """ "−8 (−27 to +10)" points of a share, else the figures as they are."""
    if row.difference is None:
        return MISSING
    scale, form = (100.0, "+.0f") if row.paired else (1.0, "+.3g")

    def said(value: float) -> str:
        text = format(scale * value, form)
        return "0" if text in ("+0", "-0") else text.replace("-", "−")

    if row.low is None or row.high is None:
        return said(row.difference)
    return f"{said(row.difference)} ({said(row.low)} to {said(row.high)})"


def _value(score: Score | None) -> str:
    if score is None or score.value is None:
        return MISSING
    if score.low is not None and score.high is not None and 0 <= score.low <= score.high <= 1:
        return f"{100 * score.value:.0f} %"
    return f"{score.value:.3g}"
