"""What the sentences of the first screen are made from, and what every one of them may say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from harness.records import Judged, ProbeName, Score, VariantResult
from harness.reporting import contrast
from harness.reporting.roles import Roles
from harness.reporting.wording import plural, share_with_range


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One statement of the first screen, found by rule from the results."""

    key: str
    lead: str
    """The outcome in a few words."""
    text: str
    """The figures that it rests on."""
    about: tuple[str, ...] = ()
    """Names of the variants that were compared."""
    section: str = ""
    """Where in the report the evidence is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The cast of a run and its judged answers."""

    roles: Roles
    judged: Mapping[str, Sequence[Judged]]
    people: bool = True
    """Whether only people are asked about in vain; else names of whatever kind are."""

    def nobodies(self, count: int) -> str:
        """ "12 people who do not exist", or "12 invented names"."""
        if not self.people:
            return plural(count, "invented name")
        return f"{count} {'person who does' if count == 1 else 'people who do'} not exist"

    def answers(self, row: VariantResult | None) -> Sequence[Judged]:
        """Its judged answers; none for a variant that is missing or was not asked to the end.

        One that answered and then failed to be measured counts: its answers are whole.
        """
        return () if row is None else self.judged.get(row.name, ())

    def right(self, row: VariantResult | None, *probes: ProbeName) -> contrast.Outcomes:
        """Question id to right or not; empty for a variant that is missing or did not run."""
        return contrast.right(self.answers(row), probes)

    def invented(self, row: VariantResult | None, *probes: ProbeName) -> contrast.Outcomes:
        """Question id to whether content was invented."""
        return contrast.invented(self.answers(row), probes)

    def out_of_text(self, row: VariantResult | None, *probes: ProbeName) -> contrast.Outcomes:
        """Question id to whether the invention is made of the text's own values."""
        return contrast.out_of_text(self.answers(row), probes)

    def refused(self, row: VariantResult | None, *probes: ProbeName) -> contrast.Outcomes:
        """Question id to whether it was refused."""
        return contrast.refused(self.answers(row), probes)


def usable(row: VariantResult | None, story: Story) -> TypeGuard[VariantResult]:
    """Whether that variant ran and answered."""
    return bool(story.answers(row))


def names(*rows: VariantResult | None) -> tuple[str, ...]:
    """The names of those that exist."""
    return tuple(row.name for row in rows if row is not None)


def why_absent(row: VariantResult | None, what: str) -> str:
    """A clause for a part that nobody played, that was left out, or that failed."""
    if row is None:
        return f"this run has no variant that {what}"
    if row.status == "pending" and row.error is None:
        return f"{row.name}, which {what}, was not run"
    reason = (row.error or "no reason recorded").split("\n", 1)[0]
    return f"{row.name}, which {what}, ended as “{row.status}” ({reason})"


def score(row: VariantResult | None, name: str) -> Score | None:
    """That score of that variant, or None."""
    return row.scores.get(name) if row is not None else None


def of(outcomes: Mapping[str, bool]) -> str:
    """ "17 of 24"."""
    return f"{sum(outcomes.values()):,} of {len(outcomes):,}"


def counted(outcomes: Mapping[str, bool], found: Score | None) -> str:
    """ "17 (71 %, 51–85)": the range only where the score is over the same questions."""
    same = found is not None and found.n == len(outcomes)
    return f"{sum(outcomes.values()):,}{share_with_range(found) if same else ''}"


def asked_about(judged: Sequence[Judged], probe: ProbeName, noun: str) -> str:
    """ "24 taught facts", or "72 questions about 24 taught facts" where wordings repeat a fact."""
    items = [i for i in contrast.greedy(judged) if i.question.probe == probe]
    facts = {item.question.fact or item.question.id for item in items}
    if len(facts) == len(items):
        return plural(len(facts), noun)
    return f"{plural(len(items), 'question')} about {plural(len(facts), noun)}"
