"""The loss of a packed batch, and the test whether a model may be given packed batches at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from harness.training import attention
from harness.training.packing import PackedBatch, pack
from harness.training.rendering import IGNORED
from harness.training.settings import computes_in

_TOLERANCE = {torch.float32: 1e-4, torch.float16: 2e-2, torch.bfloat16: 4e-2}
"""Relative difference of two losses that rounding alone explains."""


def packed_loss(
    model: nn.Module, batch: PackedBatch, predicted: Tensor | int | None = None
) -> Tensor:
    """Negative log-likelihood summed over the targets, divided by `predicted`.

    `predicted` counts the targets of the whole optimizer step; None: those of this batch. Logits
    are computed for predicting nodes only.
    """
    output = model(
        input_ids=batch.input_ids,
        position_ids=batch.position_ids,
        paths=batch.paths,
        logits_to_keep=batch.predicting,
        use_cache=False,
    )
    total = cross_entropy(output.logits[0].float(), batch.targets, reduction="sum")
    return total / (len(batch.targets) if predicted is None else predicted)


def padded_loss(model: nn.Module, rows: Sequence[tuple[Sequence[int], Sequence[int]]]) -> Tensor:
    """The same loss from the padded batch that packing replaces: the reference."""
    length = max(len(ids) for ids, _ in rows)
    device = next(model.parameters()).device

    def padded(values: Sequence[Sequence[int]], filler: int) -> Tensor:
        filled = [[*value, *[filler] * (length - len(value))] for value in values]
        return torch.tensor(filled, device=device)

    ids = padded([ids for ids, _ in rows], 0)
    labels = padded([labels for _, labels in rows], IGNORED)
    mask = padded([[1] * len(ids) for ids, _ in rows], 0)
    logits = model(input_ids=ids, attention_mask=mask, use_cache=False).logits
    return cross_entropy(
        logits[:, :-1].flatten(0, 1).float(), labels[:, 1:].flatten(), ignore_index=IGNORED
    )


def prepare_packing(model: Any, rows: Sequence[tuple[Sequence[int], Sequence[int]]]) -> str | None:
    """Switch a model to path attention; returns None, or why it has to be trained padded.

    Whether a model's layers hand on paths and positions is not declared anywhere, so it is tried:
    the losses of `rows` padded and packed must agree. A model that fails is left as it was.
    """
    before = model.config._attn_implementation
    with torch.no_grad(), without_dropout(model):
        expected = padded_loss(model, rows)
        try:
            model.set_attn_implementation(attention.NAME)
            batch = pack(rows).to(expected.device)
            found = packed_loss(model, batch)
        except (TypeError, ValueError, AttributeError) as error:
            model.set_attn_implementation(before)
            return f"{type(error).__name__}: {error}"
    apart = abs(float(found) - float(expected)) / max(abs(float(expected)), 1e-6)
    if apart > _TOLERANCE[computes_in(model)]:
        model.set_attn_implementation(before)
        return f"loss {float(found):.5g} packed, {float(expected):.5g} padded"
    return None


@contextmanager
def without_dropout(model: nn.Module) -> Iterator[None]:
    """Training mode without chance: evaluation mode would make bitsandbytes repack its layers."""
    was_training = model.training
    layers = [layer for layer in model.modules() if isinstance(layer, nn.Dropout)]
    shares = [layer.p for layer in layers]
    model.train()
    try:
        for layer in layers:
            layer.p = 0.0
        yield
    finally:
        for layer, share in zip(layers, shares, strict=True):
            layer.p = share
        model.train(was_training)
