"""The reference level's distributions: its most probable tokens wherever another level is compared.

A position keeps the 1,024 largest log-probabilities, their token ids, and the probability that is
left. The divergence of another level is taken over these tokens and one bucket for the rest. To
merge outcomes can only lower a divergence, so what is computed is a lower bound of it.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from harness.errors import PhaseFailure
from harness.storage.jsonl import cannot_write

KEPT = 1024
"""Tokens kept a position; all of a vocabulary that is smaller."""
_ROWS = 64
"""Positions that are worked on at a time, in 64 bit."""
_LEAST = float(np.finfo(np.float32).tiny)
Stored = NDArray[Any]
"""Positions as records: see `_layout`."""


def _layout(vocabulary: int) -> np.dtype[Any]:
    """One position: ids and log-probabilities by falling probability, what is left, first id."""
    kept = min(KEPT, vocabulary)
    kind = "<u2" if vocabulary <= 1 << 16 else "<u4"
    return np.dtype(
        [("ids", kind, kept), ("logprobs", "<f4", kept), ("tail", "<f4"), ("top", kind)]
    )


class Keeper:
    """Writes the reference's distributions: position by position to a file that grows, which in
    the end becomes `path` in one step."""

    def __init__(self, path: Path, vocabulary: int) -> None:
        self.path = path
        self.growing = path.with_name(path.name + ".part")
        self._layout = _layout(vocabulary)
        self._vocabulary = vocabulary

    def positions(self) -> int:
        """Whole positions that are there from an earlier start."""
        return self.growing.stat().st_size // self._layout.itemsize if self.growing.exists() else 0

    def go_on_from(self, positions: int) -> None:
        """Forget what stands behind the first `positions`."""
        try:
            with self.growing.open("ab") as file:
                file.truncate(positions * self._layout.itemsize)
        except OSError as error:
            raise cannot_write(self.growing, error) from error

    def add(self, logits: Tensor) -> None:
        """Keep the distributions of (positions, vocabulary)."""
        try:
            with self.growing.open("ab") as file:
                for part in torch.split(logits, _ROWS):
                    file.write(self._record(part).tobytes())
                _flush(file)
        except OSError as error:
            raise cannot_write(self.growing, error) from error

    def finish(self, key: str, counts: Sequence[int]) -> None:
        """Make the file that levels read; `counts` are the positions of each batch."""
        total = sum(counts)
        kept = np.memmap(self.growing, self._layout, "r", shape=(total,)) if total else None
        arrays: dict[str, Any] = {"key": np.array(key), "vocabulary": np.array(self._vocabulary)}
        start = 0
        for number, count in enumerate(counts):
            if kept is not None:
                arrays[str(number)] = kept[start : start + count]
            start += count
        temporary = self.path.with_name(f".{self.path.name}.tmp")
        try:
            with temporary.open("wb") as file:
                np.savez(file, **arrays)
                _flush(file)
            os.replace(temporary, self.path)
            self.growing.unlink(missing_ok=True)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise cannot_write(self.path, error) from error

    def _record(self, logits: Tensor) -> Stored:
        found = np.empty(len(logits), self._layout)
        logprobs = torch.log_softmax(logits.double(), dim=-1)
        highest, ids = logprobs.topk(self._layout["ids"].shape[0], dim=-1)
        found["ids"], found["logprobs"] = ids.cpu().numpy(), highest.float().cpu().numpy()
        found["tail"] = _rest(logprobs, ids).float().cpu().numpy()
        found["top"] = logits.argmax(-1).cpu().numpy()
        return found


class Unusable(PhaseFailure):
    """There are no distributions of the reference level, or they are damaged."""


class Reference:
    """The reference level's distributions, read batch by batch."""

    def __init__(self, path: Path, key: str, vocabulary: int) -> None:
        """Raises Unusable where the file is not there or damaged, PhaseFailure where it is of other
        tokens. All of it is checked once, so that no level fails half way."""
        self.path = path
        if not path.exists():
            raise Unusable(f"the reference level left no {path.name}")
        try:
            with zipfile.ZipFile(path) as archive:
                torn = archive.testzip()
            if torn is not None:
                raise ValueError(f"{torn} is not what was written")
            self._arrays = np.load(path)
            found, size = str(self._arrays["key"]), int(self._arrays["vocabulary"])
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise self._damaged(error) from error
        if found != key or size != vocabulary:
            raise PhaseFailure(
                f"{path.name} of the reference level was read off other prompts or answers than"
                " this level is asked; run again with --fresh"
            )

    def compare(self, batch: int, logits: Tensor) -> tuple[list[float], list[bool]]:
        """Divergence of (positions, vocabulary) from the reference in nats, and whether the most
        probable token is the same, a position."""
        try:
            stored = self._arrays[str(batch)]
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise self._damaged(error) from error
        if len(stored) != len(logits):
            raise self._damaged(ValueError(f"batch {batch} has {len(stored)} positions"))
        return divergence(stored, logits), (
            torch.from_numpy(stored["top"].astype(np.int64)).to(logits.device) == logits.argmax(-1)
        ).tolist()

    def close(self) -> None:
        """Close the file."""
        self._arrays.close()

    def _damaged(self, error: Exception) -> Unusable:
        return Unusable(f"{self.path.name} of the reference level is damaged: {error}")


def divergence(stored: Stored, logits: Tensor) -> list[float]:
    """KL(reference || level) in nats over the kept tokens and the rest, a position.

    The same logits give exactly 0: both sides are rounded to 32 bit before they are compared.
    """
    found: list[float] = []
    for start in range(0, len(stored), _ROWS):
        part = stored[start : start + _ROWS]
        logprobs = torch.log_softmax(logits[start : start + _ROWS].double(), dim=-1)
        ids = torch.from_numpy(part["ids"].astype(np.int64)).to(logits.device)
        own = logprobs.gather(-1, ids).float().double()
        left = _rest(logprobs, ids).float().double().clamp(min=_LEAST)
        known = torch.from_numpy(part["logprobs"].copy()).to(logits.device).double()
        rest = torch.from_numpy(part["tail"].copy()).to(logits.device).double()
        inside = (known.exp() * (known - own)).sum(-1)
        outside = rest * (rest.clamp(min=_LEAST).log() - left.log())
        found += (inside + outside).clamp(min=0.0).tolist()
    return found


def _rest(logprobs: Tensor, ids: Tensor) -> Tensor:
    """Probability of all tokens but `ids`, summed itself: 1 minus the others would round it off."""
    return logprobs.exp().scatter_(-1, ids, 0.0).sum(-1)


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
