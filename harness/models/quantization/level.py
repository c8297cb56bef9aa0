"""What a quantization level can say and do; and which number types a device is good at."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from harness.errors import PhaseFailure

BF16_CAPABILITY = 8
"""CUDA compute capability from which bfloat16 is native. Older cards emulate it and say yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(ABC):
    """How weights are loaded, and how that is told from what is in memory."""

    name: str

    @abstractmethod
    def arguments(self, device: torch.device) -> dict[str, Any]:
        """Keyword arguments for `from_pretrained`. Raises Unavailable for a device without it."""

    @abstractmethod
    def verify_layer(self, name: str, layer: nn.Module) -> None:
        """Raise PhaseFailure unless a linear layer is stored as this level declares."""

    @abstractmethod
    def stored_bytes(self, layer: nn.Module) -> int:
        """Bytes of a linear layer's weights with all quantization state that is its own."""

    @abstractmethod
    def expected_bits(self, layer: nn.Module) -> float:
        """Bits a weight of this layer should take, its quantization state included."""

    def prepare(self, model: nn.Module) -> None:
        """Set the model up after loading: nothing can be trained but what an adapter adds."""
        model.requires_grad_(False)

    def allow_packing(self, model: nn.Module) -> str:
        """Let layers change to their fastest form for answering; returns the kernel path's name.

        Afterwards the model must not be trained, merged or saved.
        """
        return "torch"


def working_dtype(device: torch.device) -> torch.dtype:
    """The number type for activations and unquantized weights of quantized levels.

    bfloat16 where the hardware multiplies it, else float16 on CUDA and float32 on a CPU.
    """
    if device.type == "cuda":
        major, _ = torch.cuda.get_device_capability(device)
        return torch.bfloat16 if major >= BF16_CAPABILITY else torch.float16
    return torch.bfloat16 if cpu_has_bf16() else torch.float32


def cpu_has_bf16() -> bool:
    """Whether this processor multiplies bfloat16 natively (AVX512-BF16 or AMX)."""
    amx, avx = torch.cpu._is_amx_tile_supported(), torch.cpu._is_avx512_bf16_supported()
    return bool(amx or avx)


def shape(layer: nn.Module) -> tuple[int, int]:
    """(in features, out features) of a linear layer, GPT-2's Conv1D included."""
    if hasattr(layer, "in_features"):
        return int(layer.in_features), int(layer.out_features)  # type: ignore[arg-type]
    return int(layer.nx), int(layer.nf)  # type: ignore[arg-type]


def expect(condition: bool, name: str, message: str) -> None:
    """Raise PhaseFailure about the layer `name` unless `condition` holds."""
    if not condition:
        raise PhaseFailure(f"layer {name}: {message}")
