"""Whether a corpus has questions of what a suite asks."""

from __future__ import annotations

from collections.abc import Sequence

from harness.errors import UserError
from harness.records import Ask, Corpus, Variant


def check_probes(corpus: Corpus, variants: Sequence[Variant]) -> None:
    """Raise UserError for a probe that a suite names and of which `corpus` asks nothing.

    A suite that names none asks all of the usual ones that the corpus has.
    """
    has = {question.probe for question in corpus.questions if question.use in ("both", "test")}
    for variant in variants:
        if variant.ask.probes == Ask().probes:
            continue
        for probe in variant.ask.probes:
            if probe not in has:
                what = " ".join(part for part in (corpus.kind, corpus.size) if part)
                raise UserError(
                    f"{variant.name}: the corpus ({what}) has no question of the probe {probe!r}",
                    f"it has: {', '.join(sorted(has))}",
                )
