"""Memory and speed by phase, what did not run, where everything comes from, and the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.records import VariantResult
from harness.reporting.cells import number
from harness.reporting.data import RunData
from harness.reporting.roles import is_perturbed, model, tried
from harness.reporting.wording import MISSING, duration, megabytes, rate
from harness.stats.rank import median_interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One variant's memory and speed, as text, in the order of MEASURES."""

    name: str
    cells: tuple[str, ...]
    ranges: tuple[str, ...] = ()
    """Where the median of several processes lies, cell by cell; empty for what one measured."""
    processes: int = 1
    """The most that any of its speeds was measured in."""


MEASURES: tuple[tuple[str, str, str], ...] = (
    ("Loading", "weights", "memory.weights_bytes"),
    ("Loading", "bits a parameter", "memory.bits_per_parameter"),
    ("Loading", "peak memory", "memory.peak_load_bytes"),
    ("Loading", "time", "time.load_s"),
    ("Training", "peak memory", "memory.peak_train_bytes"),
    ("Training", "examples/s", "throughput.train_examples_per_s"),
    ("Training", "tokens/s", "throughput.train_tokens_per_s"),
    ("Training", "time", "time.train_s"),
    ("Training", "adapter", "adapter.bytes"),
    ("Training", "trained parameters", "adapter.trainable_parameters"),
    ("Training", "share of all", "adapter.trainable_share"),
    ("Answering", "peak memory", "memory.peak_answer_bytes"),
    ("Answering", "reading tokens/s", "throughput.prefill_tokens_per_s"),
    ("Answering", "writing tokens/s", "throughput.decode_tokens_per_s"),
    ("Answering", "answers/s", "throughput.answers_per_s"),
)


def measured_rows(data: RunData) -> tuple[Measured, ...]:
    """Memory and speed by phase, one row a variant that was measured at all."""
    return tuple(
        Measured(
            name=row.name,
            cells=tuple(_figure(key, number(row.resources, key)) for _, _, key in MEASURES),
            ranges=tuple(_range(key, _processes(row, key)) for _, _, key in MEASURES),
            processes=max(len(_processes(row, key)) for _, _, key in MEASURES) or 1,
        )
        for row in data.results.variants
        if row.resources and not is_perturbed(row)
    )


def _processes(row: VariantResult, key: str) -> tuple[float, ...]:
    """What each of several processes measured; empty where there was one."""
    found = row.resources.get(key)
    return tuple(found.get("processes", ())) if isinstance(found, Mapping) else ()


def _range(key: str, values: tuple[float, ...]) -> str:
    """The interval of the median of several processes."""
    if len(values) < 2:
        return ""
    low, high = median_interval(values)
    return f"{_figure(key, low)}–{_figure(key, high)}"


def _figure(key: str, value: float | None) -> str:
    if value is None:
        return MISSING
    if key.endswith("_bytes") or key.endswith(".bytes"):
        return megabytes(value)
    if key.startswith("time."):
        return duration(value)
    if key == "adapter.trainable_share":
        return f"{100 * value:.2f} %"
    return f"{value:.2f}" if key == "memory.bits_per_parameter" else rate(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A variant that did not run to its end, and why."""

    name: str
    status: str
    reason: str
    log: str


def absent(data: RunData) -> tuple[Absent, ...]:
    """What did not run; the log is named relative to the run folder."""
    return tuple(
        Absent(
            name=row.name,
            status=row.status,
            reason=row.error or "no reason was recorded",
            log=f"variants/{row.name}--{row.trained[:12]}",
        )
        for row in data.results.variants
        if row.status != "ok"
    )


def flat(value: Any, prefix: str = "") -> list[tuple[str, str]]:
    """Nested plain data as (dotted key, text), sorted by key."""
    if isinstance(value, Mapping):
        return [
            pair
            for key in sorted(value, key=str)
            for pair in flat(value[key], f"{prefix}.{key}" if prefix else str(key))
        ]
    if isinstance(value, (list, tuple)):
        return [(prefix, ", ".join(str(item) for item in value) or MISSING)]
    return [(prefix, MISSING if value is None else str(value))]


def settings(row: VariantResult) -> list[tuple[str, str]]:
    """A variant's settings for the table of provenance."""
    return flat({key: value for key, value in row.config.items() if key != "name"})


def common_settings(data: RunData) -> list[tuple[str, str]]:
    """The settings that all variants share."""
    every = [dict(settings(row)) for row in data.results.variants]
    if not every:
        return []
    return [(k, v) for k, v in every[0].items() if all(each.get(k) == v for each in every)]


def own_settings(data: RunData, row: VariantResult) -> str:
    """What sets a variant apart, as "recipe.name = instruct; seed = 1"."""
    shared = {key for key, _ in common_settings(data)}
    return "; ".join(f"{k} = {v}" for k, v in settings(row) if k not in shared)


def models_used(data: RunData) -> list[str]:
    """The models by name with their provenance, each once."""
    lines = []
    for row in tried(data.results) or data.results.variants:
        each = data.models.get(row.name, {})
        name = str(each.get("name") or model(row))
        provenance = each.get("provenance")
        lines.append(f"{name} ({provenance})" if provenance else name)
    return list(dict.fromkeys(lines))
