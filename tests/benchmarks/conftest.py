"""Benchmarks are compared on the hardware of their baseline, and on no other.

pytest-benchmark alone would only warn about other hardware, and pass a benchmark that its baseline
does not know. Both end the run here, before anything is timed, with a line that says what to do.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from harness.execution.machine import usable_cores

SOFTWARE = ("torch", "transformers", "numpy", "bitsandbytes")
NEW_BASELINE = "make bench-baseline stores one for this machine"


def pytest_benchmark_generate_machine_info() -> dict[str, Any]:
    """What speed depends on: the hardware, which must agree, and versions, which are shown."""
    return {
        "hardware": {
            "processor": processor(),
            "cores": usable_cores(),
            "machine": platform.machine(),
            "system": platform.system(),
        },
        "software": {
            "python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in SOFTWARE},
        },
        "threads": os.environ.get("OMP_NUM_THREADS", ""),
    }


def pytest_benchmark_generate_commit_info() -> dict[str, Any]:
    """Nothing: a baseline says what it was measured on; the history is git's."""
    return {}


def pytest_benchmark_compare_machine_info(
    machine_info: Mapping[str, Any], compared_benchmark: Mapping[str, Any]
) -> bool:
    """Refuse other hardware. True keeps pytest-benchmark from warning about mere versions."""
    refuse_other_hardware(machine_info, compared_benchmark["machine_info"])
    return True


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look at the baseline before anything is timed."""
    benchmarks = getattr(session.config, "_benchmarksession", None)
    if benchmarks is None or benchmarks.disabled or not benchmarks.compare:
        return
    stored = list(benchmarks.storage.load())[-1:]
    if not stored:
        raise pytest.UsageError(f"there is no baseline to compare with; {NEW_BASELINE}")
    _, baseline = stored[0]
    refuse_other_hardware(pytest_benchmark_generate_machine_info(), baseline["machine_info"])
    here = {item.nodeid for item in session.items if "benchmark" in item.fixturenames}
    refuse_missing(here, {entry["fullname"] for entry in baseline["benchmarks"]})


def refuse_other_hardware(here: Mapping[str, Any], there: Mapping[str, Any]) -> None:
    """Raise UsageError, naming what differs, unless both were measured on the same hardware."""
    own, other = here["hardware"], there.get("hardware", {})
    differing = [
        f"{key} {own.get(key)!r} here, {other.get(key)!r} there"
        for key in sorted({*own, *other})
        if own.get(key) != other.get(key)
    ]
    if differing:
        raise pytest.UsageError(
            f"the baseline was measured on other hardware ({'; '.join(differing)}):"
            f" times cannot be compared; {NEW_BASELINE}"
        )


def refuse_missing(here: set[str], there: set[str]) -> None:
    """Raise UsageError unless the baseline knows every benchmark that is to be compared."""
    missing = sorted(here - there)
    if missing:
        raise pytest.UsageError(f"the baseline does not know {', '.join(missing)}; {NEW_BASELINE}")


def processor() -> str:
    """The processor's name as the system gives it."""
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        for line in cpus.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
