"""A report without the text: no passage, question, answer or name of the corpus, all numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harness.records import Judged
from harness.reporting.data import RunData
from harness.reporting.headline import sentences
from harness.reporting.section_audit import Audited
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
        "probes": [],
        "browser": "",
        "audit": _audit(context["audit"]),
        "writers": _writers(context["writers"]),
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


def _writers(table: WriterTable | None) -> WriterTable | None:
    return None if table is None else replace(table, uncovered=())
