"""From a matplotlib figure to SVG text: the same bytes every time, fit to stand inside a page."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

from harness.reporting.palette import LIGHT, themed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9.0,
    "text.parse_math": False,
    "axes.edgecolor": LIGHT["muted"],
    "axes.labelcolor": LIGHT["ink"],
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "grid.color": LIGHT["line"],
    "grid.linewidth": 0.6,
    "text.color": LIGHT["ink"],
    "xtick.color": LIGHT["muted"],
    "ytick.color": LIGHT["muted"],
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "savefig.facecolor": "none",
    "savefig.edgecolor": "none",
}

NARROW = 3.4
"""Inches of a figure for a phone: drawn so small, its letters are large where it fills the page."""


@contextmanager
def drawing(width: float, height: float, name: str, fonts: str = "none") -> Iterator[Figure]:
    """A figure of that many inches in the report's style, independent of the user's settings.

    `name` salts the identifiers inside the SVG, so that two figures of a page never share one.
    `fonts` is "none" for text in the reader's fonts, "path" for letters drawn as shapes, which look
    the same wherever a file of its own is opened.
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context():
        mpl.rcdefaults()
        settings: Any = _STYLE | {"svg.hashsalt": name, "svg.fonttype": fonts}
        mpl.rcParams.update(settings)
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(figure)
        yield figure


def raw(figure: Figure) -> str:
    """The SVG document as matplotlib writes it, without date and creator."""
    buffer = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(buffer, format="svg", metadata=nothing)
    return buffer.getvalue()


def inline(figure: Figure, title: str, description: str) -> str:
    """SVG to stand inside HTML: no prolog, no group ids, page fonts, themed, with a text
    alternative."""
    text = re.sub(r"^.*?(?=<svg)", "", raw(figure), count=1, flags=re.DOTALL)
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL)
    text = re.sub(r'<g id="[^"]*"', "<g", text)
    text = re.sub(r"font-family: [^;\"]*;? ?", "", text)
    text = re.sub(r"font: (\d[\d.]*)px [^;\"]*", r"font-size: \1px", text)
    box = re.search(r'viewBox="([^"]*)"', text)
    label = escape(f"{title}. {description}", quote=True)
    head = f'<svg role="img" aria-label="{label}" viewBox="{box.group(1) if box else ""}"'
    text = re.sub(
        r"<svg[^>]*>",
        head + ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">',
        text,
        count=1,
    )
    return themed(text.strip())


def fitting(make: Callable[..., str], plain: Any) -> str:
    """A figure twice, of which the page's style shows one: for a column, and for a phone."""
    return f'<div class="broad">{make(plain)}</div><div class="narrow">{make(plain, NARROW)}</div>'


def standalone(figure: Figure, title: str, description: str) -> str:
    """An SVG file of its own on white, with a text alternative."""
    text = raw(figure)
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    label = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return re.sub(
        r"(<svg[^>]*>)", rf'\1{label}<rect width="100%" height="100%" fill="white"/>', text, count=1
    )
