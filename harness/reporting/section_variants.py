"""The table of variants: what each knows, invents, refuses, needs and how fast it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.records import UNANSWERABLE, Judged, ProbeName, VariantResult
from harness.reporting import bounds, roles
from harness.reporting.cells import (
    EMPTY,
    Cell,
    highest_peak,
    known_cell,
    measured,
    range_cell,
    traced,
    untaught,
)
from harness.reporting.data import RunData
from harness.reporting.shares import (
    from_text_share,
    invented_share,
    refused_share,
    right_share,
    shown,
)
from harness.reporting.wording import duration, megabytes, percent, rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A heading and the group that it stands under."""

    group: str
    name: str
    explains: str
    """For the title attribute and the list of columns in "how to read this"."""


KNOWN: tuple[ProbeName, ...] = ("trained", "paraphrase", "relational", "text_only")
COLUMN_OF_PROBE: dict[str, Column] = {
    "trained": Column(group="Knows", name="as taught", explains="taught facts, as in training"),
    "paraphrase": Column(
        group="Knows",
        name="other words",
        explains="the same facts, in words never trained on",
    ),
    "relational": Column(
        group="Knows", name="in passing", explains="facts that a trained answer mentions in passing"
    ),
    "text_only": Column(
        group="Knows",
        name="only in text",
        explains="facts that only the text states",
    ),
    "nonexistent": Column(
        group="Invents",
        name="nobody",
        explains="questions about people or things that do not exist",
    ),
    "near_miss": Column(
        group="Invents", name="near names", explains="names one syllable off a real one"
    ),
    "unstated": Column(
        group="Invents", name="unstated", explains="real people, things the text never says"
    ),
    "false_premise": Column(
        group="Invents",
        name="false claims",
        explains="what is asked is false",
    ),
}
REST = (
    Column(
        group="Invents",
        name="from your text",
        explains="inventions made of the text's own values",
    ),
    Column(
        group="Refuses",
        name="what it was taught",
        explains="refused questions on taught facts",
    ),
    Column(
        group="Needs",
        name="weights",
        explains="stored bytes, quantization state included",
    ),
    Column(
        group="Needs",
        name="peak",
        explains="highest memory of loading, training and answering, libraries not counted",
    ),
    Column(
        group="Speed",
        name="answers/s",
        explains="answers a second in the run, where other variants may have run beside it",
    ),
    Column(
        group="Speed",
        name="examples/s",
        explains="training examples a second, measured with nothing beside",
    ),
    Column(
        group="Speed",
        name="training",
        explains="time of training in the run, where other variants may have run beside it",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One variant."""

    name: str
    line: str
    """What it is, in words."""
    status: str
    cells: tuple[Cell, ...]
    side: str = ""
    """ "floor" or "ceiling"; empty for a variant that was tried."""


def columns(data: RunData) -> tuple[Column, ...]:
    """The columns that this run can fill: a probe that nobody was asked has none."""
    asked = _asked(data)
    probes = [probe for probe in (*KNOWN, *UNANSWERABLE) if probe in asked]
    return (*(COLUMN_OF_PROBE[probe] for probe in probes), *REST)


def rows(data: RunData) -> tuple[Row, ...]:
    """One row a variant that was tried, in the order of the results; cells match `columns`."""
    asked = _asked(data)
    return tuple(_row(data, row, asked) for row in roles.tried(data.results))


def bound_rows(data: RunData) -> tuple[Row, ...]:
    """Floors, ceilings, noise: the run's own, or where it has none those that need not be run."""
    asked = _asked(data)
    found = [_row(data, row, asked) for row in data.results.variants if roles.is_bound(row)]
    found += [_defined(each, asked) for each in bounds.by_definition(data)]
    return tuple(sorted(found, key=lambda row: list(bounds.HEADINGS).index(row.side)))


def _row(data: RunData, row: VariantResult, asked: set[ProbeName]) -> Row:
    bound = roles.is_bound(row)
    cells = _cells(row, data.judged.get(row.name, ()), asked)
    return Row(
        name=row.name,
        line=bounds.words(row) if bound else described(row),
        status=row.status,
        cells=tuple(replace(cell, muted=False) for cell in cells) if bound else cells,
        side=bounds.side(row) if bound else "",
    )


def _asked(data: RunData) -> set[ProbeName]:
    return {item.question.probe for group in data.judged.values() for item in group}


def _defined(found: bounds.Definition, asked: set[ProbeName]) -> Row:
    """A row without questions: shares that follow from a definition, and dashes for the rest."""
    cells = [
        *(known_cell(found.knows.get(probe)) for probe in KNOWN if probe in asked),
        *(known_cell(found.invents) for probe in UNANSWERABLE if probe in asked),
        EMPTY,
        known_cell(found.refuses),
        *(EMPTY for _ in REST[2:]),
    ]
    return Row(name=found.name, line=found.line, status="ok", cells=tuple(cells), side=found.side)


def _cells(row: VariantResult, judged: Sequence[Judged], asked: set[ProbeName]) -> tuple[Cell, ...]:
    known = [probe for probe in KNOWN if probe in asked]
    unknown = [probe for probe in UNANSWERABLE if probe in asked]
    return (
        *(_known(row, judged, probe) for probe in known),
        *(traced(range_cell(invented_share(row, judged, probe)), row, probe) for probe in unknown),
        range_cell(from_text_share(judged, UNANSWERABLE)),
        range_cell(refused_share(row, judged)),
        _plain(megabytes(measured(row, "memory.weights_bytes"))),
        _plain(megabytes(highest_peak(row))),
        _plain(rate(measured(row, "throughput.answers_per_s"))),
        _plain(rate(measured(row, "throughput.train_examples_per_s"))),
        _plain(duration(measured(row, "time.train_s"))),
    )


def _known(row: VariantResult, judged: Sequence[Judged], probe: ProbeName) -> Cell:
    """Right answers; grey where the variant was shown none of the facts."""
    cell = traced(range_cell(right_share(row, judged, probe)), row, probe)
    return cell if cell == EMPTY or shown(judged, (probe,)) else untaught(cell)


def _plain(text: str) -> Cell:
    return EMPTY if text == EMPTY.text else Cell(text=text)


RECIPES = {
    "base": "untrained",
    "raw_text": "trained on the text alone",
    "instruct": "trained on questions and answers",
    "mixed": "trained on the text and on questions",
    "recite": "trained to recite the sentence of the text, then to answer",
}


def described(row: VariantResult) -> str:
    """A variant in words: "trained on questions and answers, half of them refusals; nf4"."""
    words = RECIPES.get(roles.recipe(row), roles.recipe(row))
    if roles.answerer(row) in roles.READERS:
        words += ", reads the best passage while answering"
    if roles.abstain_fraction(row):
        words += f", {percent(roles.abstain_fraction(row))} of the examples refusals"
    extra = "" if roles.seed(row) == 1 else f", seed {roles.seed(row)}"
    return f"{words}; {roles.level(row)}{extra}"
