"""The table of variants: what each knows, invents, refuses, needs and how fast it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.records import UNANSWERABLE, Judged, ProbeName, Score, VariantResult
from harness.reporting import roles
from harness.reporting.cells import EMPTY, Cell, highest_peak, measured, range_cell, untaught
from harness.reporting.data import RunData
from harness.reporting.figures import Dot
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


def columns(data: RunData) -> tuple[Column, ...]:
    """The columns that this run can fill: a probe that nobody was asked has none."""
    asked = {item.question.probe for group in data.judged.values() for item in group}
    probes = [probe for probe in (*KNOWN, *UNANSWERABLE) if probe in asked]
    return (*(COLUMN_OF_PROBE[probe] for probe in probes), *REST)


def rows(data: RunData) -> tuple[Row, ...]:
    """One row a variant, in the order of the results; cells match `columns`."""
    asked = {item.question.probe for group in data.judged.values() for item in group}
    return tuple(
        Row(
            name=row.name,
            line=described(row),
            status=row.status,
            cells=_cells(row, data.judged.get(row.name, ()), asked),
        )
        for row in data.results.variants
    )


def _cells(row: VariantResult, judged: Sequence[Judged], asked: set[ProbeName]) -> tuple[Cell, ...]:
    known = [probe for probe in KNOWN if probe in asked]
    unknown = [probe for probe in UNANSWERABLE if probe in asked]
    return (
        *(_known(row, judged, probe) for probe in known),
        *(range_cell(invented_share(row, judged, probe)) for probe in unknown),
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
    cell = range_cell(right_share(row, judged, probe))
    return cell if cell == EMPTY or shown(judged, (probe,)) else untaught(cell)


def _plain(text: str) -> Cell:
    return EMPTY if text == EMPTY.text else Cell(text=text)


RECIPES = {
    "base": "untrained",
    "raw_text": "trained on the text alone",
    "instruct": "trained on questions and answers",
    "mixed": "trained on the text and on questions",
}


def described(row: VariantResult) -> str:
    """A variant in words: "trained on questions and answers, half of them refusals; nf4"."""
    who = roles.answerer(row)
    words = RECIPES.get(roles.recipe(row), roles.recipe(row))
    if who in roles.READERS:
        words += ", reads the best passage while answering"
    elif who != "model":
        words = f"no model: {who}"
    if roles.abstain_fraction(row):
        words += f", {percent(roles.abstain_fraction(row))} of the examples refusals"
    extra = "" if roles.seed(row) == 1 else f", seed {roles.seed(row)}"
    return f"{words}; {roles.level(row)}{extra}"


def dots(data: RunData) -> tuple[Dot, ...]:
    """The figure's dots, with the floor and the ceiling that hold by definition in grey."""
    found: list[Dot] = []
    for row in data.results.variants:
        judged = data.judged.get(row.name, ())
        knows = right_share(row, judged, "paraphrase") or right_share(row, judged, "trained")
        invents = invented_share(row, judged, "nonexistent")
        if knows is None or invents is None or knows.value is None or invents.value is None:
            continue
        trivial = roles.answerer(row) not in ("model", *roles.READERS)
        found.append(Dot(name=row.name, knows=knows, invents=invents, grey=trivial))
    return tuple(found) if any(dot.grey for dot in found) else (*found, *_corners(found))


def _corners(dots: Sequence[Dot]) -> tuple[Dot, ...]:
    """What two trivial answerers score by definition, where none was run."""
    if not dots:
        return ()
    never, always = _exactly(0.0), _exactly(1.0)
    return (
        Dot(name="refuses everything", knows=never, invents=never, grey=True),
        Dot(name="knows all, refuses the rest", knows=always, invents=never, grey=True),
    )


def _exactly(value: float) -> Score:
    return Score(value=value, low=value, high=value, n=0, clusters=0)
