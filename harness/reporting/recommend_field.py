"""Candidates held against each other, two at a time: what is shown, and what cannot be excluded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from harness.comparing.margins import MEMORY, MEMORY_BYTES, THROUGHPUT
from harness.comparing.speeds import PROCESSES, SIGNIFICANT
from harness.stats.contrast import Contrast, Outcomes, contrast, tarone
from harness.stats.rank import mann_whitney

TOLERATED = 0.10
"""A variant that is cheaper or safer may be this much worse, in shares of the questions, at what
shows no difference; beyond it a reader would notice, and nothing is recommended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is known about one variant (or several that differ in nothing but their seed)."""

    name: str
    knows: Outcomes
    """Taught questions: right or not."""
    invents: Outcomes
    """Questions without an answer: invented or not. Empty: none was asked."""
    peak: float | None = None
    """Highest memory in bytes; None: not measured."""
    noise: float = 0.0
    """By how much of itself that differs from one process to the next."""
    speeds: tuple[float, ...] = ()
    """Answers or tokens a second, one figure a fresh process."""

    @property
    def right(self) -> int:
        """Right answers to taught questions."""
        return sum(self.knows.values())

    @property
    def made_up(self) -> int:
        """Inventions."""
        return sum(self.invents.values())


class Field:
    """Candidates held against each other; p-values corrected over all pairs."""

    def __init__(self, candidates: Sequence[Candidate], *, device: str = "cpu") -> None:
        """`device` decides how much two speeds must differ to count."""
        self.candidates = {each.name: each for each in candidates}
        self._slower = THROUGHPUT["cuda" if device.startswith("cuda") else "cpu"]
        pairs = list(combinations(self.candidates, 2))
        self._knows = self._corrected(pairs, "knows")
        self._invents = self._corrected(pairs, "invents")

    def _corrected(
        self, pairs: list[tuple[str, str]], what: str
    ) -> dict[tuple[str, str], Contrast]:
        of = {name: getattr(each, what) for name, each in self.candidates.items()}
        found = [contrast(of[one], of[other]) for one, other in pairs]
        p_values = tarone([each.p for each in found], [each.least_p for each in found])
        fixed = [each.corrected(p) for each, p in zip(found, p_values, strict=True)]
        return dict(zip(pairs, fixed, strict=True))

    def knows(self, one: str, other: str) -> tuple[Contrast, int]:
        """The contrast of recall, and 1 where it counts from `other` to `one`, else -1."""
        return _found(self._knows, one, other)

    def invents(self, one: str, other: str) -> tuple[Contrast, int]:
        """The same of inventions."""
        return _found(self._invents, one, other)

    def knows_more(self, one: str, other: str) -> bool:
        """Whether it is shown that `one` knows more."""
        return _shown(*self.knows(one, other)) > 0

    def invents_less(self, one: str, other: str) -> bool:
        """Whether it is shown that `one` invents less."""
        return _shown(*self.invents(one, other)) < 0

    def needs_less(self, one: str, other: str) -> bool:
        """Whether `one` needs less memory by more than two runs of one variant differ."""
        light, heavy = self.candidates[one], self.candidates[other]
        if light.peak is None or heavy.peak is None:
            return False
        share = max(MEMORY, light.noise, heavy.noise)
        return heavy.peak - light.peak > max(MEMORY_BYTES, share * light.peak)

    def is_faster(self, one: str, other: str) -> bool:
        """Whether `one` is faster: beyond the margin, and in enough fresh processes."""
        fast, slow = self.candidates[one].speeds, self.candidates[other].speeds
        if min(len(fast), len(slow)) < PROCESSES:
            return False
        if median(slow) > (1 - self._slower) * median(fast):
            return False
        return mann_whitney(fast, slow).p < SIGNIFICANT

    def better_at(self, one: str, other: str) -> tuple[str, ...]:
        """What `one` is shown to do better than `other`."""
        tests = {
            "knows": self.knows_more,
            "invents": self.invents_less,
            "memory": self.needs_less,
            "speed": self.is_faster,
        }
        return tuple(what for what, test in tests.items() if test(one, other))

    def dominates(self, one: str, other: str) -> tuple[str, ...]:
        """What makes `other` not worth choosing beside `one`; empty where nothing does."""
        better = self.better_at(one, other)
        if not better or self.better_at(other, one):
            return ()
        return better if self.bounded(one, other, better) else ()

    def bounded(self, one: str, other: str, shown: tuple[str, ...] = ()) -> bool:
        """Whether `one` cannot be noticeably worse at what it is not shown to be better at."""
        knows = "knows" in shown or -_low(*self.knows(one, other)) <= TOLERATED
        return knows and ("invents" in shown or _high(*self.invents(one, other)) <= TOLERATED)


def _found(table: dict[tuple[str, str], Contrast], one: str, other: str) -> tuple[Contrast, int]:
    kept = table.get((other, one))
    return (kept, 1) if kept is not None else (table[one, other], -1)


def _shown(found: Contrast, way: int) -> int:
    """1: shown to be more; -1: shown to be less; 0: not shown."""
    return way * (int(found.up) - int(found.down))


def _low(found: Contrast, way: int) -> float:
    """The lower end of the difference; outcomes that are all the same differ by nothing."""
    if found.n and not found.flips:
        return 0.0
    return found.difference[0] if way > 0 else -found.difference[1]


def _high(found: Contrast, way: int) -> float:
    if not found.flips:  # also where neither was asked: that part then decides nothing
        return 0.0
    return found.difference[1] if way > 0 else -found.difference[0]
