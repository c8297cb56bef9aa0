"""One row a score: how it changed, whether luck explains it, and what could have been seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import hypot
from typing import Literal

from harness.comparing.directions import better
from harness.comparing.floors import Floor
from harness.comparing.sides import SideVariant
from harness.records import Score
from harness.stats.contrast import SIGNIFICANT, Contrast, Outcomes, contrast, family_size, tarone

GateName = Literal["pass", "regression", "inconclusive", "not_comparable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """A score of one variant on both sides; differences are candidate minus baseline."""

    variant: str
    score: str
    before: Score | None
    after: Score | None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    """95 % interval of the difference; of the same questions where `paired`."""
    paired: bool = False
    n: int = 0
    """Questions that both answered, where paired."""
    clusters: int = 0
    p: float | None = None
    """Two-sided, corrected for the number of gated rows, or within the family of the others."""
    least_p: float = 1.0
    """The smallest p that as many changes as there were could have given."""
    smallest: float | None = None
    """The smallest change that this many questions could have shown; None: none at all."""
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    identical: bool = False
    """Every reply behind it is the same, byte for byte; where it is not paired, every reply at all
    and the figures."""
    unscored: float = 0.0
    """The larger of both sides' shares of replies without a verdict, of the questions behind it."""
    contrast: Contrast | None = field(default=None, repr=False, compare=False)
    floor: Floor | None = None
    """What rounding alone changes of it, where verdicts are held against that and not points."""
    unkept: str = ""
    """A sentence, after a space, on outcomes that only one side kept: so it is not paired."""
    problem: str = ""
    """Why the two cannot be compared; empty where they can."""
    margin: float | None = None
    verdict: GateName | None = None
    """None: shown, not gated."""
    sentence: str = ""

    @property
    def flips(self) -> int:
        """Questions whose outcome changed, either way."""
        return len(self.lost) + len(self.gained)

    @property
    def harmed(self) -> tuple[str, ...]:
        """The questions whose verdict changed for the worse."""
        return self.lost if better(self.score) > 0 else self.gained

    @property
    def harm(self) -> float | None:
        """How much worse it got; negative where it got better. None without a direction."""
        way = better(self.score)
        return None if self.difference is None or not way else -way * self.difference

    @property
    def harm_interval(self) -> tuple[float, float] | None:
        """95 % interval of `harm`."""
        way = better(self.score)
        if self.low is None or self.high is None or not way:
            return None
        return (-self.high, -self.low) if way > 0 else (self.low, self.high)


def score_row(before: SideVariant, after: SideVariant, score: str) -> ScoreRow:
    """Hold one score of two variants against each other; the p-value is not corrected yet."""
    old, new = before.scores.get(score), after.scores.get(score)
    start = ScoreRow(variant=after.name, score=score, before=old, after=new)
    problem = _problem(before, after, score)
    if problem or old is None or new is None:
        return replace(start, problem=problem or "neither side has it")
    held, other = before.outcomes.get(score), after.outcomes.get(score)
    if held is None or other is None:
        start = replace(start, unkept=_unkept(held, other))
        return _apart(start, (before, after), old, new)
    alike = {key for key in held if _same(before, after, key)}
    flipped = [key for key in held if key in alike and held[key] != other[key]]
    if flipped:
        return replace(start, problem=_judged_otherwise(flipped))
    found = contrast(held, other)
    low, high = found.difference
    return replace(
        start,
        difference=(found.after - found.before) / found.n,
        low=low,
        high=high,
        paired=True,
        n=found.n,
        clusters=found.clusters,
        p=found.p,
        least_p=found.least_p,
        smallest=_smallest(found, SIGNIFICANT),
        lost=found.lost,
        gained=found.gained,
        identical=len(alike) == len(held),
        unscored=max(_mute(before, held), _mute(after, held)),
        contrast=found,
    )


def by_flips(row: ScoreRow, floor: Floor, clusters: Mapping[str, str]) -> ScoreRow:
    """The row, its p that of more verdicts harmed than rounding harms.

    `clusters` holds the cluster of each question. A row that cannot be compared stays as it is.
    """
    if row.contrast is None or row.problem:
        return row
    p, least = floor.test(len(row.harmed), len({clusters[key] for key in row.harmed}))
    return replace(row, floor=floor, p=p, least_p=least)


def corrected(rows: list[ScoreRow]) -> list[ScoreRow]:
    """The same rows, p-values corrected for the number of tests that could have shown anything."""
    tested = [at for at, row in enumerate(rows) if row.p is not None]
    least = [rows[at].least_p for at in tested]
    found = dict(zip(tested, tarone([rows[at].p or 0.0 for at in tested], least), strict=True))
    level = SIGNIFICANT / family_size(least)
    return [
        replace(row, p=found[at], smallest=_smallest_of(row, row.contrast, level))
        if at in found and row.contrast is not None
        else row
        for at, row in enumerate(rows)
    ]


def _problem(before: SideVariant, after: SideVariant, score: str) -> str:
    """Why two values of a score are not of the same thing."""
    old, new = before.scores.get(score), after.scores.get(score)
    if old is None or new is None:
        sides = [side for side, has in (("baseline", old), ("candidate", new)) if has is None]
        return f"no such score in the {' and the '.join(sides)}"
    if old.protocol != new.protocol:
        return "prompt, decoding or scoring rules differ"
    held, other = before.outcomes.get(score), after.outcomes.get(score)
    if held is None or other is None:
        counts = (old.n, old.clusters), (new.n, new.clusters)
        if counts[0] == counts[1] or score.startswith(_VARYING):
            return ""
        return f"computed from {old.n} items in the baseline and from {new.n} in the candidate"
    missing = sorted(held.keys() - other.keys())
    added = sorted(other.keys() - held.keys())
    where = "of the baseline are missing" if missing else "are not in the baseline"
    found = missing or added
    return f"{len(found)} questions {where}, {found[0]} the first" if found else ""


_VARYING = ("abstention.precision", "abstention.lexicon_only", "recite.correct_when")
"""Scores whose items depend on the answers."""


def _judged_otherwise(questions: list[str]) -> str:
    """The same reply has the same outcome, unless those who judge it changed."""
    return (
        f"the same replies were judged otherwise ({len(questions)} of them, {questions[0]} the"
        " first): scoring rules differ"
    )


def _unkept(before: Outcomes | None, after: Outcomes | None) -> str:
    if (before is None) == (after is None):
        return ""
    side = "baseline" if before is None else "candidate"
    return f" The {side} kept no outcomes of single questions, so intervals are compared."


def _apart(
    row: ScoreRow, sides: tuple[SideVariant, SideVariant], old: Score, new: Score
) -> ScoreRow:
    """Two values without their questions: the interval of the difference from both intervals.

    Source: the square-and-add method of Zou and Donner (2008), Statistics in Medicine 27, 1693. It
    takes the sides as independent, and so is wide for answers to the same questions.
    """
    if old.value is None or new.value is None:
        return replace(row, problem="one side could not compute it")
    difference = new.value - old.value
    low = high = None
    (old_low, old_high), (new_low, new_high) = _reach(old), _reach(new)
    if None not in {old_low, old_high, new_low, new_high}:
        low = difference - hypot(new_low or 0.0, old_high or 0.0)
        high = difference + hypot(new_high or 0.0, old_low or 0.0)
    return replace(
        row,
        difference=difference,
        low=low,
        high=high,
        n=min(old.n, new.n),
        clusters=min(old.clusters, new.clusters),
        identical=old == new and _all_the_same(*sides),
        unscored=max(_mute(each, each.said) for each in sides),
    )


def _reach(score: Score) -> tuple[float | None, float | None]:
    """How far the interval reaches down and up from the value."""
    centre = value(score)
    down = None if score.low is None else centre - score.low
    return down, None if score.high is None else score.high - centre


def value(score: Score | None) -> float:
    """The value of a score that has one."""
    assert score is not None
    assert score.value is not None
    return score.value


def _smallest_of(row: ScoreRow, found: Contrast, level: float) -> float | None:
    if row.floor is None:
        return _smallest(found, level)
    # What got no worse is asked what a loss without any gain would have had to be.
    worse, mended = len(row.harmed), row.flips - len(row.harmed)
    count = row.floor.smallest(level, mended if worse > mended else 0)
    return None if count is None else count / found.n


def _smallest(found: Contrast, level: float) -> float | None:
    count = found.visible_at(level)
    return None if count is None else count / found.n


def _same(before: SideVariant, after: SideVariant, question: str) -> bool:
    one, other = before.said.get(question), after.said.get(question)
    return one is not None and other is not None and one.digest == other.digest


def _all_the_same(before: SideVariant, after: SideVariant) -> bool:
    """Whether both said the very same to the very same questions, all of them."""
    return before.said.keys() == after.said.keys() and all(
        _same(before, after, key) for key in before.said
    )


def _mute(variant: SideVariant, questions: Iterable[str]) -> float:
    """Share of these questions whose reply has no verdict."""
    verdicts = [variant.said[key].verdict for key in questions if key in variant.said]
    return verdicts.count("unscored") / len(verdicts) if verdicts else 0.0
