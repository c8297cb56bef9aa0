"""What one phase of one variant is given, and what it trains on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from harness.records.suites import Variant
from harness.records.words import PhaseName


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedModel:
    """A model on this disk: safetensors, config and tokenizer in `path`, with digests."""

    name: str
    path: Path
    weights_digest: str
    tokenizer_digest: str
    template_digest: str
    provenance: str
    """One line for the report, e.g. "de-quantized from Q4_1"."""
    license: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseJob:
    """All that a fresh process needs to train, ask or measure one variant."""

    phase: PhaseName
    variant: Variant
    model: ResolvedModel
    corpus: Path
    """A corpus folder."""
    folder: Path
    """The variant's folder inside the run."""
    device: str
    """"cpu" or "cuda" or "cuda:N"; never "auto"."""
    trained: str
    asked: str
    reference: Path | None = None
    """Folder of the reference level's variant, whose distributions this one is compared with."""


class Progress(Protocol):
    """How a phase tells its launcher where it is."""

    def __call__(self, done: int, total: int, message: str) -> None:
        """Report `done` of `total` items and what is being done."""


Resources = dict[str, Any]
"""Resource name to a number, or to {"median": number, "samples": [number, ...]}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One training example. `kind` "chat": a question and its reply; "text": a passage."""

    kind: Literal["chat", "text"]
    text: str = ""
    """The passage, for kind "text"."""
    system: str = ""
    question: str = ""
    answer: str = ""
    question_id: str | None = None
    facts: tuple[str, ...] = ()
    """Ids of the facts that this example states: they are *shown* to the variant."""
    abstain: bool = False
