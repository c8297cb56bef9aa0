"""What a source is asked for, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.records import ModelChoice, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A model to be brought onto this disk."""

    choice: ModelChoice
    cache: Path
    """The cache folder; sources that build something keep it under `cache / "models"`."""
    progress: Progress
    preset: Mapping[str, Any] = field(default_factory=dict)
    """The preset's data; empty where the model is no preset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A model folder on this disk: config.json, safetensors and tokenizer."""

    path: Path
    provenance: str
    license: str
