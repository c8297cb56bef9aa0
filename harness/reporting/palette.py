"""Colours: one accent, and categories that remain apart for colour-blind readers and in grey.

The categories are taken from Okabe and Ito's palette, darkened where a line has to stand on white.
Every name is a CSS variable of the report; figures are drawn in the light values, which are then
replaced by the variables, so that a figure follows the page into the dark.
"""

from __future__ import annotations

LIGHT: dict[str, str] = {
    "paper": "#fdfcf9",
    "panel": "#f5f3ed",
    "ink": "#1d1c1a",
    "muted": "#66635d",
    "line": "#dcd8ce",
    "accent": "#0b6477",
    "accent-soft": "#d3e7ea",
    "outside": "#2a5590",
    "text": "#cc5500",
    "other": "#b58b9b",
    "refused": "#8fb8a5",
    "unscored": "#c9c5bb",
    "correct": "#0a7a5c",
    "wrong": "#b8471b",
    "heat-all": "#bfe3d3",
    "heat-asked": "#f4dfa4",
    "heat-recited": "#c9d9f0",
    "heat-missed": "#f3cdbb",
}
DARK: dict[str, str] = {
    "paper": "#16181b",
    "panel": "#1f2226",
    "ink": "#e9e6df",
    "muted": "#a5a199",
    "line": "#3a3e44",
    "accent": "#6cc4d6",
    "accent-soft": "#1d4450",
    "outside": "#7ba9de",
    "text": "#f08a3c",
    "other": "#c79fb0",
    "refused": "#5f8f7b",
    "unscored": "#5d5f63",
    "correct": "#5fcba6",
    "wrong": "#f2936b",
    "heat-all": "#1f4d3f",
    "heat-asked": "#574717",
    "heat-recited": "#2b3f5f",
    "heat-missed": "#5c2f1f",
}


def declarations(colours: dict[str, str]) -> str:
    """CSS custom properties, one line."""
    return " ".join(f"--{name}: {value};" for name, value in colours.items())


def themed(svg: str) -> str:
    """The drawing with every colour of the light palette replaced by its CSS variable."""
    for name, value in LIGHT.items():
        svg = svg.replace(value, f"var(--{name})")
    return svg
