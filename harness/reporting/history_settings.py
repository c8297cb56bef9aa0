"""Which settings of a variant changed between two runs, without a word that a user wrote."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from harness.comparing.sides import Side
from harness.reporting.public_results import WORDS, Hiding
from harness.reporting.section_method import flat

_DIGEST = re.compile(r"[0-9a-f]{12}")


def changed_settings(before: Side, after: Side) -> dict[str, list[str]]:
    """Variant to its changes, "training.epochs 12 -> 6" each, of those that both sides have.

    A setting that only one side knows came or went with a version and is not named. Texts are told
    apart and not shown.
    """
    hiding = Hiding()
    old, new = before.named(), after.named()
    found: dict[str, list[str]] = {}
    for name in (name for name in old if name in new):
        was, now = (
            dict(flat(hiding.settings(_comparable(side[name].config), WORDS)))
            for side in (old, new)
        )
        lines = [
            f"{key} {was[key]} -> {now[key]}"
            for key in sorted(was.keys() & now.keys())
            if key != "name" and was[key] != now[key]
        ]
        if lines:
            found[name] = lines
    return found


def told_once(settings: Mapping[str, list[str]], of: int) -> list[str]:
    """Each change once, with the variants that it is about, of so many.

    >>> told_once({"a": ["seed 1 -> 2"], "b": ["seed 1 -> 2", "threads 1 -> 2"]}, 2)
    ['every variant: seed 1 -> 2', 'b: threads 1 -> 2']
    """
    about: dict[str, list[str]] = {}
    for name, lines in settings.items():
        for line in lines:
            about.setdefault(line, []).append(name)
    return [
        f"{'every variant' if 1 < len(names) == of else ', '.join(names)}: {line}"
        for line, names in about.items()
    ]


def _comparable(config: Mapping[str, Any]) -> dict[str, Any]:
    """Settings as a baseline keeps them: a folder by its last part, a prompt by its digest."""
    model, prompt = dict(config.get("model") or {}), dict(config.get("prompt") or {})
    if model.get("path"):
        model["path"] = PurePath(model["path"]).name
    system = prompt.get("system")
    if system and not _DIGEST.fullmatch(system):
        prompt["system"] = hashlib.sha256(system.encode()).hexdigest()[:12]
    return {**config, "model": model, "prompt": prompt}
