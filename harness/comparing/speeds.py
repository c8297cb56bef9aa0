"""Speed of two sides: what a variant does beside the reference of its own session, on each side.

A machine is never as fast twice. So no speed is held against one of another day: in every round of
measuring a variant's speed is divided by that of the reference variant, which ran just before it,
and these ratios, one a fresh process, are what two sides are compared by. What slows the reference
as much as the others cannot be seen that way.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from harness.comparing.rows import GateName
from harness.stats.rank import mann_whitney, shift

SPEEDS = (
    "throughput.train_tokens_per_s",
    "throughput.prefill_tokens_per_s",
    "throughput.decode_tokens_per_s",
)
PROCESSES = 5
"""Fresh processes a side, measured in turns, below which a speed is never called slower: the
smallest two-sided p of four against four is .029, of five against five .0079."""
SIGNIFICANT = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """One speed of a variant on one side."""

    median: float
    ratios: tuple[float, ...] = ()
    """To the reference in the same round, one a process; empty where there was none beside it."""
    processes: int = 1
    against: str = ""
    """The reference's name."""
    how: str = ""
    """Digest of how that one is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paces:
    """Both sides' ratios to the reference, compared; a time as fast each, 1: no change."""

    ratio: float
    low: float
    high: float
    """95 % interval; infinite where there are too few processes for one."""
    p: float
    """Two-sided, of a Mann-Whitney test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is said of a speed; `gated` False: shown, and part of no verdict."""

    verdict: GateName
    sentence: str
    paces: Paces | None = None
    gated: bool = True


def pace(resource: Any) -> Pace | None:
    """A speed as results.json holds it; None where there is none."""
    if isinstance(resource, (int, float)):
        return Pace(median=float(resource))
    if not isinstance(resource, Mapping) or not isinstance(resource.get("median"), (int, float)):
        return None
    return Pace(
        median=float(resource["median"]),
        ratios=tuple(map(float, resource.get("ratios", ()))),
        processes=len(resource.get("processes", ())) or 1,
        against=str(resource.get("against", "")),
        how=str(resource.get("how", "")),
    )


def compared(before: Sequence[float], after: Sequence[float]) -> Paces:
    """How many times as fast `after` is as `before`, from the ratios of both to the reference.

    The estimate is Hodges and Lehmann's for the logarithms, the median of all quotients of an
    `after` and a `before`; its interval and p are those of the Mann-Whitney test (`stats.rank`),
    exact whatever the noise looks like. One process that was disturbed moves none of them far.
    """
    moved = shift([math.log(each) for each in before], [math.log(each) for each in after])
    return Paces(
        ratio=math.exp(moved.value),
        low=math.exp(moved.low),
        high=math.exp(moved.high),
        p=mann_whitney(before, after).p,
    )


def judged(names: tuple[str, str], before: Pace, after: Pace, margin: float) -> Judged:
    """The verdict on a rate (more is better) and one sentence that gives the reason.

    `names` are the variant's on both sides. Slower by more than `margin` (a share), the whole
    interval, p below .01, and by twice its uncertainty: a regression. A reference has nothing to be
    held against.
    """
    if names == (before.against, after.against):
        return Judged(
            verdict="inconclusive", sentence=_of_the_reference(before, after), gated=False
        )
    if before.ratios and after.ratios:
        if before.against != after.against:
            said = f"{before.against} before, {after.against} now"
            return Judged(
                verdict="not_comparable", sentence=f"It is held against another variant: {said}."
            )
        if before.how != after.how:
            return Judged(
                verdict="not_comparable",
                sentence=f"{after.against}, which it is held against, has other settings now.",
            )
    if min(len(before.ratios), len(after.ratios)) < PROCESSES:
        return _too_few(before, after, margin)
    found = compared(before.ratios, after.ratios)
    verdict, said = _verdict(found, margin)
    count = f"{len(before.ratios)} and {len(after.ratios)} processes"
    sentence = f"Beside {after.against} it is {said} ({count}, p {found.p:.2g})."
    return Judged(verdict=verdict, sentence=sentence, paces=found)


def _verdict(found: Paces, margin: float) -> tuple[GateName, str]:
    least, most = 1 - found.high, 1 - found.low
    if found.ratio >= 1:
        return "pass", "as fast as before" if found.ratio == 1 else _faster(found.ratio - 1)
    slower = f"{percent(1 - found.ratio)} slower"
    if most <= margin:
        return "pass", f"{slower}, {percent(most)} at most: within the margin of {percent(margin)}"
    if least > margin and found.p < SIGNIFICANT and _clear(found):
        return "regression", f"{slower}, {percent(least)} at least; the margin is {percent(margin)}"
    return "inconclusive", (
        f"{slower}, and up to {percent(most)} are possible; the margin is {percent(margin)}"
    )


def _clear(found: Paces) -> bool:
    """Whether a loss is at least twice its own uncertainty: the interval's near end is half of it.

    Where processes differ by the half, five may fall below five by chance alone, and far below.
    """
    return math.log(found.high) <= math.log(found.ratio) / 2


def _too_few(before: Pace, after: Pace, margin: float) -> Judged:
    """A single process may be slow for any reason, and it is not slow for being faster."""
    held = before.ratios and after.ratios
    times = median(after.ratios) / median(before.ratios) if held else after.median / before.median
    found = f"Beside {after.against} it" if held else "It"
    have = f"{len(before.ratios) or before.processes} and {len(after.ratios) or after.processes}"
    if times >= 1:
        return Judged(
            verdict="pass", sentence=f"{found} is no slower than before ({have} processes)."
        )
    return Judged(
        verdict="inconclusive",
        sentence=(
            f"{found} is {percent(1 - times)} slower in {have} processes; {PROCESSES} a side,"
            f" measured in turns with a reference, are needed to tell a loss of {percent(margin)}"
            " from the noise of a machine."
        ),
    )


def _of_the_reference(before: Pace, after: Pace) -> str:
    times = after.median / before.median
    how = _faster(times - 1) if times >= 1 else f"{percent(1 - times)} slower"
    return (
        "It is the reference: nothing to hold it against."
        f" By itself it is {how} than before, which may be the machine."
    )


def _faster(share: float) -> str:
    return f"{percent(share)} faster"


def percent(share: float) -> str:
    """0.034 is "3.4 %", 0.234 is "23 %"."""
    return f"{100 * share:.{1 if abs(share) < 0.0995 else 0}f} %"
