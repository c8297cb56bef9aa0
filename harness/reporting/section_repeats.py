"""Asking again: how much an answer changes when nothing does, which differences must rise above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.records import Judged, Repeated, VariantResult
from harness.reporting import roles
from harness.reporting.cells import Cell, share_cell
from harness.reporting.contrast import greedy
from harness.reporting.data import RunData
from harness.reporting.score_tables import Style, cell, figure
from harness.reporting.wording import MISSING, interval, listed, percent, plural

WAYS: Mapping[str, str] = {
    "rerun": "again in the same process",
    "process": "in a fresh process",
    "batch_1": "one at a time",
    "batch_4": "4 at a time",
    "batch_16": "16 at a time",
    "sampled": "sampled, temperature 1",
    "shipped": "as the model’s makers set it",
}
"""How a question was asked again, the least change first."""
EXAMPLES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class WayRow:
    """One way of asking one variant again."""

    way: str
    same: Cell
    verdicts: Cell
    drawn: str
    """Several draws: how many different replies a question got."""
    differs: str
    """Where replies part, and whether the two tokens were a tie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A question that was answered otherwise when it was asked again."""

    variant: str
    way: str
    question: str
    before: str
    after: str
    place: str
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """The section."""

    sentences: tuple[str, ...]
    variants: tuple[tuple[str, tuple[WayRow, ...]], ...]
    """Name of a variant to the ways in which it was asked again."""
    examples: tuple[Parted, ...]
    parted: int
    """All greedy replies that differ, of which `examples` are the first of each variant."""


def repeats(data: RunData) -> Repeats | None:
    """What came of asking again; None where nobody was asked again."""
    rows = [row for row in data.results.variants if ways(row)]
    if not rows:
        return None
    parted = [each for row in rows for each in _parted(data, row)]
    return Repeats(
        sentences=_sentences([row for row in rows if not roles.is_bound(row)]),
        variants=tuple(
            (row.name, tuple(_way(data, row, way) for way in ways(row))) for row in rows
        ),
        examples=tuple(_spread(parted)),
        parted=len(parted),
    )


def ways(row: VariantResult) -> list[str]:
    """The ways in which it was asked again, those of WAYS first."""
    prefix = "determinism.verdicts."
    found = [name.removeprefix(prefix) for name in row.scores if name.startswith(prefix)]
    found += [way for way in WAYS if f"determinism.{way}" in row.scores and way not in found]
    order = list(WAYS)
    return sorted(found, key=lambda way: (order.index(way) if way in order else len(order), way))


def _sentences(rows: Sequence[VariantResult]) -> tuple[str, ...]:
    """What is said of each, once for those of whom the same is said."""
    about: dict[str, list[str]] = {}
    for row in rows:
        about.setdefault(noise_said(row), []).append(row.name)
    return tuple(
        f"{listed(names)}: {'each ' if len(names) > 1 else ''}{said}"
        for said, names in about.items()
    )


def noise_said(row: VariantResult) -> str:
    """How many verdicts change when nothing does, in words."""
    noise = row.scores.get("determinism.noise")
    if noise is None or noise.value is None:
        return "asked again, but not in a fresh process, so what that changes is not known."
    count = round(noise.value * noise.n)
    if count:
        return (
            f"asked again in a fresh process, {count} of "
            f"{plural(noise.n, 'question')} changed between right and not right "
            f"({percent(noise.value)}, {interval(noise)}). Flips have to rise above it."
        )
    same = row.scores.get("determinism.process")
    words = ""
    if same is not None and same.value is not None:
        whole = same.value == 1
        words = (
            "; every answer was the same to the last token"
            if whole
            else (f"; the words differ in {round((1 - same.value) * same.n)} of {same.n} answers")
        )
    return (
        f"asked again in a fresh process, none of {plural(noise.n, 'question')} "
        f"changed between right and not right (the true share is at most "
        f"{percent(noise.high)}){words}."
    )


def _way(data: RunData, row: VariantResult, way: str) -> WayRow:
    drawn = f"determinism.{way}.distinct" in row.scores
    style: Style = "graded" if drawn else "share"
    replies = [each for each in data.repeated.get(row.name, ()) if each.how == way]
    return WayRow(
        way=WAYS.get(way, way.replace("_", " ")),
        same=share_cell(row.scores.get(f"determinism.{way}")),
        verdicts=cell(row.scores.get(f"determinism.verdicts.{way}"), style),
        drawn=_drawn(row, way),
        differs=MISSING if drawn else _differs(replies),
    )


def _drawn(row: VariantResult, way: str) -> str:
    distinct = row.scores.get(f"determinism.{way}.distinct")
    spread = row.scores.get(f"determinism.{way}.entropy")
    parts = []
    if distinct is not None and distinct.value is not None:
        parts.append(f"{figure(distinct.value)} different replies to a question")
    if spread is not None and spread.value is not None:
        parts.append(f"entropy {figure(spread.value)} nats")
    return ", ".join(parts) or MISSING


def _differs(found: Sequence[Repeated]) -> str:
    parted = [each for each in found if each.differs_at is not None]
    if not parted:
        return "nowhere" if found else MISSING
    places = sorted((each.differs_at or 0) + 1 for each in parted)
    ties = sum(each.gap == 0 for each in parted)
    gaps = [each.gap for each in parted if each.gap is not None]
    text = f"at token {places[len(places) // 2]} of the answer (median of {len(parted)})"
    text += f"; {ties} of {len(parted)} are ties" if gaps else ""
    return text + (f", the largest gap is {figure(max(gaps))}" if gaps and max(gaps) > 0 else "")


def _parted(data: RunData, row: VariantResult) -> list[Parted]:
    stored: dict[str, Judged] = {
        item.question.id: item for item in greedy(data.judged.get(row.name, ()))
    }
    return [
        Parted(
            variant=row.name,
            way=WAYS.get(each.how, each.how),
            question=stored[each.answer.question].question.question,
            before=stored[each.answer.question].answer.text,
            after=each.answer.text,
            place=str(each.differs_at + 1),
            gap=_gap(each.gap),
        )
        for each in data.repeated.get(row.name, ())
        if each.differs_at is not None and each.answer.question in stored
    ]


def _gap(gap: float | None) -> str:
    if gap is None:
        return MISSING
    return "a tie" if gap == 0 else figure(gap)


def _spread(parted: Sequence[Parted]) -> list[Parted]:
    """The first few of every variant and way, at most EXAMPLES of them."""
    rank: dict[tuple[str, str], int] = {}
    ranked = []
    for each in parted:
        place = rank[each.variant, each.way] = rank.get((each.variant, each.way), -1) + 1
        ranked.append((place, each))
    kept = sorted(ranked, key=lambda pair: pair[0])[:EXAMPLES]
    return [each for _, each in kept]


UNMEASURED = "noise of asking again: not measured"


def beyond(row: VariantResult, reference: VariantResult | None, asked: int) -> str:
    """A level's flips held against the noise of asking its reference again, in words.

    `asked`: how many questions the flips are counted over; the reference may have been asked only
    some of them again, and both are then counted over those.
    """
    noise = reference.scores.get("determinism.noise") if reference is not None else None
    excess = row.scores.get("quantization.excess")
    if noise is None or noise.value is None or excess is None or excess.value is None:
        return UNMEASURED
    n = excess.n
    changed, more = round(noise.value * noise.n), round(excess.value * n)
    where = f" on the {n} questions asked again" if n < asked else ""
    floor = f"asking again changes {changed} of {noise.n}"
    if not changed + more:
        return f"no flips{where}; {floor}"
    if rises(row):
        return f"{more} of {changed + more} flips{where} are beyond the noise; {floor}"
    return (
        f"flips{where} do not visibly rise above the noise of asking again, which changes "
        f"{changed} of {noise.n}"
    )


def rises(row: VariantResult) -> bool:
    """Whether a level's flips visibly rise above the noise of asking its reference again."""
    excess = row.scores.get("quantization.excess")
    return excess is not None and excess.low is not None and excess.low > 0
