"""Levels without quantization: every weight is one float."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from harness.errors import Unavailable
from harness.models.quantization.level import BF16_CAPABILITY, Level, expect


@dataclass(frozen=True, slots=True, kw_only=True)
class Floats(Level):
    """All weights in one floating-point type."""

    dtype: torch.dtype

    def arguments(self, device: torch.device) -> dict[str, Any]:
        """The type alone. Raises Unavailable where the device would only emulate it."""
        if self.dtype is torch.float16 and device.type == "cpu":
            raise Unavailable("fp16 needs a GPU: processors compute it in software")
        if self.dtype is torch.bfloat16 and device.type == "cuda":
            capability = torch.cuda.get_device_capability(device)
            if capability[0] < BF16_CAPABILITY:
                raise Unavailable(
                    f"bf16 needs compute capability {BF16_CAPABILITY}.0, this GPU has "
                    f"{capability[0]}.{capability[1]}"
                )
        return {"dtype": self.dtype}

    def verify_layer(self, name: str, layer: nn.Module) -> None:
        """A plain layer, not one of bitsandbytes', with the declared type."""
        foreign = type(layer).__module__.startswith("bitsandbytes")
        expect(not foreign, name, f"is a {type(layer).__name__}, {self.name} declares a plain one")
        dtype = layer.weight.dtype
        expect(dtype is self.dtype, name, f"holds {dtype}, {self.name} declares {self.dtype}")

    def stored_bytes(self, layer: nn.Module) -> int:
        """Bytes of the weight matrix."""
        weight = layer.weight
        assert isinstance(weight, torch.Tensor)
        return weight.numel() * weight.element_size()

    def expected_bits(self, layer: nn.Module) -> float:
        """Bits of one float."""
        return 8.0 * self.dtype.itemsize
