"""Who wrote the training questions: how many, how true, about what, and what recall they buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.records import Corpus, Question, VariantResult
from harness.reporting import roles
from harness.reporting.cells import Cell, share_cell
from harness.reporting.contrast import greedy
from harness.reporting.data import RunData, Yield
from harness.reporting.wording import MISSING, percent, plural
from harness.scoring.shares import is_correct, share_of
from harness.text.normalize import word_run
from harness.writing import TRUTH, coverage, truth
from harness.writing.prepare import questions_of

TAUGHT = ("trained", "paraphrase")
"""What every writer is held against: the fixed test questions about taught facts."""
SHOWN_GAPS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterRow:
    """One question writer."""

    name: str
    pairs: int
    true: str
    """Share of the pairs that the world confirms, of those that it can be asked about."""
    covers: tuple[str, ...]
    """Sentences, names, eponyms and facts that some pair asks about."""
    repeats: str
    """Pairs that ask the same thing as an earlier one."""
    bought: tuple[tuple[str, int, Cell], ...]
    """Variant, training questions it used, and right answers to the fixed test questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YieldRow:
    """What a writer read and what was left after each filter."""

    name: str
    read: str
    steps: tuple[tuple[str, int], ...]
    rejected: tuple[tuple[str, int], ...]
    """Reason and number of pairs, the most frequent first."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterTable:
    """All writers of a run."""

    rows: tuple[WriterRow, ...]
    kinds: tuple[str, ...]
    yields: tuple[YieldRow, ...]
    uncovered: tuple[tuple[str, tuple[str, ...]], ...]
    """Writer and some of the names that it asks nothing about, the longest first."""


def writers(data: RunData) -> WriterTable | None:
    """The writers of a run; None where all training questions are the corpus's own."""
    names = list(dict.fromkeys(map(roles.writer, _tuned(data))))
    if not data.yields and set(names) <= {TRUTH}:
        return None
    sets = {name: questions_of(data.corpus, name) for name in names}
    found = {name: coverage.measure(data.corpus, sets[name]) for name in names}
    kinds = ("sentences", "names", "eponyms", "facts")
    shown = tuple(
        kind for kind in kinds if any(getattr(each, kind).total for each in found.values())
    )
    rows = tuple(
        WriterRow(
            name=_called(name, data),
            pairs=len(sets[name]),
            true=_true(data.corpus, sets[name]),
            covers=tuple(_share(getattr(found[name], kind)) for kind in shown),
            repeats=_repeats(sets[name]),
            bought=_bought(data, name),
        )
        for name in names
    )
    gaps = tuple(
        (_called(name, data), tuple(gap.name for gap in found[name].names.missing[:SHOWN_GAPS]))
        for name in names
        if found[name].names.missing
    )
    return WriterTable(
        rows=rows, kinds=shown, yields=tuple(map(_yield, data.yields)), uncovered=gaps
    )


def _tuned(data: RunData) -> list[VariantResult]:
    return [row for row in roles.tried(data.results) if roles.recipe(row) in ("instruct", "mixed")]


def _called(name: str, data: RunData) -> str:
    """What a reader calls the writer: the one who wrote the corpus's own questions by name."""
    if name != TRUTH:
        return name
    own = {
        question.writer.partition(".")[0] for question in data.corpus.questions if question.writer
    }
    return ", ".join(sorted(own)) if own else "the truth"


def _true(corpus: Corpus, questions: Sequence[Question]) -> str:
    if not corpus.facts or not questions or corpus.kind != "fiction":
        return MISSING
    found = truth.check(corpus, questions)
    checked = len(found.of("true")) + len(found.of("false"))
    if not checked:
        return f"none of {len(questions)} can be checked"
    return f"{len(found.of('true'))}/{checked}, {percent(found.share_true)}"


def _share(covered: coverage.Covered) -> str:
    if not covered.total:
        return MISSING
    return f"{covered.asked:,}/{covered.total:,}, {percent(covered.share)}"


def _repeats(questions: Sequence[Question]) -> str:
    """Pairs whose question has the same words as an earlier one, whatever their order."""
    seen = {tuple(sorted(word_run(question.question))) for question in questions}
    return str(len(questions) - len(seen))


def _bought(data: RunData, writer: str) -> tuple[tuple[str, int, Cell], ...]:
    found = []
    for row in _tuned(data):
        asked = [
            item for item in greedy(data.judged.get(row.name, ())) if item.question.probe in TAUGHT
        ]
        if roles.writer(row) == writer and asked:
            found.append((row.name, _used(data, row), share_cell(share_of(asked, is_correct))))
    return tuple(found)


def _used(data: RunData, row: VariantResult) -> int:
    limit = roles.examples(row)
    return limit or len(questions_of(data.corpus, roles.writer(row)))


def _yield(left: Yield) -> YieldRow:
    read = f"{left.windows:,} of {left.of_windows:,}"
    return YieldRow(
        name=left.writer,
        read=f"{read}; {plural(left.accepted, 'question')} kept, {left.rejected_count:,} rejected",
        steps=tuple(left.steps.items()),
        rejected=tuple(sorted(left.rejected.items(), key=lambda item: (-item[1], item[0]))),
        notes=left.notes,
    )
