"""Why a phase ended: exceptions and exit codes as one line for people."""

from __future__ import annotations

import errno
import signal

from harness.errors import PhaseFailure, Unavailable, UserError
from harness.execution.tasks import Outcome

LONGEST = 600
"""Characters of a reason; the log has the rest."""

NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
NO_SPACE_TEXTS = ("No space left on device", "os error 28", "Disk quota exceeded")
NO_MEMORY_TEXTS = ("not enough memory", "can't allocate memory", "out of memory")


def of_exception(error: BaseException) -> Outcome:
    """How a phase ended that raised `error`."""
    if isinstance(error, Unavailable):
        return Outcome(state="unavailable", reason=one_line(str(error)))
    refused = _refused(error)
    if refused is not None:
        return Outcome(state="interrupted", reason=refused.message, refused=refused)
    if isinstance(error, PhaseFailure):
        return Outcome(state="failed", reason=one_line(str(error)))
    if _out_of_memory(error):
        return Outcome(state="failed", reason=one_line(f"out of memory: {error}"))
    kind = type(error).__name__
    return Outcome(state="failed", reason=one_line(f"{kind}: {error}" if str(error) else kind))


def of_exit_code(code: int | None) -> Outcome:
    """How a process ended that said nothing before it was gone. Negative codes are signals."""
    if code is None:
        return Outcome(state="failed", reason="the process was lost together with its template")
    if code == -signal.SIGKILL:
        reason = "killed by SIGKILL, most likely by the system because memory ran out"
    elif code < 0:
        reason = f"killed by {_signal_name(-code)}"
    else:
        reason = f"the process ended with exit code {code} before the phase was done"
    return Outcome(state="failed", reason=reason)


def one_line(text: str) -> str:
    """The text without line breaks, cut where it is too long to read."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 3] + "..."


def _refused(error: BaseException) -> UserError | None:
    """The error that only the user can mend, where it is one."""
    if isinstance(error, UserError):
        return error
    full = isinstance(error, OSError) and error.errno in NO_SPACE
    # safetensors reports the disk's refusal as an error type of its own, as text.
    if full or any(text in str(error) for text in NO_SPACE_TEXTS):
        name = getattr(error, "filename", None)
        where = f" {name}" if name else ""
        return UserError(
            f"cannot write{where}: no space left on the disk",
            "free some space or choose another folder with --out; the same command continues",
        )
    return None


def _out_of_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    return isinstance(error, RuntimeError) and any(text in str(error) for text in NO_MEMORY_TEXTS)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
