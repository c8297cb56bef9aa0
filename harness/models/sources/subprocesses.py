"""Running a helper in its own process, so that the launcher stays free of torch."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import harness


def run_python(
    arguments: Sequence[str],
    *,
    keep: int,
    log: Path,
    settings: dict[str, str] | None = None,
    waiting: Callable[[], None] | None = None,
) -> int:
    """Run this Python with `arguments`; returns its exit status, its output goes to `log`.

    `keep` is a lock's descriptor: the child inherits it, so a lock outlives a killed launcher for
    as long as the child writes. `waiting` is called about five times a second. The child is ended
    when this process is interrupted.
    """
    root = str(Path(harness.__file__).resolve().parent.parent)
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)} | (settings or {})
    with log.open("wb") as output:
        child = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            pass_fds=(keep,),
        )
        try:
            while True:
                try:
                    return child.wait(timeout=0.2)
                except subprocess.TimeoutExpired:
                    if waiting is not None:
                        waiting()
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()


def last_line(log: Path) -> str:
    """The last line that says something in a helper's output."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines()]
    return next((line for line in reversed(lines) if line), "no output")
