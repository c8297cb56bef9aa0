"""Levels of 4 bits a weight in blocks of 64 (QLoRA: Dettmers et al. 2023)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from harness.models.quantization.level import Level, expect, shape, working_dtype

BLOCK = 64
"""Weights that share a scale."""
SCALE_BLOCK = 256
"""Scales that share a scale of their own under double quantization."""
PACKED = "packing_format_for_cpu"
"""The attribute by which bitsandbytes marks layers that were repacked for AVX512-BF16."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FourBits(Level):
    """bitsandbytes' Linear4bit of one code; `nested` is double quantization."""

    code: str
    nested: bool = False

    def arguments(self, device: torch.device) -> dict[str, Any]:
        """4-bit linear layers that compute in the device's working type, like the rest."""
        from transformers import BitsAndBytesConfig

        dtype = working_dtype(device)
        config = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type=self.code,
            bnb_4bit_use_double_quant=self.nested,
            bnb_4bit_compute_dtype=dtype,
        )
        return {"quantization_config": config, "dtype": dtype}

    def prepare(self, model: nn.Module) -> None:
        """Forbid the repacking that bitsandbytes does on a CPU at the first evaluation forward.

        After it, training goes on with wrong gradients, merging returns garbage and nested state
        is gone.
        """
        model.requires_grad_(False)
        for layer in self._layers(model):
            layer.support_avx512bf16_for_cpu = False

    def allow_packing(self, model: nn.Module) -> str:
        """Allow it again where it helps: one call answers twice as fast and as exactly.

        Not under double quantization, whose nested state it would undo.
        """
        from bitsandbytes.functional import has_avx512bf16

        layers = self._layers(model)
        if layers and layers[0].weight.device.type == "cuda":
            return "cuda 4-bit"
        if self.nested or not has_avx512bf16():
            return "dequantize"
        for layer in layers:
            width, height = shape(layer)
            layer.support_avx512bf16_for_cpu = height % 32 == 0 and width % 64 == 0
        return "packed avx512-bf16"

    def verify_layer(self, name: str, layer: nn.Module) -> None:
        """A Linear4bit of this code, nested exactly if declared, repacked only if allowed."""
        from bitsandbytes.nn import Linear4bit

        kind = type(layer).__name__
        expect(isinstance(layer, Linear4bit), name, f"is a {kind}, {self.name} declares Linear4bit")
        weight: Any = layer.weight
        state = weight.quant_state
        expect(state is not None, name, "was not quantized")
        expect(weight.dtype is torch.uint8, name, f"holds {weight.dtype} instead of uint8")
        code = state.quant_type
        expect(code == self.code, name, f"holds {code}, {self.name} declares {self.code}")
        expect(state.blocksize == BLOCK, name, f"has blocks of {state.blocksize}")
        packed = bool(getattr(state, PACKED, False))
        allowed = bool(layer.support_avx512bf16_for_cpu)
        expect(allowed or not packed, name, "was repacked although that was not allowed")
        found = "nested" if state.nested else "plain"
        wanted = "nested" if self.nested else "plain"
        expect(found == wanted, name, f"has {found} scales, {self.name} declares {wanted} ones")

    def stored_bytes(self, layer: nn.Module) -> int:
        """Half a byte a weight and the scales; the code's own lookup tables are constants."""
        weight: Any = layer.weight
        state = weight.quant_state
        total = weight.numel() * weight.element_size() + _bytes(state.absmax)
        if state.nested:
            total += _bytes(state.state2.absmax) + _bytes(state.offset)
        return int(total)

    def expected_bits(self, layer: nn.Module) -> float:
        """4 + 32/64 = 4.5; under double quantization 4 + 8/64 + 32/(64 x 256) = 4.127.

        A packed layer's scales are 16-bit: 4.25.
        """
        if self.nested:
            return 4 + 8 / BLOCK + 32 / (BLOCK * SCALE_BLOCK)
        weight: Any = layer.weight
        packed = getattr(weight.quant_state, PACKED, False)
        return 4 + (16 if packed else 32) / BLOCK

    @staticmethod
    def _layers(model: nn.Module) -> list[Any]:
        from bitsandbytes.nn import Linear4bit

        return [layer for layer in model.modules() if isinstance(layer, Linear4bit)]


def _bytes(tensor: torch.Tensor) -> int:
    return tensor.numel() * tensor.element_size()
