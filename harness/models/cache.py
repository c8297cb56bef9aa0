"""The user's cache: folders that exist whole or not at all, safe beside other runs."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.errors import UserError
from harness.storage.jsonl import cannot_write

VARIABLE = "CLOSEDBOOK_CACHE"
MADE = "made.json"
"""Written last into a folder that was built here; a folder without it is not trusted."""


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


def build_once(target: Path, build: Callable[[Path, int], None]) -> Path:
    """`target`, built by `build(temporary folder, lock descriptor)` unless it is there already.

    The folder is made under another name and renamed when complete, so that a kill leaves nothing
    half; a second run that wants the same folder waits for the first. Raises UserError where the
    disk refuses, and whatever `build` raises.
    """
    if (target / MADE).exists():
        return target
    with lock(target.parent / f".{target.name}.lock") as handle:
        if (target / MADE).exists():
            return target
        prefix = f".{target.name}.part-"
        for stale in target.parent.glob(f"{prefix}*"):
            shutil.rmtree(stale, ignore_errors=True)
        temporary = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
        try:
            build(temporary, handle)
            if target.exists():
                shutil.rmtree(target)
            temporary.chmod(0o755)
            temporary.rename(target)
        except OSError as error:
            raise cannot_write_cache(target, error) from error
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    return target


def cannot_write_cache(path: Path, error: OSError) -> UserError:
    """The one-line error for a cache that cannot be written, naming the way out of it."""
    plain = cannot_write(path, error)
    return UserError(plain.message, f"free some space or set {VARIABLE} to another folder")
