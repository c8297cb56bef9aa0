"""Recipes: how a corpus becomes training examples. One file each; nothing here imports torch."""

from __future__ import annotations

from harness import catalog
from harness.catalog import Spec
from harness.records import Corpus, Example, Variant

_ABSTAIN = {"abstain_fraction": "number in [0, 1): share of all examples that are refusals"}
_RENDERINGS = {"renderings": "whole number: at most this many statements of a fact from the text"}
_TAG = {"source_tag": "none | question | answer | both: where the corpus's source tag stands"}

SPECS: tuple[Spec, ...] = (
    Spec(
        name="base",
        line="no training: the model as it came",
        target="harness.training.recipes.base:examples",
    ),
    Spec(
        name="raw_text",
        line="the text alone, as passages to be continued",
        target="harness.training.recipes.raw_text:examples",
        options=_RENDERINGS,
    ),
    Spec(
        name="instruct",
        line="questions and their answers, optionally with refusals",
        target="harness.training.recipes.instruct:examples",
        options=_ABSTAIN | _TAG,
    ),
    Spec(
        name="mixed",
        line="the text and the questions together, in one shuffled order",
        target="harness.training.recipes.mixed:examples",
        options=_RENDERINGS | _ABSTAIN | _TAG,
    ),
)


def examples(corpus: Corpus, variant: Variant) -> tuple[Example, ...]:
    """All training examples of one epoch, in the same order every time.

    Raises UserError where the corpus has not what the recipe needs.
    """
    build = catalog.load(catalog.get("recipe", variant.recipe.name).target)
    made: tuple[Example, ...] = build(corpus, variant)
    return made
