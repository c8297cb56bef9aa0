"""A small model and tokenizer made on this machine: needs no network, starts every test."""

from __future__ import annotations

from pathlib import Path

from harness.errors import UserError
from harness.models import cache
from harness.models.sources.fetched import Fetched, Request
from harness.models.sources.subprocesses import last_line, run_python
from harness.storage.jsonl import write_json

VERSION = 1
"""Raise it whenever `make_tiny` would give another model."""


def fetch(request: Request) -> Fetched:
    """The tiny model from the cache, or made (seconds, once).

    Raises UserError where it cannot be made or the disk refuses.
    """
    folder = cache.build_once(
        request.cache / "models" / f"tiny--{VERSION}",
        lambda temporary, lock: _build(request, temporary, lock),
    )
    return Fetched(
        path=folder,
        provenance=str(request.preset["provenance"]),
        license=str(request.preset["license"]),
    )


def _build(request: Request, folder: Path, lock: int) -> None:
    request.progress(0, 1, "making the tiny model (once)")
    log = folder / "make.log"
    if run_python(["-m", "harness.models.sources.make_tiny", str(folder)], keep=lock, log=log) != 0:
        raise UserError(f"cannot make the tiny model: {last_line(log)}")
    log.unlink()
    write_json(folder / cache.MADE, {"model": "tiny", "version": VERSION})
    request.progress(1, 1, "the tiny model is ready")
