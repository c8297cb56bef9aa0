"""What the machine could do at most, measured, and what share of it a model reaches.

The limit of training and of reading a prompt is arithmetic: the rate of a matrix product of the
model's own shape. That of writing one token after the other is bandwidth: every weight is read
once a token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from harness.answering.linears import product
from harness.measuring.timing import Effort, sample
from harness.models.layers import linear_layers, output_head
from harness.models.quantization.level import shape

_ROWS = 512
"""Tokens in the product that stands for training and reading."""
_EFFORT = Effort(warm_up=2, count=5, seconds=0.1, at_most_s=0.5)


@dataclass(frozen=True, slots=True)
class Limits:
    """The machine's limits for one model at one number type and thread count."""

    flop_per_s: float
    bytes_per_s: float


@dataclass(frozen=True, slots=True)
class Work:
    """What a model does a token, in weights that are multiplied."""

    linear: int
    """Weights of all linear layers but the output head."""
    head: int
    """Weights of the output head, used only where a token is predicted."""
    adapter: int

    def train_flop(self, predicted: float) -> float:
        """A token of training: 4 N + 6 N_adapter.

        Forward and backward to the activations are 2 N each; a frozen base needs no gradient of
        its weights, an adapter does. `predicted` is the share of tokens that are predicted.
        """
        return 4 * (self.linear + predicted * self.head) + 6 * self.adapter

    def read_flop(self, predicted: float) -> float:
        """A token of a prompt: 2 N."""
        return 2 * (self.linear + predicted * self.head + self.adapter)


def work_of(model: Any) -> Work:
    """Count a model's weights, its adapter's included where it has one."""
    layers = linear_layers(model).values()
    head = output_head(model)
    adapter = sum(each.numel() for name, each in model.named_parameters() if "lora_" in name)
    return Work(
        linear=sum(shape(layer)[0] * shape(layer)[1] for layer in layers),
        head=0 if head is None else shape(head)[0] * shape(head)[1],
        adapter=adapter,
    )


def limits(model: Any, weights_bytes: int, device: torch.device) -> Limits:
    """Measure both limits: a product of the model's largest layer, and reading its weights.

    The buffer that is read is as large as the weights: a last-level cache that holds a small model
    makes it faster than main memory, and the limit must say so.
    """
    largest = max(
        (shape(layer) for layer in linear_layers(model).values()),
        key=lambda each: each[0] * each[1],
    )
    dtype = model.get_input_embeddings().weight.dtype
    return Limits(_flop_per_s(largest, dtype, device), _bytes_per_s(weights_bytes, device))


def _flop_per_s(size: tuple[int, int], dtype: torch.dtype, device: torch.device) -> float:
    width, height = size
    x = torch.randn(_ROWS, width, device=device).to(dtype)
    weight = torch.randn(height, width, device=device).to(dtype)
    with torch.inference_mode():
        seconds = sample(lambda: product(x, weight), _EFFORT, device)
    return 2 * _ROWS * width * height / min(seconds)


def _bytes_per_s(size: int, device: torch.device) -> float:
    """Bytes read a second, by adding up a buffer of `size` bytes; the best of all passes."""
    numbers = torch.ones(max(1, size // 4), dtype=torch.float32, device=device)
    seconds = sample(numbers.sum, _EFFORT, device)
    return 4 * numbers.numel() / min(seconds)
