"""Fit an adapter to tokenized rows: packed where the model allows it, padded where not."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from harness.errors import PhaseFailure
from harness.models.residence import give_back
from harness.records import FirstStep, Forward, Variant
from harness.training.first_step import is_finite, read_forward, read_gradients, subject
from harness.training.lora import speed_up
from harness.training.loss import prepare_packing
from harness.training.settings import check_type, computes_in
from harness.training.trainer import LossCallback, Row, StepLoss, StepTrainer, build_trainer


@dataclass(frozen=True, slots=True)
class Fitted:
    """How training went."""

    steps: int
    epochs: float
    final_loss: float
    """Mean loss of the steps of the last epoch."""
    padded_because: str | None
    """Why batches were padded and not packed; None: they were packed."""


def fit(
    model: Any,
    tokenizer: Any,
    rows: Sequence[Row],
    variant: Variant,
    *,
    device: str,
    scratch: Path,
    report: Callable[[StepLoss, int], None],
    first: Callable[[FirstStep], None] | None = None,
    steps_at_most: int | None = None,
) -> Fitted:
    """Train the adapters of a PEFT model in place.

    `report` hears each optimizer step and how many there are; `first` is told what the model
    computes before the first, and what is trained is the same with and without it. The same call
    twice on one machine with as many threads gives the same bytes. Raises PhaseFailure where the
    loss is not finite.
    """

    def finite(loss: StepLoss, total: int) -> None:
        if not math.isfinite(loss.loss):
            raise PhaseFailure(f"the loss is {loss.loss} at step {loss.step}")
        report(loss, total)

    callback = LossCallback(finite, variant.training.until_loss, steps_at_most)
    forward = None if first is None else read_forward(model, rows)
    trainer, reason = prepare(
        model, tokenizer, rows, variant, device=device, scratch=scratch, callback=callback
    )
    if first is not None and forward is not None:
        _show_first_step(trainer, rows, variant, forward, first)
    if reason is not None:
        print(f"trained on padded batches: {reason}")
    trainer.train()
    return Fitted(
        steps=callback.steps,
        epochs=float(trainer.state.epoch),
        final_loss=sum(callback.final_epoch) / len(callback.final_epoch),
        padded_because=reason,
    )


def _show_first_step(
    trainer: StepTrainer,
    rows: Sequence[Row],
    variant: Variant,
    forward: Forward,
    first: Callable[[FirstStep], None],
) -> None:
    """Have the trainer stop before its first step for a look at the gradient."""

    def look(model: Any, batch: dict[str, Any]) -> None:
        loss, gradients = read_gradients(model, lambda: trainer.loss_of(model, batch))
        ids, packed = batch["input_ids"], "packed" in batch
        about = subject(model, rows, ids, variant, packed=packed)
        found = FirstStep(subject=about, forward=forward, loss=loss, gradients=gradients)
        if is_finite(found):
            first(found)
        else:
            print("the first step is not kept: its gradients are not finite")
        del gradients, found
        gc.collect()
        give_back()  # or the peak of training would be that of this look

    trainer.before_first_step = look


def prepare(
    model: Any,
    tokenizer: Any,
    rows: Sequence[Row],
    variant: Variant,
    *,
    device: str,
    scratch: Path,
    callback: LossCallback | None = None,
) -> tuple[StepTrainer, str | None]:
    """The trainer of a variant, and why it pads (None: it packs)."""
    check_type(device, computes_in(model))
    if device.startswith("cuda"):
        # Sums over shared states use atomic additions otherwise, whose order is left to chance.
        torch.use_deterministic_algorithms(True, warn_only=True)
    reason: str | None = "the suite says packing = false"
    if variant.training.packing:
        reason = prepare_packing(model, _telling(rows))
        speed_up(model)
    trainer = build_trainer(
        model,
        tokenizer,
        rows,
        variant,
        device=device,
        packed=reason is None,
        scratch=scratch,
        callback=callback,
    )
    return trainer, reason


def _telling(rows: Sequence[Row]) -> list[Row]:
    """Rows that show whether packing works: the first, and the two longest for windows."""
    longest = sorted(rows, key=lambda row: -len(row[0]))[:2]
    return [rows[0], *longest]
