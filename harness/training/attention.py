"""Attention over a packed row: every sequence attends along its own path through the tree.

Nodes are gathered into their sequences, causal attention runs there, and each node's output is
read off at its first place. That costs what attention over the padded batch costs (places behind
a sequence's end come later, so nothing sees them) and leaves everything else in the layer to run
once per node.
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

SHORT = 256
"""Places up to which, on a CPU, attention is written out: torch's kernel is made for long
sequences and takes several times as long backward on short ones, ten times in 16 bit."""

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
    Raises ValueError for a kind of attention that is not built for packed batches.
    """
    for name in _UNKNOWN:
        if others.get(name) is not None:
            raise ValueError(f"attention with {name} is not built for packed batches")
    scale = query.shape[-1] ** -0.5 if scaling is None else scaling
    if query.device.type == "cpu" and dropout == 0.0 and paths.length <= SHORT:
        output: Tensor = _ShortAttention.apply(query, key, value, paths, scale, sliding_window)  # type: ignore[no-untyped-call]
        return output, None
    return _kernel(query, key, value, paths, scale, dropout, sliding_window), None


def _kernel(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    paths: Paths,
    scale: float,
    dropout: float,
    sliding_window: int | None,
) -> Tensor:
    """With torch's own attention kernel, differentiated by autograd."""

    def gathered(states: Tensor) -> Tensor:
        _, heads, _, width = states.shape
        flat = _rows(states).index_select(0, paths.nodes)
        return flat.view(paths.sequences, -1, heads, width).transpose(1, 2)

    narrow = sliding_window is not None and paths.length > sliding_window
    output = scaled_dot_product_attention(
        gathered(query),
        gathered(key),
        gathered(value),
        attn_mask=~_hidden(paths, sliding_window, query.device) if narrow else None,
        dropout_p=dropout,
        is_causal=not narrow,
        scale=scale,
        enable_gqa=query.shape[1] != key.shape[1],
    )
    heads, width = output.shape[1], output.shape[3]
    flat = output.transpose(1, 2).reshape(-1, heads * width)
    return flat.index_select(0, paths.owner).view(1, -1, heads, width)


class _ShortAttention(torch.autograd.Function):
    """Softmax attention written out in 32 bit; probabilities are made again going back.

    S sequences of length L; G query heads share each of the K key heads.
    """

    @staticmethod
    def forward(
        context: Any,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        paths: Paths,
        scale: float,
        sliding_window: int | None,
    ) -> Tensor:
        heads, width = query.shape[1], query.shape[3]
        groups = heads // key.shape[1]
        bias = query.new_zeros(paths.length, paths.length, dtype=torch.float32)
        bias.masked_fill_(_hidden(paths, sliding_window, query.device), float("-inf"))
        bias = bias.repeat(groups, 1)
        q, k, v = _rows(query), _rows(key), _rows(value)
        shape = (paths, key.shape[1], width, scale, bias)
        probabilities = _probabilities(_spread(q, *shape[:3]), _spread(k, *shape[:3]), scale, bias)
        output = _merge(torch.bmm(probabilities, _spread(v, *shape[:3])), *shape[:3])
        context.save_for_backward(q, k, v)
        context.shape = shape
        return output.index_select(0, paths.owner).view(1, -1, heads, width).to(query.dtype)

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        q_rows, k_rows, v_rows = context.saved_tensors
        paths, key_heads, width, scale, bias = context.shape
        layout = (paths, key_heads, width)
        q, k, v = (_spread(rows, *layout) for rows in (q_rows, k_rows, v_rows))
        flat = gradient.reshape(len(paths.owner), -1).float()
        places = flat.new_zeros(len(paths.nodes), flat.shape[1])
        places.index_copy_(0, paths.owner, flat)
        given = _group(places, *layout)
        probabilities = _probabilities(q, k, scale, bias)
        grad_v = torch.bmm(probabilities.transpose(1, 2), given)
        towards = torch.bmm(given, v.transpose(1, 2))
        scores = torch._softmax_backward_data(towards, probabilities, -1, torch.float32)
        scores.mul_(scale)
        grad_q = _merge(torch.bmm(scores, k), *layout).index_select(0, paths.owner)
        grad_k = torch.bmm(scores.transpose(1, 2), q)
        return (
            _unrow(grad_q, width, q_rows.dtype),
            _unrow(_gather_back(grad_k, *layout), width, q_rows.dtype),
            _unrow(_gather_back(grad_v, *layout), width, q_rows.dtype),
            None,
            None,
            None,
        )


def _rows(states: Tensor) -> Tensor:
    """(1, heads, T, d) to (T, heads * d)."""
    return states[0].transpose(0, 1).reshape(states.shape[2], -1)


def _unrow(rows: Tensor, width: int, dtype: torch.dtype) -> Tensor:
    """(T, heads * d) to (1, heads, T, d)."""
    return rows.view(len(rows), -1, width).transpose(0, 1).unsqueeze(0).to(dtype)


def _spread(rows: Tensor, paths: Paths, key_heads: int, width: int) -> Tensor:
    """Nodes (T, K * G * d) to their places, in 32 bit: (S * K, G * L, d)."""
    return _group(rows.index_select(0, paths.nodes).float(), paths, key_heads, width)


def _group(places: Tensor, paths: Paths, key_heads: int, width: int) -> Tensor:
    """Places (S * L, K * G * d) to (S * K, G * L, d)."""
    split = places.view(paths.sequences, paths.length, key_heads, -1, width)
    return split.permute(0, 2, 3, 1, 4).reshape(paths.sequences * key_heads, -1, width)


def _merge(grouped: Tensor, paths: Paths, key_heads: int, width: int) -> Tensor:
    """(S * K, G * L, d) back to places (S * L, K * G * d)."""
    split = grouped.view(paths.sequences, key_heads, -1, paths.length, width)
    return split.permute(0, 3, 1, 2, 4).reshape(len(paths.nodes), -1)


def _gather_back(grouped: Tensor, paths: Paths, key_heads: int, width: int) -> Tensor:
    """Gradients at all places of a node, summed: (S * K, L, d) to (T, K * d)."""
    places = _merge(grouped, paths, key_heads, width)
    return places.new_zeros(len(paths.owner), places.shape[1]).index_add_(0, paths.nodes, places)


def _probabilities(q: Tensor, k: Tensor, scale: float, bias: Tensor) -> Tensor:
    """(S * K, G * L, d) and (S * K, L, d) to softmax(scale q k^T + bias): (S * K, G * L, L)."""
    scores = torch.baddbmm(bias.expand(len(q), -1, -1), q, k.transpose(1, 2), alpha=scale)
    return torch.softmax(scores, dim=-1)


def _hidden(paths: Paths, sliding_window: int | None, device: torch.device) -> Tensor:
    """(L, L) mask: true where a place may not look. A window counts the place itself."""
    causal = torch.ones(paths.length, paths.length, dtype=torch.bool, device=device).tril()
    if sliding_window is not None:
        causal &= ~causal.tril(-sliding_window)
    return ~causal


AttentionInterface.register(NAME, attend)
