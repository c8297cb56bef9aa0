"""What two environments say of an upgrade: which packages changed, and whether hardware did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Apart = Literal["", "processor", "device"]
"""How the hardware of two sides differs: not at all, in the processor (its name or its instruction
sets), or in the device that computes (a CPU and a GPU, or two models of GPU)."""


def package_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Packages, Python among them, of another version: "torch 2.13.0 -> 2.14.0", sorted."""
    old, new = ({**(each.get("software") or {})} for each in (before, after))
    for versions, each in ((old, before), (new, after)):
        if each.get("python"):
            versions["python"] = each["python"]
    return [
        f"{name} {old.get(name, 'absent')} -> {new.get(name, 'absent')}"
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]


def kind_of_device(environment: Mapping[str, Any]) -> str:
    """The kind of device, without its number."""
    return str(environment.get("device", "cpu")).partition(":")[0]


def hardware_apart(before: Mapping[str, Any], after: Mapping[str, Any]) -> Apart:
    """How the hardware that two environments name differs, as far as numbers depend on it.

    Cores, memory and the driver of a GPU are none of it.
    """
    old, new = ({**(each.get("hardware") or {})} for each in (before, after))
    kinds = kind_of_device(before), kind_of_device(after)
    if kinds[0] != kinds[1] or ("cpu" not in kinds and _gpu(old) != _gpu(new)):
        return "device"
    if old.get("cpu") != new.get("cpu"):
        return "processor"
    vectors = [sorted(each.get("vectors") or ()) for each in (old, new)]
    return "" if vectors[0] == vectors[1] else "processor"


def _gpu(hardware: Mapping[str, Any]) -> str:
    """The model, without its memory and driver."""
    return str(hardware.get("gpu") or "").partition(",")[0]
