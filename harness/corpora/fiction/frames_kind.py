"""What a frame is: fixed words around an entity and its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Register = Literal["visit", "hall", "hero", "gathering", "evening", "road", "chronicle"]
"""Where a frame is at home: at a door, in the hall, about the hero, at the end of a tale, in the
evening after it, on the way (places, guilds, events), in the chapters between the tales."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence that states the facts of `relations` about one entity."""

    relations: tuple[str, ...]
    register: Register
    text: str


def frames_of(register: Register, relations: str, lines: str) -> list[Frame]:
    """One frame a line, all of one register and stating the same relations."""
    names = tuple(relations.split())
    return [Frame(names, register, line.strip()) for line in lines.strip().split("\n")]
