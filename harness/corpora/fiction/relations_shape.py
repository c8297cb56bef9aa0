"""What a relation is: one kind of fact about one kind of entity, and how it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["person", "place", "guild", "event"]


@dataclass(frozen=True, slots=True)
class Relation:
    """One kind of fact about an entity, functional: each entity has at most one value."""

    name: str
    full: str
    """The sentence that a model is trained to answer with; `{V}` is the value, `{A}` with a/an."""
    trained: tuple[str, str, str]
    held_out: tuple[str, str, str]
    reversed: str = ""
    """Asks for the entity, given the value."""
    kind: Kind = "person"
    """What has the fact."""
    target: Kind | None = None
    """What the value is, where it is itself an entity of the world."""
    by_value: Mapping[str, str] = field(default_factory=dict)
    """The sentence that answers, by value, where one sentence does not fit all of them."""


def with_article(noun: str) -> str:
    """ "a weaver", "an oak seal"."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def told(name: str, full: str, wordings: str, back: str = "", **more: object) -> Relation:
    """A relation from its six wordings, one a line: three to train, three held out."""
    lines = tuple(line.strip() for line in wordings.strip().split("\n"))
    if len(lines) != 6:
        raise ValueError(f"{name} has {len(lines)} wordings instead of six")
    one, two, three, *rest = lines
    return Relation(name, full, (one, two, three), (rest[0], rest[1], rest[2]), back, **more)  # type: ignore[arg-type]
