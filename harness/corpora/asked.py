"""What may be asked about a corpus, and whether it has questions of what a suite asks."""

from __future__ import annotations

from collections.abc import Sequence

from harness.corpora import controls
from harness.corpora.other_world import CONTROL, check_has_other
from harness.errors import UserError
from harness.records import Ask, Corpus, ProbeName, Question, Variant


def askable(corpus: Corpus, probes: Sequence[ProbeName]) -> tuple[Question, ...]:
    """The corpus's questions, then the control questions where `probes` has "locality".

    Control questions are no part of the corpus, so its digest does not know them. Raises UserError
    where a question of the corpus bears the id of one of them.
    """
    if controls.PROBE not in probes:
        return corpus.questions
    more = controls.questions(corpus.language)
    ids = {question.id for question in more}
    for question in corpus.questions:
        if question.id in ids:
            raise UserError(
                f"the corpus calls a question {question.id!r}, which is a control question's id",
                "give it another id, or leave locality out of ask.probes",
            )
    return (*corpus.questions, *more)


def check_probes(corpus: Corpus, variants: Sequence[Variant]) -> None:
    """Raise UserError for a probe that a suite names and of which nothing can be asked.

    A suite that names none asks all of the usual ones that the corpus has. The same for a control
    adapter's other world, which only a generated corpus has.
    """
    for variant in variants:
        if variant.recipe.control == CONTROL:
            check_has_other(corpus, variant.name)
        if variant.ask.probes == Ask().probes:
            continue
        usable = (q for q in askable(corpus, variant.ask.probes) if q.use in ("both", "test"))
        has = {question.probe for question in usable}
        for probe in variant.ask.probes:
            if probe not in has:
                what = " ".join(part for part in (corpus.kind, corpus.size) if part)
                raise UserError(
                    f"{variant.name}: the corpus ({what}) has no question of the probe {probe!r}",
                    f"it has: {', '.join(sorted(has))}",
                )
