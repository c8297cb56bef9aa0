"""Every answer: the data of the browser, and the most telling ones for readers without it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.records import ANSWERABLE, UNANSWERABLE, Judged, ProbeName, VariantResult
from harness.reporting.contrast import greedy
from harness.reporting.data import RunData
from harness.reporting.roles import recipe, tried
from harness.reporting.section_invents import said
from harness.reporting.wording import PROBE_NAMES, visible

TELLING = 20
"""So many answers of each probe are shown as a plain table."""
ODD = frozenset({"shotgun", "hedged", "corrected", "recited", "markup_leak"})
"""Marks that make an answer worth a look."""
PROBES: tuple[ProbeName, ...] = (*ANSWERABLE, *UNANSWERABLE, "locality")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One answer as a table shows it."""

    variant: str
    probe: str
    verdict: str
    question: str
    expected: str
    answer: str
    note: str


def shown(name: str, item: Judged, owners: Mapping[str, str]) -> Shown:
    """An answer with what was expected of it and its marks; `owners`: fact id to entity."""
    expected = "no answer" if item.question.must_abstain else " or ".join(item.question.answers)
    marks = sorted(item.flags)
    if item.borrowed_from:
        marks.insert(0, f"borrowed from {owners.get(item.borrowed_from, item.borrowed_from)}")
    elif item.invented and item.kind:
        marks.insert(0, item.kind.replace("_", " "))
    if item.answer.draw:
        marks.append(f"draw {item.answer.draw}")
    if item.answer.form != "plain":
        marks.append(f"form {item.answer.form}")
    return Shown(
        variant=name,
        probe=PROBE_NAMES[item.question.probe],
        verdict=said(item),
        question=item.question.question,
        expected=expected,
        answer=item.answer.text,
        note=", ".join(marks),
    )


def browser_json(data: RunData) -> str:
    """All answers as JSON that is safe inside a script element.

    Strings stand once in a table and are referred to by number. `<`, `>` and `&` are written as
    escapes, so that no text can end the element, and control characters are made visible.
    """
    texts: dict[str, int] = {}
    rows: list[list[int]] = []
    owners = owners_of(data)
    for row in data.results.variants:
        for item in data.judged.get(row.name, ()):
            each = shown(row.name, item, owners)
            fields = (
                each.variant,
                each.probe,
                each.verdict,
                each.question,
                each.expected,
                each.answer,
                each.note,
            )
            rows.append([texts.setdefault(visible(text), len(texts)) for text in fields])
    raw = json.dumps({"texts": list(texts), "rows": rows}, separators=(",", ":"))
    return raw.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def telling(data: RunData) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
    """Probe to its most telling answers, at most TELLING, grouped by question."""
    groups: dict[ProbeName, list[tuple[VariantResult, Judged]]] = {}
    for row in tried(data.results):
        for item in greedy(data.judged.get(row.name, ())):
            groups.setdefault(item.question.probe, []).append((row, item))
    return tuple(
        (PROBE_NAMES[probe], _most_telling(groups[probe], owners_of(data)))
        for probe in sorted(groups, key=PROBES.index)
    )


def owners_of(data: RunData) -> dict[str, str]:
    """Fact id to the entity that it is about."""
    return {fact.id: fact.entity for fact in data.corpus.facts}


def _most_telling(
    pairs: Sequence[tuple[VariantResult, Judged]], owners: Mapping[str, str]
) -> tuple[Shown, ...]:
    """Questions that variants answer most differently, each with one answer of every sort.

    Questions asked by name come first. What is odd (a hedge, a recitation) ranks a question up;
    of several variants with the same sort of answer the first in the results is shown.
    """
    sorts: dict[str, dict[str, tuple[VariantResult, Judged]]] = {}
    odd: dict[str, int] = {}
    for row, item in pairs:
        key = item.question.id
        sort = f"{said(item)} {item.kind or ''} {recipe(row) == 'base'}"
        sorts.setdefault(key, {}).setdefault(sort, (row, item))
        odd[key] = odd.get(key, 0) + len(item.flags & ODD)
    named = {item.question.id for _, item in pairs if item.question.aside}
    order = list(sorts)
    ranked = sorted(
        order, key=lambda key: (key not in named, -len(sorts[key]), -odd[key], order.index(key))
    )
    chosen = [pair for key in ranked for pair in sorts[key].values()][:TELLING]
    return tuple(shown(row.name, item, owners) for row, item in chosen)
