"""What being right hangs on: the question, the prompt form, the training seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from harness.records import Judged, VariantResult
from harness.reporting.data import RunData
from harness.reporting.roles import is_bound, recipe, seed
from harness.scoring.material import by_form
from harness.stats.variance import Split, split
from harness.storage.jsonl import canonical

PROBES = ("trained", "paraphrase")
WORDS = {"item": "the question", "form": "the form", "seed": "the training"}


@dataclass(frozen=True, slots=True, kw_only=True)
class VarianceRow:
    """Variants that differ in their training seed alone, on the same questions and forms."""

    name: str
    levels: str
    """"48 questions, 12 forms, 3 trainings"."""
    parts: tuple[tuple[str, str], ...]
    """What varies, in words, with its share of all variance, as "62 %"."""
    error: str
    """Standard deviation of the share right from one training to the next, in points; "" where
    there is one only."""


def variance_rows(data: RunData) -> list[VarianceRow]:
    """One row a group of trained variants that was trained twice or more, or asked in forms.

    Questions are the taught ones that every seed was shown. Empty where only items vary.
    """
    groups: dict[str, list[VariantResult]] = {}
    for row in data.results.variants:
        if recipe(row) != "base" and not is_bound(row) and data.judged.get(row.name):
            apart = ("name", "seed", "measure")
            rest = {key: value for key, value in row.config.items() if key not in apart}
            groups.setdefault(canonical(rest), []).append(row)
    found = []
    for rows in groups.values():
        outcome = _outcomes([data.judged[row.name] for row in rows])
        forms, seeds = len(outcome[0]) if outcome else 0, len(rows)
        if len(outcome) > 1 and (forms > 1 or seeds > 1):
            found.append(_row(rows, split(outcome), len(outcome), forms))
    return found


def _outcomes(sides: Sequence[Sequence[Judged]]) -> list[list[list[float]]]:
    """Items x forms x seeds of right (1) or not (0), of what all of them were shown and asked."""
    right: list[dict[tuple[str, str], float]] = []
    for judged in sides:
        right.append(
            {
                (item.question.id, form): float(item.verdict == "correct")
                for form, items in by_form(judged).items()
                for item in items
                if item.shown and item.question.probe in PROBES
            }
        )
    forms = list(dict.fromkeys(form for each in right for _, form in each))
    ids = list(dict.fromkeys(key for each in right for key, _ in each))
    whole = [key for key in ids if all((key, form) in each for each in right for form in forms)]
    return [[[each[key, form] for each in right] for form in forms] for key in whole]


def _row(rows: Sequence[VariantResult], found: Split, items: int, forms: int) -> VarianceRow:
    parts = [
        (" and ".join(WORDS[word] for word in each.name.split(":")), f"{100 * each.share:.0f} %")
        for each in found.components[:-1]
    ]
    last = " and ".join(WORDS[word] for word in found.components[-1].name.split(":"))
    parts.append((f"{last} together, and luck", f"{100 * found.components[-1].share:.0f} %"))
    counts = [f"{items} questions"]
    counts += [f"{forms} forms"] if forms > 1 else []
    counts += [f"{len(rows)} trainings"] if len(rows) > 1 else []
    return VarianceRow(
        name=_stem(rows),
        levels=", ".join(counts),
        parts=tuple(parts),
        # `error` is that of the mean of these trainings; of a single one it is so much larger.
        error=f"{100 * found.error('seed') * sqrt(len(rows)):.1f}" if len(rows) > 1 else "",
    )


def _stem(rows: Sequence[VariantResult]) -> str:
    """The names' common part: "instruct-nf4" of "instruct-nf4-s1" and "instruct-nf4-s2"."""
    return rows[0].name.removesuffix(f"-s{seed(rows[0])}") if len(rows) > 1 else rows[0].name
