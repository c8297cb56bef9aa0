"""When two first steps may be held against each other, and how far rounding alone moves them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.records import ModelChoice, Variant
from harness.storage.jsonl import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """What rounding may do, as parts of what was there before."""

    forward: float
    """Outputs of the model as loaded."""
    gradient: float
    """A layer's gradient."""
    matrix: float
    """The length of the gradient of one matrix."""
    loss: float
    """The loss of the first batch, and of each of the first steps."""


TOLERANCES: Mapping[str, Tolerance] = {
    "float32": Tolerance(forward=0.002, gradient=0.005, matrix=0.005, loss=0.002),
    "float16": Tolerance(forward=0.06, gradient=0.15, matrix=0.12, loss=0.02),
    "bfloat16": Tolerance(forward=0.06, gradient=0.15, matrix=0.12, loss=0.02),
}
"""By the number type of the activations. Twice and more what other kernels on another kind of
processor do to a real model in bfloat16 (2.6, 6.9, 5.2 and 0.5 %), and far above what they do in
float32 (under 0.01 %), where a baseline's 16-bit sketches are the coarser part. float16 was not
measured: it is finer than bfloat16."""

STEPS = 4
"""Steps whose losses are compared: rounding adds up from step to step, and was measured so far."""

STARTS = 0.001
"""Adapters that start from one seed differ by rounding where a processor draws them otherwise."""

SETTINGS = ("model", "recipe", "quantization", "adapter", "prompt", "seed", "perturb")
"""Settings of a variant that decide its first step, along with some of `training`."""
TRAINING = ("batch_size", "max_length", "packing", "checkpointing", "gradient_accumulation")


def same_settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether two variants were to take the same first step."""
    one, other = whole_settings(before), whole_settings(after)
    return all(_plain(one.get(key)) == _plain(other.get(key)) for key in SETTINGS) and all(
        one["training"].get(key) == other["training"].get(key) for key in TRAINING
    )


def same_training(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the losses of two variants were to be the same."""
    one, other = whole_settings(before)["training"], whole_settings(after)["training"]
    return bool(_plain(one) == _plain(other))


def same_adapter(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether two adapters have the same settings."""
    one, other = (_plain(_over(_USUAL["adapter"], each)) for each in (before, after))
    return bool(one == other)


def whole_settings(config: Mapping[str, Any]) -> dict[str, Any]:
    """A variant's settings, and the usual value of those that it does not say.

    A setting that came later does what was done before where it is left alone, so that an older
    baseline, which cannot say it, has the same one.
    """
    return _over(_USUAL, config)


_USUAL: dict[str, Any] = plain(Variant(name="", model=ModelChoice(name="")))


def _over(usual: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    found = {**usual, **own}
    for key, value in found.items():
        if isinstance(value, Mapping) and isinstance(usual.get(key), Mapping):
            found[key] = _over(usual[key], value)
    return found


def _plain(value: Any) -> Any:
    """A setting without the folder of a machine; what is not said is what is said to be nothing."""
    if isinstance(value, Mapping):
        found = {key: _plain(each) for key, each in value.items() if key not in ("path", "system")}
        return {key: each for key, each in found.items() if each is not None}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value or None
