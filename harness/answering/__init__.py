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
    Spec(
        name="oracle_context",
        line="the untuned model with the sentence that answers the question in its prompt",
        target="harness.answering.reading:OracleContext",
        needs=("bm25s",),
    ),
    Spec(
        name="oracle",
        line="no model: the right answer, and a refusal where there is none",
        target="harness.answering.trivial:oracle",
        data={"model": False},
    ),
    Spec(
        name="abstain",
        line="no model: refuses everything",
        target="harness.answering.trivial:abstain",
        data={"model": False},
    ),
    Spec(
        name="majority",
        line="no model: the most frequent value of the relation in training questions",
        target="harness.answering.trivial:majority",
        data={"model": False},
    ),
    Spec(
        name="echo",
        line="no model: the name that was asked about",
        target="harness.answering.trivial:echo",
        data={"model": False},
    ),
    Spec(
        name="random_value",
        line="no model: a random value of the type that was asked for, drawn by the seed",
        target="harness.answering.trivial:random_value",
        data={"model": False},
    ),
    Spec(
        name="retrieval",
        line="no model: the sentence of the text that BM25 ranks first",
        target="harness.answering.trivial:retrieval",
        needs=("bm25s",),
        data={"model": False},
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
