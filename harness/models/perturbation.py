"""Noise on the weights of a base model, as small as rounding is, to see what alone it changes."""

from __future__ import annotations

import hashlib

import torch
from torch import nn

from harness.errors import PhaseFailure


def perturb(network: nn.Module, scale: float, seed: int) -> None:
    """Multiply every weight w of `network` by 1 + scale z, z standard normal and drawn by `seed`.

    A tensor's draws follow from its name and the seed alone, whatever the device and the order. The
    product is taken in float32 and rounded to the weight's own type; tied weights stay tied. Raises
    PhaseFailure where weights are not stored in full precision.
    """
    for name, parameter in network.named_parameters():
        if not parameter.is_floating_point():
            raise PhaseFailure(f"{name} is quantized, and only whole weights can be perturbed")
        generator = torch.Generator().manual_seed(_seed(name, seed))
        factors = torch.randn(parameter.shape, generator=generator).mul_(scale).add_(1.0)
        weights = parameter.detach()
        # A new tensor: weights may still lie in the pages of the file that they were read from.
        changed = weights.to("cpu", torch.float32) * factors
        parameter.data = changed.to(weights.device, weights.dtype)


def _seed(name: str, seed: int) -> int:
    digest = hashlib.sha256(f"perturb|{seed}|{name}".encode()).digest()
    return int.from_bytes(digest[:7], "big")
