"""Two first steps held against each other: the same, or a defect of answering or of training.

A score shows that something got worse; this shows where, before anything is trained. *Answering*:
the model as it was loaded computes something else, so its answers change too. *Training*: it does
not, but the gradient, the order of examples or the first losses are others. What rounding alone
does was measured (docs/upgrades.md), and the tolerances stand a factor above it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from harness.comparing.rows import GateName
from harness.comparing.sides import SideVariant
from harness.comparing.tolerances import STARTS, STEPS, TOLERANCES, Tolerance, same_settings
from harness.records import A_COUNTS, FirstStep, LayerGradient
from harness.stats.sketches import length, relative

KindName = Literal["same", "answering", "training", "not_comparable"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What two first steps have to say."""

    kind: KindName
    sentence: str
    forward: float | None = None
    """How far the outputs are apart, as a part of what they were."""
    gradient: float | None = None
    """The same of the layer whose gradient is furthest apart."""
    layers: tuple[LayerChange, ...] = ()
    """Those beyond rounding, in the order of layers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FingerprintRow:
    """The first step of one variant on both sides."""

    variant: str
    finding: Finding
    verdict: GateName | None
    """None: shown, not gated."""


def fingerprint_rows(
    before: SideVariant, after: SideVariant, *, other_device: bool = False
) -> list[FingerprintRow]:
    """At most one row: where both were to take the same first step, and a side has kept it.

    On another kind of device the finding is told and not gated: kernels differ there by design.
    """
    if not same_settings(before.config, after.config):
        return []
    old, new = before.first_step, after.first_step
    if old is None and new is None:
        return []
    verdict: GateName | None
    if old is None or new is None:
        side = "baseline" if old is None else "candidate"
        sentence = f"The {side} has kept no first step: an older version trained it."
        found = Finding(kind="not_comparable", sentence=sentence)
        verdict = None if old is None else "not_comparable"
        return [FingerprintRow(variant=after.name, finding=found, verdict=verdict)]
    found = held(old, new)
    if found.kind == "same" and before.config.get("training") == after.config.get("training"):
        found = held_losses(found, before.losses, after.losses, old.subject.computes)
    verdict = {"same": "pass", "not_comparable": "not_comparable"}.get(found.kind, "regression")  # type: ignore[assignment]
    if other_device or old.subject.computes != new.subject.computes:
        verdict = "pass" if found.kind == "same" else None
    return [FingerprintRow(variant=after.name, finding=found, verdict=verdict)]


def held(before: FirstStep, after: FirstStep) -> Finding:
    """Name what differs between two first steps, if anything does."""
    other = _other_subject(before, after)
    if other is not None:
        return other
    tolerance = TOLERANCES[before.subject.computes]
    forward = relative(before.forward.sketch, after.forward.sketch)
    gradient, layers = _layers(before.gradients, after.gradients, tolerance)
    measured: dict[str, Any] = {"forward": forward, "gradient": gradient, "layers": tuple(layers)}
    if not forward <= tolerance.forward:
        return Finding(kind="answering", sentence=_answering(before, after, forward), **measured)
    step = _other_step(before, after)
    if step:
        return Finding(kind="training", sentence=step, forward=forward)
    count = len(before.gradients)
    if layers:
        return Finding(kind="training", sentence=_training(layers, count), **measured)
    if abs(after.loss - before.loss) > tolerance.loss * abs(before.loss):
        said = f"is {after.loss:.3f} and was {before.loss:.3f}"
        sentence = f"With an adapter in place the loss of the first batch {said}."
        return Finding(kind="training", sentence=sentence, **measured)
    how = f" up to rounding ({_percent(forward)} and {_percent(gradient)} apart at most)"
    said = f"Outputs and the gradients of {count} layers are the same"
    return Finding(kind="same", sentence=f"{said}{how if forward or gradient else ''}.", **measured)


def _other_subject(before: FirstStep, after: FirstStep) -> Finding | None:
    """Why the two cannot be held against each other number by number, where they cannot."""
    old, new = before.subject, after.subject
    said = {
        "model": "The weights on the disk are other ones.",
        "quantization": f"The level is {new.quantization} and was {old.quantization}.",
        "adapter": "The adapter has other settings.",
        "batch_size": f"A batch holds {new.batch_size} examples and held {old.batch_size}.",
        "examples": "The same corpus gives other training examples.",
        "computes": f"Activations are {new.computes} here and were {old.computes}.",
    }
    for name, sentence in said.items():
        if getattr(old, name) != getattr(new, name):
            return Finding(kind="not_comparable", sentence=sentence)
    if old.computes not in TOLERANCES:
        return Finding(kind="not_comparable", sentence=f"Nothing is known of {old.computes}.")
    if old.tokens != new.tokens:
        return Finding(
            kind="answering",
            sentence="The same examples are other tokens: the tokenizer reads text in another way.",
        )
    if old.seed != new.seed:
        return Finding(
            kind="not_comparable", sentence=f"The seed is {new.seed} and was {old.seed}."
        )
    if before.gradients.keys() != after.gradients.keys():
        return Finding(
            kind="training",
            sentence=f"The adapter is on {len(after.gradients)} layers and was on"
            f" {len(before.gradients)}.",
        )
    return None


def _other_step(before: FirstStep, after: FirstStep) -> str:
    """What the first step is made of, where it is something else; empty where it is the same."""
    old, new = before.subject, after.subject
    if old.batch != new.batch:
        return "The first batch holds other examples: their order is another one."
    if _started_apart(old.start, new.start):
        return "The adapter starts from other numbers, from the same seed."
    return ""


def _started_apart(before: str, after: str) -> bool:
    """Whether two starts differ by more than the rounding of how they were drawn.

    First steps of an early version hold a digest, which cannot say how far: it says nothing.
    """
    if " " not in before or " " not in after:
        return False
    one, other = ([float(number) for number in each.split()] for each in (before, after))
    return len(one) != len(other) or relative(one, other) > STARTS


def _layers(
    before: Mapping[str, LayerGradient], after: Mapping[str, LayerGradient], tolerance: Tolerance
) -> tuple[float, list[LayerChange]]:
    """How far the furthest layer is apart, and the layers beyond rounding."""
    furthest, changed = 0.0, []
    for layer, old in before.items():
        new = after[layer]
        far = relative(old.sketch, new.sketch)
        furthest = max(furthest, far)
        matrices = [
            name
            for name in sorted(old.norms.keys() | new.norms.keys())
            if _moved(old.norms.get(name), new.norms.get(name), tolerance.matrix)
        ]
        if matrices or far > tolerance.gradient:
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
    return any(abs(new - old) > most * old for old, new in zip(before, after, strict=True))


def _whole(layer: LayerGradient) -> float:
    """The length of a layer's gradient, A and B weighed as in its sketch."""
    return length([number for a, b in layer.norms.values() for number in (A_COUNTS * a, b)])


def _cosine(before: Sequence[float], after: Sequence[float]) -> float:
    lengths = length(before) * length(after)
    inner = sum(a * b for a, b in zip(before, after, strict=True))
    return round(inner / lengths, 6) if lengths else 0.0


def _answering(before: FirstStep, after: FirstStep, forward: float) -> str:
    old, new = before.forward, after.forward
    return (
        f"The model as loaded at {after.subject.quantization} computes something else: its outputs"
        f" are {_percent(forward)} apart (loss {old.loss:.3f} -> {new.loss:.3f})."
    )


def _training(layers: Sequence[LayerChange], count: int) -> str:
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


def held_losses(
    found: Finding, before: Sequence[float], after: Sequence[float], computes: str
) -> Finding:
    """The same finding; where it found nothing, the first step whose loss is another one."""
    if found.kind != "same":
        return found
    tolerance = TOLERANCES[computes]
    pairs = zip(before[:STEPS], after[:STEPS], strict=False)
    for step, (old, new) in enumerate(pairs, start=1):
        if abs(new - old) > tolerance.loss * abs(old):
            what = "the loss" if step == 1 else "optimizer, learning rate or schedule"
            sentence = (
                f"The first gradient agrees, and yet the loss of step {step} is {new:.3f} and was"
                f" {old:.3f}: look at {what}."
            )
            return Finding(
                kind="training",
                sentence=sentence,
                forward=found.forward,
                gradient=found.gradient,
            )
    return found


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:.0f} %"
