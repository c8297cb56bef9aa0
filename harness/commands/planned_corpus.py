"""The corpus that `closedbook plan` reckons with: without what only a model could write."""

from __future__ import annotations

from dataclasses import replace

from harness.errors import UserError
from harness.records import Corpus, ModelChoice, ResolvedModel, Suite
from harness.writing import TRUTH
from harness.writing.prepare import DEFAULT_WRITER, Desk, needs_model, prepare, questions_of


def planned_corpus(suite: Suite) -> tuple[Corpus, list[str]]:
    """The corpus, and whole sentences on where it stands in for one that a model still writes."""
    notes: list[str] = []
    choice = suite.corpus
    if choice.write_questions and needs_model(choice, ()):
        notes.append(
            f"~ the writer {choice.write_questions!r} needs a model and writes when the suite is"
            f" run; figures are for the questions of {DEFAULT_WRITER!r}"
        )
        choice = replace(choice, write_questions=DEFAULT_WRITER)
    writers = list(dict.fromkeys(variant.recipe.writer for variant in suite.variants))
    quick = [writer for writer in writers if not needs_model(choice, (writer,))]
    desk = Desk(writing=suite.writing, resolve=_refuse)
    corpus = prepare(choice, desk, quick).corpus
    for writer in writers:
        if writer not in quick:
            notes.append(
                f"~ the writer {writer!r} needs a model and writes when the suite is run; figures"
                " are for as many of the corpus's own questions"
            )
            corpus = replace(
                corpus, written={**corpus.written, writer: questions_of(corpus, TRUTH)}
            )
    return corpus, notes


def _refuse(choice: ModelChoice) -> ResolvedModel:
    raise UserError(f"a plan loads no model, and {choice.name} would have to write questions")
