"""One way through a list of windows, and what the user is told of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from harness.records import Corpus, Question, Written
from harness.text.languages import base
from harness.writing import truth
from harness.writing.reading_windows import Window
from harness.writing.selfinstruct import slots
from harness.writing.selfinstruct.filters import Candidate
from harness.writing.selfinstruct.records import Recorded
from harness.writing.selfinstruct.sieve import Sieve

NAME = "selfinstruct"
FILL = f"{NAME}.fill"
"""Writer of the questions that the second pass adds."""


@dataclass(slots=True)
class Pass:
    """One way through a list of windows, and what has come of it."""

    windows: Sequence[Window]
    writer: str
    sieve: Sieve
    names: Sequence[str] = ()
    """Names in the text, for openings that ask about one."""
    read: int = 0
    """Windows that are finished."""
    words: int = 0
    unparsed: int = 0
    pairs: dict[int, list[Candidate]] = field(default_factory=dict)
    """Window number to the candidates that were kept of it."""


@dataclass(slots=True)
class Clock:
    """When writing has to stop; what is read from the file takes no time."""

    most_s: float | None
    started: float = field(default_factory=time.monotonic)
    stopped: bool = False

    def is_over(self, asked: int) -> bool:
        """Whether time is up; never before the model has been asked anything."""
        self.stopped |= (
            self.most_s is not None and asked > 0 and time.monotonic() - self.started >= self.most_s
        )
        return self.stopped


def questions_of(work: Pass, corpus: Corpus) -> tuple[Question, ...]:
    """The training questions of a pass, in the order of the text.

    Those that a fact of the corpus makes true carry its id: they show that fact to a model.
    """
    found: list[Question] = []
    for number in sorted(work.pairs):
        for candidate in work.pairs[number]:
            found.append(
                slots.as_question(
                    candidate, number=1 + len(found), names=corpus.names, writer=work.writer
                )
            )
    return truth.link(corpus, found)


def result(passes: Sequence[Pass], corpus: Corpus, asker: Recorded, clock: Clock) -> Written:
    """All that came of the passes; the yields of a second one carry "fill: " in front."""
    yields: dict[str, int] = {}
    for work in passes:
        prefix = "fill: " if work.writer == FILL else ""
        yields |= {f"{prefix}{name}": left for name, left in work.sieve.yields().items()}
    return Written(
        writer=NAME,
        accepted=tuple(each for work in passes for each in questions_of(work, corpus)),
        rejected=tuple(each for work in passes for each in work.sieve.rejected),
        windows=sum(work.read for work in passes),
        of_windows=sum(len(work.windows) for work in passes),
        yields=yields,
        notes=tuple(_notes(passes, corpus, asker, clock)),
    )


def _notes(passes: Sequence[Pass], corpus: Corpus, asker: Recorded, clock: Clock) -> list[str]:
    """Whole sentences on what the yield was and what was in the way."""
    notes = []
    for work in passes:
        what = "The second pass read" if work.writer == FILL else "The model read"
        kept, parsed = len(work.sieve.accepted), work.sieve.parsed
        notes.append(
            f"{what} {work.read} of {len(work.windows)} windows and wrote {parsed} pairs; "
            f"{kept} passed every filter."
        )
        if work.words:
            share = work.unparsed / work.words
            notes.append(f"{share:.0%} of the words it wrote belong to no pair.")
    if clock.stopped:
        notes.append(
            f"Writing stopped after {clock.most_s:g} s (writing.max_seconds), "
            "at windows spread over the whole text."
        )
    if asker.torn is not None:
        notes.append(
            f"A torn last line of {len(asker.torn)} characters was dropped from {asker.name}."
        )
    if asker.aside:
        notes.append(
            f"{asker.aside} batches in {asker.name} were written under other settings, or about "
            "another text, and were left aside."
        )
    if base(corpus.language) != "en":
        notes.append(
            "The filters know the function words of English only: for this language fewer pairs "
            "are recognised as empty, and more as grounded."
        )
    return notes
