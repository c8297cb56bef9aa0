"""The names that `[gate]` may hold: scores, as the score families declare them."""

from __future__ import annotations

import re

from harness import catalog
from harness.errors import UserError, unknown_name

_PLACE = re.compile(r"PROBE|KIND|FORM|FAMILY")
_STANDS_FOR = {
    "PROBE": "[a-z_]+",
    "KIND": "[a-z_]+",
    "FORM": "[a-z0-9_]+",
    "FAMILY": "[a-z0-9_]+",
}


def check_gate(name: str, where: str) -> None:
    """Raise UserError, with the nearest valid name, unless some family gives a score of that name.

    In a declared name PROBE, KIND, FORM and FAMILY stand for any of their kind.
    """
    declared = [option for spec in catalog.specs("score").values() for option in spec.options]
    if any(_pattern(option).fullmatch(name) for option in declared):
        return
    plain = [option for option in declared if not _PLACE.search(option)]
    problem = unknown_name("score", name, plain)
    raise UserError(f"{where}: gate: {problem.message}", problem.hint)


def _pattern(declared: str) -> re.Pattern[str]:
    """A regular expression for the names that a declared name stands for."""
    pattern = re.escape(declared)
    for place, letters in _STANDS_FOR.items():
        pattern = pattern.replace(place, letters)
    return re.compile(pattern)
