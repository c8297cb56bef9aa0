"""What `compare` calls other hardware, on which speed and memory are not judged."""

from __future__ import annotations

from typing import Any

from harness.api import _other_hardware

GIB = 2**30


def machine(memory: int, **changes: Any) -> dict[str, Any]:
    return {"hardware": {"cpu": "one", "cores": 4, "memory_bytes": memory, **changes}, "threads": 1}


def test_some_memory_that_a_kernel_keeps_is_no_other_hardware() -> None:
    for whole in (24 * GIB, 25276067840):  # the second is 23.54 GiB: rounding alone would part it
        assert _other_hardware(machine(whole), machine(whole - 300 * 2**20)) == ""


def test_more_memory_another_processor_or_other_threads_are() -> None:
    before = machine(24 * GIB)
    assert _other_hardware(before, machine(32 * GIB)) == "memory_gib 24 -> 32"
    assert _other_hardware(before, machine(24 * GIB, cpu="two")) == "cpu one -> two"
    assert _other_hardware(before, {**before, "threads": 2}) == "threads 1 -> 2"
