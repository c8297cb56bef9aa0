"""Layers whose gradient is another one: which, by how much, and the sentence on them.

What is no number is never within a tolerance: every test asks whether a difference is small enough,
not whether it is too large.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from harness.comparing.tolerances import Tolerance
from harness.records import A_COUNTS, LayerGradient
from harness.stats.sketches import length, relative


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerChange:
    """A layer whose gradient is another one."""

    layer: str
    factor: float
    """Its length over what it was."""
    cosine: float
    """Of the angle between the two, estimated from sketches: to 0.02 at 0.9, exact at 1."""
    matrices: tuple[str, ...] = ()
    """Those whose gradient changed in length; empty where it turned only."""


def changed_layers(
    before: Mapping[str, LayerGradient], after: Mapping[str, LayerGradient], tolerance: Tolerance
) -> tuple[float, list[LayerChange]]:
    """How far the furthest layer is apart, and the layers beyond rounding."""
    furthest, changed = 0.0, []
    for layer, old in before.items():
        new = after[layer]
        far = relative(old.sketch, new.sketch)
        furthest = furthest if far <= furthest else far
        matrices = [
            name
            for name in sorted(old.norms.keys() | new.norms.keys())
            if _moved(old.norms.get(name), new.norms.get(name), tolerance.matrix)
        ]
        if matrices or not far <= tolerance.gradient:
            whole = _whole(old)
            factor = _whole(new) / whole if whole else float("inf")
            changed.append(
                LayerChange(
                    layer=layer,
                    factor=factor,
                    cosine=_cosine(old.sketch, new.sketch),
                    matrices=tuple(matrices),
                )
            )
    return furthest, changed


def _moved(
    before: tuple[float, float] | None, after: tuple[float, float] | None, most: float
) -> bool:
    if before is None or after is None:
        return True
    return any(not abs(new - old) <= most * old for old, new in zip(before, after, strict=True))


def _whole(layer: LayerGradient) -> float:
    """The length of a layer's gradient, A and B weighed as in its sketch."""
    return length([number for a, b in layer.norms.values() for number in (A_COUNTS * a, b)])


def _cosine(before: Sequence[float], after: Sequence[float]) -> float:
    lengths = length(before) * length(after)
    inner = sum(a * b for a, b in zip(before, after, strict=True))
    return round(inner / lengths, 6) if lengths else 0.0


def told(layers: Sequence[LayerChange], count: int) -> str:
    """Which gradients changed, by how much, and which did not."""
    if len(layers) == 1:
        only = layers[0]
        named = f" ({', '.join(only.matrices)})" if 0 < len(only.matrices) <= NAMED else ""
        others = f"other {count - 1} agree" if count > 2 else "other one agrees"
        rest = f"; the {others}" if count > 1 else ""
        return (
            f"The gradient of {_called(only.layer)}{named} is {only.factor:.2f} times what it was,"
            f" cosine {only.cosine:.2f}{rest}."
        )
    factors = sorted(each.factor for each in layers)
    span = f"{factors[0]:.2f}"
    if f"{factors[-1]:.2f}" != span:
        span += f" to {factors[-1]:.2f}"
    worst = min(layers, key=lambda each: each.cosine)
    cosines = f"cosine {median(each.cosine for each in layers):.2f}"
    if f"cosine {worst.cosine:.2f}" != cosines:
        cosines += f" in the median, {worst.cosine:.2f} in {_called(worst.layer)}"
    which = "all" if len(layers) == count else _listed([each.layer for each in layers])
    return (
        f"The gradients of {len(layers)} of {count} layers ({which}) are {span} times what they"
        f" were, {cosines}."
    )


NAMED = 3
"""As many layers or matrices are named one by one."""


def _called(layer: str) -> str:
    return f"layer {layer}" if layer.isdecimal() else layer


def _listed(layers: Sequence[str]) -> str:
    """ "0 to 11" where they follow each other, else the first few."""
    if all(layer.isdecimal() for layer in layers):
        numbers = [int(layer) for layer in layers]
        if numbers == list(range(numbers[0], numbers[-1] + 1)):
            return f"{numbers[0]} to {numbers[-1]}"
    more = f" and {len(layers) - NAMED} more" if len(layers) > NAMED else ""
    return ", ".join(layers[:NAMED]) + more


def percent(share: float) -> str:
    """Two digits below a tenth, whole ones above."""
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:.0f} %"
