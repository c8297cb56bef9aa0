"""One entry of `[[variants]]` becomes one table a variant: lists multiply, tables are merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from harness.errors import UserError

SHARED = ("model", "seed", "adapter", "training", "prompt", "ask", "measure")
"""Top-level keys that are defaults of every variant."""

LIST_VALUED = frozenset(
    {("adapter", "targets"), ("ask", "probes"), ("ask", "repeats"), ("measure", "phases")}
)
"""Keys whose value is a list by nature: they never multiply."""


def expand(entry: Mapping[str, Any], where: str) -> Iterator[dict[str, Any]]:
    """Every combination of the lists in `entry`, the first list varying slowest.

    >>> [v["seed"] for v in expand({"recipe": "instruct", "seed": [1, 2]}, "")]
    [1, 2]
    """
    axes = list(_axes(entry, ()))
    for path, values in axes:
        if not values:
            raise UserError(
                f"{where}: {'.'.join(path)} is an empty list", "name at least one value"
            )
    for combination in product(*(values for _, values in axes)):
        table = _copy(entry)
        for (path, _), value in zip(axes, combination, strict=True):
            inner = table
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = value
        yield table


def merge(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """`own` over `shared`, tables key by key. A model is taken whole: its keys belong together."""
    merged = _copy(shared)
    for key, value in own.items():
        base = merged.get(key)
        if key != "model" and isinstance(base, dict) and isinstance(value, Mapping):
            merged[key] = base | dict(value)
        else:
            merged[key] = value
    return merged


def _axes(
    table: Mapping[str, Any], prefix: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    for key, value in table.items():
        path = (*prefix, key)
        if isinstance(value, Mapping):
            yield from _axes(value, path)
        elif isinstance(value, list) and path not in LIST_VALUED:
            yield path, value


def _copy(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _copy(item) if isinstance(item, Mapping) else item for key, item in table.items()}
