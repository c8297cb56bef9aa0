"""The model's own process, seen from the launcher: batches of prompts in, replies out.

The process is started by the first batch that needs it and ends with the launcher, however that
ends. Batches and replies travel as lines of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol, Self

import harness
from harness.errors import PhaseFailure, Unavailable, UserError
from harness.records import ResolvedModel
from harness.storage.jsonl import canonical

_ERRORS: dict[str, type[Exception]] = {
    "UserError": UserError,
    "Unavailable": Unavailable,
    "PhaseFailure": PhaseFailure,
}
GRACE_S = 5.0
"""How long the process may take to end by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Replies that are written side by side."""

    turns: tuple[str, ...]
    """What the user says, one a row; the chat template goes around it."""
    openings: tuple[str, ...]
    """How each reply begins ("" for nothing): part of what the model is given."""
    max_new_tokens: int
    stop_strings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the model wrote, without the opening, and why it stopped."""

    text: str
    stop: str
    new_tokens: int


class Asker(Protocol):
    """Whoever can be asked a batch."""

    def ask(self, batch: Batch) -> list[Reply]:
        """Replies in the order of the rows."""


class ModelProcess:
    """A model in a process of its own; a context manager. Nothing starts before the first batch.

    Raises UserError where the process ends by itself, and passes on what it raised.
    """

    def __init__(
        self, model: ResolvedModel, *, quantization: str, threads: int, device: str
    ) -> None:
        self._order = {
            "model": model,
            "quantization": quantization,
            "threads": threads,
            "device": device,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    @property
    def pid(self) -> int | None:
        """Number of the process; None while there is none."""
        return self._process.pid if self._process is not None else None

    def ask(self, batch: Batch) -> list[Reply]:
        """See `Asker.ask`."""
        if self._process is None:
            self._start()
        answer = self._exchange({"batch": batch})
        return [Reply(**reply) for reply in answer["replies"]]

    def _start(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="closedbook-writing-")
        order = Path(self._folder.name) / "order.json"
        order.write_text(canonical(self._order), encoding="utf-8")
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (closed in `close`)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "harness.writing.worker", str(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=_environment(int(str(self._order["threads"])), str(self._order["device"])),
        )

    def _exchange(self, message: dict[str, Any]) -> dict[str, Any]:
        """Send one line and wait for one."""
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(canonical(message).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = b""
        if not line.endswith(b"\n"):
            raise self._gone()
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise _ERRORS[answer["kind"]](answer["error"], *answer["hint"])
        return answer

    def _gone(self) -> UserError:
        assert self._process is not None
        code = self._process.wait()
        why = f"signal {-code}" if code < 0 else f"exit code {code}"
        last = self._last_line()
        return UserError(
            f"the process of the model that writes questions ended ({why}){last and f': {last}'}",
            "if memory ran out, set writing.batch_size lower; what was finished is kept",
        )

    def _last_line(self) -> str:
        assert self._log is not None
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        return lines[-1].strip() if lines else ""

    def close(self) -> None:
        """End the process. It ends by itself once nobody can ask any more."""
        process, self._process = self._process, None
        if process is not None:
            assert process.stdin is not None
            assert process.stdout is not None
            process.kill()
            process.wait(GRACE_S)
            process.stdin.close()
            process.stdout.close()
        if self._log is not None:
            self._log.close()
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _environment(threads: int, device: str) -> dict[str, str]:
    """The variables of the model's process: its threads, no network, repeatable arithmetic."""
    root = str(Path(harness.__file__).resolve().parent.parent)
    paths = [root, *(entry or os.getcwd() for entry in sys.path)]
    own = dict.fromkeys(
        ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), f"{threads}"
    )
    own |= {
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        "PYTHONHASHSEED": "0",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "OMP_DYNAMIC": "FALSE",
        "MKL_DYNAMIC": "FALSE",
        "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
        # Rows finish one by one: kernels kept for every row count ever seen take much memory.
        "LRU_CACHE_CAPACITY": "64",
        "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "64",
    }
    if device == "cpu":
        own["CUDA_VISIBLE_DEVICES"] = ""
    return {**os.environ, **own}
