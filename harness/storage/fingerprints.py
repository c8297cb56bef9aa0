"""Two fingerprints keep records apart: what was trained, and what was asked of it."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from harness.records import Corpus, ResolvedModel, Variant
from harness.storage.jsonl import canonical

ENGINE_VERSION = 1
"""Raise it whenever the answering engine could give other bytes."""

RECIPE_VERSION = 1
"""Raise it whenever a recipe renders other examples from the same corpus."""


LIKELIHOOD_VERSION = 2
"""Raise it whenever reading off probabilities could give other figures."""

REPEAT_VERSION = 1
"""Raise it whenever asking again could give other bytes."""

LATER: tuple[str, ...] = ("likelihood", "repeats", "repeat_draws", "repeat_sample")
"""Keys of `ask` that decide phases of their own and no answer."""


def digest(value: Any) -> str:
    """SHA-256 (hex) over canonical JSON."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def trained_fingerprint(variant: Variant, model: ResolvedModel, corpus: Corpus) -> str:
    """Of all that decides the weights that answer. Names the variant's folder.

    An untuned variant has no adapter, recipe or training settings in it, but its answerer.
    """
    content: dict[str, Any] = {
        "weights": model.weights_digest,
        "tokenizer": model.tokenizer_digest,
        "template": model.template_digest,
        "quantization": variant.quantization,
        "corpus": corpus.digest,
        # Written into prompts and replies, and in neither text nor questions.
        "corpus_tag": corpus.source_tag,
        "corpus_refusal": corpus.canonical_refusal,
        "answerer": variant.answerer,
        "threads": variant.threads,
    }
    if variant.perturb:
        content["perturb"] = [variant.perturb, variant.seed]
    if variant.tuned:
        content |= {
            "adapter": asdict(variant.adapter),
            "recipe": _recipe(variant),
            "recipe_version": RECIPE_VERSION,
            "training": asdict(variant.training),
            "seed": variant.seed,
            "system": variant.prompt.system,
            "source_tag": variant.prompt.source_tag,
        }
        questions = corpus.written.get(variant.recipe.writer)
        if questions is not None:
            content["written"] = digest(list(questions))
    return digest(content)


def _recipe(variant: Variant) -> dict[str, Any]:
    """The recipe; what a variant does not use is left out, as older records do."""
    recipe = asdict(variant.recipe)
    if variant.recipe.writer == "truth":
        del recipe["writer"]
    if variant.recipe.examples is None:
        del recipe["examples"]
    if not variant.recipe.control:
        del recipe["control"]
    return recipe


def asked_fingerprint(
    trained: str, variant: Variant, plan: Any, controls: str = "", forms: str = ""
) -> str:
    """`trained` + prompt form, decoding, batch plan and engine version: keys every answer.

    Draws follow the seed, which an untuned variant has not in `trained`. `controls` is the digest
    of questions that are asked beside the corpus's own, `forms` that of the words of a set of
    prompt forms, empty for the set "plain".
    """
    content = {
        "trained": trained,
        "prompt": asdict(variant.prompt),
        "ask": {key: value for key, value in asdict(variant.ask).items() if key not in LATER},
        "plan": plan,
        "engine": ENGINE_VERSION,
    }
    if variant.ask.draws > 0 or variant.answerer == "random_value":
        content["seed"] = variant.seed
    if controls:
        content["controls"] = controls
    if forms:
        content["forms"] = forms
    return digest(content)
