"""Two variants on the same questions: how many verdicts moved, and whether luck explains it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harness.records import Judged, ProbeName
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
