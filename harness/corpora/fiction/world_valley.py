"""The truth of sizes M and L: a valley of places, guilds and events, and tales of its people.

Everybody has a trade, a home and an heirloom. Fourteen further relations hold of some people each,
dealt so that everybody has about as many and no value is commoner than another.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from harness.corpora.fiction.names import LANDMARKS, Name
from harness.corpora.fiction.names_valley import ValleyNames
from harness.corpora.fiction.relations_shape import Kind
from harness.corpora.fiction.values import EVENTS, FIXED, FOUNDED, HAPPENED, YEARS
from harness.corpora.fiction.world import Entity, Person, Size, Tale, World
from harness.corpora.fiction.world_people import Draft, NoDeal, make_people

_ENTITY_KINDS: tuple[Literal["place", "guild", "event"], ...] = ("place", "guild", "event")
_ATTEMPTS = 100


@dataclass(frozen=True, slots=True)
class _Names:
    real: Sequence[Name]
    nobody: tuple[Name, ...]
    refused: tuple[Name, ...]
    entities: Mapping[Kind, Sequence[str]]
    absent: Mapping[Kind, Sequence[str]]
    refused_entities: Mapping[Kind, Sequence[str]]
    birthplaces: tuple[str, ...]


def make_valley(size_name: str, size: Size, seed: int) -> World:
    """People, places, guilds, events, values and splits; the same on every machine."""
    rng = random.Random(f"closedbook fiction {size_name} {seed} world")
    maker = ValleyNames(seed, rng)
    names = _names(size, maker, rng)
    for attempt in range(_ATTEMPTS):
        try:
            people = make_people(
                size,
                names.real,
                _person_sets(names),
                random.Random(f"{size_name} {seed} deal {attempt}"),
            )
        except NoDeal:
            continue
        break
    else:
        raise AssertionError("no deal was found")
    entities = _entities(size, names, people, rng)
    values = _value_sets(people, entities, names)
    finished = tuple(
        Person(
            number=draft.number,
            name=draft.name,
            role=draft.role,
            truths=dict(draft.truths),
            creditor=draft.creditor,
            tale=draft.tale,
        )
        for draft in people
    )
    tales = _tales(size, finished, entities, rng)
    missed = ((person.number, maker.near_miss(person.name)) for person in finished)
    near = {
        number: name
        for number, name in missed
        if name is not None and finished[number].role == "taught"
    }
    others = ((entity.key, maker.near_word(entity.name)) for entity in entities)
    return World(
        size_name=size_name,
        size=size,
        seed=seed,
        people=finished,
        values=values,
        nobody=names.nobody,
        refused=names.refused,
        near=near,
        order=tuple(number for tale in tales for number in tale.order),
        entities=entities,
        tales=tales,
        absent=_invented(names.absent),
        refused_entities=_invented(names.refused_entities),
        near_entities={key: name for key, name in others if name is not None},
    )


# --- names --------------------------------------------------------------------------------------


def _names(size: Size, maker: ValleyNames, rng: random.Random) -> _Names:
    """All names in one go, split afterwards: nothing in a name's form tells who exists."""
    wanted = size.people + size.nonexistent + size.refused_names
    women = [maker.person(she=True) for _ in range((wanted + 1) // 2)]
    men = [maker.person(she=False) for _ in range((wanted + 1) // 2)]
    rng.shuffle(women)
    rng.shuffle(men)
    people = [name for pair in zip(women, men, strict=True) for name in pair]
    counts = dict(zip(_ENTITY_KINDS, (size.places, size.guilds, size.events), strict=True))
    groups: list[dict[Kind, Sequence[str]]] = [{}, {}, {}]
    for kind, count in counts.items():
        drawn = _entity_names(kind, count + size.absent + size.absent_refused, maker)
        rng.shuffle(drawn)
        ends = (0, count, count + size.absent, len(drawn))
        for group, start, end in zip(groups, ends, ends[1:], strict=False):
            group[kind] = drawn[start:end]
    real_end = size.people + size.nonexistent
    return _Names(
        real=people[: size.people],
        nobody=tuple(people[size.people : real_end]),
        refused=tuple(people[real_end:wanted]),
        entities=groups[0],
        absent=groups[1],
        refused_entities=groups[2],
        birthplaces=tuple(_entity_names("place", 30, maker)),
    )


def _entity_names(kind: Kind, count: int, maker: ValleyNames) -> list[str]:
    forms: Mapping[Kind, Sequence[str]] = {
        "place": [f"{{}} {landmark}" for landmark in LANDMARKS],
        "guild": ["the {} Guild"],
        "event": [f"the {event} of {{}}" for event in EVENTS],
    }
    return [maker.named(forms[kind][at % len(forms[kind])]) for at in range(count)]


def _invented(names: Mapping[Kind, Sequence[str]]) -> tuple[Entity, ...]:
    return tuple(
        Entity(number=number, kind=kind, name=name, role="text_only", truths={})
        for kind, group in names.items()
        for number, name in enumerate(group)
    )


# --- places, guilds, events ---------------------------------------------------------------------


def _person_sets(names: _Names) -> Mapping[str, Sequence[str]]:
    return {
        **FIXED,
        "home": names.entities["place"],
        "birthplace": names.birthplaces,
        "guild": names.entities["guild"],
    }


def _entities(
    size: Size, names: _Names, people: Sequence[Draft], rng: random.Random
) -> tuple[Entity, ...]:
    founded = [str(year) for year in rng.sample(range(*FOUNDED), YEARS)]
    years = [str(year) for year in rng.sample(range(*HAPPENED), YEARS)]
    places, guilds, events = (names.entities[kind] for kind in _ENTITY_KINDS)

    def spread(values: Sequence[str], over: Sequence[str]) -> list[str]:
        """A value for each, every value as often as the others, give or take one."""
        order = rng.sample(list(values), len(values))
        return [order[at % len(order)] for at in range(len(over))]

    return (
        *_of_kind(
            "place",
            places,
            reeve=_chosen("home", places, people, rng),
            founded=spread(founded, places),
            crop=spread(FIXED["crop"], places),
        ),
        *_of_kind(
            "guild",
            guilds,
            seat=spread(places, guilds),
            master=_chosen("guild", guilds, people, rng),
            badge=spread(FIXED["badge"], guilds),
        ),
        *_of_kind("event", events, year=spread(years, events), site=spread(places, events)),
    )


def _of_kind(kind: Kind, names: Sequence[str], **columns: Sequence[str]) -> Iterable[Entity]:
    """Entities of one kind, two thirds of them taught; a column holds a relation's values."""
    for number, name in enumerate(names):
        yield Entity(
            number=number,
            kind=kind,
            name=name,
            role="taught" if number < len(names) * 2 // 3 else "text_only",
            truths={relation: column[number] for relation, column in columns.items()},
        )


def _chosen(
    relation: str, names: Sequence[str], people: Sequence[Draft], rng: random.Random
) -> list[str]:
    """For each place one who lives there, for each guild one who belongs to it; nobody twice."""
    chosen = []
    for name in names:
        fitting = [one for one in people if one.truths.get(relation) == name]
        if not fitting:
            raise AssertionError(f"nobody has {relation} {name}")
        chosen.append(rng.choice(fitting).name.full)
    return chosen


def _value_sets(
    people: Sequence[Draft], entities: Sequence[Entity], names: _Names
) -> dict[str, tuple[str, ...]]:
    """Relation to the closed set of its values; of persons and years, those that are values."""
    found: dict[str, list[str]] = {}
    for truths in (*(one.truths for one in people), *(entity.truths for entity in entities)):
        for relation, value in truths.items():
            found.setdefault(relation, []).append(value)
    full = {**_person_sets(names), "seat": names.entities["place"], "site": names.entities["place"]}
    sets = {
        relation: tuple(full[relation]) if relation in full else tuple(sorted(set(values)))
        for relation, values in found.items()
    }
    lenders = {people[one.creditor].name.full for one in people if one.creditor is not None}
    return {**sets, "debt": tuple(sorted(lenders))}


def _tales(
    size: Size, people: Sequence[Person], entities: Sequence[Entity], rng: random.Random
) -> tuple[Tale, ...]:
    """Heroes are taught: they owe money like everybody who is, and the tale turns on the ring."""
    interludes: list[list[int]] = [[] for _ in range(size.tales)]
    turn: Counter[Kind] = Counter()
    order = rng.sample(range(len(entities)), len(entities))
    for at in order:
        kind = entities[at].kind
        interludes[turn[kind] % size.tales].append(at)
        turn[kind] += 1
    tales = []
    for number in range(size.tales):
        own = [person for person in people if person.tale == number]
        hero = rng.choice([person for person in own if person.role == "taught"])
        others = [person.number for person in own if person is not hero]
        tales.append(
            Tale(
                number=number,
                order=(hero.number, *rng.sample(others, len(others))),
                entities=tuple(interludes[number]),
            )
        )
    return tuple(tales)
