"""What a level computes before anything is trained: outputs, and the gradient of the first batch.

Two readings, both in the process that trains and neither leaving a trace in what is trained:

* *forward*, before the model is made ready for training: the first examples through the layers as
  the libraries made them. What answers depend on.
* *backward*, in the trainer's own first step, on its own first batch and its own fast layers. A
  LoRA adapter starts with B = 0, where the gradient of A is zero whatever the layers do; so a fixed
  adapter, both halves of it small numbers that never change, stands in for that one pass, and the
  real one is put back bit for bit.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from harness.records import FirstStep, Forward, LayerGradient, Subject, Variant
from harness.stats.sketches import sketch, uniform
from harness.training.loss import without_dropout
from harness.training.rendering import IGNORED
from harness.training.settings import computes_in

Row = tuple[Sequence[int], Sequence[int]]

ROWS, POSITIONS = 2, 16
"""Forward looks at the last 16 predicted tokens of two examples: one more copy of the logits of a
whole batch would be the most memory that training ever takes."""
B_BOUND = 0.25
"""The fixed B lies between +-0.25 / sqrt(inputs), A between +-1 / sqrt(inputs) as at a real start:
enough for gradients of A that stand out of rounding, too little to change what the layers do."""
HALF_SCALES = (1024.0, 32.0, 1.0)
"""The loss is taken times the first of these where activations are fp16, or small gradients would
vanish; times the next where that bursts."""
STARTS = 16
"""Numbers of the sketch of the adapter's start that are kept."""
_DIGITS = 6
_NAME = re.compile(r"(?:base_model\.model\.)?(?P<matrix>.+)\.(?P<half>lora_[AB])\.")
_LAYER = re.compile(r"^(?P<before>.*?)\.(?P<number>\d+)\.(?P<within>.+)$")


def read_forward(model: nn.Module, rows: Sequence[Row]) -> Forward:
    """Loss and logits of the first rows; the adapter is still zero, so they are the base's."""
    device = next(model.parameters()).device
    seen: list[Tensor] = []
    losses: list[Tensor] = []
    with torch.no_grad(), without_dropout(model):
        for ids, labels in rows[:ROWS]:
            at = [place for place in range(1, len(ids)) if labels[place] != IGNORED][-POSITIONS:]
            if not at:
                continue
            output = model(input_ids=torch.tensor([list(ids)], device=device), use_cache=False)
            logits = output.logits[0, [place - 1 for place in at]].float()
            targets = torch.tensor([labels[place] for place in at], device=device)
            losses.append(cross_entropy(logits, targets, reduction="none"))
            seen.append((logits - logits.mean(dim=1, keepdim=True)).flatten())
    if not seen:
        return Forward(loss=0.0, norm=0.0, sketch=tuple(sketch([]).tolist()))
    together = torch.cat(seen).cpu().numpy()
    return Forward(
        loss=_short(float(torch.cat(losses).mean())),
        norm=_short(float(torch.linalg.vector_norm(torch.cat(seen)))),
        sketch=_shortened(sketch(together).tolist()),
    )


def read_gradients(
    model: nn.Module, loss_of: Callable[[], Tensor]
) -> tuple[float, dict[str, LayerGradient]]:
    """The loss and, layer by layer, the gradient of the adapter, with the fixed adapter in place.

    `loss_of` runs the trainer's forward. Weights, gradients and generators are left as they were.
    """
    half = computes_in(model) == torch.float16
    for scale in HALF_SCALES if half else (1.0,):
        loss, found = _gradients(model, loss_of, scale)
        if all(map(_all_finite, found.values())):
            break  # else a gradient burst in 16 bits, as a trainer's scaler allows for
    return loss, found


def _gradients(
    model: nn.Module, loss_of: Callable[[], Tensor], scale: float
) -> tuple[float, dict[str, LayerGradient]]:
    cards = list(range(torch.cuda.device_count())) if torch.cuda.is_available() else []
    with torch.random.fork_rng(devices=cards), without_dropout(model), fixed_adapter(model):
        try:
            loss = loss_of()
            (loss * scale).backward()  # type: ignore[no-untyped-call]
            found = _by_layer(model, scale)
        finally:
            model.zero_grad(set_to_none=True)
    return _short(float(loss.detach())), found


@contextmanager
def fixed_adapter(model: nn.Module) -> Iterator[None]:
    """Put numbers that never change in place of the adapter's, and the very same tensors back."""
    kept: list[tuple[nn.Parameter, Tensor]] = []
    made: dict[tuple[str, torch.Size], Tensor] = {}
    halves = _halves(model)
    try:
        for matrix, pair in halves.items():
            bound = 1 / math.sqrt(pair["lora_A"].shape[-1])
            for stream, (half, parameter) in enumerate(sorted(pair.items()), start=1):
                key = (f"{half} {matrix.rpartition('.')[2]}", parameter.shape)
                if key not in made:
                    wide = bound * (B_BOUND if half == "lora_B" else 1.0)
                    numbers = uniform(parameter.numel(), wide, stream + 2 * len(made))
                    made[key] = torch.from_numpy(numbers).view(parameter.shape)
                kept.append((parameter, parameter.data))
                parameter.data = made[key].to(parameter.device, parameter.dtype, copy=True)
        yield
    finally:
        for parameter, data in kept:
            parameter.data = data


def _halves(model: nn.Module) -> dict[str, dict[str, nn.Parameter]]:
    """Matrix to its trained A and B, in the order of names."""
    found: dict[str, dict[str, nn.Parameter]] = {}
    for name, parameter in sorted(model.named_parameters()):
        match = _NAME.match(name)
        if match and parameter.requires_grad:
            found.setdefault(match["matrix"], {})[match["half"]] = parameter
    return found


def _by_layer(model: nn.Module, scale: float) -> dict[str, LayerGradient]:
    """What stands in `.grad`, a layer at a time; a half that has none counts as zero."""
    layers: dict[str, dict[str, list[nn.Parameter]]] = {}
    for matrix, pair in _halves(model).items():
        layer, within = _place(matrix)
        layers.setdefault(layer, {})[within] = [half for _, half in sorted(pair.items())]
    return {
        layer: _gradient(
            {within: [_read(half, scale) for half in pair] for within, pair in matrices.items()}
        )
        for layer, matrices in sorted(layers.items(), key=lambda item: _order(item[0]))
    }


def _read(half: nn.Parameter, scale: float) -> Tensor:
    return torch.zeros(1) if half.grad is None else half.grad.detach().float().cpu() / scale


def _gradient(matrices: dict[str, list[Tensor]]) -> LayerGradient:
    weighed = [(pair[0] / B_BOUND, pair[-1]) for pair in matrices.values()]
    flat = torch.cat([half.flatten() for pair in weighed for half in pair])
    norms = {
        matrix: (_short(float(pair[0].norm())), _short(float(pair[-1].norm())))
        for matrix, pair in matrices.items()
    }
    return LayerGradient(norms=norms, sketch=_shortened(sketch(flat.numpy()).tolist()))


def _place(matrix: str) -> tuple[str, str]:
    """ "model.layers.17.self_attn.q_proj" to ("17", "self_attn.q_proj")."""
    match = _LAYER.match(matrix)
    return (match["number"], match["within"]) if match else (matrix, matrix.rpartition(".")[2])


def _order(layer: str) -> tuple[bool, int, str]:
    return (not layer.isdecimal(), int(layer) if layer.isdecimal() else 0, layer)


def subject(
    model: nn.Module, rows: Sequence[Row], batch: Tensor, variant: Variant, *, packed: bool
) -> Subject:
    """What is looked at; the digests of weights and of the text are the caller's to fill in."""
    whole = [[list(ids), list(labels)] for ids, labels in rows]
    start = [
        half.data.float().cpu().flatten() for p in _halves(model).values() for half in p.values()
    ]
    settings = variant.adapter
    return Subject(
        model="",
        quantization=variant.quantization,
        adapter={
            "rank": settings.rank,
            "alpha": settings.alpha,
            "targets": settings.targets,
        },
        examples="",
        batch_size=variant.training.batch_size,
        seed=variant.seed,
        computes=str(computes_in(model)).rpartition(".")[2],
        packed=packed,
        tokens=_digest(json.dumps(whole).encode()),
        batch=_digest(json.dumps(batch.tolist()).encode()),
        start=" ".join(f"{number:.5g}" for number in sketch(torch.cat(start).numpy())[:STARTS]),
    )


def of_examples(found: FirstStep, weights: str, texts: Sequence[str]) -> FirstStep:
    """The first step with the digests of the weights and of the examples as text."""
    about = replace(found.subject, model=weights[:16], examples=_digest(json.dumps(texts).encode()))
    return replace(found, subject=about)


def is_finite(found: FirstStep) -> bool:
    """Whether all of it are numbers; where they are not, training says so itself."""
    numbers = [found.loss, found.forward.loss, found.forward.norm, *found.forward.sketch]
    return all(map(math.isfinite, numbers)) and all(map(_all_finite, found.gradients.values()))


def _all_finite(layer: LayerGradient) -> bool:
    norms = [number for pair in layer.norms.values() for number in pair]
    return all(map(math.isfinite, [*norms, *layer.sketch]))


def _digest(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part)
    return whole.hexdigest()[:16]


def _short(number: float) -> float:
    """Six significant digits: far below any rounding that is told apart here."""
    return float(f"{number:.{_DIGITS}g}")


def _shortened(numbers: Sequence[float]) -> tuple[float, ...]:
    return tuple(_short(number) for number in numbers)
