"""From the bytes of a user's file to its text: UTF-8, or UTF-16 with a byte-order mark."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

from harness.errors import UserError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte-order marks; those of UTF-32 begin like those of UTF-16 and so come first."""


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises UserError where there is none, or it cannot be read."""
    if not path.exists():
        raise UserError(f"no file at {path}", "check the path")
    if not path.is_file():
        raise UserError(f"{path} is not a file", "give the path of a file")
    try:
        return path.read_bytes()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise UserError(f"cannot read {path}: {reason}", "check its permissions") from error


def read_text(path: Path, *, may_be_empty: bool = False) -> str:
    """The text of a file, without its byte-order mark, every end of line as one "\\n".

    An encoding is never guessed: a wrong guess would train on wrong letters. Raises UserError with
    the line and the byte where the file is not UTF-8 (or what its mark says), where it holds a NUL,
    and, unless it may, where it is empty or holds only white space.
    """
    text = _decoded(read_bytes(path), path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _no_nul(text, path)
    if not text.strip() and not may_be_empty:
        what = "holds only white space" if text else "is empty"
        raise UserError(f"{path} {what}", "there is nothing in it to learn or to ask")
    return text


def _decoded(raw: bytes, path: Path) -> str:
    encoding = "utf-8"
    for mark, name in _MARKS:
        if raw.startswith(mark):
            encoding, raw = name, raw[len(mark) :]
            break
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, errors="replace")
        line = before.count("\n") + 1
        byte = raw[error.start]
        raise UserError(
            f"{path}:{line}: not {encoding.upper()}: byte 0x{byte:02X} at position {error.start}"
            f" ({error.reason})",
            _advice(raw, error, path.name) if encoding == "utf-8" else "save it as UTF-8",
        ) from error


def _advice(raw: bytes, error: UnicodeDecodeError, name: str) -> str:
    """What the byte would be in the encoding of old Windows programs, and how to convert it."""
    around = raw[max(0, error.start - 12) : error.start + 12]
    try:
        shown = around.decode("cp1252")
    except UnicodeDecodeError:
        return "save it as UTF-8"
    shown = " ".join(shown.split())
    return (
        f'as Windows-1252 it would read "{shown}"; if that is right, save it as UTF-8:'
        f" iconv -f WINDOWS-1252 -t UTF-8 {name}"
    )


def _no_nul(text: str, path: Path) -> None:
    at = text.find("\0")
    if at < 0:
        return
    line = text.count("\n", 0, at) + 1
    half = text.count("\0") * 3 > len(text)
    raise UserError(
        f"{path}:{line}: a NUL character",
        "it looks like UTF-16 without a byte-order mark: save it as UTF-8"
        if half
        else "it is no plain text, or it is damaged: save it as UTF-8 text",
    )
