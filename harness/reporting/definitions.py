"""Every score in two sentences: the one place that the report takes its definitions from.

A name in capitals stands for what varies ("unshown.VERDICT.PROBE").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from harness import catalog
from harness.records import Score
from harness.reporting.data import RunData
from harness.reporting.definitions_behaving import BEHAVING
from harness.reporting.definitions_changing import CHANGING
from harness.reporting.definitions_knowing import KNOWING
from harness.reporting.wording import plural

DEFINITIONS: Mapping[str, tuple[str, str]] = {**KNOWING, **BEHAVING, **CHANGING}
"""Name of a score to its definition, and to its floor and ceiling."""
_VARIES = re.compile(r"[A-Z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One score as the section on method defines it."""

    anchor: str
    name: str
    says: str
    bounds: str
    made_of: str
    """From how many questions and entities it was computed in this run."""


def name_of(score: str) -> str | None:
    """The name under which a score is defined; None for one of a family that is not ours."""
    if score in DEFINITIONS:
        return score
    return next((name for name, pattern in _patterns() if pattern.fullmatch(score)), None)


def anchor(score: str) -> str:
    """The id of its definition in the page."""
    return "score-" + re.sub(r"[^A-Za-z0-9_]+", "-", name_of(score) or score)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(_VARIES.sub("[A-Za-z0-9_-]+", name.replace(".", r"\."))))
        for name in DEFINITIONS
        if _VARIES.search(name)
    )


def shown(data: RunData) -> tuple[Definition, ...]:
    """The definition of every score of the run, in the order of the mapping, then others'."""
    found: dict[str, list[Score]] = {}
    for row in data.results.variants:
        for score, value in row.scores.items():
            found.setdefault(name_of(score) or score, []).append(value)
    order = list(DEFINITIONS)
    names = sorted(found, key=lambda name: (_place(name, order), name))
    return tuple(
        Definition(
            anchor=anchor(name),
            name=name,
            says=DEFINITIONS[name][0] if name in DEFINITIONS else _elsewhere(name),
            bounds=DEFINITIONS[name][1] if name in DEFINITIONS else "",
            made_of=_made_of(found[name]),
        )
        for name in names
    )


def _place(name: str, order: list[str]) -> int:
    return order.index(name) if name in order else len(order)


def _elsewhere(name: str) -> str:
    """What a family that is not ours says of its score."""
    for spec in catalog.specs("score").values():
        if name in spec.options:
            return spec.options[name]
    return "A score of a family that was added; its definition is there."


def _made_of(scores: Iterable[Score]) -> str:
    """ "24 items in 8 clusters", or "12 to 24 items …" where variants differ."""
    counted = [each for each in scores if each.n]
    if not counted:
        return ""
    items = sorted({each.n for each in counted})
    groups = sorted({each.clusters for each in counted})
    return f"{_span(items, 'item')} in {_span(groups, 'cluster')}"


def _span(counts: list[int], noun: str) -> str:
    if len(counts) == 1:
        return plural(counts[0], noun)
    return f"{counts[0]:,} to {counts[-1]:,} {noun}s"
