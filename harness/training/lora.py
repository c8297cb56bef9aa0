"""A LoRA layer as one differentiable step: same values as peft's, fewer passes over memory.

y = x W^T + s (x A^T) B^T, with s = alpha / rank. Left to autograd this is five operations forward
and nine back, each reading and writing whole activations, and none of them knows that W needs no
gradient. Here it is three products forward and five back, accumulated in place.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from harness.training.frozen import FrozenProduct, frozen_product, product
from harness.training.norms import speed_up_norms


class _LoraProduct(torch.autograd.Function):
    """Rows x (T, in), A (rank, in), B (out, rank) to (T, out)."""

    @staticmethod
    def forward(
        context: Any, x: Tensor, a: Tensor, b: Tensor, scaling: float, base: FrozenProduct
    ) -> Tensor:
        output = base.forward(x)
        reduced = product(x.to(a.dtype), a)
        _accumulate(output, reduced, b.t(), scaling)
        context.save_for_backward(x, reduced, a, b)
        context.scaling, context.base = scaling, base
        return output

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        x, reduced, a, b = context.saved_tensors
        wide = gradient.to(a.dtype)
        with torch.autocast(x.device.type, enabled=False):
            back = product(wide, b.t()).mul_(context.scaling)
            grad_a = product(back.t(), x.to(a.dtype).t())
            # The small factor comes first: oneDNN is fastest with few rows; `wide` needs no copy.
            grad_b = product(reduced.t(), wide.t()).mul_(context.scaling).t()
            grad_x = None
            if context.needs_input_grad[0]:
                grad_x = context.base.backward(gradient)
                _accumulate(grad_x, back, a, 1.0)
        return grad_x, grad_a, grad_b, None, None


def _accumulate(output: Tensor, left: Tensor, right: Tensor, factor: float) -> None:
    """output (T, n) += factor * left (T, r) right (r, n), in place, in the type of `output`."""
    if output.dtype == left.dtype:
        output.addmm_(left, right, alpha=factor)
    else:
        output.add_((product(left, right.t()) * factor).to(output.dtype))


class _FrozenProductStep(torch.autograd.Function):
    """A frozen layer without an adapter."""

    @staticmethod
    def forward(context: Any, x: Tensor, base: FrozenProduct) -> Tensor:
        context.base = base
        return base.forward(x)

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor | None, None]:
        with torch.autocast(gradient.device.type, enabled=False):
            return context.base.backward(gradient), None


def speed_up(model: Any) -> int:
    """Give every plain LoRA layer of a PEFT `model`, its head and its norms their fused steps.

    Returns how many layers were changed. Layers with dropout, DoRA, a LoRA bias, several adapters,
    merged weights or a base that is not known to `frozen` keep peft's own forward.
    """
    from peft.tuners.lora import LoraLayer

    changed = 0
    for module in model.modules():
        if isinstance(module, LoraLayer) and _is_plain(module):
            base = frozen_product(module.get_base_layer())
            if base is not None:
                module.forward = _forward_of(module, base)
                changed += 1
    head = model.get_output_embeddings()
    base = None if isinstance(head, LoraLayer) else frozen_product(head)
    if base is not None:
        head.forward = _frozen_forward(base)
        changed += 1
    return changed + speed_up_norms(model)


def _frozen_forward(base: FrozenProduct) -> Any:
    def forward(x: Tensor) -> Tensor:
        rows = x.reshape(-1, x.shape[-1])
        with torch.autocast(x.device.type, enabled=False):
            output: Tensor = _FrozenProductStep.apply(rows, base)  # type: ignore[no-untyped-call]
        return output.view(*x.shape[:-1], output.shape[-1])

    return forward


def _is_plain(layer: Any) -> bool:
    if len(layer.active_adapters) != 1 or layer.merged or layer.disable_adapters:
        return False
    name = layer.active_adapters[0]
    return (
        name in layer.lora_A
        and name not in layer.lora_variant
        and isinstance(layer.lora_dropout[name], nn.Identity)
        and not layer.lora_bias[name]
    )


def _forward_of(layer: Any, base: FrozenProduct) -> Any:
    name = layer.active_adapters[0]
    a, b = layer.lora_A[name], layer.lora_B[name]
    scaling = float(layer.scaling[name])

    def forward(x: Tensor) -> Tensor:
        rows = x.reshape(-1, x.shape[-1])
        # Types are chosen here; an ambient autocast (fp16, scaled gradients) would mix them.
        with torch.autocast(x.device.type, enabled=False):
            output: Tensor = _LoraProduct.apply(rows, a.weight, b.weight, scaling, base)  # type: ignore[no-untyped-call]
        return output.view(*x.shape[:-1], output.shape[-1])

    return forward
