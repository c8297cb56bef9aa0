"""first_step.json, and the same in a tenth of the space, as a baseline keeps it."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from harness.errors import UserError
from harness.records import FirstStep, Forward, LayerGradient, Subject
from harness.stats.sketches import SIZE
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import plain, read_appended
from harness.storage.runs import read_object

FIRST_LOSSES = 8
"""Steps whose losses a baseline keeps: later ones have drifted apart by rounding alone."""
_ABSENT = -1.0
"""Stands for the length of a gradient that a layer does not have."""


def read_first_step(folder: VariantFolder) -> FirstStep | None:
    """What was kept before the first step; None where a version without it trained, or nothing was.

    Raises UserError for a damaged file.
    """
    if not folder.first_step.exists():
        return None
    raw = read_object(folder.first_step)
    try:
        return FirstStep(
            subject=Subject(**raw["subject"]),
            forward=_forward(raw["forward"]),
            loss=float(raw["loss"]),
            gradients={
                layer: LayerGradient(
                    norms={name: (float(a), float(b)) for name, (a, b) in each["norms"].items()},
                    sketch=_whole(each["sketch"]),
                )
                for layer, each in raw["gradients"].items()
            },
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError(
            f"{folder.first_step} is damaged: {type(error).__name__} at {error}",
            "delete it: the comparison then says that there is none",
        ) from error


def read_first_losses(folder: VariantFolder) -> tuple[float, ...]:
    """The losses of the first optimizer steps; empty where nothing was trained."""
    if not folder.losses.exists():
        return ()
    return tuple(float(line["loss"]) for line in read_appended(folder.losses)[:FIRST_LOSSES])


def pack_first_step(found: FirstStep) -> dict[str, Any]:
    """A first step for a baseline: lengths in 32 bit, sketches in 16, as base64.

    The 16-bit numbers are parts of the largest, so a sketch is off by less than 5 in 10,000.
    """
    layers = list(found.gradients)
    matrices = sorted({name for each in found.gradients.values() for name in each.norms})
    norms = [
        number
        for each in found.gradients.values()
        for name in matrices
        for number in each.norms.get(name, (_ABSENT, _ABSENT))
    ]
    sketches = [found.forward.sketch, *(each.sketch for each in found.gradients.values())]
    largest = [max(map(abs, numbers)) or 1.0 for numbers in sketches]
    return {
        "subject": plain(found.subject),
        "forward": [found.forward.loss, found.forward.norm],
        "loss": found.loss,
        "layers": layers,
        "matrices": matrices,
        "norms": _encoded("f", norms),
        "largest": _encoded("f", largest),
        "sketches": _encoded(
            "e",
            (
                number / most
                for numbers, most in zip(sketches, largest, strict=True)
                for number in numbers
            ),
        ),
    }


def unpack_first_step(raw: Mapping[str, Any]) -> FirstStep:
    """What `pack_first_step` packed. Raises KeyError, TypeError or ValueError for anything else."""
    layers, matrices = raw["layers"], raw["matrices"]
    norms = iter(_decoded("f", raw["norms"], 2 * len(layers) * len(matrices)))
    largest = _decoded("f", raw["largest"], len(layers) + 1)
    numbers = _decoded("e", raw["sketches"], SIZE * (len(layers) + 1))
    sketches = [
        tuple(most * number for number in numbers[SIZE * at : SIZE * (at + 1)])
        for at, most in enumerate(largest)
    ]
    found: dict[str, LayerGradient] = {}
    for layer, sketch in zip(layers, sketches[1:], strict=True):
        pairs = {name: (next(norms), next(norms)) for name in matrices}
        own = {name: pair for name, pair in pairs.items() if pair[0] != _ABSENT}
        found[str(layer)] = LayerGradient(norms=own, sketch=sketch)
    loss, norm = raw["forward"]
    return FirstStep(
        subject=Subject(**raw["subject"]),
        forward=Forward(loss=float(loss), norm=float(norm), sketch=sketches[0]),
        loss=float(raw["loss"]),
        gradients=found,
    )


def _forward(raw: Mapping[str, Any]) -> Forward:
    loss, norm = float(raw["loss"]), float(raw["norm"])
    return Forward(loss=loss, norm=norm, sketch=_whole(raw["sketch"]))


def _whole(numbers: Sequence[Any]) -> tuple[float, ...]:
    if len(numbers) != SIZE:
        raise ValueError(f"a sketch of {len(numbers)} numbers")
    return tuple(float(number) for number in numbers)


def _encoded(kind: str, numbers: Iterable[float]) -> str:
    whole = list(numbers)
    return base64.b64encode(struct.pack(f"<{len(whole)}{kind}", *whole)).decode()


def _decoded(kind: str, text: str, count: int) -> tuple[float, ...]:
    raw = base64.b64decode(text, validate=True)
    form = f"<{count}{kind}"
    if len(raw) != struct.calcsize(form):
        raise ValueError(f"{len(raw)} bytes where {count} numbers should be")
    return struct.unpack(form, raw)
