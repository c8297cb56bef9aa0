"""Products with weights that are not trained, on the fastest exact kernel of this machine.

A LoRA step needs `x W^T` going forward and `g W` going back, and never a gradient of W. In 32 bit
on a CPU both run through oneDNN, which uses the widest vectors of every make of processor;
the default BLAS, MKL, falls back to half their width on AMD (measured: 97 against 217 GFLOP/s a
core on an AVX-512 EPYC). A 4-bit weight is de-quantized where it is used and dropped again, going
forward and going back, so that no full-precision copy of the model ever exists.
"""

from __future__ import annotations

from typing import Any, Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional


class FrozenProduct(Protocol):
    """What a layer with frozen weights W (out, in) does to rows of activations."""

    def forward(self, x: Tensor) -> Tensor:
        """(T, in) to (T, out): x W^T plus the bias, in the type of `x`."""

    def backward(self, gradient: Tensor) -> Tensor:
        """(T, out) to (T, in): gradient W, in the type of `gradient`."""


_ONEDNN: Any = getattr(torch.ops.mkldnn, "_linear_pointwise", None)
"""oneDNN's product; None in a build of torch without it."""


def product(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """x (T, in) times weight (out, in) transposed: (T, out). Not for autograd to look into."""
    if _ONEDNN is not None and x.dtype == torch.float32 and x.device.type == "cpu" and len(x):
        wide: Tensor = _ONEDNN(x, weight, bias, "none", [], "")
        return wide
    return functional.linear(x, weight, bias)


class PlainProduct:
    """An `nn.Linear` in 32 or 16 bit."""

    def __init__(self, layer: nn.Linear) -> None:
        self._layer = layer

    def forward(self, x: Tensor) -> Tensor:
        """x W^T + bias."""
        return product(x, self._layer.weight, self._layer.bias)

    def backward(self, gradient: Tensor) -> Tensor:
        """gradient W."""
        return product(gradient, self._layer.weight.t())


class FourBitProduct:
    """A bitsandbytes `Linear4bit`: computes in its compute type, keeps only packed weights."""

    def __init__(self, layer: nn.Module) -> None:
        self._layer: Any = layer

    def _weight(self, dtype: torch.dtype) -> Tensor:
        from bitsandbytes.functional import dequantize_4bit

        weight: Tensor = dequantize_4bit(self._layer.weight, self._layer.weight.quant_state)
        return weight.to(dtype)

    def forward(self, x: Tensor) -> Tensor:
        """x W^T + bias: on CUDA bitsandbytes' own kernel, elsewhere de-quantize and multiply."""
        if x.device.type == "cuda":
            own: Tensor = self._layer(x)
            return own
        compute = self._layer.compute_dtype or x.dtype
        bias = None if self._layer.bias is None else self._layer.bias.to(compute)
        return product(x.to(compute), self._weight(compute), bias).to(x.dtype)

    def backward(self, gradient: Tensor) -> Tensor:
        """gradient W."""
        compute = self._layer.compute_dtype or gradient.dtype
        return product(gradient.to(compute), self._weight(compute).t()).to(gradient.dtype)


def frozen_product(layer: nn.Module) -> FrozenProduct | None:
    """The product of a layer whose weights are frozen; None for a kind that is not known here."""
    if any(parameter.requires_grad for parameter in layer.parameters(recurse=False)):
        return None
    if type(layer) is nn.Linear:
        return PlainProduct(layer)
    if type(layer).__name__ == "Linear4bit" and type(layer).__module__.startswith("bitsandbytes"):
        return FourBitProduct(layer)
    return None
