"""Files that survive a kill: append-only lines, and replacement in one step."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from harness.errors import UserError

_ONE_A_LINE = 'every line is one JSON object, {"name": value, ...}'


def plain(value: Any) -> Any:
    """Turn records, paths, tuples and sets into what JSON knows; sets come out sorted."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(plain(item) for item in value)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    return value


def canonical(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, no NaN. Equal values give equal text."""
    return json.dumps(
        plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def atomic_write(path: Path, data: str | bytes) -> None:
    """Replace `path` in one step: after a kill it holds the old content or the new, never a part.

    Raises UserError where the file cannot be written (a full disk, no permission); what was there
    before is then untouched.
    """
    raw = data.encode() if isinstance(data, str) else data
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> UserError:
    """The one-line error for a file that cannot be written."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    hint = "free some space, or choose another place with --out"
    return UserError(
        f"cannot write {path}: {reason}", hint if full else "choose another place with --out"
    )


def write_json(path: Path, value: Any) -> None:
    """Write indented JSON with sorted keys, atomically."""
    text = json.dumps(plain(value), indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
    atomic_write(path, text + "\n")


def write_jsonl(path: Path, records: Iterable[Any]) -> None:
    """Write one record a line, atomically (for files that are made whole)."""
    atomic_write(path, "".join(canonical(record) + "\n" for record in records))


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Read one JSON object a line; a line that does not fit is an error with file and line."""
    return _objects(path, _bytes(path))


def read_appended(path: Path) -> list[dict[str, Any]]:
    """The same for a file that grows line by line: a torn last line is not yet one of them.

    Nothing is written: whoever goes on with the file cuts that line off (`drop_torn_line`).
    """
    raw = _bytes(path)
    return _objects(path, raw[: raw.rfind(b"\n") + 1])


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"cannot read {path}: {os.strerror(error.errno or 0)}") from error


def _objects(path: Path, raw: bytes) -> list[dict[str, Any]]:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8: {error.reason}", "save it as UTF-8") from error
    return [value for _, value in numbered(text, path)]


def numbered(text: str, path: Path) -> list[tuple[int, dict[str, Any]]]:
    """The line number (from 1) and the object of every line of `text` that is not empty.

    Raises UserError with the file, the line and the reason for a line that is no JSON object.
    """
    found = []
    # Only "\n" ends a record: an answer may hold U+2028 and the other ends of `splitlines`.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            raise UserError(f"{path}:{number}: not JSON: {reason}", _ONE_A_LINE) from error
        if not isinstance(value, dict):
            raise UserError(
                f"{path}:{number}: expected a JSON object, found {type(value).__name__}",
                _ONE_A_LINE,
            )
        found.append((number, value))
    return found


class Appender:
    """An append-only file of JSON lines; each group of lines is flushed to the disk together."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("ab")

    def append(self, records: Iterable[Any]) -> None:
        """Write all records and flush. Raises UserError where the disk refuses."""
        try:
            self._file.write("".join(canonical(record) + "\n" for record in records).encode())
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def drop_torn_line(path: Path) -> str | None:
    """Cut an unfinished last line off an append-only file; returns what was cut, or None."""
    if not path.exists():
        return None
    raw = path.read_bytes()
    if not raw or raw.endswith(b"\n"):
        return None
    keep = raw.rfind(b"\n") + 1
    with path.open("r+b") as file:
        file.truncate(keep)
    return raw[keep:].decode(errors="replace")
