"""A variant's training settings as trl's `SFTConfig`, and the number type a device can train in."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import torch
from torch import nn

from harness.errors import PhaseFailure
from harness.records import Variant

_OPTIMIZERS = {"adamw_torch": "adamw_torch_fused"}
"""The fused kernel is the same AdamW in one pass over memory."""


def computes_in(model: nn.Module) -> torch.dtype:
    """The number type of a model's activations: that of the weights that are not quantized."""
    return next(
        weight.dtype
        for weight in model.parameters()
        if weight.is_floating_point() and not weight.requires_grad
    )


def mixed_precision(device: str, dtype: torch.dtype) -> bool:
    """Whether gradients need a scaler: only where activations are 16-bit floats without range.

    bf16 has the range of 32 bit and needs none, so nothing is cast behind the model's back: it
    computes in the types it was loaded with. Turing cards (capability below 8) only emulate bf16;
    models are loaded in fp16 there, and small gradients would vanish unscaled.
    """
    return device.startswith("cuda") and dtype == torch.float16


def check_type(device: str, dtype: torch.dtype) -> None:
    """Raise PhaseFailure where the card merely emulates the type that the model was loaded in."""
    if device.startswith("cuda") and dtype == torch.bfloat16:
        major, minor = torch.cuda.get_device_capability(device)
        if major < 8:
            raise PhaseFailure(
                f"this GPU (compute capability {major}.{minor}) only emulates bf16; use fp16"
            )


def sft_config(variant: Variant, device: str, dtype: torch.dtype, scratch: Path) -> Any:
    """Everything that trl would otherwise choose by itself is said here.

    `scratch` is a folder that trl asks for; nothing is saved in it.
    """
    from trl import SFTConfig

    training = variant.training
    return SFTConfig(
        output_dir=str(scratch),
        use_cpu=not device.startswith("cuda"),
        bf16=False,
        fp16=mixed_precision(device, dtype),
        **{_checkpointing(SFTConfig): training.checkpointing},
        per_device_train_batch_size=training.batch_size,
        gradient_accumulation_steps=training.gradient_accumulation,
        num_train_epochs=training.epochs,
        learning_rate=training.learning_rate,
        lr_scheduler_type=_scheduler(training.schedule, training.warmup_ratio),
        warmup_steps=training.warmup_ratio,
        optim=_OPTIMIZERS.get(training.optimizer, training.optimizer),
        weight_decay=training.weight_decay,
        max_grad_norm=training.max_grad_norm,
        max_length=training.max_length,
        seed=variant.seed,
        data_seed=variant.seed,
        dataset_kwargs={"skip_prepare_dataset": True},
        remove_unused_columns=False,
        dataloader_pin_memory=device.startswith("cuda"),
        logging_strategy="no",
        save_strategy="no",
        eval_strategy="no",
        report_to="none",
        disable_tqdm=True,
        include_num_input_tokens_seen="no",
    )


def _scheduler(schedule: str, warmup_ratio: float) -> str:
    """A constant schedule with a warm-up has a name of its own."""
    return "constant_with_warmup" if schedule == "constant" and warmup_ratio else schedule


def _checkpointing(config: Any) -> str:
    """What this transformers calls the option; the old name still works, with a warning."""
    names = {field.name for field in fields(config)}
    new = "activation_checkpointing"
    return new if new in names else "gradient_checkpointing"
