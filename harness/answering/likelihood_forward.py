"""One forward over many known sequences: logits where a known token is predicted, nowhere else.

What sequences begin with in common (a prompt, the reply up to its slot) is computed once: a batch
is the prefix tree that training packs it into (`training.packing`). A model whose layers cannot be
given such a batch gets a padded one.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from harness.answering import linears
from harness.training import attention
from harness.training.packing import pack
from harness.training.rendering import IGNORED

_TOLERANCE = {torch.float32: 1e-4, torch.float16: 2e-2, torch.bfloat16: 4e-2}
"""Mean difference of log-probabilities, relative to their mean, that rounding alone explains."""
_PROBED = 8
"""Sequences that show whether a model can be given packed batches."""
_PADDED = 16
"""Sequences in a padded batch, at most."""
_ROWS = 256
"""Rows of logits that are normalized at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A prompt, not empty, and the tokens that follow it."""

    prompt: tuple[int, ...]
    reply: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Predicted:
    """What a model expects at every known token of a batch."""

    logits: Tensor
    """(contexts, vocabulary); sequences that begin alike share contexts."""
    rows: tuple[Tensor, ...]
    """For each sequence the rows of `logits` that predict its reply, (tokens,)."""
    logprobs: tuple[list[float], ...]
    """For each sequence the natural log-probability of each token of its reply."""


class Reader:
    """A model, its adapter beside it, that reads known sequences. Changes how the model computes:
    to be used in a process that does nothing else with it."""

    def __init__(self, model: Any, pad_id: int, sample: Sequence[Known]) -> None:
        """`sample`: sequences of the kind to be read, by which packing is tried."""
        self.model = model.get_base_model() if hasattr(model, "get_base_model") else model
        self.pad_id = pad_id
        self.device = next(self.model.parameters()).device
        self.vocabulary = int(self.model.get_output_embeddings().weight.shape[0])
        """Numbers in a row of logits."""
        self.padded_because = "there is nothing to read"
        _speed_up(self.model)
        if sample:
            self.padded_because = self._try_packing(sample[:_PROBED])

    def __call__(self, sequences: Sequence[Known]) -> Predicted:
        """Read a batch. Logits come in the model's own number type."""
        with torch.inference_mode():
            logits, rows = (self._in_parts if self.padded_because else self._packed)(sequences)
            targets = [torch.tensor(each.reply, device=self.device) for each in sequences]
            found = _logprobs(logits, torch.cat(rows), torch.cat(targets)).tolist()
        ends = torch.tensor([len(each.reply) for each in sequences]).cumsum(0).tolist()
        starts = [0, *ends[:-1]]
        parts = tuple(found[start:end] for start, end in zip(starts, ends, strict=True))
        return Predicted(logits, tuple(rows), parts)

    def _packed(self, sequences: Sequence[Known]) -> tuple[Tensor, list[Tensor]]:
        labelled = [
            ((*each.prompt, *each.reply), (*[IGNORED] * len(each.prompt), *each.reply))
            for each in sequences
        ]
        batch = pack(labelled).to(self.device)
        nodes, rows = torch.unique(batch.predicting, return_inverse=True)
        logits = self.model(
            input_ids=batch.input_ids,
            position_ids=batch.position_ids,
            paths=batch.paths,
            logits_to_keep=nodes,
            use_cache=False,
        ).logits[0]
        return logits, list(torch.split(rows, [len(each.reply) for each in sequences]))

    def _in_parts(self, sequences: Sequence[Known]) -> tuple[Tensor, list[Tensor]]:
        """Padded rows a few at a time: they give logits at every column that any of them needs."""
        logits, rows, count = [], [], 0
        for start in range(0, len(sequences), _PADDED):
            part, places = self._padded(sequences[start : start + _PADDED])
            logits.append(part)
            rows += [each + count for each in places]
            count += len(part)
        return torch.cat(logits), rows

    def _padded(self, sequences: Sequence[Known]) -> tuple[Tensor, list[Tensor]]:
        longest = max(len(each.prompt) + len(each.reply) for each in sequences)
        ids = torch.full((len(sequences), longest), self.pad_id)
        mask = torch.zeros(len(sequences), longest, dtype=torch.long)
        rows, contexts, count = [], [], 0
        for number, each in enumerate(sequences):
            whole = torch.tensor([*each.prompt, *each.reply])
            ids[number, : len(whole)], mask[number, : len(whole)] = whole, 1
            first = len(each.prompt) - 1
            contexts.append(number * longest + torch.arange(first, first + len(each.reply)))
            rows.append(torch.arange(count, count + len(each.reply), device=self.device))
            count += len(each.reply)
        places = torch.cat(contexts)
        columns = torch.unique(places % longest)  # what any of the sequences predicts from
        arguments: dict[str, Any] = {"input_ids": ids, "attention_mask": mask}
        arguments = {name: value.to(self.device) for name, value in arguments.items()}
        if "logits_to_keep" in inspect.signature(self.model.forward).parameters:
            logits = self.model(
                **arguments, use_cache=False, logits_to_keep=columns.to(self.device)
            ).logits
            at = torch.searchsorted(columns, places % longest)
        else:
            logits, at = self.model(**arguments, use_cache=False).logits, places % longest
        return logits[(places // longest).to(self.device), at.to(self.device)], rows

    def _try_packing(self, sample: Sequence[Known]) -> str:
        """Switch to packed batches; returns "", or why they have to be padded.

        No model says whether its layers hand on paths and positions, so both ways are tried and
        must agree. A model that fails is left as it was.
        """
        before = self.model.config._attn_implementation
        self.padded_because = "packing is not yet tried"
        padded = self(sample)
        expected = _all(padded.logprobs)
        self.padded_because = ""
        try:
            self.model.set_attn_implementation(attention.NAME)
            if self.model.config._attn_implementation != attention.NAME:
                return "its attention cannot be replaced"
            found = _all(self(sample).logprobs)
        except (TypeError, ValueError, AttributeError) as error:
            self.model.set_attn_implementation(before)
            return f"{type(error).__name__}: {error}"
        apart = float((found - expected).abs().mean())
        if apart > _TOLERANCE[padded.logits.dtype] * max(float(expected.abs().mean()), 1e-2):
            self.model.set_attn_implementation(before)
            return f"log-probabilities are {apart:.3g} apart, packed and padded"
        return ""


def _all(logprobs: Sequence[Sequence[float]]) -> Tensor:
    return torch.tensor([each for one in logprobs for each in one])


def _logprobs(logits: Tensor, rows: Tensor, targets: Tensor) -> Tensor:
    """Log-probability of each target in its row, in 32 bit: (tokens,)."""
    totals = torch.cat([part.float().logsumexp(-1) for part in torch.split(logits, _ROWS)])
    return logits[rows, targets].float() - totals[rows]


def _speed_up(model: nn.Module) -> None:
    """Let 32-bit linear layers on a CPU use the product that answering uses."""
    for module in model.modules():
        if type(module) is nn.Linear and not (module._forward_hooks or module._forward_pre_hooks):
            module.forward = _forward_of(module)  # type: ignore[method-assign]


def _forward_of(layer: nn.Linear) -> Any:
    def forward(x: Tensor) -> Tensor:
        rows = x.reshape(-1, x.shape[-1])
        return linears.product(rows, layer.weight, layer.bias).view(*x.shape[:-1], -1)

    return forward
