"""Which variant is the reference that a quantization level is held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harness.scoring.stored import StoredVariant
from harness.storage.jsonl import canonical

EXACT_LEVELS = ("fp32", "bf16", "fp16")
"""Levels that can be a reference, the most exact first."""


def reference_of(variant: StoredVariant, others: Sequence[StoredVariant]) -> str | None:
    """Name of the variant that differs in nothing but quantization, at the most exact level.

    None where there is none, and for that variant itself.
    """
    alike = {
        str(each.config.get("quantization")): each.name
        for each in others
        if _rest(each.config) == _rest(variant.config)
    }
    level = next((level for level in EXACT_LEVELS if level in alike), None)
    if level is None or level == variant.config.get("quantization"):
        return None
    return alike[level]


def _rest(config: Mapping[str, Any]) -> str:
    ignored = {"name", "quantization", "measure"}
    return canonical({key: value for key, value in config.items() if key not in ignored})
