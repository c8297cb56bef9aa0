"""Two first steps held against each other: the same, or a defect of answering or of training.

A score shows that something got worse; this shows where, before anything is trained. *Answering*:
the model as it was loaded computes something else, so its answers change too. *Training*: it does
not, but the gradient, the order of examples or the first losses are others. What rounding alone
does was measured (docs/upgrades.md), and the tolerances stand a factor above it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import Any, Literal

from harness.comparing.gradients import LayerChange, changed_layers, percent, told
from harness.comparing.rows import GateName
from harness.comparing.sides import SideVariant
from harness.comparing.tolerances import (
    STARTS,
    STEPS,
    TOLERANCES,
    same_adapter,
    same_settings,
    same_training,
)
from harness.comparing.upgrades import Apart
from harness.records import FirstStep
from harness.stats.sketches import relative

KindName = Literal["same", "answering", "training", "not_comparable"]


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
    by_hardware: bool = False
    """Other hardware alone does this: it is shown and never decides a comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FingerprintRow:
    """The first step of one variant on both sides."""

    variant: str
    finding: Finding
    verdict: GateName | None
    """None: shown, not gated."""


def fingerprint_rows(
    before: SideVariant, after: SideVariant, *, apart: Apart = ""
) -> list[FingerprintRow]:
    """At most one row: where both were to take the same first step, and a side has kept it.

    `apart` says how far the hardware of both sides is. On another device the finding is told and
    not gated: kernels differ there by design. On another processor it is gated, since tolerances
    were measured across those; only that the adapter starts from other numbers is its doing.
    """
    if not same_settings(before.config, after.config):
        return []
    old, new = before.first_step, after.first_step
    if old is None and new is None:
        return []
    if old is None or new is None:
        side = "baseline" if old is None else "candidate"
        sentence = f"The {side} has kept no first step: an older version trained it."
        found = Finding(kind="not_comparable", sentence=sentence)
        return [
            FingerprintRow(
                variant=after.name,
                finding=found,
                verdict=None if old is None else "not_comparable",
            )
        ]
    found = held(old, new, apart)
    if found.kind == "same":
        found = (
            held_losses(found, before.losses, after.losses, old.subject.computes)
            if same_training(before.config, after.config)
            else _and(found, "Training settings differ, so losses were not compared.")
        )
    verdict = VERDICTS[found.kind]
    if found.by_hardware:
        verdict = None
    elif apart == "device" or old.subject.computes != new.subject.computes:
        verdict = "pass" if found.kind == "same" else None
    return [FingerprintRow(variant=after.name, finding=found, verdict=verdict)]


VERDICTS: Mapping[KindName, GateName | None] = {
    "same": "pass",
    "answering": "regression",
    "training": "regression",
    "not_comparable": "not_comparable",
}


def held(before: FirstStep, after: FirstStep, apart: Apart = "") -> Finding:
    """Name what differs between two first steps, if anything does.

    `apart` as in `fingerprint_rows`: a start from other numbers hides no other difference there.
    """
    other = _other_subject(before, after)
    if other is not None:
        return other
    tolerance = TOLERANCES[before.subject.computes]
    forward = relative(before.forward.sketch, after.forward.sketch)
    gradient, layers = changed_layers(before.gradients, after.gradients, tolerance)
    measured: dict[str, Any] = {"forward": forward, "gradient": gradient, "layers": tuple(layers)}
    if not forward <= tolerance.forward:
        return Finding(kind="answering", sentence=_answering(before, after, forward), **measured)
    other_start = _started_apart(before.subject.start, after.subject.start)
    step = _other_step(before, after, other_start and not apart)
    if step:
        return Finding(kind="training", sentence=step, forward=forward)
    if layers:
        said = told(layers, len(before.gradients))
        return Finding(kind="training", sentence=said, **measured)
    return _but_for_layers(before, after, other_start, measured)


def _but_for_layers(
    before: FirstStep, after: FirstStep, other_start: bool, measured: Mapping[str, Any]
) -> Finding:
    """Of two first steps whose outputs and gradients agree."""
    tolerance = TOLERANCES[before.subject.computes]
    forward, gradient = measured["forward"], measured["gradient"]
    if not abs(after.loss - before.loss) <= tolerance.loss * abs(before.loss):
        said = f"is {after.loss:.3f} and was {before.loss:.3f}"
        sentence = f"With an adapter in place the loss of the first batch {said}."
        return Finding(kind="training", sentence=sentence, **measured)
    if other_start:
        sentence = f"{START[:-1]}: other hardware draws them otherwise."
        return Finding(kind="not_comparable", sentence=sentence, by_hardware=True, **measured)
    how = f" up to rounding ({percent(forward)} and {percent(gradient)} apart at most)"
    said = f"Outputs and the gradients of {len(before.gradients)} layers are the same"
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
        if name == "adapter" and same_adapter(old.adapter, new.adapter):
            continue
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


START = "The adapter starts from other numbers, from the same seed."


def _other_step(before: FirstStep, after: FirstStep, other_start: bool) -> str:
    """What the first step is made of, where it is something else; empty where it is the same."""
    if before.subject.batch != after.subject.batch:
        return "The first batch holds other examples: their order is another one."
    return START if other_start else ""


def _started_apart(before: str, after: str) -> bool:
    """Whether two starts differ by more than the rounding of how they were drawn.

    First steps of an early version hold a digest, which cannot say how far: it says nothing.
    """
    if " " not in before or " " not in after:
        return False
    one, other = ([float(number) for number in each.split()] for each in (before, after))
    return len(one) != len(other) or not relative(one, other) <= STARTS


def _answering(before: FirstStep, after: FirstStep, forward: float) -> str:
    old, new = before.forward, after.forward
    far = "no numbers" if isnan(forward) else f"{percent(forward)} apart"
    return (
        f"The model as loaded at {after.subject.quantization} computes something else: its outputs"
        f" are {far} (loss {old.loss:.3f} -> {new.loss:.3f})."
    )


def held_losses(
    found: Finding, before: Sequence[float], after: Sequence[float], computes: str
) -> Finding:
    """The same finding; where it found nothing, the first step whose loss is another one.

    Losses that a side has not kept are told; those that only the baseline has are not comparable.
    """
    if found.kind != "same":
        return found
    tolerance = TOLERANCES[computes]
    before, after = before[:STEPS], after[:STEPS]
    for step, (old, new) in enumerate(zip(before, after, strict=False), start=1):
        if not abs(new - old) <= tolerance.loss * abs(old):
            what = "the loss" if step == 1 else "optimizer, learning rate or schedule"
            sentence = (
                f"The first gradient agrees, and yet the loss of step {step} is {new:.3f} and was"
                f" {old:.3f}: look at {what}."
            )
            return replace(found, kind="training", sentence=sentence)
    if len(before) == len(after) > 0:
        return found
    if len(after) < len(before):
        lost = f"{len(before) - len(after)} of the first {len(before)} losses"
        gone = _and(found, f"{lost} were not kept in the candidate.")
        return replace(gone, kind="not_comparable")
    if not before:
        where = "in the baseline" if after else "on either side"
        return _and(found, f"The first losses were not kept {where}.")
    lost = f"{len(after) - len(before)} of the first {len(after)} losses"
    return _and(found, f"{lost} were not kept in the baseline.")


def _and(found: Finding, sentence: str) -> Finding:
    return replace(found, sentence=f"{found.sentence} {sentence}")
