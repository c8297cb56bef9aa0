"""How variants were made: what may be kept of it, and what differs under one name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from harness.comparing.sides import SideVariant
from harness.records import ModelChoice, Variant

_KEPT = re.compile(r"[0-9a-f]{12}")
"""A text that is already kept by its digest."""


def kept_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """A variant's settings without a folder of this machine; a system prompt by its digest.

    What was kept like that before stays as it is.
    """
    prompt = dict(config.get("prompt") or {})
    if prompt.get("system"):
        prompt["system"] = _digest(prompt["system"])
    return {**config, "model": _kept_model(config.get("model") or {}), "prompt": prompt}


def kept_suite(suite: Mapping[str, Any]) -> dict[str, Any]:
    """A suite's settings; what a writing model is told by its digest, and files by their names."""
    found = dict(suite)
    if suite.get("writing"):
        writing = dict(suite["writing"])
        if writing.get("prompt"):
            writing["prompt"] = _digest(writing["prompt"])
        if writing.get("openings"):
            writing["openings"] = [_digest(each) for each in writing["openings"]]
        if writing.get("model"):
            writing["model"] = _kept_model(writing["model"])
        found["writing"] = writing
    if suite.get("corpus"):
        corpus = dict(suite["corpus"])
        for key in ("path", "text", "questions"):
            if corpus.get(key):
                corpus[key] = PurePath(corpus[key]).name
        found["corpus"] = corpus
    return found


def _kept_model(model: Mapping[str, Any]) -> dict[str, Any]:
    path = model.get("path")
    return {**model, "path": PurePath(path).name} if path else dict(model)


def _digest(text: str) -> str:
    if _KEPT.fullmatch(text):
        return text
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def setting_changes(pairs: Sequence[tuple[SideVariant, SideVariant]]) -> list[str]:
    """What differs in how two variants were made, one "NAME training.epochs 12 -> 6" each.

    A setting that one side does not name has the value it has where nobody names it.
    """
    found = []
    for before, after in pairs:
        old, new = (_flat(kept_config(each.config)) for each in (before, after))
        for key in sorted(old.keys() | new.keys()):
            was, now = (_said(table.get(key, _DEFAULTS.get(key))) for table in (old, new))
            if key != "name" and was != now:
                found.append(f"{after.name} {key} {was} -> {now}")
        if before.status != after.status:
            found.append(f"{after.name} ended as {before.status} -> {after.status}")
    return found


def _said(value: Any) -> Any:
    """A setting as it is told; nothing, however it is spelled, is absent."""
    return "absent" if value is None or value in ("", [], {}) else value


def _flat(settings: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in settings.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = list(value) if isinstance(value, (list, tuple)) else value
    return found


_DEFAULTS = _flat(asdict(Variant(name="", model=ModelChoice(name=""))))
