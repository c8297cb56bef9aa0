"""Linear layers as decoding calls them: the layer as it is loaded, its adapter beside it, unmerged.

On a CPU, float32 layers go through oneDNN instead of the BLAS that `torch.nn.functional.linear`
calls: same arithmetic in another order, and about twice as fast where that BLAS (MKL on processors
other than Intel's) leaves the wider vector units idle. Weights are neither copied nor repacked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class LowRank:
    """An adapter's share of a layer: `up` already holds alpha / rank."""

    down: Tensor
    """(rank, in)"""
    up: Tensor
    """(out, rank)"""


@dataclass(frozen=True, slots=True)
class Projection:
    """y = W x + b + (alpha / rank) B A x."""

    base: nn.Module
    low_rank: LowRank | None

    @property
    def rank(self) -> int:
        """0 where there is no adapter."""
        return 0 if self.low_rank is None else len(self.low_rank.down)


def projection(module: nn.Module) -> Projection | None:
    """The layer as a projection; None where it does more than that (DoRA, merged, several)."""
    if not hasattr(module, "lora_A"):
        return Projection(module, None)
    layer: Any = module
    names = [name for name in layer.active_adapters if name in layer.lora_A]
    plain = not (layer.disable_adapters or layer.merged or getattr(layer, "lora_variant", None))
    if not plain or len(names) != 1:
        return None
    down, up = layer.lora_A[names[0]], layer.lora_B[names[0]]
    if not (_is_plain(down) and _is_plain(up)) or up.bias is not None:
        return None
    return Projection(
        layer.base_layer,
        LowRank(down.weight.detach(), up.weight.detach() * layer.scaling[names[0]]),
    )


class Group:
    """Projections of the same input; the narrow halves of their adapters are one product."""

    def __init__(self, members: Sequence[Projection]) -> None:
        self.members = tuple(members)
        downs = [member.low_rank.down for member in members if member.low_rank is not None]
        self._down = torch.cat(downs) if downs else None

    def __call__(self, x: Tensor, residual: Tensor | None = None) -> list[Tensor]:
        """(rows, in) to one (rows, out) a member; `residual` is added (to a single member)."""
        narrow: list[Tensor | None] = [None] * len(self.members)
        if self._down is not None:
            together = product(x.to(self._down.dtype), self._down)
            widths = [member.rank for member in self.members if member.rank]
            parts = iter(torch.split(together, widths, dim=-1))
            narrow = [next(parts) if member.rank else None for member in self.members]
        return [
            _apply(member, x, part, residual)
            for member, part in zip(self.members, narrow, strict=True)
        ]


def product(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """`x` times the transpose of `weight`, plus `bias`: (rows, in), (out, in) to (rows, out)."""
    if _onednn(x, weight):
        out: Tensor = _pointwise(x, weight, bias, "none", [], "")
        return out
    return nn.functional.linear(x, weight, bias)


def _apply(member: Projection, x: Tensor, narrow: Tensor | None, residual: Tensor | None) -> Tensor:
    base: Any = member.base
    out: Tensor
    if _is_plain(base):
        if residual is not None and _onednn(x, base.weight):
            out = _pointwise.binary(x, residual, base.weight, base.bias, "add")
            residual = None
        else:
            out = product(x, base.weight, base.bias)
    else:
        out = base(x)
    if narrow is not None and member.low_rank is not None:
        up = member.low_rank.up
        if out.dtype == up.dtype:
            out = out.addmm_(narrow, up.t())  # a layer's output is nobody else's
        else:
            out = (out + nn.functional.linear(narrow, up)).to(out.dtype)
    return out if residual is None else residual + out


def _is_plain(module: nn.Module) -> bool:
    """Exactly torch's own linear layer, with nothing hooked onto it."""
    return type(module) is nn.Linear and not (module._forward_hooks or module._forward_pre_hooks)


def _onednn(x: Tensor, weight: Tensor) -> bool:
    return (
        _AVAILABLE
        and x.dtype == weight.dtype == torch.float32
        and x.device.type == weight.device.type == "cpu"
    )


def _find() -> Any:
    """The operator through which torch reaches oneDNN, or None where this build has none."""
    if not torch._C._has_mkldnn:
        return None
    return getattr(torch.ops.mkldnn, "_linear_pointwise", None)


_pointwise: Any = _find()
_AVAILABLE = _pointwise is not None
