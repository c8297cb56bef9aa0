"""The generic decoder: any causal model of transformers, on a cache that is never copied to grow.

Layout of a batch's cache, columns left to right: the prompts' common prefix (computed once for all
batches and copied in), then the rest of each prompt, padded on its left, then the new tokens.
Padded columns are masked and positions are counted without them.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any, Protocol

import torch
from torch import Tensor
from transformers.cache_utils import Cache, DynamicCache, DynamicLayer, DynamicSlidingWindowLayer


class Decoder(Protocol):
    """A model with a cache for one batch at a time."""

    def start(self, prompts: Sequence[Sequence[int]], prefix: int, room: int) -> Tensor:
        """Read the prompts (their first `prefix` ids are the same; each is longer than that).

        At most `room` new tokens will follow. Returns the next token's logits, (batch, vocabulary).
        """

    def step(self, tokens: Tensor) -> Tensor:
        """Read one more token a row, (batch,); returns logits of the next, (batch, vocabulary)."""

    def keep(self, rows: Tensor) -> None:
        """Go on with these rows only, in this order."""


class Slab(DynamicLayer):  # type: ignore[misc]
    """A layer's cache with room for all that will come: growing it copies nothing."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room
        self.used = 0
        self.store: tuple[Tensor, Tensor] | None = None

    def update(
        self, key_states: Tensor, value_states: Tensor, *args: Any, **kwargs: Any
    ) -> tuple[Tensor, Tensor]:
        """Write (batch, heads, new, width) behind what is there; returns all of it as views."""
        if self.store is None:
            self.lazy_initialization(key_states, value_states)
            self.store = (self._empty(key_states), self._empty(value_states))
        end = self.used + key_states.shape[-2]
        self.store[0][:, :, self.used : end] = key_states
        self.store[1][:, :, self.used : end] = value_states
        self._show(end)
        return self.keys, self.values

    def batch_select_indices(self, indices: Tensor) -> None:
        """Keep these rows of the batch."""
        assert self.store is not None
        kept = []
        for full in self.store:
            part = full.new_empty(len(indices), *full.shape[1:])
            part[:, :, : self.used] = full[indices, :, : self.used]
            kept.append(part)
        self.store = (kept[0], kept[1])
        self._show(self.used)

    def _empty(self, like: Tensor) -> Tensor:
        batch, heads, _, width = like.shape
        return like.new_empty(batch, heads, self.room, width)

    def _show(self, end: int) -> None:
        assert self.store is not None
        self.used = end
        self.keys = self.store[0][:, :, :end]
        self.values = self.store[1][:, :, :end]


class CachedDecoder:
    """Decodes with a model's own forward. Works wherever `generate` with padding works."""

    def __init__(self, model: Any, pad_id: int) -> None:
        self.model = model.get_base_model() if hasattr(model, "get_base_model") else model
        self.pad_id = pad_id
        self.device = next(self.model.parameters()).device
        self._takes = frozenset(inspect.signature(self.model.forward).parameters)
        self._prefix: tuple[tuple[int, ...], Cache] | None = None
        self._cache: Cache | None = None
        self._mask = torch.empty(0)
        self._next = torch.empty(0)

    def start(self, prompts: Sequence[Sequence[int]], prefix: int, room: int) -> Tensor:
        """See `Decoder.start`."""
        longest = max(len(prompt) for prompt in prompts)
        prefix = self._usable_prefix(prefix, longest + room)
        width = longest - prefix
        rest = torch.full((len(prompts), width), self.pad_id)
        mask = torch.zeros(len(prompts), prefix + width, dtype=torch.long)
        mask[:, :prefix] = 1
        for row, prompt in enumerate(prompts):
            count = len(prompt) - prefix
            rest[row, width - count :] = torch.tensor(list(prompt[prefix:]))
            mask[row, prefix + width - count :] = 1
        self._mask = mask.to(self.device)
        positions = (self._mask.cumsum(-1) - 1).clamp(min=0)
        self._next = positions[:, -1:] + 1
        self._cache = self._new_cache(prompts[0][:prefix], len(prompts), longest + room)
        return self._forward(rest.to(self.device), positions[:, prefix:])

    def step(self, tokens: Tensor) -> Tensor:
        """See `Decoder.step`."""
        self._mask = torch.cat([self._mask, self._mask.new_ones(len(tokens), 1)], dim=-1)
        logits = self._forward(tokens[:, None], self._next)
        self._next = self._next + 1
        return logits

    def keep(self, rows: Tensor) -> None:
        """See `Decoder.keep`."""
        assert self._cache is not None
        self._cache.batch_select_indices(rows)
        self._mask, self._next = self._mask[rows], self._next[rows]

    def _forward(self, ids: Tensor, positions: Tensor) -> Tensor:
        arguments: dict[str, Any] = {
            "input_ids": ids,
            "attention_mask": self._mask,
            "past_key_values": self._cache,
            "use_cache": True,
            "position_ids": positions,
            "logits_to_keep": 1,
        }
        known = {name: value for name, value in arguments.items() if name in self._takes}
        logits: Tensor = self.model(**known).logits
        return logits[:, -1]

    def _usable_prefix(self, prefix: int, length: int) -> int:
        """0 where columns must equal positions: a sliding window counts columns, padding included.

        Caches of other kinds (recurrent states) cannot be copied to a batch either.
        """
        window = getattr(self.model.config.get_text_config(), "sliding_window", None)
        if not self._only_plain_layers() or (window is not None and length > window):
            return 0
        return prefix

    def _only_plain_layers(self) -> bool:
        kinds = {type(layer) for layer in DynamicCache(config=self.model.config).layers}
        return kinds <= {DynamicLayer, DynamicSlidingWindowLayer}

    def _new_cache(self, prefix: Sequence[int], batch: int, room: int) -> Cache:
        cache = DynamicCache(config=self.model.config)
        if not self._only_plain_layers() or not cache.layers:
            return cache
        cache.layers = [Slab(room) for _ in cache.layers]
        if prefix:
            for layer, shared in zip(cache.layers, self._prefix_cache(prefix).layers, strict=True):
                keys, values = shared.keys, shared.values
                if keys is not None:  # a layer that borrows another's cache has none
                    layer.update(keys.expand(batch, -1, -1, -1), values.expand(batch, -1, -1, -1))
        return cache

    def _prefix_cache(self, prefix: Sequence[int]) -> Cache:
        """The cache of the common prefix, computed once and kept for the following batches."""
        wanted = tuple(prefix)
        if self._prefix is None or self._prefix[0] != wanted:
            ids = torch.tensor([wanted], device=self.device)
            cache = DynamicCache(config=self.model.config)
            self.model(input_ids=ids, past_key_values=cache, use_cache=True)
            self._prefix = (wanted, cache)
        return self._prefix[1]
