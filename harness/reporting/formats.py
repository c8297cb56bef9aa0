"""The forms that a report can be had in, and where each is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal, get_args

from harness.errors import UserError, unknown_name
from harness.storage.jsonl import atomic_write

FormatName = Literal["html", "md", "csv"]
FORMATS: tuple[FormatName, ...] = get_args(FormatName)
STDOUT = Path("-")
"""Given in place of a file: write to standard output."""


def chosen(format_name: str | None, out: Path | None) -> FormatName:
    """The form that was asked for, else the one that the file's ending names, else html.

    Raises UserError, with the nearest name, for a form that there is not.
    """
    known = {str(name): name for name in FORMATS}
    if format_name is None:
        return known.get(out.suffix.lstrip(".").lower() if out else "", "html")
    if format_name not in known:
        raise unknown_name("format", format_name, FORMATS)
    return known[format_name]


def put(text: str, out: Path) -> None:
    """Write the text, in one step, to a file or to standard output."""
    raw = text.encode("utf-8", "replace")
    if out == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    if out.is_dir():
        raise UserError(f"{out} is a folder", "give the file to write, or - for standard output")
    atomic_write(out, raw)
