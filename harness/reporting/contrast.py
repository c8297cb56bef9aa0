"""Two variants on the same questions: how many verdicts moved, and whether luck explains it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from harness.records import Judged, ProbeName
from harness.stats.intervals import wilson
from harness.stats.paired import mcnemar

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """`before` and `after` count the true outcomes of the `n` questions that both have."""

    n: int
    before: int
    after: int
    gained: tuple[str, ...]
    """Ids of the questions that are true only after."""
    lost: tuple[str, ...]
    p: float
    """McNemar's exact test, two-sided."""
    smallest: int | None
    """The smallest net change that this test could have called a difference, given as many
    changes to and fro as were seen; None where even all questions would not do."""

    @property
    def flips(self) -> int:
        """Verdicts that changed, either way."""
        return len(self.gained) + len(self.lost)

    @property
    def differs(self) -> bool:
        """Whether luck in the choice of questions is an unlikely explanation."""
        return self.p < SIGNIFICANT

    @property
    def up(self) -> bool:
        """A difference, upwards."""
        return self.differs and self.after > self.before

    @property
    def down(self) -> bool:
        """A difference, downwards."""
        return self.differs and self.after < self.before

    @property
    def difference(self) -> tuple[float, float]:
        """95 % interval of the share after minus the share before, of the same questions.

        Source: Newcombe (1998), Statistics in Medicine 17, 2635, method 10: Wilson's intervals of
        both shares, put together with the correlation of the pairs. No questions: (-1, 1).
        """
        if not self.n:
            return -1.0, 1.0
        one, other = self.after / self.n, self.before / self.n
        low, high = wilson(one, self.n)
        other_low, other_high = wilson(other, self.n)
        tie = self._correlation()
        down, up = one - low, other_high - other
        lower = one - other - sqrt(max(0.0, down**2 - 2 * tie * down * up + up**2))
        down, up = other - other_low, high - one
        upper = one - other + sqrt(max(0.0, down**2 - 2 * tie * down * up + up**2))
        return max(-1.0, lower), min(1.0, upper)

    def _correlation(self) -> float:
        """Of the pairs, with the continuity correction of that method; 0 where a side is full."""
        both = self.after - len(self.gained)
        neither = self.n - both - self.flips
        product = self.after * self.before * (self.n - self.after) * (self.n - self.before)
        if not product:
            return 0.0
        excess = float(both * neither - len(self.gained) * len(self.lost))
        if excess > 0:
            excess = max(excess - self.n / 2, 0.0)
        return excess / sqrt(product)

    @property
    def doubt(self) -> str:
        """What to say where no difference shows."""
        if self.smallest is None:
            return f"{self.n} questions are too few to show any difference"
        return (
            "no difference that this run could show "
            f"(smallest visible: {self.smallest} of {self.n})"
        )


def contrast(before: Mapping[str, bool], after: Mapping[str, bool]) -> Contrast:
    """Compare two sets of outcomes by question id; ids that only one has are left out."""
    common = [name for name in before if name in after]
    gained = tuple(name for name in common if after[name] and not before[name])
    lost = tuple(name for name in common if before[name] and not after[name])
    return Contrast(
        n=len(common),
        before=sum(before[name] for name in common),
        after=sum(after[name] for name in common),
        gained=gained,
        lost=lost,
        p=mcnemar(len(gained), len(lost)),
        smallest=_smallest_visible(len(common), min(len(gained), len(lost))),
    )


def _smallest_visible(n: int, noise: int) -> int | None:
    """`noise`: changes against the trend, taken to be there whatever the trend is."""
    for net in range(1, n - 2 * noise + 1):
        if mcnemar(noise + net, noise) < SIGNIFICANT:
            return net
    return None


def greedy(judged: Iterable[Judged]) -> list[Judged]:
    """The greedy answers in the first prompt form, questions shown by name left out."""
    items = [item for item in judged if item.answer.draw == 0]
    forms = {item.answer.form for item in items}
    form = "plain" if "plain" in forms or not forms else min(forms)
    return [item for item in items if item.answer.form == form]


def right(judged: Sequence[Judged], probes: Sequence[ProbeName]) -> dict[str, bool]:
    """Question id to whether it was answered correctly, for those probes."""
    return {
        item.question.id: item.verdict == "correct"
        for item in greedy(judged)
        if item.question.probe in probes and not item.question.aside
    }


def invented(judged: Sequence[Judged], probes: Sequence[ProbeName]) -> dict[str, bool]:
    """Question id to whether content was invented, for those probes."""
    return {
        item.question.id: item.invented
        for item in greedy(judged)
        if item.question.probe in probes and not item.question.aside
    }


def out_of_text(judged: Sequence[Judged], probes: Sequence[ProbeName]) -> dict[str, bool]:
    """Question id to whether the invention is made of the text's own values."""
    return {
        item.question.id: item.invented and item.kind in ("borrowed", "in_world")
        for item in greedy(judged)
        if item.question.probe in probes and not item.question.aside
    }


def refused(judged: Sequence[Judged], probes: Sequence[ProbeName]) -> dict[str, bool]:
    """Question id to whether it was refused, for those probes."""
    return {
        item.question.id: item.verdict == "abstained"
        for item in greedy(judged)
        if item.question.probe in probes and not item.question.aside
    }
