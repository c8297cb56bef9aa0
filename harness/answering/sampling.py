"""How the next token is chosen where it is not simply the largest logit: what a model ships.

The filters are transformers' own classes in the order of its `generate`, called row by row, so
that a row's draw does not depend on who shares its batch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from transformers.generation.logits_process import (
    LogitsProcessorList,
    MinPLogitsWarper,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
    TypicalLogitsWarper,
)

DEFAULT_TOP_K = 50
"""What `generate` of transformers filters by where a sampling configuration names no top_k."""

_NEUTRAL: dict[str, tuple[Any, ...]] = {
    "num_beams": (None, 1),
    "num_beam_groups": (None, 1),
    "penalty_alpha": (None, 0, 0.0),
    "no_repeat_ngram_size": (None, 0),
    "bad_words_ids": (None, []),
    "min_length": (None, 0),
    "min_new_tokens": (None, 0),
    "forced_bos_token_id": (None,),
    "forced_eos_token_id": (None,),
    "suppress_tokens": (None, []),
    "begin_suppress_tokens": (None, []),
    "sequence_bias": (None,),
    "exponential_decay_length_penalty": (None,),
    "guidance_scale": (None, 1, 1.0),
    "watermarking_config": (None,),
    "stop_strings": (None, []),
    "epsilon_cutoff": (None, 0, 0.0),
    "eta_cutoff": (None, 0, 0.0),
    "top_h": (None,),
}
"""Settings that change what is generated and that this engine has not, and when they do nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """What happens to a row's logits before a token is taken. The defaults change nothing."""

    sample: bool = True
    """False: the largest of what is left."""
    temperature: float = 1.0
    top_k: int = 0
    """Keep this many tokens; 0: all."""
    top_p: float = 1.0
    min_p: float = 0.0
    typical_p: float = 1.0
    repetition_penalty: float = 1.0

    @property
    def plain(self) -> bool:
        """Whether this is the largest logit and nothing else, as all greedy answers are made."""
        return not self.sample and self.repetition_penalty == 1

    def filters(self) -> Callable[[Sequence[int], Tensor], Tensor]:
        """From (ids so far, one row's logits) to the logits to choose by, both (vocabulary,)."""
        listed: Any = LogitsProcessorList()
        if self.repetition_penalty != 1:
            listed.append(RepetitionPenaltyLogitsProcessor(float(self.repetition_penalty)))
        if self.sample:
            listed.extend(self._of_sampling())

        def filtered(ids: Sequence[int], logits: Tensor) -> Tensor:
            row = logits.detach().float().cpu()[None]
            kept: Tensor = listed(torch.tensor([list(ids)]), row)[0]
            return kept

        return filtered

    def _of_sampling(self) -> list[Any]:
        found: list[Any] = []
        if self.temperature != 1:
            found.append(TemperatureLogitsWarper(float(self.temperature)))
        if self.top_k:
            found.append(TopKLogitsWarper(self.top_k))
        if self.top_p < 1:
            found.append(TopPLogitsWarper(self.top_p))
        if self.min_p:
            found.append(MinPLogitsWarper(self.min_p))
        if self.typical_p < 1:
            found.append(TypicalLogitsWarper(self.typical_p))
        return found

    def __str__(self) -> str:
        """In words, without what changes nothing."""
        if not self.sample:
            penalty = self.repetition_penalty
            return "greedy" if self.plain else f"greedy, repetition_penalty {penalty:g}"
        neutral = {"top_k": 0, "top_p": 1, "min_p": 0, "typical_p": 1, "repetition_penalty": 1}
        said = [f"temperature {self.temperature:g}"]
        for name, nothing in neutral.items():
            value = getattr(self, name)
            if value != nothing:
                said.append(f"{name} {value:g}")
        return ", ".join(said)


def shipped(config: Any) -> tuple[Decoding, str]:
    """What a model's own generation_config asks for, and a line that says so.

    `config` is transformers' GenerationConfig as the model was loaded with it. What it leaves open
    is what `generate` then does: top_k 50 with sampling. The line names every setting that is not
    honoured here. How long a reply may get and what ends it stay those of the suite.
    """
    given = {name: value for name in _ASKED if (value := getattr(config, name, None)) is not None}
    dropped = [
        f"{name} {getattr(config, name)}"
        for name, neutral in _NEUTRAL.items()
        if not _among(getattr(config, name, None), neutral)
    ]
    sample = bool(getattr(config, "do_sample", False)) and given.get("temperature", 1) > 0
    if sample:
        given.setdefault("top_k", DEFAULT_TOP_K)
        decoding = Decoding(**given)
        line = str(decoding)
    else:
        decoding = Decoding(sample=False, repetition_penalty=given.get("repetition_penalty", 1.0))
        line = f"{decoding}: the model ships no sampling"
    return decoding, line + (f"; not honoured: {', '.join(dropped)}" if dropped else "")


_ASKED = ("temperature", "top_k", "top_p", "min_p", "typical_p", "repetition_penalty")


def _among(value: Any, neutral: tuple[Any, ...]) -> bool:
    """`value in neutral`, without what numbers and lists make of being compared."""
    return any(type(value) is type(each) and value == each for each in neutral)
