"""Root-mean-square norms with frozen weights, as one differentiable step.

y = w x / rms(x), rms(x)^2 = mean(x^2) + epsilon. Autograd makes ten passes over the activations
of it, each way; here it is three forward and four back, and the inverse rms is all that is kept.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


class _Norm(torch.autograd.Function):
    """Activations (..., width) in any type; computes in 32 bit, as the layers it stands for do."""

    @staticmethod
    def forward(context: Any, x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
        wide = x.float()
        # Under an ambient autocast (fp16, scaled gradients) this sum would be taken in 16 bit.
        with torch.autocast(x.device.type, enabled=False):
            inverse = torch.linalg.vecdot(wide, wide).div_(x.shape[-1]).add_(epsilon).rsqrt_()
        inverse.unsqueeze_(-1)
        context.save_for_backward(x, weight, inverse)
        output: Tensor = weight * (wide * inverse).to(x.dtype)
        return output

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor, None, None]:
        x, weight, inverse = context.saved_tensors
        wide = x.float()
        scaled = (gradient * weight).float()
        with torch.autocast(x.device.type, enabled=False):
            along = torch.linalg.vecdot(scaled, wide).unsqueeze_(-1)
        along.mul_(inverse.pow(3)).div_(-x.shape[-1])
        return scaled.mul_(inverse).addcmul_(wide, along).to(x.dtype), None, None


def speed_up_norms(model: nn.Module) -> int:
    """Give frozen root-mean-square norms the one-step form; returns how many there were.

    Norms of this kind differ in detail from family to family (Gemma adds one to the weight), and
    say so nowhere: a layer is changed only if its own forward gives the same numbers on a probe.
    """
    changed = 0
    for layer in model.modules():
        weight, epsilon = getattr(layer, "weight", None), getattr(layer, "variance_epsilon", None)
        if isinstance(weight, Tensor) and isinstance(epsilon, float) and not weight.requires_grad:
            forward = _forward_of(weight, epsilon)
            if _agree(layer, forward, weight):
                layer.forward = forward
                changed += 1
    return changed


def _forward_of(weight: Tensor, epsilon: float) -> Any:
    def forward(x: Tensor) -> Tensor:
        output: Tensor = _Norm.apply(x, weight, epsilon)  # type: ignore[no-untyped-call]
        return output

    return forward


def _agree(layer: nn.Module, forward: Any, weight: Tensor) -> bool:
    """Whether both give the same on eight rows of different size, up to rounding."""
    generator = torch.Generator().manual_seed(0)
    rows = torch.randn(8, weight.shape[-1], generator=generator)
    probe = (rows * torch.logspace(-3, 3, 8)[:, None]).to(weight.device, weight.dtype)
    with torch.no_grad():
        own, ours = layer(probe), forward(probe)
    step = torch.finfo(weight.dtype).eps
    return own.dtype == ours.dtype and torch.allclose(own, ours, rtol=8 * step, atol=8 * step)
