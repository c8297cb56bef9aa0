"""What this machine offers to workers: cores, memory, an accelerator. Imports no torch."""

from __future__ import annotations

import ctypes
import importlib.metadata
import json
import math
import os
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from harness.errors import UserError
from harness.records import ResolvedModel

LIBRARIES_BYTES = 1_000_000_000
"""What a worker needs before it has loaded a model."""
BYTES_PER_PARAMETER = 10
"""Peak of a phase over the number of weights: 4 for the weights in 32 bit, the rest for
activations, adapters with their optimizer, and a load that holds two kinds at once. Generous on
purpose: what is started side by side must not swap."""


def usable_cores() -> int:
    """Processors this process may use: its affinity and, in a container, its quota; at least 1."""
    count = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    with suppress(OSError, ValueError):
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        count = min(count, int(int(quota) / int(period)))
    return max(1, count)


def available_memory() -> int:
    """Bytes that new processes may take without swapping."""
    free = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError):
        found = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text())
        free = int(found[1]) * 1024 if found else free
    with suppress(OSError, ValueError):
        group = Path("/sys/fs/cgroup")
        limit = int((group / "memory.max").read_text())
        free = min(free, limit - int((group / "memory.current").read_text()))
    return max(0, free)


def memory_need(model: ResolvedModel) -> int:
    """Bytes that a worker with this model takes at most, estimated from its number of weights."""
    files = model.path.glob("*.safetensors")
    return LIBRARIES_BYTES + BYTES_PER_PARAMETER * sum(_parameters(path) for path in files)


def _parameters(path: Path) -> int:
    """Weights in a safetensors file: 8 bytes with the header's length, then JSON with shapes."""
    with path.open("rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    return sum(
        math.prod(tensor["shape"]) for name, tensor in header.items() if name != "__metadata__"
    )


def jobs_that_fit(threads: int, need: int, device: str) -> int:
    """How many workers run side by side: one a group of `threads` cores, as far as memory goes.

    An accelerator is not shared: its memory would be, and peaks and speeds with it.
    """
    if device.startswith("cuda"):
        return 1
    return max(1, min(usable_cores() // max(1, threads), available_memory() // max(1, need)))


def resolve_device(wanted: str) -> str:
    """ "cpu", "cuda" or "cuda:N" for what `--device` says; "auto" looks for a usable GPU.

    Raises UserError for anything else, and for a GPU where there is none. Whether torch can use
    that very one is verified in the worker.
    """
    if wanted == "auto":
        return "cuda" if has_gpu() else "cpu"
    if wanted == "cpu":
        return wanted
    if re.fullmatch(r"cuda(:\d+)?", wanted):
        if not has_gpu():
            raise UserError(
                f"{wanted!r} cannot be used: there is no NVIDIA GPU here that torch can reach",
                "use --device cpu, or install a build of torch for CUDA",
            )
        return wanted
    raise UserError(f"unknown device {wanted!r}", "valid: auto, cpu, cuda, cuda:N")


def has_gpu() -> bool:
    """Whether an NVIDIA GPU is there, not hidden, and the installed torch is built for one."""
    if os.environ.get("CUDA_VISIBLE_DEVICES", "0").strip() in ("", "-1"):
        return False
    with suppress(importlib.metadata.PackageNotFoundError):
        if "+cpu" in importlib.metadata.version("torch"):
            return False
    with suppress(OSError):
        if any(Path("/proc/driver/nvidia/gpus").iterdir()):
            return True
    return _gpus_of_the_driver() > 0


def _gpus_of_the_driver() -> int:
    """How many GPUs NVIDIA's management library counts; 0 without it. WSL has no other sign."""
    try:
        library = ctypes.CDLL("libnvidia-ml.so.1")
    except OSError:
        return 0
    count = ctypes.c_uint(0)
    if library.nvmlInit_v2() != 0:
        return 0
    found = library.nvmlDeviceGetCount_v2(ctypes.byref(count))
    library.nvmlShutdown()
    return count.value if found == 0 else 0


def quiet_cores(count: int, seconds: float = 0.2) -> tuple[int, ...]:
    """The `count` least busy usable processors, one a physical core as far as they go.

    Empty where the system cannot pin, or where all would be taken anyway.
    """
    if not hasattr(os, "sched_getaffinity"):
        return ()
    usable = sorted(os.sched_getaffinity(0))
    if count >= len(usable):
        return ()
    before = _busy_ticks()
    time.sleep(seconds)
    after = _busy_ticks()
    load = {core: after.get(core, 0) - before.get(core, 0) for core in usable}
    ordered = sorted(usable, key=lambda core: (load[core], core))
    return tuple(sorted(_apart(ordered)[:count]))


def _busy_ticks() -> dict[int, int]:
    """Ticks each processor has worked since the start (user, nice, system, irq, softirq, steal)."""
    found = {}
    with suppress(OSError):
        for line in Path("/proc/stat").read_text().splitlines():
            name, *ticks = line.split()
            if re.fullmatch(r"cpu\d+", name):
                numbers = [int(tick) for tick in ticks]
                found[int(name[3:])] = sum(numbers[:3]) + sum(numbers[5:8])
    return found


def _apart(cores: Iterable[int]) -> list[int]:
    """The same order, but hardware threads of a core already taken come last."""
    first: list[int] = []
    later: list[int] = []
    seen: set[str] = set()
    for core in cores:
        siblings = str(core)
        with suppress(OSError):
            topology = Path(f"/sys/devices/system/cpu/cpu{core}/topology")
            siblings = (topology / "thread_siblings_list").read_text().strip()
        (later if siblings in seen else first).append(core)
        seen.add(siblings)
    return first + later
