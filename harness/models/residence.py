"""Main memory of this process: what it holds, the most it held, and giving back what is free.

Linux keeps a high-water mark a process (`VmHWM`) that can be reset; elsewhere there is none and the
functions say so with None or False.
"""

from __future__ import annotations

import ctypes
import re
from contextlib import suppress
from pathlib import Path

_STATUS = Path("/proc/self/status")
_REFS = Path("/proc/self/clear_refs")
_RESET_PEAK = "5"
"""What /proc/PID/clear_refs takes to reset the peak resident set size (man 5 proc)."""


def held() -> int | None:
    """Bytes resident now."""
    return _field("VmRSS")


def peak() -> int | None:
    """The most bytes resident since the process began or `reset_peak` was last called."""
    return _field("VmHWM")


def reset_peak() -> bool:
    """Let the mark start anew from what is held now; False where that is not possible."""
    if not _REFS.exists():
        return False
    try:
        _REFS.write_text(_RESET_PEAK)
    except OSError:
        return False
    return True


def give_back() -> None:
    """Return freed memory to the system, which glibc otherwise keeps for later requests.

    Loading a quantized model frees several times of what stays; kept, it would hide what a level
    saves. Other C libraries have no such call and keep little.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _field(name: str) -> int | None:
    if not _STATUS.exists():
        return None
    found = re.search(rf"^{name}:\s+(\d+) kB", _STATUS.read_text(), re.MULTILINE)
    return int(found[1]) * 1024 if found else None
