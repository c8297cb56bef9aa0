"""The decoder for Llama models: the same arithmetic as their own forward, with less around it.

What it saves: padding is never computed (rows are packed for the layers, padded only inside
attention), no mask is rebuilt, keys and values are not repeated for grouped heads, and the narrow
halves of adapters that share an input are one product. Everything else of a layer (rounding steps,
types, rotation) follows `transformers.models.llama.modeling_llama` operation by operation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from transformers import LlamaForCausalLM

from harness.answering.linears import Group, Projection, product, projection


@dataclass(frozen=True, slots=True)
class _Layer:
    """One block: two norms and its linear layers, grouped by their input."""

    norm_in: nn.Module
    qkv: Group
    out: Group
    norm_mlp: nn.Module
    gate_up: Group
    down: Group


@dataclass(slots=True)
class _Memory:
    """Keys and values of all layers, (layer, batch, heads, columns, width); `used` columns."""

    keys: Tensor
    values: Tensor
    used: int


class LlamaDecoder:
    """A decoder (see `decoding.Decoder`); make it with `llama_decoder`."""

    def __init__(self, model: LlamaForCausalLM, layers: Sequence[_Layer]) -> None:
        config: Any = model.config
        self.model: Any = model
        self.layers = tuple(layers)
        self.device = next(model.parameters()).device
        self.heads, self.groups = config.num_key_value_heads, config.num_attention_heads
        self.groups //= self.heads
        self.width: int = self.model.model.layers[0].self_attn.head_dim
        self.scale: float = self.model.model.layers[0].self_attn.scaling
        self._prefix: tuple[tuple[int, ...], _Memory] | None = None
        self._memory: _Memory | None = None
        self._visible = torch.empty(0, dtype=torch.bool)
        self._next = torch.empty(0, dtype=torch.long)

    def start(self, prompts: Sequence[Sequence[int]], prefix: int, room: int) -> Tensor:
        """See `decoding.Decoder.start`."""
        counts = torch.tensor([len(prompt) - prefix for prompt in prompts])
        width = int(counts.max())
        columns = prefix + width + room
        memory = self._new_memory(len(prompts), columns)
        memory.used = prefix
        for part in (memory.keys, memory.values):
            # Padding is masked, but 0 times whatever lay in that memory need not be 0.
            part[:, :, :, prefix : prefix + width] = 0
        if prefix:
            shared = self._shared(prompts[0][:prefix])
            memory.keys[:, :, :, :prefix] = shared.keys
            memory.values[:, :, :, :prefix] = shared.values
        real = torch.arange(width) >= width - counts[:, None]
        visible = torch.ones(len(prompts), columns, dtype=torch.bool)
        visible[:, prefix : prefix + width] = real
        ids = torch.tensor([each for prompt in prompts for each in prompt[prefix:]])
        positions = (torch.arange(width) - width + counts[:, None] + prefix)[real]
        self._memory, self._visible = memory, visible.to(self.device)
        self._next = (counts + prefix).to(self.device)
        hidden = self._read(ids.to(self.device), positions.to(self.device), real.to(self.device))
        last = counts.cumsum(0) - 1
        return self._logits(hidden[last.to(self.device)])

    def step(self, tokens: Tensor) -> Tensor:
        """See `decoding.Decoder.step`."""
        hidden = self._read(tokens, self._next, None)
        self._next = self._next + 1
        return self._logits(hidden)

    def keep(self, rows: Tensor) -> None:
        """See `decoding.Decoder.keep`."""
        memory = self._memory
        assert memory is not None
        places = torch.arange(len(rows), device=rows.device)
        moved = rows != places  # the others stay where they are, and cost nothing
        for part in (memory.keys, memory.values):
            part[:, places[moved], :, : memory.used] = part[:, rows[moved], :, : memory.used]
        memory.keys, memory.values = memory.keys[:, : len(rows)], memory.values[:, : len(rows)]
        self._visible, self._next = self._visible[rows], self._next[rows]

    def _new_memory(self, batch: int, columns: int) -> _Memory:
        shape = (len(self.layers), batch, self.heads, columns, self.width)
        kind = self.model.model.embed_tokens.weight.dtype
        # Not filled: what is never written, because answers end early, is never paid for.
        empty = torch.empty(shape, dtype=kind, device=self.device)
        return _Memory(empty, torch.empty_like(empty), 0)

    def _shared(self, prefix: Sequence[int]) -> _Memory:
        """Keys and values of the common prefix, computed once and kept for later batches."""
        wanted = tuple(prefix)
        if self._prefix is None or self._prefix[0] != wanted:
            self._memory = self._new_memory(1, len(wanted))
            self._visible = torch.ones(1, len(wanted), dtype=torch.bool, device=self.device)
            positions = torch.arange(len(wanted), device=self.device)
            everything = torch.ones(1, len(wanted), dtype=torch.bool, device=self.device)
            self._read(torch.tensor(wanted, device=self.device), positions, everything)
            self._prefix = (wanted, self._memory)
        return self._prefix[1]

    def _read(self, ids: Tensor, positions: Tensor, real: Tensor | None) -> Tensor:
        """Run all layers over packed tokens, (tokens,) to (tokens, hidden).

        `real` says where in (batch, width) the tokens stand; None: one token a row.
        """
        body, memory = self.model.model, self._memory
        assert memory is not None
        new = 1 if real is None else real.shape[1]
        start, end = memory.used, memory.used + new
        hidden = body.embed_tokens(ids)
        cos, sin = (part[0][:, None] for part in body.rotary_emb(hidden, positions[None]))
        mask = self._mask(start, end)
        for number, layer in enumerate(self.layers):
            query, key, value = self._heads(layer, hidden, cos, sin)
            keys, values = memory.keys[number], memory.values[number]
            if real is None:
                keys[:, :, start], values[:, :, start] = key, value
                mixed = self._attend(query[:, :, None], keys, values, mask, end)[:, 0]
            else:
                rows, columns = real.nonzero(as_tuple=True)
                keys[rows, :, start + columns], values[rows, :, start + columns] = key, value
                padded = query.new_zeros(*real.shape, *query.shape[1:])
                padded[real] = query
                mixed = self._attend(padded.transpose(1, 2), keys, values, mask, end)[real]
            hidden = layer.out(mixed, hidden)[0]
            gate, up = layer.gate_up(layer.norm_mlp(hidden))
            hidden = layer.down(nn.functional.silu(gate).mul_(up), hidden)[0]
        memory.used = end
        return body.norm(hidden)  # type: ignore[no-any-return]

    def _heads(
        self, layer: _Layer, hidden: Tensor, cos: Tensor, sin: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Rotated queries and keys, and values: (tokens, heads, width) each."""
        parts = layer.qkv(layer.norm_in(hidden))
        query, key, value = (part.view(len(hidden), -1, self.width) for part in parts)
        both = torch.cat([query, key], dim=1)
        left, right = both.chunk(2, dim=-1)
        both = both * cos + torch.cat([-right, left], dim=-1) * sin
        return both[:, : query.shape[1]], both[:, query.shape[1] :], value

    def _attend(
        self, query: Tensor, keys: Tensor, values: Tensor, mask: Tensor, end: int
    ) -> Tensor:
        """(batch, all heads, new, width) to (batch, new, all heads * width).

        The heads that share keys and values lie side by side as more queries of one head.
        """
        batch, _, new, _ = query.shape
        packed = query.reshape(batch, self.heads, self.groups * new, self.width)
        keys, values = keys[:, :, :end], values[:, :, :end]
        if new == 1 and query.dtype == torch.float32 and query.device.type == "cpu":
            # For a handful of queries plain products beat the blocked kernel.
            scores = torch.matmul(packed, keys.transpose(2, 3)).mul_(self.scale).add_(mask)
            mixed = torch.matmul(scores.softmax(-1), values)
        else:
            mixed = nn.functional.scaled_dot_product_attention(packed, keys, values, attn_mask=mask)
        apart = mixed.view(batch, self.heads * self.groups, new, self.width)
        return apart.transpose(1, 2).reshape(batch, new, -1)

    def _mask(self, start: int, end: int) -> Tensor:
        """Which columns each new one sees, added to scores: (batch, 1, groups * new, end).

        A padded query sees itself, so that no row of the softmax is empty; nobody reads it.
        """
        new = torch.arange(start, end, device=self.device)
        columns = torch.arange(end, device=self.device)
        sees = self._visible[:, None, :end] & (columns <= new[:, None])
        sees = sees | (columns == new[:, None])
        kind = self.model.model.embed_tokens.weight.dtype
        mask = torch.zeros(sees.shape, dtype=kind, device=self.device)
        mask = mask.masked_fill_(~sees, float("-inf"))
        return mask.repeat(1, self.groups, 1)[:, None]

    def _logits(self, hidden: Tensor) -> Tensor:
        head = self.model.lm_head
        if type(head) is nn.Linear:
            return product(hidden, head.weight, head.bias)
        return head(hidden)  # type: ignore[no-any-return]


def llama_decoder(model: Any) -> LlamaDecoder | None:
    """A decoder for `model` (with its adapter or without); None where it is no plain Llama."""
    plain = model.get_base_model() if hasattr(model, "get_base_model") else model
    if type(plain) is not LlamaForCausalLM or plain.config.hidden_act != "silu":
        return None
    if len({parameter.device for parameter in plain.parameters()}) != 1:
        return None
    layers = [_layer(block) for block in plain.model.layers]
    if any(layer is None for layer in layers):
        return None
    return LlamaDecoder(plain, [layer for layer in layers if layer is not None])


def _layer(block: Any) -> _Layer | None:
    attention, mlp = block.self_attn, block.mlp
    modules = [
        attention.q_proj, attention.k_proj, attention.v_proj, attention.o_proj,
        mlp.gate_proj, mlp.up_proj, mlp.down_proj,
    ]  # fmt: skip
    found: list[Projection] = [each for each in map(projection, modules) if each is not None]
    if len(found) != len(modules):
        return None
    return _Layer(
        norm_in=block.input_layernorm,
        qkv=Group(found[:3]),
        out=Group(found[3:4]),
        norm_mlp=block.post_attention_layernorm,
        gate_up=Group(found[4:6]),
        down=Group(found[6:]),
    )
