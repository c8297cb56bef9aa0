"""Which decoder reads a model: its own fast one where there is one, else the generic one."""

from __future__ import annotations

from typing import Any

from harness.answering.decoding import CachedDecoder, Decoder
from harness.answering.llama import llama_decoder


def open_decoder(model: Any, pad_id: int) -> Decoder:
    """A decoder for a causal model of transformers, its adapter (if any) unmerged."""
    return llama_decoder(model) or CachedDecoder(model, pad_id)
