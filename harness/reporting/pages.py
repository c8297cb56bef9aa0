"""What every page is made with: the templates, their filters, and the style."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from harness.reporting.cells import sortable
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
    environment.filters["sortable"] = sortable
    environment.filters["anchor"] = anchor
    return environment.get_template(template).render(**values)


def anchor(name: str, kind: str) -> str:
    """The id of a part of the page: "variant-instruct-nf4", "column-knows-as-taught".

    Names of variants may hold anything; two never get the same id.
    """
    if kind == "variant":
        return "variant-" + quote(name, safe="").replace("~", "~7E").replace("%", "~")
    return f"{kind}-" + re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")


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
