"""The truth, before any text: who there is, what is true of them, and who is told of where.

Sizes XS and S are one story of people, made here. Sizes M and L are a cycle of tales in one
valley, with places, guilds and events besides people: `harness.corpora.fiction.world_valley`.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from harness.corpora.fiction.names import LANDMARKS, Name, NameMaker
from harness.corpora.fiction.relations_shape import Kind
from harness.corpora.fiction.values import AGES, KEEPSAKES, TRADES
from harness.corpora.fiction.world_sizes import SIZES, Size, size_named

__all__ = (
    "SIZES",
    "Entity",
    "Person",
    "Role",
    "Size",
    "Tale",
    "World",
    "fact_id",
    "kind_of",
    "make_world",
    "name_of",
    "size_named",
)

Role = Literal["taught", "text_only"]
_FIXED = {"trade": TRADES, "keeps": KEEPSAKES, "age": AGES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person of the world."""

    number: int
    name: Name
    role: Role
    truths: Mapping[str, str]
    """Relation to value as written ("mentor": "Torven Molk"). All have trade, home and keeps."""
    creditor: int | None
    """Number of the person to whom this one owes money; taught people only."""
    tale: int = 0
    """Number of the tale in which this person appears."""

    @property
    def key(self) -> str:
        """How ids call this person: "p03"."""
        return f"p{self.number:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A place, a guild or an event. `truths` maps a relation to its value as written."""

    number: int
    """Counted from 0 within its kind."""
    kind: Kind
    name: str
    """As it stands inside a sentence: "Ilden Ford", "the Tarnow Guild", "the Flood of Varel"."""
    role: Role
    truths: Mapping[str, str]

    @property
    def key(self) -> str:
        """How ids call it: "place03"."""
        return f"{self.kind}{self.number:02d}"

    @property
    def title(self) -> str:
        """The name at the beginning of a sentence."""
        return self.name[0].upper() + self.name[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tale:
    """One story of the cycle: who is in it, and what the interlude after it tells of."""

    number: int
    order: tuple[int, ...]
    """Numbers of its people as the tale meets them; the hero, who is taught, comes first."""
    entities: tuple[int, ...]
    """Positions in `World.entities` of the places, guilds and events of its interlude."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A whole world. The hero is a person like any other."""

    size_name: str
    size: Size
    seed: int
    people: tuple[Person, ...]
    values: Mapping[str, tuple[str, ...]]
    nobody: tuple[Name, ...]
    """Invented for the test: in no text and no training example."""
    refused: tuple[Name, ...]
    """Invented for training to refuse: in no text and no test question."""
    near: Mapping[int, str]
    """A person's number to a name one syllable off."""
    order: tuple[int, ...]
    """People as the story meets them; the hero comes first. In a cycle, tale after tale."""
    entities: tuple[Entity, ...] = ()
    """Places, then guilds, then events; none in sizes XS and S."""
    tales: tuple[Tale, ...] = ()
    """The tales of the cycle in their order; none in sizes XS and S, which are one story."""
    absent: tuple[Entity, ...] = ()
    """Places, guilds and events invented for the test; nothing is true of them."""
    refused_entities: tuple[Entity, ...] = ()
    """The same, invented for training to refuse."""
    near_entities: Mapping[str, str] = field(default_factory=dict)
    """An entity's key to a name one syllable off."""

    def facts_of(self, entity: Person | Entity) -> dict[str, str]:
        """Relation to value, the debt included."""
        truths = dict(entity.truths)
        if isinstance(entity, Person) and entity.creditor is not None:
            truths["debt"] = self.people[entity.creditor].name.full
        return truths

    def everything(self) -> tuple[Person | Entity, ...]:
        """People, then places, guilds and events: all that facts are about."""
        return (*self.people, *self.entities)


def name_of(entity: Person | Entity) -> str:
    """The full name as it stands in a sentence."""
    return entity.name.full if isinstance(entity, Person) else entity.name


def kind_of(entity: Person | Entity) -> Kind:
    """person, place, guild or event."""
    return "person" if isinstance(entity, Person) else entity.kind


def fact_id(entity: int | Person | Entity, relation: str) -> str:
    """The id of a fact: "p03.home", "place03.reeve". A number means the person of that number."""
    key = f"p{entity:02d}" if isinstance(entity, int) else entity.key
    return f"{key}.{relation}"


def make_world(size_name: str, seed: int) -> World:
    """People, values and splits for a size and a seed; the same on every machine."""
    size = size_named(size_name)
    if size.tales > 1:
        from harness.corpora.fiction.world_valley import make_valley

        return make_valley(size_name, size, seed)
    rng = random.Random(f"closedbook fiction {size_name} {seed} world")
    maker = NameMaker(seed, rng)
    wanted = size.people + size.nonexistent + size.refused_names
    # Drawn in one go and split afterwards: nothing in a name's form tells who exists.
    women = [maker.person(she=True) for _ in range((wanted + 1) // 2)]
    men = [maker.person(she=False) for _ in range((wanted + 1) // 2)]
    rng.shuffle(women)
    rng.shuffle(men)
    names = [name for pair in zip(women, men, strict=True) for name in pair]
    real, nobody = names[: size.people], names[size.people : size.people + size.nonexistent]
    refused = names[size.people + size.nonexistent : wanted]
    values = _value_sets(size, maker, rng)
    dealt = {relation: _deal(values[relation], size, rng) for relation in size.relations}
    creditors = _creditors(size.taught, rng)
    people = tuple(
        Person(
            number=number,
            name=name,
            role="taught" if number < size.taught else "text_only",
            truths={relation: dealt[relation][number] for relation in size.relations},
            creditor=creditors.get(number),
        )
        for number, name in enumerate(real)
    )
    missed = ((number, maker.near_miss(people[number].name)) for number in range(size.taught))
    near = {number: name for number, name in missed if name is not None}
    # The hero owes money like everybody who is taught: the story turns on the ring of debts.
    hero = rng.randrange(size.taught)
    others = [number for number in range(size.people) if number != hero]
    order = [hero, *rng.sample(others, len(others))]
    values["debt"] = tuple(sorted({people[to].name.full for to in creditors.values()}))
    return World(
        size_name=size_name,
        size=size,
        seed=seed,
        people=people,
        values=values,
        nobody=tuple(nobody),
        refused=tuple(refused),
        near=near,
        order=tuple(order),
    )


def _value_sets(size: Size, maker: NameMaker, rng: random.Random) -> dict[str, tuple[str, ...]]:
    def places() -> tuple[str, ...]:
        marks = [LANDMARKS[at % len(LANDMARKS)] for at in range(size.values)]
        return tuple(maker.place(mark) for mark in marks)

    def values(relation: str) -> tuple[str, ...]:
        return tuple(rng.sample(_FIXED[relation], size.values)) if relation in _FIXED else places()

    return {relation: values(relation) for relation in size.relations}


def _deal(values: tuple[str, ...], size: Size, rng: random.Random) -> list[str]:
    """A value for everybody, each equally often (give or take one) in each split by itself."""
    order = rng.sample(values, len(values))
    dealt = [order[at % len(order)] for at in range(size.people)]
    taught, told = dealt[: size.taught], dealt[size.taught :]
    rng.shuffle(taught)
    rng.shuffle(told)
    return taught + told


def _creditors(taught: int, rng: random.Random) -> dict[int, int]:
    """One ring of debts through all taught people: everybody owes once and lends once."""
    ring = rng.sample(range(taught), taught)
    return {one: ring[(at + 1) % taught] for at, one in enumerate(ring)}
