"""Refusing on pairs of like questions: what should be answered against what should not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from harness.records import Judged, Score, VariantResult
from harness.reporting import bounds, roles
from harness.reporting.cells import EMPTY, Cell, share_cell
from harness.reporting.contrast import greedy
from harness.reporting.data import RunData
from harness.reporting.wording import interval, listed, percent, plural
from harness.stats.intervals import share

COLUMNS = ("answered right", "answered wrong", "withheld", "not readable")
MUST_ANSWER = "has an answer"
MUST_ABSTAIN = "has none"
Pair = tuple[Judged, Judged]
"""A question without an answer, and one of the same form that has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadrant:
    """One variant's two rows: questions with an answer, and their twins without."""

    name: str
    side: str
    pairs: int
    answerable: tuple[Cell, ...]
    unanswerable: tuple[Cell, ...]
    sentence: str
    """Empty for one that never refuses."""


def quadrants(data: RunData) -> tuple[Quadrant, ...]:
    """The two-by-two of every variant that was shown what the answerable twins ask for.

    Variants that were tried come first. The untrained model was shown nothing, so that it cannot
    be held to answer: it is left out, as are pairs whose fact a variant was not shown.
    """
    order = sorted(data.results.variants, key=roles.is_bound)
    found = ((row, pairs_of(data.judged.get(row.name, ()))) for row in order)
    return tuple(_quadrant(row, pairs) for row, pairs in found if pairs)


def pairs_of(judged: Sequence[Judged]) -> list[Pair]:
    """Every question without an answer beside its answerable twin, where that was shown."""
    items = [item for item in greedy(judged) if not item.question.aside]
    shown = {
        item.question.id: item for item in items if item.shown and not item.question.must_abstain
    }
    return [
        (item, shown[item.question.twin])
        for item in items
        if item.question.must_abstain and item.question.twin in shown
    ]


def outcome(item: Judged) -> str:
    """Which of COLUMNS an answer belongs to. Denying and setting right count as withholding."""
    if item.verdict == "unscored":
        return "not readable"
    if item.question.must_abstain:
        return "answered wrong" if item.invented else "withheld"
    return {"correct": "answered right", "abstained": "withheld"}.get(
        item.verdict, "answered wrong"
    )


def sentences(found: Sequence[Quadrant]) -> tuple[str, ...]:
    """The tables in words: one a variant that refuses, one for all that never do."""
    tried = [each for each in found if not each.side]
    said = [each.sentence for each in tried if each.sentence]
    never = [each.name for each in tried if not each.sentence]
    if never:
        verb = "refuses" if len(never) == 1 else "refuse"
        said.append(
            f"{listed(never)} never {verb}: every question is answered, with an answer or without, "
            "so nothing can be read from refusals."
        )
    return tuple(said)


def _quadrant(row: VariantResult, pairs: Sequence[Pair]) -> Quadrant:
    # Questions that share a twin are one group: their pairs are not independent.
    groups = [twin.question.id for _, twin in pairs]

    def counted(side: Callable[[Pair], Judged], column: str) -> Score:
        return share([outcome(side(pair)) == column for pair in pairs], groups)

    known = {name: counted(lambda pair: pair[1], name) for name in COLUMNS}
    unknown = {name: counted(lambda pair: pair[0], name) for name in COLUMNS}
    cells = tuple(share_cell(unknown[name]) for name in COLUMNS)
    return Quadrant(
        name=row.name,
        side=bounds.side(row) if roles.is_bound(row) else "",
        pairs=len(pairs),
        answerable=tuple(share_cell(known[name]) for name in COLUMNS),
        unanswerable=(replace(EMPTY, note="impossible"), *cells[1:]),
        sentence=_said(row, known, unknown) if _refuses(known, unknown) else "",
    )


def _refuses(known: Mapping[str, Score], unknown: Mapping[str, Score]) -> bool:
    return bool(known["withheld"].value or unknown["withheld"].value)


def _said(row: VariantResult, known: Mapping[str, Score], unknown: Mapping[str, Score]) -> str:
    """The table in words: what it does with both kinds, and what its refusals are worth."""
    n = known["withheld"].n
    text = (
        f"{row.name}: of {plural(n, 'question')} that it can answer it answers "
        f"{_count(known['answered right'])} rightly{_range(known['answered right'])}, gets "
        f"{_count(known['answered wrong'])} wrong and refuses {_count(known['withheld'])}. Of the "
        f"{n} like ones that nobody can answer it answers {_count(unknown['answered wrong'])} all "
        f"the same{_range(unknown['answered wrong'])} and refuses {_count(unknown['withheld'])}."
    )
    lost = _count(known["not readable"]) + _count(unknown["not readable"])
    if lost:
        text += f" {plural(lost, 'reply', 'replies')} could not be read as either."
    right, wrong = _count(unknown["withheld"]), _count(known["withheld"])
    return text + f" When it refuses, it is right to in {right} of {right + wrong} cases."


def _count(score: Score) -> int:
    return round((score.value or 0.0) * score.n)


def _range(score: Score) -> str:
    return f" ({percent(score.value)}, {interval(score)})"
