"""Names and plain-data specs of everything that can be plugged in. Imports nothing heavy.

A spec says enough to validate a suite and to print help; what it stands for is a lazy
"module:object" that is imported by the process that uses it. Packages outside this one add
theirs through the entry-point group `closedbook.KIND`, each entry naming a `Spec`.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal

from harness.errors import UserError, unknown_name

Kind = Literal[
    "model",
    "source",
    "recipe",
    "level",
    "probe",
    "score",
    "answerer",
    "forms",
    "executor",
    "writer",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One thing that can be named in a suite."""

    name: str
    line: str
    """What it is, in one line, for `closedbook list`."""
    target: str = ""
    """Where it is built: "module:object". Empty where the name alone is the meaning."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Option name to a type and one line, for help."""
    needs: tuple[str, ...] = ()
    """Importable packages that must be installed, e.g. ("bm25s",)."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """Plain data of the thing itself, e.g. where a preset's weights come from."""


_OWN: dict[str, str] = {
    "model": "harness.models.presets:SPECS",
    "source": "harness.models.sources:SPECS",
    "recipe": "harness.training.recipes:SPECS",
    "level": "harness.models.quantization:SPECS",
    "probe": "harness.corpora:PROBE_SPECS",
    "score": "harness.scoring:SPECS",
    "answerer": "harness.answering:SPECS",
    "forms": "harness.answering:FORM_SPECS",
    "executor": "harness.execution:SPECS",
    "writer": "harness.writing:SPECS",
}


def load(target: str) -> Any:
    """Import what a "module:object" names."""
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)


@cache
def specs(kind: Kind) -> Mapping[str, Spec]:
    """All specs of a kind by name, our own first, then those of installed packages.

    Raises UserError, naming the package, for one that cannot be loaded, that adds no `Spec`, or
    whose name is taken.
    """
    found = {spec.name: spec for spec in load(_OWN[kind])}
    holders = dict.fromkeys(found, "closedbook")
    for entry in entry_points(group=f"closedbook.{kind}"):
        package = entry.dist.name if entry.dist is not None else entry.module
        spec = _outside(kind, entry, package)
        if spec.name in found:
            raise UserError(
                f"the package {package} adds a {kind} called {spec.name!r},"
                f" which {holders[spec.name]} has already",
                f"give it another name, or remove one: pip uninstall {package}",
            )
        found[spec.name], holders[spec.name] = spec, package
    return found


def _outside(kind: Kind, entry: EntryPoint, package: str) -> Spec:
    """What an installed package adds. Its code may raise whatever it likes."""
    hint = f"mend the package, or remove it: pip uninstall {package}"
    try:
        spec = entry.load()
    except Exception as error:
        reason = (str(error).splitlines() or [""])[0]
        raise UserError(
            f"the package {package} adds the {kind} {entry.name!r} and cannot be loaded:"
            f" {type(error).__name__}: {reason}",
            hint,
        ) from error
    if not isinstance(spec, Spec):
        raise UserError(
            f"the package {package} adds the {kind} {entry.name!r}, but {entry.value} is no Spec",
            hint,
        )
    return spec


def get(kind: Kind, name: str) -> Spec:
    """The spec of that name; a misspelt one raises UserError with the nearest valid name."""
    known = specs(kind)
    if name not in known:
        raise unknown_name(kind, name, known)
    return known[name]
