"""Peak memory of a phase: the processor's by the kernel's own high-water mark, CUDA's by torch.

On Linux the mark (`VmHWM`) is reset when the phase begins and read when it ends; what the process
held before, and the code of libraries that is first touched during the phase, are taken off.
Loading a model has a peak of its own (`models.load` reads it and resets the mark), so that the
peak of training or answering is that of the work and not of reading a file.
Elsewhere only the process's lifetime peak is known, and it is labelled so.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from harness.models import residence
from harness.records import Resources

_MAPS = Path("/proc/self/smaps")


class PeakMeter:
    """Measures what runs inside `with PeakMeter(device) as meter`; read it after the block.

    Works on CUDA without touching the processor's figures, and imports torch only for CUDA.
    """

    def __init__(self, device: str = "cpu") -> None:
        self.device = device
        self.peak_bytes: int | None = None
        """Peak of the phase: on CUDA of allocated device memory, else of the process, in bytes."""
        self.process_bytes: int | None = None
        """Peak of the process above what it held when the phase began."""
        self.total_bytes: int | None = None
        """Peak of the process with everything that it held before: libraries above all."""
        self.reserved_bytes: int | None = None
        """CUDA: peak that torch's allocator held."""
        self.used_bytes: int | None = None
        """CUDA: what the device has in use at the end, by all processes."""
        self.retries: int | None = None
        """CUDA: allocations that first failed and had to be repeated."""
        self.method = ""
        """How `process_bytes` was found: "high-water mark" or "lifetime peak"."""
        self._level = 0
        self._code = 0
        self._reset = False

    def __enter__(self) -> Self:
        if self.device.startswith("cuda"):
            import torch

            torch.cuda.reset_peak_memory_stats(self.device)
        level = residence.held()
        self._reset = level is not None and residence.reset_peak()
        if level is not None and self._reset:
            self._level, self._code = level, _code_bytes()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        peak = residence.peak() if self._reset else None
        if peak is not None:
            self.method = "high-water mark"
            self.total_bytes = peak
            touched = max(0, _code_bytes() - self._code)
            self.process_bytes = max(0, peak - self._level - touched)
        else:
            self.method = "lifetime peak"
            self.total_bytes = self.process_bytes = _lifetime_peak()
        self.peak_bytes = self.process_bytes
        if self.device.startswith("cuda"):
            self._read_cuda()

    def resources(self, phase: str) -> Resources:
        """What was measured as resources of `phase`, None where it does not apply left out."""
        found: Resources = {
            f"memory.peak_{phase}_bytes": self.peak_bytes,
            f"memory.peak_{phase}_process_bytes": self.process_bytes,
            f"memory.peak_{phase}_total_bytes": self.total_bytes,
            f"memory.peak_{phase}_reserved_bytes": self.reserved_bytes,
            f"memory.device_used_{phase}_bytes": self.used_bytes,
            f"memory.{phase}_allocation_retries": self.retries,
        }
        return {name: value for name, value in found.items() if value is not None}

    def _read_cuda(self) -> None:
        import torch

        torch.cuda.synchronize(self.device)
        statistics: dict[str, Any] = torch.cuda.memory_stats(self.device)
        self.peak_bytes = torch.cuda.max_memory_allocated(self.device)
        self.reserved_bytes = torch.cuda.max_memory_reserved(self.device)
        free, total = torch.cuda.mem_get_info(self.device)
        self.used_bytes = total - free
        self.retries = int(statistics.get("num_alloc_retries", 0))


def _code_bytes() -> int:
    """Resident bytes of mapped shared libraries.

    A forked process maps them anew and touches them one page after the other, which is no memory
    that the phase asked for.
    """
    total, library = 0, False
    for line in _MAPS.read_text().splitlines():
        if line.startswith("Rss:"):
            total += int(line.split()[1]) * 1024 if library else 0
        elif "-" in line.split(" ", 1)[0]:
            library = ".so" in line.rpartition("/")[2]
    return total


def _lifetime_peak() -> int:
    """Peak resident bytes since the process began (macOS counts bytes, others kilobytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
