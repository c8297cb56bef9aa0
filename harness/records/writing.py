"""What a question writer leaves: accepted questions, rejected pairs with reasons, and its yield."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harness.records.corpora import Question, Span
from harness.records.jobs import ResolvedModel
from harness.records.suites import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A pair that did not become a question. One line of written/NAME.rejected.jsonl."""

    question: str
    answer: str
    reason: str
    """Name of the filter that dropped it: one word or two, the same for every pair it drops."""
    window: Span | None = None
    """Where in the text the pair was written."""
    detail: str = ""
    """What exactly was wrong: the earlier duplicate, the word not in the window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """All that one writer made of one text."""

    writer: str
    """"rules", "entities" or "selfinstruct"."""
    accepted: tuple[Question, ...]
    """Each with `answers`, `full_answer`, `stated_in`, `cluster`, `writer`; probe "trained"."""
    rejected: tuple[Rejected, ...] = ()
    windows: int = 0
    """Windows (or, for rules, sentences) that were read."""
    of_windows: int = 0
    """How many the text has; more than `windows` where writing stopped early."""
    yields: Mapping[str, int] = field(default_factory=dict)
    """How many pairs were left after each filter, in the order of the filters, "parsed" first."""
    notes: tuple[str, ...] = ()
    """Whole sentences for the user: why it stopped early, what share could not be parsed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingOrder:
    """All that a question writer is given beside the corpus."""

    writing: Writing = field(default_factory=Writing)
    model: ResolvedModel | None = None
    """For writers that need one."""
    folder: Path | None = None
    """Where a writer keeps finished windows, so that a stopped one goes on; None: nowhere."""
    device: str = "cpu"
