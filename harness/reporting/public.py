"""A report without the text: no passage, question, answer or name of the corpus, all numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harness.records import Judged
from harness.reporting.data import RunData
from harness.reporting.headline import sentences
from harness.reporting.section_audit import Audited
from harness.reporting.section_corpus import KINDS, About
from harness.reporting.section_forms import asked_in_forms
from harness.reporting.section_repeats import Repeats
from harness.reporting.section_writers import WriterTable

FORMER = 4
"""Place of the most frequent answer in a row on what guessing gets."""
HIDDEN = "left out"


def withheld(context: Mapping[str, Any], data: RunData) -> dict[str, Any]:
    """The same context with everything taken out that a reader could read the corpus from."""
    silent = {name: tuple(map(_silent, judged)) for name, judged in data.judged.items()}
    return {
        **context,
        "public": True,
        "sentences": sentences(data.results, silent, data.models),
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
        "about": _about(context["about"], data),
        "absent": [replace(item, reason=HIDDEN) for item in context["absent"]],
        "provenance": _provenance(context["provenance"]),
        "probes": [],
        "browser": "",
        "audit": _audit(context["audit"]),
        "writers": _writers(context["writers"]),
    }


_TELLING = ("system", "title", "text", "questions", "path", "prompt", "openings", "command")
"""Settings that a user's own words may stand in."""


def _about(found: About, data: RunData) -> About:
    """A published text keeps its title; a user's own is called what it is."""
    if data.corpus.kind != "files":
        return found
    return replace(found, title=KINDS["files"], named=False)


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


def _audit(found: Audited) -> Audited:
    return replace(
        found,
        overlaps=tuple(replace(table, pairs=()) for table in found.overlaps),
        relations=tuple(
            tuple(HIDDEN if at == FORMER else cell for at, cell in enumerate(row))
            for row in found.relations
        ),
        missing=(),
    )


def _repeats(found: Repeats | None) -> Repeats | None:
    return None if found is None else replace(found, examples=())


def _writers(table: WriterTable | None) -> WriterTable | None:
    if table is None:
        return None
    return replace(table, uncovered=(), yields=tuple(replace(y, notes=()) for y in table.yields))
