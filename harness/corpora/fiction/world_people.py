"""The people of a valley: who has which relation, with which value, and who is tied to whom."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from harness.corpora.fiction.compare import as_number
from harness.corpora.fiction.names import Name
from harness.corpora.fiction.relations import relations_of
from harness.corpora.fiction.values import AGES
from harness.corpora.fiction.world import Role, Size

ELDER = ("mentor", "godparent")
"""Relations whose value is a person at least ten years older."""
TIES = (*ELDER, "rival")
_OLDER = 10
_EVERYBODY = ("trade", "home", "keeps")


class NoDeal(Exception):
    """A draw in which somebody could get no value."""


@dataclass(slots=True)
class Draft:
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


def make_people(
    size: Size, names: Sequence[Name], sets: Mapping[str, Sequence[str]], rng: random.Random
) -> list[Draft]:
    """Everybody of a world, taught people first, with all that is true of them.

    `sets` has the values of every relation but ties. Raises NoDeal where the draw came to somebody
    for whom no value is left: another draw may do.
    """
    people = [
        Draft(
            number=number,
            name=name,
            role="taught" if number < size.taught else "text_only",
            tale=_tale_of(number, size),
            age=rng.choice(AGES),
        )
        for number, name in enumerate(names)
    ]
    tales = [[one for one in people if one.tale == tale] for tale in range(size.tales)]
    for tale in tales:
        taught = [one for one in tale if one.role == "taught"]
        ring = rng.sample(taught, len(taught))
        for one, lender in zip(ring, [*ring[1:], ring[0]], strict=True):
            one.creditor = lender.number
            one.ties.add(lender.number)
            lender.ties.add(one.number)
    for relation in _EVERYBODY:
        _give(relation, people, sets[relation], rng)
    for relation in relations_of("person")[len(_EVERYBODY) :]:
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


def _give(
    relation: str, holders: Iterable[Draft], values: Sequence[str], rng: random.Random
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
    relation: str, size: Size, tales: Sequence[Sequence[Draft]], rng: random.Random
) -> list[Draft]:
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
                raise NoDeal
            rng.shuffle(able)
            found += sorted(able, key=lambda one: len(one.truths))[:share]
    return found


def _able(relation: str, one: Draft, tale: Sequence[Draft]) -> bool:
    """Whether there would be a choice of values for this person."""
    return relation not in ELDER or sum(_may_be_elder(one, other) for other in tale) >= 3


def _may_be_elder(one: Draft, other: Draft) -> bool:
    return as_number(other.age) >= as_number(one.age) + _OLDER


def _tie(
    relation: str,
    holders: Sequence[Draft],
    tales: Sequence[Sequence[Draft]],
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
            raise NoDeal
        other = rng.choice(fitting)
        used.add(other.number)
        one.ties.add(other.number)
        other.ties.add(one.number)
        one.truths[relation] = other.name.full
