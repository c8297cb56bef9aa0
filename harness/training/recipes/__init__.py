"""Recipes: how a corpus becomes training examples. One file each; nothing here imports torch."""

from __future__ import annotations

from dataclasses import replace

from harness import catalog
from harness.catalog import Spec
from harness.errors import UserError
from harness.records import Corpus, Example, Variant
from harness.training.recipes.controls import source, unshown

_ABSTAIN = {"abstain_fraction": "number in [0, 1): share of all examples that are refusals"}
_RENDERINGS = {"renderings": "whole number: this many statements of each fact, at equal tokens"}
_WRITER = {
    "writer": "truth | rules | entities | selfinstruct: who wrote the training questions",
    "examples": "whole number: use only this many training questions",
}
_WORLD = {"control": "other_world: train on the world of another seed (fiction)"}
_SHUFFLED = {
    "control": "other_world: train on the world of another seed (fiction) | shuffled_answers: the"
    " same questions, each with another's answer"
}
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
        options=_RENDERINGS | _WORLD,
    ),
    Spec(
        name="instruct",
        line="questions and their answers, optionally with refusals",
        target="harness.training.recipes.instruct:examples",
        options=_ABSTAIN | _TAG | _WRITER | _SHUFFLED,
    ),
    Spec(
        name="mixed",
        line="the text and the questions together, in one shuffled order",
        target="harness.training.recipes.mixed:examples",
        options=_RENDERINGS | _ABSTAIN | _TAG | _WRITER | _WORLD,
    ),
    Spec(
        name="recite",
        line="questions, each answered by the sentence of the text and then the answer",
        target="harness.training.recipes.recite:examples",
        options=_ABSTAIN | _TAG | _WRITER | _WORLD,
    ),
)


def as_it_stands(variant: Variant) -> Variant | None:
    """The same variant on the text as it stands, where `renderings` changes it; else None.

    Its tokens an epoch decide how many epochs a variant with other renderings gets: as many as
    make it see the same number of tokens.
    """
    if variant.recipe.renderings is None:
        return None
    return replace(variant, recipe=replace(variant.recipe, renderings=None))


def epochs(variant: Variant, tokens: int, reference_tokens: int) -> float:
    """Epochs over `tokens` that show as many tokens as the settings' epochs over the reference."""
    return variant.training.epochs * reference_tokens / tokens


def examples(corpus: Corpus, variant: Variant) -> tuple[Example, ...]:
    """All training examples of one epoch, in the same order every time.

    Raises UserError where the corpus has not what the recipe needs.
    """
    spec = catalog.get("recipe", variant.recipe.name)
    control = variant.recipe.control
    if control and control not in spec.options.get("control", ""):
        raise UserError(
            f"{variant.name}: the recipe {spec.name!r} cannot be trained on {control}",
            "shuffled_answers goes with instruct: whatever else shows the text shows the truth",
        )
    made: tuple[Example, ...] = catalog.load(spec.target)(source(corpus, variant), variant)
    return unshown(made) if control else made
