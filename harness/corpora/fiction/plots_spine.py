"""The form of a tale: what a spine has to bring along, whatever its tale is about.

In each spine somebody wants something, is hindered, and it ends. A hero goes from person to person,
each of whom has a part in it (`meetings`); somebody works against it (`obstacles`); before the end
all seems lost (`low`); then everybody comes together (`opening`, `early`, `late`), and it turns
(`crisis`, `ending`). A `Stake` fills in what it is about this time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Block = tuple[str, ...]
Season = Literal["spring", "summer", "autumn", "winter"]
SEASONS: tuple[Season, ...] = ("spring", "summer", "autumn", "winter")


def lines(text: str) -> Block:
    """The lines of a text, each with its white space made single."""
    return tuple(re.sub(r"\s+", " ", line).strip() for line in text.strip().split("\n"))


def blocks(text: str) -> tuple[Block, ...]:
    """Groups of lines with an empty line between two groups."""
    return tuple(lines(group) for group in re.split(r"\n\s*\n", text.strip()))


def in_season(block: Block, season: Season) -> Block | None:
    """The block without its mark, or None: "@winter,autumn Snow fell." is told in these two."""
    match = re.match(r"@(\S+) ", block[0])
    if match is None:
        return block
    if season not in match.group(1).split(","):
        return None
    return (block[0][match.end() :], *block[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What one tale of a spine is about. `words` fill its slots: `{thing}`, `{boss}` and so on."""

    words: Mapping[str, str]
    days: Mapping[Season, str]
    """The seasons in which it can happen, and the day on which it ends."""
    before: Block
    """How things were."""
    trouble: Block
    """What happens to them."""
    reason: Block
    """Why the hero minds."""
    after: Block
    """What became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spine:
    """One way for a tale to go. Blocks are sentences told together."""

    name: str
    titles: tuple[str, ...]
    """Of the first chapter."""
    legs: tuple[str, ...]
    """Titles of the chapters on the road."""
    last_leg: str
    finale: str
    stakes: tuple[Stake, ...]
    rules: tuple[Block, ...]
    """What has to be done, by when, and what stands in the way."""
    resolve: tuple[Block, ...]
    first: Block
    """One of these opens the first meeting."""
    meetings: tuple[Block, ...]
    """What somebody's part is: sentences at the door, the last line recalls it at the end."""
    partings: Block
    obstacles: tuple[Block, ...]
    """What goes wrong on the way; the last line is the trace of it at the end."""
    low: tuple[Block, ...]
    opening: tuple[Block, ...]
    early: Block
    late: Block
    crisis: tuple[Block, ...]
    ending: tuple[Block, ...]
    closings: Block
    rings: bool = False
    """Whether it turns on the ring of debts."""
