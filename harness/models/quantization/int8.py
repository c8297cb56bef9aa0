"""LLM.int8(): weights as 8-bit integers with one scale a row (Dettmers et al. 2022).

Activations whose magnitude passes the threshold are multiplied in 16 bit.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from harness.models.quantization.level import Level, expect, shape, working_dtype

OUTLIER_THRESHOLD = 6.0
"""The paper's value. bitsandbytes fails on an integer here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Int8(Level):
    """bitsandbytes' Linear8bitLt without 16-bit master weights."""

    def arguments(self, device: torch.device) -> dict[str, Any]:
        """8-bit linear layers; the rest in the device's working type."""
        from transformers import BitsAndBytesConfig

        # One line a layer and call says that inputs are cast to float16, which is the method.
        logging.getLogger("bitsandbytes.autograd._functions").setLevel(logging.ERROR)
        config = BitsAndBytesConfig(load_in_8bit=True, llm_int8_threshold=OUTLIER_THRESHOLD)
        return {"quantization_config": config, "dtype": working_dtype(device)}

    def verify_layer(self, name: str, layer: nn.Module) -> None:
        """A Linear8bitLt whose weights are int8, with float32 scales and the threshold."""
        from bitsandbytes.nn import Linear8bitLt

        kind = type(layer).__name__
        expect(isinstance(layer, Linear8bitLt), name, f"is a {kind}, int8 declares Linear8bitLt")
        weight: Any = layer.weight
        expect(weight.dtype is torch.int8, name, f"holds {weight.dtype} instead of int8")
        state: Any = layer.state
        expect(not state.has_fp16_weights, name, "keeps 16-bit weights beside the 8-bit ones")
        expect(state.threshold == OUTLIER_THRESHOLD, name, f"has threshold {state.threshold}")
        expect(_scales(layer).dtype is torch.float32, name, "has scales that are not float32")

    def stored_bytes(self, layer: nn.Module) -> int:
        """One byte a weight and a float32 a row."""
        weight: Any = layer.weight
        return int(weight.numel()) + _scales(layer).numel() * 4

    def expected_bits(self, layer: nn.Module) -> float:
        """8 + 32 / in features."""
        return 8.0 + 32.0 / shape(layer)[0]

    def allow_packing(self, model: nn.Module) -> str:
        """Nothing to pack."""
        return "int8 matmul"


def _scales(layer: nn.Module) -> torch.Tensor:
    """One scale a row: with the weight until the first forward, with the layer's state after."""
    weight: Any = layer.weight
    state: Any = layer.state
    scales = state.SCB if state.SCB is not None else weight.SCB
    assert isinstance(scales, torch.Tensor)
    return scales


LEVEL = Int8(name="int8")
