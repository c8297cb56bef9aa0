"""The same questions in other forms of the prompt: which form fails, and on which questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from harness.answering.prompts import Form
from harness.records import Judged, Question, VariantResult
from harness.reporting.cells import Cell, share_cell, untaught
from harness.reporting.data import RunData
from harness.reporting.form_map import MOST, Block, Column, form_map
from harness.reporting.tell_forms import sentences
from harness.reporting.wording import MISSING, PROBE_NAMES
from harness.scoring.material import by_form
from harness.scoring.sensitivity import PROBES, Grid, described, grid
from harness.scoring.shares import is_abstained, is_correct, is_invented, share_of
from harness.stats.contrast import SIGNIFICANT, Contrast, Outcomes, contrast
from harness.stats.paired import holm, mcnemar

HARD = 12
"""So many of the questions that the form decides are listed."""
FAMILIES: Mapping[str, str] = {
    "trained": "as trained",
    "format": "layout",
    "wording": "wording",
    "system": "system prompt",
    "tag": "source tag",
}
_SPELLINGS = {
    "lower_case": "the question in lower case",
    "no_question_mark": "the question without its mark",
}
_TAGS = {
    "none": "no source tag",
    "right": "the source tag in front of the question",
    "wrong": "another tag in front of the question",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One form of the prompt as one variant answered in it."""

    name: str
    family: str
    saw: str
    """What the model saw, with {question} where the question stood."""
    right: Cell
    against: str
    """Lost and gained on the form trained with."""
    test: str
    refused: str
    unscored: str
    invents: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """A question that is right in some forms and not in others."""

    number: int
    """Of its column in the picture."""
    question: str
    expected: str
    right: str
    failed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One variant in all its forms."""

    name: str
    taught: bool
    sentences: tuple[str, ...]
    rows: tuple[FormRow, ...]
    untested: str
    """Why no form is tested against the one trained with; "" where they are."""
    picture: str = ""
    left_out: int = 0
    """Questions for which the picture has no room: those on which the forms differ least."""
    divided: tuple[Divided, ...] = ()
    divided_of: int = 0


def asked_in_forms(data: RunData, *, public: bool = False) -> tuple[Asked, ...]:
    """Every variant that was asked in more than one form; the taught ones first.

    A `public` one names no question.
    """
    found = []
    for row in data.results.variants:
        forms = by_form(data.judged.get(row.name, ()))
        if len(forms) > 1:
            each = _asked(data, row, forms, public=public)
            if each is not None:
                found.append(each)
    return tuple(sorted(found, key=lambda each: not each.taught))


def _asked(
    data: RunData, row: VariantResult, forms: Mapping[str, Sequence[Judged]], *, public: bool
) -> Asked | None:
    language = data.corpus.language
    table = grid(forms, language)
    taught = bool(table.rows)
    if not taught:
        table = grid(forms, language, shown_only=False)
    if not table.rows:
        return None
    made = Asked(
        name=row.name,
        taught=taught,
        sentences=sentences(row, table) if taught else (),
        rows=_rows(row, forms, table, taught=taught),
        untested="" if _can_test(table) else _too_few(table),
    )
    return _pictured(made, table, public=public) if taught else made


def _rows(
    row: VariantResult, forms: Mapping[str, Sequence[Judged]], table: Grid, *, taught: bool
) -> tuple[FormRow, ...]:
    known = described(row.config)
    start, *others = table.forms
    changes = [contrast(_outcomes(table, start), _outcomes(table, form)) for form in others]
    corrected = holm([each.p for each in changes])
    against = {
        form: _against(change.corrected(p), _can_test(table))
        for form, change, p in zip(others, changes, corrected, strict=True)
    }
    made = []
    for name in table.forms:
        form, answers = known.get(name), table.column(name)
        right = share_cell(share_of(answers, is_correct))
        nobody = [item for item in forms[name] if item.question.probe == "nonexistent"]
        made.append(
            FormRow(
                name=name,
                family=FAMILIES.get(form.family, form.family) if form else "",
                saw=saw(form) if isinstance(form, Form) else "",
                right=right if taught else untaught(right),
                against=against[name][0] if name in against else "reference",
                test=against[name][1] if name in against else "",
                refused=_count(answers, is_abstained),
                unscored=_count(answers, is_unscored),
                invents=_count(nobody, is_invented),
            )
        )
    return tuple(made)


def is_unscored(item: Judged) -> bool:
    """Whether there is no verdict."""
    return item.verdict == "unscored"


def saw(form: Form) -> str:
    """What the model saw in that form, in one line."""
    parts = []
    if form.template is not None:
        shown = form.template.replace("{system}\n\n", "").replace("{system}", "")
        parts.append(shown.strip().replace("\n\n", "\n").replace("\n", " ↵ "))
    if form.system is not None:
        parts.append(f"system prompt “{form.system}”" if form.system else "no system prompt")
    if form.wording != "{question}":
        parts.append(form.wording)
    if form.spelling in _SPELLINGS:
        parts.append(_SPELLINGS[form.spelling])
    if form.tag in _TAGS:
        parts.append(_TAGS[form.tag])
    return "; ".join(parts) or "as in training"


def _outcomes(table: Grid, form: str) -> Outcomes:
    answers = table.column(form)
    return Outcomes(
        {item.question.id: is_correct(item) for item in answers},
        {item.question.id: item.question.cluster for item in answers},
    )


def _too_few(table: Grid) -> str:
    return (
        f"{len(set(table.clusters))} entities are too few to test {len(table.forms) - 1} forms one "
        "by one; the ranges are not corrected for their number."
    )


def _count(answers: Sequence[Judged], holds: Callable[[Judged], bool]) -> str:
    return f"{sum(map(holds, answers))}/{len(answers)}" if answers else MISSING


def _against(change: Contrast, testable: bool) -> tuple[str, str]:
    """Lost and gained, and the range and the test of the difference."""
    low, high = change.difference
    said = f"{100 * low:+.0f} to {100 * high:+.0f} points".replace("-", "−")
    if testable:
        said += "; " + (f"p = {change.p:.3f}" if change.differs else change.doubt)
    return f"−{len(change.lost)} +{len(change.gained)}", said


def _can_test(table: Grid) -> bool:
    """Whether all entities together, if they agreed, would show that one of the forms differs.

    No exact test over so few of them gives a p small enough to stand Holm's correction otherwise.
    """
    least = mcnemar(len(set(table.clusters)), 0)
    return (len(table.forms) - 1) * least < SIGNIFICANT


def _pictured(made: Asked, table: Grid, *, public: bool) -> Asked:
    """The same with its picture: kinds of questions apart, those most often right first."""
    shown = _room_for(table)
    blocks: list[Block] = []
    numbers: dict[str, int] = {}
    for probe in PROBES:
        inside = [row for row in shown if row[0].question.probe == probe]
        inside.sort(key=lambda row: (-sum(map(is_correct, row)), row[0].question.id))
        for row in inside:
            numbers[row[0].question.id] = len(numbers) + 1
        columns = tuple(
            Column(
                title="" if public else _title(numbers[row[0].question.id], row[0].question),
                verdicts=tuple(item.verdict for item in row),
            )
            for row in inside
        )
        if columns:
            blocks.append(Block(name=PROBE_NAMES[probe], columns=columns))
    divided = [row for row in shown if 0 < sum(map(is_correct, row)) < len(row)]
    divided.sort(
        key=lambda row: (abs(2 * sum(map(is_correct, row)) - len(row)), row[0].question.id)
    )
    listed = () if public else divided[:HARD]
    return replace(
        made,
        picture=form_map(table.forms, blocks, f"Answers of {made.name} by form and question"),
        left_out=len(table.rows) - len(shown),
        divided=tuple(_divided(row, table.forms, numbers) for row in listed),
        divided_of=len(divided),
    )


def _room_for(table: Grid) -> list[tuple[Judged, ...]]:
    """The rows that the picture has room for: those on which forms disagree most."""
    m = len(table.forms)
    ranked = sorted(
        table.rows,
        key=lambda row: (abs(2 * sum(map(is_correct, row)) - m), row[0].question.id),
    )
    return ranked[:MOST]


def _title(number: int, question: Question) -> str:
    return f"{number}: {question.question} ({' or '.join(question.answers)})"


def _divided(row: Sequence[Judged], forms: Sequence[str], numbers: Mapping[str, int]) -> Divided:
    question = row[0].question
    failed = [form for form, item in zip(forms, row, strict=True) if not is_correct(item)]
    return Divided(
        number=numbers[question.id],
        question=question.question,
        expected=" or ".join(question.answers),
        right=f"{len(row) - len(failed)} of {len(row)}",
        failed=", ".join(failed),
    )
