"""What a history is made of: moments in time, and the figures of every variant at each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RESOURCES = (
    "memory.weights_bytes",
    "memory.peak_train_bytes",
    "memory.peak_answer_bytes",
    "throughput.train_tokens_per_s",
    "throughput.prefill_tokens_per_s",
    "throughput.decode_tokens_per_s",
    "throughput.answers_per_s",
    "time.train_s",
)
"""What is drawn of memory and speed; the table has all."""
Way = Literal["", "better", "worse", "other"]
Kind = Literal["score", "resource"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One run or baseline in the order of time; `number` counts from 1."""

    number: int
    label: str
    started: str
    device: str
    corpus: str
    around: tuple[str, ...] = ()
    """What differs from the run before: software, hardware, corpus, settings, variants."""
    software: bool = False
    hardware: bool = False
    other_corpus: bool = False

    @property
    def date(self) -> str:
        """ "2026-11-22 21:50", or that it is unknown."""
        return self.started[:16].replace("T", " ") or "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure at one moment."""

    value: float
    low: float | None = None
    high: float | None = None
    """95 % interval of a score; least and most of a resource's samples."""
    n: int = 0
    clusters: int = 0
    protocol: str = ""
    joined: bool = False
    """Whether it may be compared with the moment before."""
    marked: bool = False
    """Whether software, hardware, corpus, settings or protocol changed since then."""
    change: Way = ""
    """Beyond luck, by the test that `compare` uses; of memory, beyond its rule."""
    p: float | None = None
    said: str = ""
    """The change in words, where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One figure of one variant over all moments; None where it was not there."""

    variant: str
    name: str
    kind: Kind
    unit: str
    points: tuple[Point | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything that a page, a table or a text of several runs says."""

    suite: str
    moments: tuple[Moment, ...]
    series: tuple[Series, ...]
    main: tuple[str, ...]
    """The scores that come first: what is gated, or usually would be."""

    def of(self, name: str) -> list[Series]:
        """A figure of every variant that has it."""
        return [each for each in self.series if each.name == name]

    @property
    def variants(self) -> list[str]:
        """The variants in the order in which they first came."""
        return list(dict.fromkeys(each.variant for each in self.series))

    def changes(self, *, main: bool) -> list[tuple[Moment, Series, Point]]:
        """What changed beyond luck, in the order of time; of the main figures or of the rest."""
        first = {*self.main, *RESOURCES}
        return [
            (moment, each, point)
            for at, moment in enumerate(self.moments)
            for each in self.series
            if (point := each.points[at]) is not None and point.change
            if (each.name in first) == main
        ]
