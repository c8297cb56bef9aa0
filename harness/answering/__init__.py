"""Asking a variant: prompts, the batch plan, the engine, and who answers. Torch-free here."""

from __future__ import annotations

from harness import catalog
from harness.catalog import Spec

SPECS: tuple[Spec, ...] = (
    Spec(
        name="model",
        line="the model itself, closed book: nothing but the question is in the prompt",
        target="harness.answering.session:closed_book",
    ),
    Spec(
        name="reading",
        line="the untuned model with the best passage of the text (BM25) in its prompt",
        target="harness.answering.reading:Reader",
        needs=("bm25s",),
    ),
)

FORM_SPECS: tuple[Spec, ...] = (
    Spec(
        name="plain",
        line="the one form that training used: the question as it is",
        target="harness.answering.prompts:PLAIN",
    ),
    Spec(
        name="twelve-1",
        line="as trained, and in eleven other layouts, wordings and system prompts",
        target="harness.answering.forms:TWELVE_1",
    ),
    Spec(
        name="tags-1",
        line="as trained, without the source tag, with it, and with a wrong one",
        target="harness.answering.forms:TAGS_1",
    ),
)


def answers_by_model(answerer: str) -> bool:
    """Whether a model makes the replies; trivial answerers write theirs without one.

    Raises UserError for an unknown name.
    """
    return bool(catalog.get("answerer", answerer).data.get("model", True))
