"""Which variants the others are held against: the reference level, and the untuned model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harness.scoring.stored import StoredVariant
from harness.storage.fingerprints import LATER
from harness.storage.jsonl import canonical

EXACT_LEVELS = ("fp32", "bf16", "fp16")
"""Levels that can be a reference, the most exact first."""


def reference_of(variant: StoredVariant, others: Sequence[StoredVariant]) -> str | None:
    """Name of the variant that differs in nothing but quantization, at the most exact level.

    None where there is none, and for that variant itself.
    """
    return reference_name(variant.config, {each.name: each.config for each in others})


def reference_name(
    config: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]
) -> str | None:
    """The same told from settings alone; `others` holds those of every variant by its name."""
    alike = {
        str(each.get("quantization")): name
        for name, each in others.items()
        if _rest(each) == _rest(config)
    }
    level = next((level for level in EXACT_LEVELS if level in alike), None)
    if level is None or level == config.get("quantization"):
        return None
    return alike[level]


def is_perturbed(config: Mapping[str, Any]) -> bool:
    """Whether there is noise on its weights, to show what rounding alone changes."""
    return bool(config.get("perturb"))


def twin_name(config: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The variant that differs in nothing but noise on its weights, the least noise of several.

    `others` holds the settings of every variant by its name. None where there is none, and for a
    variant with noise of its own.
    """
    if is_perturbed(config):
        return None
    found = {
        name: float(each["perturb"])
        for name, each in others.items()
        if is_perturbed(each)
        and each.get("quantization") == config.get("quantization")
        and _rest({**each, "perturb": 0.0}) == _rest(config)
    }
    return min(found, key=lambda name: (found[name], name), default=None)


def treatment(config: Mapping[str, Any]) -> str:
    """All of a variant's settings but its level, its seed and noise on its weights, as text."""
    return _rest({**config, "perturb": 0.0, "seed": None})


def base_of(
    config: Mapping[str, Any] | None, others: Sequence[StoredVariant]
) -> StoredVariant | None:
    """The untuned variant that a tuned one started from: of the same model, answering by itself.

    Several: one that was also sampled comes first, then the same prompt, then the most exact
    level. Without `config`, of any model. None where there is none, and for an untuned variant.
    """
    if config is not None and not _is_tuned(config):
        return None
    untuned = [
        each
        for each in others
        if not _is_tuned(each.config)
        and each.config.get("answerer", "model") == "model"
        and not is_perturbed(each.config)
        and (config is None or each.config.get("model") == config.get("model"))
    ]
    prompt = None if config is None else config.get("prompt")
    return min(
        untuned,
        key=lambda each: (
            not (each.config.get("ask") or {}).get("draws"),
            config is not None and each.config.get("prompt") != prompt,
            _exactness(each.config),
        ),
        default=None,
    )


def _is_tuned(config: Mapping[str, Any]) -> bool:
    return bool((config.get("recipe") or {}).get("name", "base") != "base")


def _exactness(config: Mapping[str, Any]) -> int:
    level = config.get("quantization")
    return EXACT_LEVELS.index(level) if level in EXACT_LEVELS else len(EXACT_LEVELS)


def _rest(config: Mapping[str, Any]) -> str:
    ignored = {"name", "quantization", "measure"}
    rest = {key: value for key, value in config.items() if key not in ignored}
    rest["perturb"] = rest.get("perturb") or 0.0
    ask = config.get("ask") or {}
    rest["ask"] = {key: value for key, value in ask.items() if key not in LATER}
    return canonical(rest)
