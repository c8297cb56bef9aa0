"""`--set KEY=VALUE`: a dotted key and a TOML value, which then holds for every variant."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from harness.errors import UserError

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_BARE = re.compile(r"([A-Za-z_/~]|\.{1,2}/)[A-Za-z0-9_./~-]*")


def parse(override: str) -> tuple[list[str], Any]:
    """Split "training.epochs=3" into its key's parts and its value.

    A bare word stands for a string, since shells eat quotes. Raises UserError for anything else.
    """
    key, equals, text = override.partition("=")
    key, text = key.strip(), text.strip()
    if not equals or not _KEY.fullmatch(key) or not text:
        raise UserError(f"--set {override}: not KEY=VALUE", "for example --set training.epochs=3")
    try:
        # Nothing but the value may be in the text: a line break would smuggle in further keys.
        value = tomllib.loads(f"value = {text}")
        if list(value) == ["value"]:
            return key.split("."), value["value"]
    except tomllib.TOMLDecodeError:
        if _BARE.fullmatch(text):
            return key.split("."), text
    raise UserError(
        f"--set {override}: {text!r} is no TOML value",
        "numbers and true/false as they are, text in quotes, lists in brackets: --set seed=2",
    )


def apply(table: dict[str, Any], overrides: Sequence[str]) -> dict[str, Any]:
    """`table` with every override set, at the top and instead of what single variants say."""
    for override in overrides:
        path, value = parse(override)
        if path[0] == "gate" and len(path) > 2:
            path = ["gate", ".".join(path[1:])]
        _put(table, path, value, override)
        variants = table.get("variants")
        if isinstance(variants, list):
            for variant in variants:
                _drop(variant, path[:1] if path[0] == "model" else path)
    return table


def _put(table: dict[str, Any], path: list[str], value: Any, override: str) -> None:
    """Set the key, making the tables on its way. A new model.path or .name replaces the other."""
    if path in (["model", "path"], ["model", "name"]):
        table["model"] = {}
    for step in path[:-1]:
        inner = table.setdefault(step, {})
        if not isinstance(inner, dict):
            raise UserError(
                f"--set {override}: {step!r} is not a table", "docs/suites.md lists every key"
            )
        table = inner
    table[path[-1]] = value


def _drop(variant: Any, path: list[str]) -> None:
    """Remove what a variant says about the key itself."""
    for step in path[:-1]:
        variant = variant.get(step) if isinstance(variant, dict) else None
    if isinstance(variant, dict):
        variant.pop(path[-1], None)
