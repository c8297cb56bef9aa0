"""Attention over a packed row: every sequence attends along its own path through the tree.

Nodes are gathered into their sequences, plain causal attention runs there, and each node's output
is read off at its first place. That costs what attention over the padded batch costs, needs no
mask (places behind a sequence's end come later, so nothing sees them), and leaves everything else
in the layer to run once per node.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention
from transformers import AttentionInterface

from harness.training.packing import Paths

NAME = "closedbook_paths"
"""What `set_attn_implementation` calls it."""


_UNKNOWN = ("softcap", "s_aux", "position_bias")
"""Arguments by which other kinds of attention show themselves."""


def attend(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    *,
    paths: Paths,
    scaling: float | None = None,
    dropout: float = 0.0,
    sliding_window: int | None = None,
    **others: Any,
) -> tuple[Tensor, None]:
    """Attention as transformers' layers call it.

    `query` (1, heads, T, d), `key` and `value` (1, key heads, T, d); returns (1, T, heads, d).
    """
    for name in _UNKNOWN:
        if others.get(name) is not None:
            raise ValueError(f"attention with {name} is not built for packed batches")
    rows = paths.sequences
    length = paths.nodes.numel() // rows
    window = None
    if sliding_window is not None and length > sliding_window:
        window = _window(length, sliding_window, query.device)

    def gathered(states: Tensor) -> Tensor:
        _, heads, _, width = states.shape
        flat = states[0].transpose(0, 1).reshape(-1, heads * width)
        return flat.index_select(0, paths.nodes).view(rows, -1, heads, width).transpose(1, 2)

    grouped = query.shape[1] != key.shape[1]
    output = scaled_dot_product_attention(
        gathered(query),
        gathered(key),
        gathered(value),
        dropout_p=dropout,
        attn_mask=window,
        is_causal=window is None,
        scale=scaling,
        enable_gqa=grouped,
    )
    heads, width = output.shape[1], output.shape[3]
    flat = output.transpose(1, 2).reshape(-1, heads * width)
    return flat.index_select(0, paths.owner).view(1, -1, heads, width), None


def _window(length: int, size: int, device: torch.device) -> Tensor:
    """(length, length) mask: each place sees itself and the `size` - 1 places before it."""
    causal = torch.ones(length, length, dtype=torch.bool, device=device).tril()
    return causal & ~causal.tril(-size)


AttentionInterface.register(NAME, attend)
