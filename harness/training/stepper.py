"""One optimizer step of training, as often as wanted: what `measure` times.

stepper = Stepper(loaded, variant, length=64)
for _ in range(8):
    stepper.step()          # forward, backward, clipping, optimizer; returns the loss
stepper.examples            # examples in one step
stepper.tokens              # their tokens, each example counted whole, no padding
stepper.computed            # tokens that went through the layers: fewer where prefixes are shared
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import torch

from harness.models import adapters
from harness.models.load import Loaded
from harness.records import Variant
from harness.training.fitting import prepare
from harness.training.rendering import IGNORED


class Stepper:
    """The trainer's own step on synthetic token ids of one exact length."""

    def __init__(
        self,
        loaded: Loaded,
        variant: Variant,
        *,
        length: int,
        batch_size: int | None = None,
        answer_tokens: int | None = None,
        shared_prefix: int = 0,
    ) -> None:
        """Attach the variant's adapter to `loaded` and make one batch.

        Every example has `length` tokens: `shared_prefix` that all have in common, random ones,
        and at the end `answer_tokens` (a third by default) that are predicted. With nothing
        shared and one length no token is padding and none is computed twice: packed and padded
        steps do the same work. `batch_size` None: the variant's.
        """
        examples = batch_size or variant.training.batch_size
        answer = max(1, length // 3) if answer_tokens is None else answer_tokens
        vocabulary = loaded.model.get_input_embeddings().num_embeddings
        model = adapters.attach(loaded, variant.adapter, variant.seed)
        rows = _rows(examples, length, answer, shared_prefix, vocabulary, variant.seed)
        device = str(loaded.device)
        with tempfile.TemporaryDirectory(prefix="closedbook-") as scratch:
            self._trainer, reason = prepare(
                model, loaded.tokenizer, rows, variant, device=device, scratch=Path(scratch)
            )
        self.packed = reason is None
        """Whether the model takes packed batches."""
        self.examples = examples
        self._start(rows)
        computed: Any = self._batch["packed"].input_ids if self.packed else None
        self.tokens = examples * length
        self.computed = self.tokens if computed is None else computed.numel()

    def step(self) -> float:
        """One optimizer step; returns its loss (and so waits for the device)."""
        trainer = self._trainer
        trainer.training_step(trainer.model, dict(self._batch), self._predicted)
        if trainer.args.max_grad_norm > 0:
            trainer.accelerator.clip_grad_norm_(self._weights, trainer.args.max_grad_norm)
        trainer.optimizer.step()
        trainer.model.zero_grad()
        return trainer.take_step_loss()

    def _start(self, rows: list[tuple[list[int], list[int]]]) -> None:
        """What the trainer does before its first step."""
        trainer = self._trainer
        trainer.current_gradient_accumulation_steps = 1
        trainer.create_optimizer()
        trainer.optimizer = trainer.accelerator.prepare(trainer.optimizer)
        self._weights = [p for p in trainer.model.parameters() if p.requires_grad]
        batch = trainer.data_collator([{"input_ids": a, "labels": b} for a, b in rows])
        self._batch = {name: value.to(trainer.args.device) for name, value in batch.items()}
        self._predicted = self._batch["labels"][..., 1:].ne(IGNORED).sum()


def _rows(
    examples: int, length: int, answer: int, shared: int, vocabulary: int, seed: int
) -> list[tuple[list[int], list[int]]]:
    """Random token ids; examples differ right after the part that they share."""
    generator = torch.Generator().manual_seed(seed)
    ids = torch.randint(0, vocabulary, (examples, length), generator=generator)
    ids[:, :shared] = ids[0, :shared]
    start = torch.randperm(vocabulary, generator=generator)
    ids[:, shared] = start[torch.arange(examples) % vocabulary]
    return [(row, [IGNORED] * (length - answer) + row[length - answer :]) for row in ids.tolist()]
