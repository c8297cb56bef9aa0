"""trl's `SFTTrainer` with packed batches: its loop, optimizer and schedule, our step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from torch import Tensor, nn
from transformers import PrinterCallback, TrainerCallback
from trl import SFTTrainer

from harness.records import Variant
from harness.training.loss import packed_loss
from harness.training.packing import pack
from harness.training.rendering import IGNORED
from harness.training.settings import computes_in, sft_config

Row = tuple[Sequence[int], Sequence[int]]
"""Token ids and labels of one example."""


@dataclass(frozen=True, slots=True)
class StepLoss:
    """The mean loss over the predicted tokens of one optimizer step."""

    step: int
    """Counted from 1."""
    epoch: float
    """Epochs done after this step."""
    loss: float


class StepTrainer(SFTTrainer):  # type: ignore[misc]
    """An SFTTrainer that can be given packed batches, and that remembers its losses."""

    def __init__(self, *, packed: bool, **settings: Any) -> None:
        if packed:
            settings["data_collator"] = collate_packed
        adapters = {
            name: parameter.data
            for name, parameter in settings["model"].named_parameters()
            if parameter.requires_grad
        }
        super().__init__(**settings)
        # trl casts the adapters of a quantized model to bf16; variants are compared at 32 bit.
        for name, parameter in settings["model"].named_parameters():
            if name in adapters:
                parameter.data = adapters[name]
        self._step_loss: Tensor | None = None
        self.before_first_step: Callable[[nn.Module, dict[str, Any]], None] | None = None
        """Is given the model and the first batch once, before anything is trained."""

    def training_step(
        self,
        model: nn.Module,
        inputs: dict[str, Any],
        num_items_in_batch: Tensor | int | None = None,
    ) -> Any:
        """The trainer's own step; the first batch is shown to `before_first_step` before it."""
        look, self.before_first_step = self.before_first_step, None
        if look is not None:
            model.train()
            look(model, self._prepare_inputs(inputs))
            self._step_loss = None
        return super().training_step(model, inputs, num_items_in_batch)

    def loss_of(self, model: nn.Module, inputs: dict[str, Any]) -> Tensor:
        """The mean loss of a batch alone, by the way that trains."""
        with self.compute_loss_context_manager():
            loss: Tensor = self.compute_loss(model, dict(inputs))
        return loss

    def compute_loss(
        self,
        model: nn.Module,
        inputs: dict[str, Any],
        return_outputs: bool = False,
        num_items_in_batch: Tensor | int | None = None,
    ) -> Any:
        """Mean negative log-likelihood over the predicted tokens of the optimizer step."""
        if "packed" in inputs:
            loss = packed_loss(model, inputs["packed"], num_items_in_batch)
        else:
            loss = super().compute_loss(model, inputs, False, num_items_in_batch)
        seen = loss.detach()
        self._step_loss = seen if self._step_loss is None else self._step_loss + seen
        return loss

    def take_step_loss(self) -> float:
        """The loss of the step that has just ended."""
        loss, self._step_loss = self._step_loss, None
        assert loss is not None
        return float(loss)


def collate_packed(rows: Sequence[dict[str, list[int]]]) -> dict[str, Any]:
    """One packed row. `labels` are there for the trainer to count what is predicted."""
    batch = pack((row["input_ids"], row["labels"]) for row in rows)
    counted = torch.cat([torch.tensor([IGNORED]), batch.targets])
    return {"packed": batch, "labels": counted[None], "input_ids": batch.input_ids}


@dataclass
class LossCallback(TrainerCallback):  # type: ignore[misc]
    """Hands on every step's loss and stops after the first epoch that is good enough."""

    report: Callable[[StepLoss, int], None]
    until_loss: float | None
    steps_at_most: int | None = None
    """Stop after so many steps, in the middle of an epoch."""
    trainer: StepTrainer | None = None
    steps: int = 0
    final_epoch: list[float] = field(default_factory=list)
    """Losses of the steps of the current, in the end the last epoch."""

    def on_epoch_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Forget the losses of the epoch before."""
        self.final_epoch.clear()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Record the loss of the optimizer step."""
        assert self.trainer is not None
        loss = StepLoss(state.global_step, round(state.epoch, 6), self.trainer.take_step_loss())
        self.steps = loss.step
        self.final_epoch.append(loss.loss)
        self.report(loss, state.max_steps)
        if loss.step == self.steps_at_most:
            control.should_training_stop = True

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Stop where the epoch's mean loss is below `until_loss`."""
        mean = sum(self.final_epoch) / len(self.final_epoch)
        if self.until_loss is not None and mean < self.until_loss:
            control.should_training_stop = True


def build_trainer(
    model: nn.Module,
    tokenizer: Any,
    rows: Sequence[Row],
    variant: Variant,
    *,
    device: str,
    packed: bool,
    scratch: Path,
    callback: LossCallback | None = None,
) -> StepTrainer:
    """The trainer of a variant over already tokenized rows."""
    trainer = StepTrainer(
        packed=packed,
        model=model,
        args=sft_config(variant, device, computes_in(model), scratch),
        train_dataset=Dataset.from_list(
            [{"input_ids": list(ids), "labels": list(labels)} for ids, labels in rows]
        ),
        processing_class=tokenizer,
        callbacks=[] if callback is None else [callback],
    )
    trainer.remove_callback(PrinterCallback)
    if callback is not None:
        callback.trainer = trainer
    return trainer
