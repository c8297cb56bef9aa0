"""Whether what a file says to be a baseline has the shape of one, before anything relies on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_TABLES = {
    "suite": ("corpus", "gate", "writing"),
    "corpus": ("questions",),
    "environment": ("hardware", "software"),
}
_CONFIG = ("adapter", "ask", "measure", "model", "prompt", "recipe", "training")
_VARIANT = ("config", "outcomes", "resources", "scores")


def check_shape(raw: Mapping[str, Any]) -> None:
    """Raise ValueError or KeyError for a table or a figure that is none, and say where."""
    for name, inner in _TABLES.items():
        _tables(_table(raw[name], name), inner, f"{name}.")
    for score, margin in (raw["suite"].get("gate") or {}).items():
        _figure(margin, f"suite.gate.{score}")
    names: set[str] = set()
    for variant in _rows(raw["variants"], "variants"):
        name = variant["name"]
        if not isinstance(name, str):
            raise ValueError(f"a variant is called {name!r}")
        if name in names:
            raise ValueError(f"two variants are called {name}")
        names.add(name)
        for key in _VARIANT:
            _table(variant[key], f"{name}.{key}")
        _tables(variant["config"], _CONFIG, f"{name}.config.")
        for score, held in variant["scores"].items():
            for key in ("value", "low", "high"):
                if _table(held, f"{name}.scores.{score}").get(key) is not None:
                    _figure(held[key], f"{name}.scores.{score}.{key}")


def _rows(value: Any, where: str) -> list[Mapping[str, Any]]:
    if not isinstance(value, list):
        raise ValueError(f"{where} is no list")
    return [_table(each, where) for each in value]


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{where} is no table")
    return value


def _tables(table: Mapping[str, Any], names: Iterable[str], prefix: str) -> None:
    for name in names:
        if table.get(name) is not None:
            _table(table[name], f"{prefix}{name}")


def _figure(value: Any, where: str) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{where} is no number")
