"""LoRA adapters on every level: the same start, the same number type, the same places."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from torch import nn

from harness.errors import PhaseFailure
from harness.models.layers import linear_layers
from harness.models.load import Loaded
from harness.models.quantization.level import shape
from harness.records import Adapter, Resources

_PART = "lora_"


def attach(loaded: Loaded, adapter: Adapter, seed: int) -> Any:
    """The loaded model with a new adapter, ready to be trained; returns the PeftModel.

    The base stays frozen and as it is. Adapter weights are float32 on every level and start from
    `seed` alone, so that variants differ by their level only. `loaded.model` becomes the result.
    Raises PhaseFailure for target layers that the model does not have.
    """
    from peft import LoraConfig, get_peft_model

    everything = adapter.targets == "all_linear"
    targets = "all-linear" if everything else adapter.targets
    config = LoraConfig(
        r=adapter.rank,
        lora_alpha=adapter.alpha if adapter.alpha is not None else 2 * adapter.rank,
        lora_dropout=adapter.dropout,
        target_modules=targets if isinstance(targets, str) else list(targets),
        bias="none",
        task_type="CAUSAL_LM",
    )
    try:
        model = get_peft_model(loaded.model, config)
    except ValueError as error:
        raise PhaseFailure(
            f"the model has no layers {adapter.targets!r} for an adapter;"
            ' targets = "all_linear" takes every linear layer'
        ) from error
    _initialize(model, seed)
    loaded.model = model
    return model


def restore(loaded: Loaded, folder: Path) -> Any:
    """The loaded model with the adapter saved in `folder`, frozen, for answering.

    The adapter stays beside the quantized base: what answers is what was trained.
    Raises PhaseFailure where the folder's adapter does not fit the model.
    """
    from peft import PeftModel

    try:
        model = PeftModel.from_pretrained(loaded.model, str(folder), is_trainable=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise PhaseFailure(f"cannot put the adapter in {folder} on the model: {error}") from error
    for parameter in _parameters(model):
        parameter.data = parameter.data.float()
    model.eval()
    loaded.model = model
    return model


def resources(model: Any, folder: Path | None) -> Resources:
    """Size of an adapter: its parameters, their share of all, and its bytes in `folder`."""
    own = sum(parameter.numel() for parameter in _parameters(model))
    layers = linear_layers(model)
    linear = sum(shape(layer)[0] * shape(layer)[1] for layer in layers.values())
    counted = {id(layer.weight) for layer in layers.values()}
    other = sum(
        parameter.numel()
        for name, parameter in model.named_parameters()
        if _PART not in name and id(parameter) not in counted
    )
    found: Resources = {
        "adapter.trainable_parameters": own,
        "adapter.trainable_share": own / (own + linear + other),
    }
    if folder is not None:
        found["adapter.bytes"] = sum(path.stat().st_size for path in folder.glob("*.safetensors"))
    return found


def _parameters(model: nn.Module) -> list[nn.Parameter]:
    return [parameter for name, parameter in model.named_parameters() if _PART in name]


def _initialize(model: nn.Module, seed: int) -> None:
    """A from Kaiming's uniform distribution (as in the LoRA paper's code), B zero, both float32.

    Drawn on the CPU in float32 in the order of layer names, whatever level and device hold them.
    """
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in sorted(model.named_parameters()):
        if _PART not in name:
            continue
        start = torch.zeros(parameter.shape, dtype=torch.float32)
        if "lora_A" in name:
            nn.init.kaiming_uniform_(start, a=math.sqrt(5), generator=generator)
        parameter.data = start.to(parameter.device)
