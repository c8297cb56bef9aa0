"""What every page is made with: the templates, their filters, and the style."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.reporting.palette import DARK, LIGHT, declarations
from harness.reporting.wording import clipped, visible

TEMPLATES = Path(__file__).parent / "templates"


def rendered(template: str, values: Mapping[str, Any]) -> str:
    """The page as text; whatever is no markup of ours is escaped, a name that is missing raises."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["visible"] = visible
    environment.filters["clipped"] = clipped
    return environment.get_template(template).render(**values)


def style(*sheets: str) -> str:
    """The colours of both schemes and the rules of these style sheets, in their order."""
    light, dark = declarations(LIGHT), declarations(DARK)
    rules = "".join((TEMPLATES / sheet).read_text(encoding="utf-8") for sheet in sheets)
    return (
        f":root {{ color-scheme: light dark; {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ @media screen {{ :root {{ {dark} }} }} }}\n{rules}"
    )


def script(*files: str) -> str:
    """These scripts one after the other, with names that no other script of the page can see."""
    parts = "".join((TEMPLATES / file).read_text(encoding="utf-8") for file in files)
    return f'(() => {{\n"use strict";\n{parts}}})();'
