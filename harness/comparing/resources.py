"""Memory and speed of two sides: a ratio, the rule, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.comparing.directions import better
from harness.comparing.margins import MEMORY, MEMORY_BYTES, THROUGHPUT
from harness.comparing.rows import GateName
from harness.comparing.sides import SideVariant

GATED_MEMORY = ("memory.weights_bytes", "memory.peak_train_bytes", "memory.peak_answer_bytes")
SPEEDS = (
    "throughput.train_tokens_per_s",
    "throughput.prefill_tokens_per_s",
    "throughput.decode_tokens_per_s",
)
PROCESSES = 5
"""Fresh processes a side, measured in turns, below which a speed is not judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRow:
    """A resource of one variant on both sides; `ratio` is candidate over baseline."""

    variant: str
    resource: str
    before: float | None
    after: float | None
    ratio: float | None
    rule: str
    verdict: GateName
    sentence: str


def resource_rows(
    before: SideVariant, after: SideVariant, other_hardware: str, device: str
) -> list[ResourceRow]:
    """Rows of the gated resources that a side has; `other_hardware` says what differs, or ""."""
    found = []
    for name in (*GATED_MEMORY, *SPEEDS):
        old, new = number(before.resources.get(name)), number(after.resources.get(name))
        if old is None and new is None:
            continue
        verdict, sentence = _verdict(name, old, new, other_hardware, _share(name, device))
        found.append(
            ResourceRow(
                variant=after.name,
                resource=name,
                before=old,
                after=new,
                ratio=new / old if old and new is not None else None,
                rule=_rule(name, device),
                verdict=verdict,
                sentence=sentence,
            )
        )
    return found


def number(value: Any) -> float | None:
    """A resource as one figure: itself, or the median of its samples."""
    if isinstance(value, Mapping):
        value = value.get("median")
    return float(value) if isinstance(value, (int, float)) else None


def _share(name: str, device: str) -> float:
    if name.startswith("memory."):
        return MEMORY
    return THROUGHPUT["cuda" if device.startswith("cuda") else "cpu"]


def _rule(name: str, device: str) -> str:
    if name.startswith("memory."):
        return f"at most {100 * MEMORY:.0f} % and {MEMORY_BYTES // 2**20} MiB more"
    share = 100 * _share(name, device)
    return f"not judged: {share:.0f} % needs {PROCESSES} processes a side, measured in turns"


def _verdict(
    name: str, old: float | None, new: float | None, other_hardware: str, share: float
) -> tuple[GateName, str]:
    if other_hardware:
        return "not_comparable", f"Measured on other hardware: {other_hardware}."
    if old is None or new is None:
        missing = "baseline" if old is None else "candidate"
        return "not_comparable", f"The {missing} has no such measurement."
    if name.startswith("memory."):
        return _memory(old, new, share)
    loss = 1 - new / old if better(name) > 0 else new / old - 1
    if loss <= 0:
        return "pass", "It is no slower than before."
    return "inconclusive", (
        f"It is {100 * loss:.0f} % slower in one process a side; {PROCESSES} processes a side,"
        " measured in turns, are needed to tell that from the noise of a machine."
    )


def _memory(old: float, new: float, share: float) -> tuple[GateName, str]:
    more = new - old
    if more <= 0:
        return "pass", "It takes no more than before."
    said = f"It takes {more / 2**20:.1f} MiB more ({100 * more / old:.1f} %)."
    if more > share * old and more > MEMORY_BYTES:
        return "regression", said
    return "pass", said
