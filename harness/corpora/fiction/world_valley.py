"""The truth of sizes M and L: a valley of places, guilds and events, and tales of its people.

Everybody has a trade, a home and an heirloom. Fourteen further relations hold of some people each,
dealt so that everybody has about as many and no value is commoner than another.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from harness.corpora.fiction.names import LANDMARKS, Name
from harness.corpora.fiction.names_valley import ValleyNames
from harness.corpora.fiction.relations import relations_of
from harness.corpora.fiction.relations_shape import Kind
from harness.corpora.fiction.values import AGES, EVENTS, FIXED, FOUNDED, HAPPENED, YEARS
from harness.corpora.fiction.world import Entity, Person, Role, Size, Tale, World

ELDER = ("mentor", "godparent")
"""Relations whose value is a person at least ten years older."""
TIES = (*ELDER, "rival")
_OLDER = 10
_ENTITY_KINDS: tuple[Literal["place", "guild", "event"], ...] = ("place", "guild", "event")
_ATTEMPTS = 100


class _NoDeal(Exception):
    """A draw in which somebody could get no value."""


@dataclass(slots=True)
class _Draft:
    """A person while the world is being made."""

    number: int
    name: Name
    role: Role
    tale: int
    age: str
    """Everybody has one, so that mentors are older; only some ages are ever told."""
    truths: dict[str, str] = field(default_factory=dict)
    creditor: int | None = None
    ties: set[int] = field(default_factory=set)


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
            people = _people(size, names, random.Random(f"{size_name} {seed} deal {attempt}"))
        except _NoDeal:
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


# --- people -------------------------------------------------------------------------------------


def _people(size: Size, names: _Names, rng: random.Random) -> list[_Draft]:
    people = [
        _Draft(
            number=number,
            name=name,
            role="taught" if number < size.taught else "text_only",
            tale=_tale_of(number, size),
            age=rng.choice(AGES),
        )
        for number, name in enumerate(names.real)
    ]
    tales = [[one for one in people if one.tale == tale] for tale in range(size.tales)]
    for tale in tales:
        taught = [one for one in tale if one.role == "taught"]
        ring = rng.sample(taught, len(taught))
        for one, lender in zip(ring, [*ring[1:], ring[0]], strict=True):
            one.creditor = lender.number
            one.ties.add(lender.number)
            lender.ties.add(one.number)
    sets = _person_sets(names)
    for relation in ("trade", "home", "keeps"):
        _give(relation, people, sets[relation], rng)
    for relation in relations_of("person")[3:]:
        holders = _holders(relation, size, tales, rng)
        if relation in TIES:
            _tie(relation, holders, tales, rng)
        else:
            _give(relation, holders, sets[relation], rng)
            if relation == "age":
                for one in holders:
                    one.age = one.truths["age"]
    return people


def _tale_of(number: int, size: Size) -> int:
    """Taught people fill the tales in turn, and so do the others."""
    if number < size.taught:
        return number * size.tales // size.taught
    return (number - size.taught) * size.tales // size.text_only


def _person_sets(names: _Names) -> Mapping[str, Sequence[str]]:
    return {
        **FIXED,
        "home": names.entities["place"],
        "birthplace": names.birthplaces,
        "guild": names.entities["guild"],
    }


def _give(
    relation: str, holders: Iterable[_Draft], values: Sequence[str], rng: random.Random
) -> None:
    """Every value equally often, give or take one, in each split by itself and in both together."""
    order = rng.sample(list(values), len(values))
    dealt = 0
    for role in ("taught", "text_only"):
        own = [one for one in holders if one.role == role]
        rng.shuffle(own)
        for one in own:
            one.truths[relation] = order[dealt % len(order)]
            dealt += 1


def _holders(
    relation: str, size: Size, tales: Sequence[Sequence[_Draft]], rng: random.Random
) -> list[_Draft]:
    """Who has a relation: as many in every tale, and those first who have the fewest so far."""
    found = []
    counts = {"taught": size.holders, "text_only": size.holders * size.text_only // size.taught}
    for role, count in counts.items():
        # Which tales get one more goes round, so that no tale is always first.
        turn = rng.randrange(len(tales))
        for at in range(len(tales)):
            tale = tales[(at + turn) % len(tales)]
            share = count // len(tales) + (at < count % len(tales))
            able = [one for one in tale if one.role == role and _able(relation, one, tale)]
            if len(able) < share:
                raise _NoDeal
            rng.shuffle(able)
            found += sorted(able, key=lambda one: len(one.truths))[:share]
    return found


def _able(relation: str, one: _Draft, tale: Sequence[_Draft]) -> bool:
    """Whether there would be a choice of values for this person."""
    return relation not in ELDER or sum(_may_be_elder(one, other) for other in tale) >= 3


def _may_be_elder(one: _Draft, other: _Draft) -> bool:
    return AGES_IN_YEARS[other.age] >= AGES_IN_YEARS[one.age] + _OLDER


def _tie(
    relation: str,
    holders: Sequence[_Draft],
    tales: Sequence[Sequence[_Draft]],
    rng: random.Random,
) -> None:
    """Tie each holder to somebody of the same tale who is nobody else's value."""
    used: set[int] = set()
    for one in holders:
        fitting = [
            other
            for other in tales[one.tale]
            if other is not one
            and other.number not in used | one.ties
            and (relation not in ELDER or _may_be_elder(one, other))
        ]
        if not fitting:
            raise _NoDeal
        other = rng.choice(fitting)
        used.add(other.number)
        one.ties.add(other.number)
        other.ties.add(one.number)
        one.truths[relation] = other.name.full


_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine".split(), start=1)
}
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
AGES_IN_YEARS: Mapping[str, int] = {
    age: _TENS[age.split("-")[0]] + _NUMBERS[age.split("-")[1]] for age in AGES
}


# --- places, guilds, events ---------------------------------------------------------------------


def _entities(
    size: Size, names: _Names, people: Sequence[_Draft], rng: random.Random
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
    relation: str, names: Sequence[str], people: Sequence[_Draft], rng: random.Random
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
    people: Sequence[_Draft], entities: Sequence[Entity], names: _Names
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
