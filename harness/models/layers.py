"""The linear layers of a model that a quantization level applies to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn

_ADAPTER = "lora_"


def linear_layers(model: nn.Module) -> dict[str, nn.Module]:
    """Name to layer, of the base model's linear layers without its output head.

    With an adapter attached the base layers are found inside it; the adapter's own are left out.
    """
    from transformers.pytorch_utils import Conv1D

    head = output_head(model)
    return {
        name: layer
        for name, layer in model.named_modules()
        if isinstance(layer, (nn.Linear, Conv1D)) and layer is not head and _ADAPTER not in name
    }


def output_head(model: nn.Module) -> nn.Module | None:
    """The layer that makes logits; no level quantizes it."""
    network: Any = model
    if hasattr(network, "get_base_model"):
        network = network.get_base_model()
    head: nn.Module | None = network.get_output_embeddings()
    return head


def expected_count(folder: Path) -> int:
    """How many linear layers the architecture has, from its config alone and without weights."""
    from transformers import AutoConfig, AutoModelForCausalLM

    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    with torch.device("meta"):
        return len(linear_layers(AutoModelForCausalLM.from_config(config)))
