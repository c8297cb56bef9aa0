"""Two fingerprints keep records apart: what was trained, and what was asked of it."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from harness.records import ResolvedModel, Variant
from harness.storage.jsonl import canonical

ENGINE_VERSION = 1
"""Raise it whenever the answering engine could give other bytes."""

RECIPE_VERSION = 1
"""Raise it whenever a recipe renders other examples from the same corpus."""


def digest(value: Any) -> str:
    """SHA-256 (hex) over canonical JSON."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def trained_fingerprint(variant: Variant, model: ResolvedModel, corpus_digest: str) -> str:
    """Of all that decides the weights that answer. Names the variant's folder.

    An untuned variant has no adapter, recipe or training settings in it, but its answerer.
    """
    content: dict[str, Any] = {
        "weights": model.weights_digest,
        "tokenizer": model.tokenizer_digest,
        "template": model.template_digest,
        "quantization": variant.quantization,
        "corpus": corpus_digest,
        "answerer": variant.answerer,
        "threads": variant.threads,
    }
    if variant.tuned:
        content |= {
            "adapter": asdict(variant.adapter),
            "recipe": asdict(variant.recipe),
            "recipe_version": RECIPE_VERSION,
            "training": asdict(variant.training),
            "seed": variant.seed,
            "system": variant.prompt.system,
            "source_tag": variant.prompt.source_tag,
        }
    return digest(content)


def asked_fingerprint(trained: str, variant: Variant, plan: Any) -> str:
    """`trained` + prompt form, decoding, batch plan and engine version: keys every answer."""
    return digest(
        {
            "trained": trained,
            "prompt": asdict(variant.prompt),
            "ask": asdict(variant.ask),
            "plan": plan,
            "engine": ENGINE_VERSION,
        }
    )
