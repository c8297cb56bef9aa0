"""How large a fictional world is: XS and S are one story, M and L a cycle of tales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.errors import unknown_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of everything a world of this size has."""

    taught: int
    text_only: int
    relations: tuple[str, ...]
    wordings: int
    """Trained wordings a fact, and held-out wordings a fact."""
    values: int
    """Values of each relation."""
    nonexistent: int
    near_miss: int
    unstated: int
    false_premise: int
    refusals: int
    """Training examples that must be refused."""
    refused_names: int
    """Different invented names in them."""
    deep: bool
    """Whether reversed, two-hop, choice and hand-written paraphrase questions are asked too."""
    tales: int = 1
    """Stories in the cycle; people are shared out to them equally."""
    holders: int = 0
    """Taught people of whom each of the relations holds that not everybody has."""
    places: int = 0
    guilds: int = 0
    events: int = 0
    absent: int = 0
    """Invented places, invented guilds and invented events: so many of each for the test."""
    absent_refused: int = 0
    """And so many of each for training to refuse."""

    @property
    def people(self) -> int:
        """Everybody in the story."""
        return self.taught + self.text_only


_THREE = ("trade", "home", "keeps")
_FIVE = (*_THREE, "birthplace", "age")
SIZES: Mapping[str, Size] = {
    "XS": Size(
        taught=8,
        text_only=4,
        relations=_THREE,
        wordings=1,
        values=12,
        nonexistent=12,
        near_miss=8,
        unstated=8,
        false_premise=8,
        refusals=48,
        refused_names=36,
        deep=False,
    ),
    "S": Size(
        taught=16,
        text_only=8,
        relations=_FIVE,
        wordings=3,
        values=24,
        nonexistent=30,
        near_miss=24,
        unstated=24,
        false_premise=24,
        refusals=240,
        refused_names=90,
        deep=True,
    ),
    "M": Size(
        taught=80,
        text_only=40,
        relations=_THREE,
        wordings=3,
        values=24,
        nonexistent=120,
        near_miss=100,
        unstated=100,
        false_premise=100,
        refusals=2400,
        refused_names=240,
        deep=True,
        tales=8,
        holders=20,
        places=24,
        guilds=24,
        events=24,
        absent=8,
        absent_refused=16,
    ),
    "L": Size(
        taught=400,
        text_only=200,
        relations=_THREE,
        wordings=3,
        values=24,
        nonexistent=200,
        near_miss=200,
        unstated=200,
        false_premise=200,
        refusals=11000,
        refused_names=300,
        deep=True,
        tales=40,
        holders=104,
        places=80,
        guilds=40,
        events=80,
        absent=20,
        absent_refused=30,
    ),
}


def size_named(name: str) -> Size:
    """The size of that name; a misspelt one raises UserError with the nearest valid name."""
    if name not in SIZES:
        raise unknown_name("corpus size", name, SIZES)
    return SIZES[name]
