"""The filters in a row: what is left after each, what was dropped and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harness.records import Rejected
from harness.text.matching import token_f1
from harness.writing.selfinstruct.filters import (
    COVERED,
    DUPLICATE,
    FILTERS,
    ROUND_TRIP,
    STEPS,
    Candidate,
    content,
)
from harness.writing.selfinstruct.slots import slot, stated_in

SAME_QUESTION = 0.8
"""Token F1 of the content words above which two questions with one answer are the same."""
SAME_ANSWER = 0.5


class Sieve:
    """Takes candidates in, keeps those that pass every filter, and counts."""

    def __init__(self, taken: Sequence[Candidate] = ()) -> None:
        self.accepted: list[Candidate] = []
        self.rejected: list[Rejected] = []
        self.parsed = 0
        self._dropped: Counter[str] = Counter()
        self._taken: dict[tuple[str, ...], Candidate] = {}
        self._by_answer: dict[str, list[Candidate]] = {}
        for candidate in taken:
            self._remember(candidate)

    def screen(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates that pass all filters but the round trip, each question once."""
        kept: list[Candidate] = []
        pending = Sieve()
        for candidate in candidates:
            self.parsed += 1
            fault = _fault(candidate)
            if fault is None:
                twin = self.twin(candidate) or pending.twin(candidate)
                fault = (DUPLICATE, twin.question) if twin is not None else None
            if fault is not None:
                self._drop(candidate, *fault)
                continue
            pending._remember(candidate)
            kept.append(candidate)
        return kept

    def settle(self, candidate: Candidate, failure: str | None) -> None:
        """Keep a screened candidate, or drop it for how its round trip failed."""
        if failure is not None:
            self._drop(candidate, ROUND_TRIP, failure)
            return
        self.accepted.append(candidate)
        self._remember(candidate)

    def yields(self) -> dict[str, int]:
        """How many pairs were left after each filter, "parsed" first; "covered" where it ran."""
        left = self.parsed
        found = {"parsed": left}
        for step in STEPS:
            left -= self._dropped[step]
            if step != COVERED or self._dropped[step]:
                found[step] = left
        return found

    def twin(self, candidate: Candidate) -> Candidate | None:
        """An earlier pair that asks the same, in the same words or nearly so."""
        same = self._taken.get(candidate.question_run)
        if same is not None:
            return same
        asked = content(candidate.question_run)
        for word in dict.fromkeys(content(candidate.answer_run)):
            for other in self._by_answer.get(word, ()):
                alike = token_f1(asked, content(other.question_run)) >= SAME_QUESTION
                if alike and _answers_alike(candidate, other):
                    return other
        return None

    def _remember(self, candidate: Candidate) -> None:
        self._taken.setdefault(candidate.question_run, candidate)
        for word in dict.fromkeys(content(candidate.answer_run)):
            self._by_answer.setdefault(word, []).append(candidate)

    def _drop(self, candidate: Candidate, reason: str, detail: str) -> None:
        self._dropped[reason] += 1
        self.rejected.append(
            Rejected(
                question=candidate.question,
                answer=candidate.answer,
                reason=reason,
                window=candidate.window.span,
                detail=detail,
            )
        )


def _fault(candidate: Candidate) -> tuple[str, str] | None:
    """The first filter that the candidate does not pass, and what is wrong."""
    for reason, check in FILTERS:
        detail = check(candidate)
        if detail is not None:
            return reason, detail
    targets = candidate.window.targets
    if targets:
        place = stated_in(candidate, slot(candidate))
        if not any(target.start < place.end and place.start < target.end for target in targets):
            return COVERED, "its sentence had a question before"
    return None


def _answers_alike(one: Candidate, other: Candidate) -> bool:
    return token_f1(content(one.answer_run), content(other.answer_run)) >= SAME_ANSWER
