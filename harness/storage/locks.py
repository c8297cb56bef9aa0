"""One writer a run folder."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from harness.errors import UserError
from harness.storage.jsonl import cannot_write


class RunLock:
    """Held by the one process that writes into a run folder; a context manager.

    The operating system frees the lock when its holder dies, however it dies, so a stale file is
    simply taken over. The file says who holds it. Raises UserError, naming the holder, where
    another process (or thread) has it, and where the folder cannot be written.
    """

    def __init__(self, path: Path, command: str = "") -> None:
        self.path = path
        self.command = command
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock or raise UserError."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = self.path.open("a+", encoding="utf-8")
        except OSError as error:
            raise cannot_write(self.path, error) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            text = file.read()
            file.close()
            raise _held(self.path.parent, _holder(text)) from error
        except OSError as error:
            file.close()
            raise cannot_write(self.path, error) from error
        self._file = file
        self._write(
            {
                "pid": os.getpid(),
                "host": socket.gethostname(),
                "started": datetime.now(UTC).isoformat(timespec="seconds"),
                "command": self.command,
            }
        )

    def release(self) -> None:
        """Give the lock back. The file stays: removing it could free another one's lock."""
        if self._file is None:
            return
        try:
            self._file.truncate(0)
        finally:
            self._file.close()
            self._file = None

    def _write(self, holder: dict[str, Any]) -> None:
        assert self._file is not None
        try:
            self._file.truncate(0)
            self._file.write(json.dumps(holder))
            self._file.flush()
        except OSError as error:
            self.release()
            raise cannot_write(self.path, error) from error

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _holder(text: str) -> dict[str, Any]:
    """What a lock file says; nothing where its holder has not written it yet."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _held(folder: Path, holder: dict[str, Any]) -> UserError:
    who = f"process {holder['pid']} on {holder['host']}" if "pid" in holder else "another process"
    since = f" since {holder['started']}" if "started" in holder else ""
    return UserError(
        f"{folder} is being written by {who}{since}",
        "wait for it or stop it, or choose another folder with --out",
    )
