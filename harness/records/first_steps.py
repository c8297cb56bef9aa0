"""What a level computes before anything is trained: outputs, and the gradient of a first step.

Kept beside every adapter, so that another version of a library, another machine or another build
can be asked in seconds whether it still loads and trains the same. Sketches are those of
`harness.stats.sketches`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

A_COUNTS = 4.0
"""How many times the gradient of A counts beside that of B in a layer's sketch: as long as B's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What was looked at. Two first steps can be compared where these agree."""

    model: str
    """Digest of the weights on the disk."""
    quantization: str
    adapter: Mapping[str, object]
    """Its settings."""
    examples: str
    """Digest of the examples as text."""
    batch_size: int
    seed: int
    computes: str
    """Number type of the activations, which a machine may choose: float32, bfloat16, float16."""
    packed: bool
    """Whether examples shared their beginnings in one row."""
    tokens: str
    """Digest of all examples as token ids and labels."""
    batch: str
    """Digest of the first batch's token ids: the order of examples."""
    start: str
    """Sketch of the adapter that training starts from, its numbers in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """What the model as it was loaded says of the first examples, before training touches it."""

    loss: float
    """Mean negative log-likelihood of the tokens looked at, in nats."""
    norm: float
    """Length of their logits, each position's mean taken off."""
    sketch: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerGradient:
    """The gradient of one layer's adapter, in the first batch, with a fixed adapter in place."""

    norms: Mapping[str, tuple[float, float]]
    """Matrix ("self_attn.q_proj") to the length of its gradient: of A, and of B."""
    sketch: tuple[float, ...]
    """Of all of them, one after the other in the order of names, A before B; A times `A_COUNTS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """Forward and backward of one variant, before its first optimizer step."""

    subject: Subject
    forward: Forward
    loss: float
    """Of the first batch, with the fixed adapter."""
    gradients: Mapping[str, LayerGradient]
    """Layer ("17"; "model.embed" for what is in no numbered layer) to its gradient."""
