"""The user's cache: where it is, and a lock for what is made in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.errors import UserError
from harness.storage.jsonl import cannot_write

VARIABLE = "CLOSEDBOOK_CACHE"


def folder() -> Path:
    """CLOSEDBOOK_CACHE, or the platform's place for caches."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "closedbook"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "closedbook"


@contextmanager
def lock(path: Path) -> Iterator[int]:
    """Hold an exclusive lock on `path`; yields its descriptor, which child processes may inherit.

    The kernel lets go of it when the last process that has it ends, however it ends. Raises
    UserError where the file cannot be made.
    """
    import fcntl

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise cannot_write_cache(path, error) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def cannot_write_cache(path: Path, error: OSError) -> UserError:
    """The one-line error for a cache that cannot be written, naming the way out of it."""
    plain = cannot_write(path, error)
    return UserError(plain.message, f"free some space or set {VARIABLE} to another folder")
