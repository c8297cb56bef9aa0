"""`closedbook list`: what a suite can name, one line each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import cast

from harness import catalog, shipped

KINDS: dict[str, catalog.Kind] = {
    "models": "model",
    "recipes": "recipe",
    "levels": "level",
    "probes": "probe",
    "scores": "score",
    "writers": "writer",
    "answerers": "answerer",
    "forms": "forms",
}


def show_list(what: str) -> None:
    """Print name and one line for everything of that kind."""
    print(table(_suites() if what == "suites" else _specs(what)))


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Two aligned columns."""
    pairs = list(rows)
    width = max((len(name) for name, _ in pairs), default=0)
    return "\n".join(f"{name:<{width}}  {line}".rstrip() for name, line in pairs)


def _suites() -> list[tuple[str, str]]:
    found = []
    for name in shipped.names("suites"):
        content = tomllib.loads(shipped.find("suites", name).read_text(encoding="utf-8"))
        found.append((name, cast(str, content.get("description", ""))))
    return found


def _specs(what: str) -> list[tuple[str, str]]:
    """Specs by name and line; of scores, the single ones that a family gives."""
    if what == "scores":
        families = catalog.specs("score").values()
        return [item for family in families for item in family.options.items()]
    return [(spec.name, spec.line) for spec in catalog.specs(KINDS[what]).values()]
