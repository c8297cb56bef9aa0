"""Faults planted from outside into the workers of one variant: everything else is the product's.

`measure` drags the trainer's step and the decoder's calls out by a share of their own time; `train`
keeps what layers give back until so many bytes are held. The variants are named by the environment
variables PLANTED_SLOW and PLANTED_LEAK, the bytes by PLANTED_LEAK_BYTES.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import torch

from harness.measuring import measure as measuring
from harness.records import PhaseJob, Progress, Resources
from harness.training import train as training

SLOWER = 0.3
"""Everything takes so much longer."""
_KEPT: list[torch.Tensor] = []


def measure(job: PhaseJob, progress: Progress) -> Resources:
    """The product's own phase, with slower steps where this variant is the chosen one."""
    if job.variant.name == os.environ.get("PLANTED_SLOW"):
        measuring.Stepper.step = _dragged(measuring.Stepper.step)  # type: ignore[method-assign]
        opened = measuring.open_decoder
        measuring.open_decoder = lambda *given: Dragging(opened(*given))  # type: ignore[assignment]
    return measuring.run(job, progress)


def train(job: PhaseJob, progress: Progress) -> Resources:
    """The product's own phase, with tensors that nobody lets go of where this is the variant."""
    if job.variant.name == os.environ.get("PLANTED_LEAK"):
        torch.nn.modules.module.register_module_forward_hook(_keep)
    return training.run(job, progress)


class Dragging:
    """A decoder whose two calls take longer."""

    def __init__(self, decoder: Any) -> None:
        self.start = _dragged(decoder.start)
        self.step = _dragged(decoder.step)


def _dragged(work: Callable[..., Any]) -> Callable[..., Any]:
    def slower(*given: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        found = work(*given, **named)
        time.sleep(SLOWER * (time.perf_counter() - begun))
        return found

    return slower


def _keep(module: torch.nn.Module, given: Any, output: Any) -> None:
    if isinstance(output, torch.Tensor) and _held() < int(os.environ["PLANTED_LEAK_BYTES"]):
        _KEPT.append(output.detach().clone())


def _held() -> int:
    return sum(each.numel() * each.element_size() for each in _KEPT)
