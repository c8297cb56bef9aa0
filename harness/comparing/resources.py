"""Memory and speed of two sides: a ratio, the rule, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from harness.comparing.margins import (
    MEMORY,
    MEMORY_BYTES,
    PEAK_NOISE,
    PEAK_NOISE_BYTES,
    THROUGHPUT,
)
from harness.comparing.rows import GateName
from harness.comparing.sides import SideVariant
from harness.comparing.speeds import PROCESSES, SPEEDS, Paces, judged, pace, percent

GATED_MEMORY = ("memory.weights_bytes", "memory.peak_train_bytes", "memory.peak_answer_bytes")
BATCHES = {
    "throughput.train_tokens_per_s": ("training", "batch_size"),
    "throughput.prefill_tokens_per_s": ("ask", "batch_size"),
    "throughput.decode_tokens_per_s": ("ask", "batch_size"),
}
"""Settings without which a speed is another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRow:
    """A resource of one variant on both sides; `ratio` is candidate over baseline.

    That of a speed which was measured in turns is of its ratios to the reference.
    """

    variant: str
    resource: str
    before: float | None
    after: float | None
    ratio: float | None
    rule: str
    verdict: GateName
    sentence: str
    low: float | None = None
    high: float | None = None
    """95 % interval of the ratio, where there is one."""
    p: float | None = None
    """Two-sided, of a Mann-Whitney test of both sides' ratios to the reference."""
    gated: bool = True
    """Whether it may decide a verdict; that of a reference, held against nothing, may not."""


def resource_rows(
    before: SideVariant, after: SideVariant, other_hardware: str, device: str
) -> list[ResourceRow]:
    """Rows of the gated resources that a side has; `other_hardware` says what differs, or ""."""
    found = []
    for name in (*GATED_MEMORY, *SPEEDS):
        old, new = number(before.resources.get(name)), number(after.resources.get(name))
        if old is None and new is None:
            continue
        row = ResourceRow(
            variant=after.name,
            resource=name,
            before=old,
            after=new,
            ratio=new / old if old and new is not None else None,
            rule=_rule(name, device),
            verdict="not_comparable",
            sentence=_apart(name, before, after, other_hardware),
        )
        if not row.sentence and old is not None and new is not None:
            if name.startswith("memory."):
                verdict, sentence = _memory(old, new, _noise(name, after, device))
                row = replace(row, verdict=verdict, sentence=sentence)
            else:
                row = _speed(row, before, after, _share(device))
        found.append(row)
    return found


def number(value: Any) -> float | None:
    """A resource as one figure: itself, or the median of its samples."""
    if isinstance(value, Mapping):
        value = value.get("median")
    return float(value) if isinstance(value, (int, float)) else None


def _share(device: str) -> float:
    return THROUGHPUT["cuda" if device.startswith("cuda") else "cpu"]


def _rule(name: str, device: str) -> str:
    if name.startswith("memory."):
        return f"at most {100 * MEMORY:.0f} % and {MEMORY_BYTES // 2**20} MiB more"
    return (
        f"at most {percent(_share(device))} slower beside the reference,"
        f" {PROCESSES} processes a side"
    )


def _apart(name: str, before: SideVariant, after: SideVariant, other_hardware: str) -> str:
    """Why two measurements are not of the same thing; empty where they are."""
    if other_hardware:
        return f"Measured on other hardware: {other_hardware}."
    for side, variant in (("baseline", before), ("candidate", after)):
        if number(variant.resources.get(name)) is None:
            return f"The {side} has no such measurement."
    both = [number(each.resources.get(name)) for each in (before, after)]
    if name.startswith("memory.") and 0 in both and any(both):
        side = "baseline" if both[0] == 0 else "candidate"
        return f"The {side} measured 0 bytes, which is no measurement."
    if name in BATCHES:
        table, key = BATCHES[name]
        old, new = ((each.config.get(table) or {}).get(key) for each in (before, after))
        if old != new:
            return f"Measured in batches of another size: {table}.{key} {old} -> {new}."
    return ""


def _noise(name: str, variant: SideVariant, device: str) -> float:
    """By how much of itself a figure moves without cause; weights are counted, not watched."""
    if not name.startswith("memory.peak_") or device.startswith("cuda"):
        return 0.0
    plain = variant.config.get("quantization", "fp32") in ("fp32", "bf16", "fp16")
    least = PEAK_NOISE_BYTES / (number(variant.resources.get(name)) or PEAK_NOISE_BYTES)
    return max(least, PEAK_NOISE["plain" if plain else "quantized"])


def _memory(old: float, new: float, noise: float) -> tuple[GateName, str]:
    """`noise`: the growth that two runs of the same may show."""
    more = new - old
    if more <= 0:
        return "pass", "It takes no more than before."
    said = f"It takes {more / 2**20:.1f} MiB more ({100 * more / old:.1f} %)."
    if more <= MEMORY * old or more <= MEMORY_BYTES:
        return "pass", said
    if more <= noise * old:
        return "inconclusive", (
            f"{said} Two runs of the same may differ by {percent(noise)} here, a process a side."
        )
    return "regression", said


def _speed(row: ResourceRow, before: SideVariant, after: SideVariant, share: float) -> ResourceRow:
    """The row of a speed that both sides have."""
    old, new = pace(before.resources[row.resource]), pace(after.resources[row.resource])
    if old is None or new is None or not old.median:
        return replace(row, sentence="Nothing was done in the time that was measured.")
    found = judged((before.name, after.name), old, new, share)
    row = replace(row, verdict=found.verdict, sentence=found.sentence, gated=found.gated)
    return row if found.paces is None else _with(row, found.paces)


def _with(row: ResourceRow, paces: Paces) -> ResourceRow:
    low, high = (each if isfinite(each) else None for each in (paces.low, paces.high))
    return replace(row, ratio=paces.ratio, low=low, high=high, p=paces.p)
