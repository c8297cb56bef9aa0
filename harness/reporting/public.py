"""A report without the text: no passage, question, answer or name of the corpus, all numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from harness.records import Judged, Results
from harness.reporting.data import RunData
from harness.reporting.headline import Sentence, sentences
from harness.reporting.public_results import HIDDEN, is_own, without_text
from harness.reporting.section_audit import Audited
from harness.reporting.section_corpus import KINDS, About
from harness.reporting.section_forms import asked_in_forms
from harness.reporting.section_repeats import Repeats
from harness.reporting.section_writers import WriterTable

FORMER = 4
"""Place of the most frequent answer in a row on what guessing gets."""


def withheld(context: Mapping[str, Any], data: RunData) -> dict[str, Any]:
    """The same context with everything taken out that a reader could read the corpus from."""
    return {
        **context,
        "public": True,
        "sentences": told_without_text(data),
        "knows": {**context["knows"], "maps": ()},
        "invents": {
            **context["invents"],
            "borrowed": (),
            "twins": (),
            "questions": (),
            "named": (),
        },
        "levels": {**context["levels"], "flips": ()},
        "repeats": _repeats(context["repeats"]),
        "forms": asked_in_forms(data, public=True),
        "about": about_without_text(context["about"], data.results),
        "absent": [replace(item, reason=HIDDEN) for item in context["absent"]],
        "provenance": _provenance(context["provenance"]),
        "probes": [],
        "browser": "",
        "audit": _audit(context["audit"], own=is_own(data.results)),
        "writers": _writers(context["writers"]),
    }


_TELLING = ("system", "title", "text", "questions", "path", "prompt", "openings", "command")
"""Settings that a user's own words may stand in."""


def told_without_text(data: RunData) -> tuple[Sentence, ...]:
    """The sentences of the first screen without any question, answer or reason of a failure."""
    silent = {name: tuple(map(_silent, judged)) for name, judged in data.judged.items()}
    return sentences(without_text(data.results), silent, data.models)


def about_without_text(found: About, results: Results) -> About:
    """A published text keeps its title; a user's own is called what it is."""
    if not is_own(results):
        return found
    return replace(found, title=KINDS["files"], named=False, notice="")


def _provenance(found: Mapping[str, Any]) -> dict[str, Any]:
    def kept(pairs: Any) -> Any:
        return [(key, value) for key, value in pairs if not any(t in key for t in _TELLING)]

    return {
        **found,
        "suite": "",
        "environment": kept(found["environment"]),
        "shared": kept(found["shared"]),
        "variants": [
            {**each, "own": "", "phases": kept(each["phases"])} for each in found["variants"]
        ],
    }


def _silent(item: Judged) -> Judged:
    """The verdict without what was said."""
    return replace(
        item,
        question=replace(item.question, question="", answers=(), full_answer=None, values=()),
        answer=replace(item.answer, text=""),
    )


def _audit(found: Audited, *, own: bool) -> Audited:
    """Relations of a made-up world are ours; those of a user's text bear names of the user's."""
    found = replace(
        found,
        overlaps=tuple(replace(table, pairs=()) for table in found.overlaps),
        relations=_hidden(found.relations, FORMER),
        missing=(),
    )
    if not own:
        return found
    names = sorted((row[0] for row in found.relations if row[0]), key=len, reverse=True)
    return replace(
        found,
        concerns=tuple(_unnamed(concern, names) for concern in found.concerns),
        relations=_hidden(found.relations, 0),
        facts=_hidden(found.facts, 0),
    )


def _hidden(rows: Sequence[tuple[str, ...]], place: int) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(HIDDEN if at == place else cell for at, cell in enumerate(row)) for row in rows
    )


def _unnamed(concern: str, names: Sequence[str]) -> str:
    for name in names:
        concern = concern.replace(f" about {name}", " about one relation")
    return concern


def _repeats(found: Repeats | None) -> Repeats | None:
    return None if found is None else replace(found, examples=())


def _writers(table: WriterTable | None) -> WriterTable | None:
    if table is None:
        return None
    return replace(table, uncovered=(), yields=tuple(replace(y, notes=()) for y in table.yields))
