"""The user's cache: folders that exist whole or not at all, safe beside other runs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from harness.storage.caches import VARIABLE, cannot_write_cache, folder, lock

__all__ = ["MADE", "VARIABLE", "build_once", "cannot_write_cache", "folder", "lock"]

MADE = "made.json"
"""Written last into a folder that was built here; a folder without it is not trusted."""


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
