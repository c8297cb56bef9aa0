"""What two environments say of an upgrade: which packages changed, what kind of device it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


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
