"""From a difference to a verdict. A gate that cannot see what it should never passes in silence.

In this order: what cannot be compared is `not_comparable`; identical replies pass; a margin that
so few questions cannot resolve is `inconclusive`, with the smallest that they can; what is no
worse, or surely no worse than the margin, passes (non-inferiority: better never fails); what is
worse by the margin or more, beyond luck, is a `regression`; the rest is `inconclusive`.

Where there are few questions and rounding was measured (see `floors`), verdicts that changed for
the worse are counted instead, and held against what rounding alone changes.
"""

from __future__ import annotations

from dataclasses import replace

from harness.comparing.directions import better
from harness.comparing.floors import Floor, outweighs
from harness.comparing.margins import RELATIVE
from harness.comparing.rows import GateName, ScoreRow, value

SIGNIFICANT = 0.05
UNSCORED = 0.05
"""A side of which more replies than this have no verdict says too little to pass a gate."""


def judged(row: ScoreRow, margin: float) -> ScoreRow:
    """The row with its verdict and one sentence that gives the reason."""
    verdict, sentence = _verdict(replace(row, margin=margin))
    return replace(row, margin=margin, verdict=verdict, sentence=f"{sentence}{row.unkept}")


def _verdict(row: ScoreRow) -> tuple[GateName, str]:
    assert row.margin is not None
    if row.problem:
        return "not_comparable", f"{row.problem}."
    if row.identical:
        same = (
            "Every reply is the same, byte for byte." if row.paired else "The figures are the same."
        )
        return "pass", same
    if row.unscored > UNSCORED and row.score != "unscored.share":
        share = f"{100 * row.unscored:.0f} %"
        return "inconclusive", f"{share} of the replies have no verdict, and 5 % is the most."
    if row.harm is None or row.harm_interval is None:
        why = "It has no interval, so luck cannot be told from change."
        aimless = "Neither more nor less of it is better, so no margin can hold it."
        return "inconclusive", why if better(row.score) else aimless
    if row.floor is not None:
        return _by_flips(row, row.floor, row.margin)
    judge = _relative if row.score.startswith(RELATIVE) else _points
    return judge(row, row.margin, row.harm, row.harm_interval)


def _points(
    row: ScoreRow, margin: float, harm: float, interval: tuple[float, float]
) -> tuple[GateName, str]:
    low, high = interval
    if harm <= 0 and high <= margin:
        how = "as good as before" if harm == 0 else f"better by {points(-harm)}"
        return "pass", f"It is {how}; a loss of more than {points(max(high, 0))} is excluded."
    if high > margin and row.paired and (row.smallest is None or row.smallest > margin):
        return _too_few(row, margin, harm)
    if harm <= 0:
        return _no_worse(row, margin, high)
    if high <= margin:
        return "pass", f"It is worse by {points(harm)}, at most {points(high)}: within the margin."
    beyond_luck = row.p < SIGNIFICANT if row.p is not None else low > 0
    if beyond_luck and harm >= margin:
        chance = f" (p {row.p:.2g})" if row.p is not None else ""
        least = f", {points(low)} at least" if low > 0 else ""
        return "regression", (
            f"It is worse by {points(harm)}{least}{chance}; the margin is {points(margin)}."
        )
    return "inconclusive", (
        f"It is worse by {points(harm)}, and up to {points(high)} are possible;"
        f" the margin is {points(margin)}."
    )


def _no_worse(row: ScoreRow, margin: float, high: float) -> tuple[GateName, str]:
    """No worse, and an interval that reaches beyond the margin."""
    if row.paired:
        return "pass", "It is no worse, and a loss of the margin would have shown."
    return "inconclusive", (
        f"It is no worse, but a loss of up to {points(high)} is possible;"
        f" the margin is {points(margin)}."
    )


def _by_flips(row: ScoreRow, floor: Floor, margin: float) -> tuple[GateName, str]:
    """Few questions: the verdicts that changed for the worse against those that rounding changes.

    A pass says that of these very questions no more were lost than rounding alone may lose, or
    that as many were gained. No loss beyond the margin passes, and nothing does where no loss
    would show.
    """
    worse, mended = len(row.harmed), row.flips - len(row.harmed)
    counted = f"{worse or 'No'} {'verdict' if worse < 2 else 'verdicts'} of {row.n} changed"
    counted = f"{counted} for the worse" + (f", {mended} for the better" if mended else "")
    rounding = f"rounding alone changes up to {floor.most} of {row.n}"
    if worse <= mended and row.smallest is not None:
        return "pass", f"{counted}; {rounding}."
    within = worse <= floor.most and row.smallest is not None
    if within and worse - mended <= margin * row.n:
        return "pass", f"{counted}; {rounding}."
    if row.p is not None and row.p < SIGNIFICANT and outweighs(worse, mended):
        return "regression", f"{counted} (p {row.p:.2g}); {rounding}."
    if within:
        return "inconclusive", f"{counted}; {rounding}, and the margin is {points(margin)}."
    return "inconclusive", f"{counted}; {rounding}, and {_would_show(row)}."


def _would_show(row: ScoreRow) -> str:
    if row.smallest is None:
        return "no number of them would show a loss"
    apart = " about as many names" if row.clusters < row.n else ""
    return f"{round(row.smallest * row.n)} for the worse{apart} would show a loss"


def _too_few(row: ScoreRow, margin: float, harm: float) -> tuple[GateName, str]:
    """A change so large that it shows all the same is still a regression."""
    about = f" about {row.clusters} names" if row.clusters < row.n else ""
    if row.p is not None and row.p < SIGNIFICANT and harm >= margin:
        return "regression", f"It is worse by {points(harm)} (p {row.p:.2g})."
    if row.smallest is None:
        return "inconclusive", f"{row.n} questions{about} are too few to show any loss."
    together = " if the questions about a name fall together" if about else ""
    return "inconclusive", (
        f"{row.n} questions{about} may miss a loss of {points(margin)};"
        f" one of {points(row.smallest)} would show{together}."
    )


def _relative(
    row: ScoreRow, margin: float, _harm: float, _interval: tuple[float, float]
) -> tuple[GateName, str]:
    """Scores that are judged by how many times larger they got."""
    old, new = value(row.before), value(row.after)
    limit = (1 + margin) * old
    times = new / old if old else float("inf")
    said = f"It is {times:.2f} times what it was, and {1 + margin:.2f} times is the most."
    if new <= old:
        return "pass", "It is no larger than before."
    high = row.after.high if row.after is not None else None
    if high is not None and high <= limit:
        return "pass", said
    if new > limit and row.low is not None and row.low > 0:
        return "regression", said
    return "inconclusive", f"{said} Its interval reaches over that line."


def points(share: float) -> str:
    """A share as points: 0.125 is "12.5 points"."""
    text = f"{round(100 * share, 1):g}"
    return f"{text} point" if text == "1" else f"{text} points"
