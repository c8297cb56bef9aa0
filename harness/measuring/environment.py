"""Software and hardware that a phase ran on, and how two of them differ. Imports no torch."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

PACKAGES = (
    "closedbook",
    "torch",
    "transformers",
    "tokenizers",
    "safetensors",
    "peft",
    "bitsandbytes",
    "trl",
    "accelerate",
    "datasets",
    "evaluate",
    "numpy",
    "scipy",
    "bm25s",
)
"""Packages whose version can change an answer, a figure or a score."""

VARIABLES = (
    *("OMP_WAIT_POLICY", "OMP_DYNAMIC", "OMP_SCHEDULE", "OMP_PROC_BIND", "OMP_PLACES"),
    *("GOMP_SPINCOUNT", "GOMP_CPU_AFFINITY", "KMP_AFFINITY", "KMP_BLOCKTIME"),
    *("MKL_CBWR", "MKL_DYNAMIC", "MKL_ENABLE_INSTRUCTIONS", "ONEDNN_MAX_CPU_ISA"),
    *("DNNL_MAX_CPU_ISA", "OPENBLAS_CORETYPE", "ATEN_CPU_CAPABILITY"),
    *("CUBLAS_WORKSPACE_CONFIG", "CUDA_LAUNCH_BLOCKING", "NVIDIA_TF32_OVERRIDE"),
    *("PYTORCH_CUDA_ALLOC_CONF", "PYTORCH_ALLOC_CONF", "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE"),
)
"""Variables that decide which kernels run, how threads wait and where memory comes from. Threads
are not among them: workers get the suite's `threads`, whatever the shell says."""
_VECTORS = (
    *("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8"),
    *("asimd", "bf16", "i8mm", "sve"),
)
"""Instruction sets that decide which kernels run."""


def describe(device: str, threads: int) -> dict[str, Any]:
    """Plain data: software versions, hardware, threads and the variables that steer libraries.

    Equal on two starts of one machine. `device` "auto" looks for a GPU as "cuda" does.
    """
    return {
        "software": _software(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "hardware": {
            "cpu": _cpu(),
            "vectors": _vectors(),
            "cores": os.cpu_count() or 1,
            "memory_bytes": _memory(),
            "gpu": None if device == "cpu" else _gpu(device),
        },
        "threads": threads,
        "device": device,
        "variables": {
            name: os.environ[name]
            for name in sorted(VARIABLES)
            # A path would name this machine's folders in what is published.
            if name in os.environ and "/" not in os.environ[name]
        },
    }


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What differs between two descriptions, one "torch 2.13.0 -> 2.14.0" a line, sorted.

    When and with which command a run was started is no difference.
    """
    old, new = _flat(before), _flat(after)
    return [
        f"{name} {old.get(name, 'absent')} -> {new.get(name, 'absent')}"
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]


_NOT_COMPARED = ("started", "command")


def _flat(description: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Leaves by a short name: packages and variables by their own, the rest by their path."""
    found: dict[str, Any] = {}
    for key, value in description.items():
        if not prefix and key in _NOT_COMPARED:
            continue
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            short = "" if name in ("software", "variables", "hardware") else f"{name} "
            found |= _flat(value, short)
        else:
            found[name] = value
    return found


def _software() -> dict[str, str]:
    found = {}
    for package in PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            found[package] = metadata.version(package)
    return found


def _cpu() -> str:
    """The processor's name."""
    match = re.search(r"^model name\s*:\s*(.+)$", _cpuinfo(), re.MULTILINE)
    return match[1].strip() if match else platform.processor() or platform.machine()


def _vectors() -> list[str]:
    """Those instruction sets that decide which kernels run."""
    match = re.search(r"^(?:flags|Features)\s*:\s*(.+)$", _cpuinfo(), re.MULTILINE)
    have = set(match[1].split()) if match else set()
    return [name for name in _VECTORS if name in have]


def _cpuinfo() -> str:
    path = Path("/proc/cpuinfo")
    return path.read_text(errors="replace") if path.exists() else ""


def _memory() -> int:
    """Bytes of main memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _gpu(device: str) -> str | None:
    """Name, memory and driver of the GPU that `device` means; None where none is to be seen."""
    number = int(device.partition(":")[2] or 0)
    return _gpu_of_the_library(number) or _gpu_of_the_driver(number)


def _gpu_of_the_library(number: int) -> str | None:
    """By NVIDIA's management library, where nvidia-ml-py is installed."""
    try:
        import pynvml
    except ImportError:
        return None
    try:
        pynvml.nvmlInit()
        handle = pynvml.nvmlDeviceGetHandleByIndex(number)
        name = _text(pynvml.nvmlDeviceGetName(handle))
        memory = pynvml.nvmlDeviceGetMemoryInfo(handle).total
        driver = _text(pynvml.nvmlSystemGetDriverVersion())
        pynvml.nvmlShutdown()
    except pynvml.NVMLError:
        return None
    return f"{name}, {memory / 1e9:.0f} GB, driver {driver}"


def _gpu_of_the_driver(number: int) -> str | None:
    """By what the driver says of itself under /proc."""
    folder = Path("/proc/driver/nvidia/gpus")
    cards = sorted(folder.iterdir()) if folder.is_dir() else []
    if number >= len(cards):
        return None
    text = (cards[number] / "information").read_text(errors="replace")
    match = re.search(r"^Model:\s*(.+)$", text, re.MULTILINE)
    return match[1].strip() if match else None


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
