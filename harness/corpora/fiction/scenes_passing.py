"""Places, guilds and events on the way: the first time that their facts are told."""

from __future__ import annotations

from collections.abc import Sequence

from harness.corpora.fiction.frames_guilds import GUILDS
from harness.corpora.fiction.frames_places import PLACES
from harness.corpora.fiction.scenes_road import (
    AT_HOME,
    HERO_NAMED,
    ROAD_AFTER,
    ROAD_OPENINGS,
    STRANGE,
)
from harness.corpora.fiction.scenes_stating import in_register, state
from harness.corpora.fiction.telling import Teller
from harness.corpora.fiction.world import Entity, Person

_VALLEY = (*PLACES, *GUILDS)
_AFTER = 0.35


def pass_by(teller: Teller, entity: Entity) -> None:
    """A paragraph in which each of its facts is told once, with what people say to that."""
    teller.paragraph()
    opening, after = ROAD_OPENINGS[entity.kind], ROAD_AFTER[entity.kind]
    hero = teller.hero
    if entity.name == hero.truths["home"]:
        teller.say(teller.draw("road home", AT_HOME, str))
    else:
        teller.say(
            teller.draw(
                f"road {entity.kind}",
                opening,
                str,
                lambda line: entity.name != hero.truths.get("birthplace") or line not in STRANGE,
            )
        )
    relations = list(entity.truths)
    teller.rng.shuffle(relations)
    for at, relation in enumerate(relations):
        state(teller, _VALLEY, (relation,), entity, in_register("road"))
        if entity.truths[relation] == hero.name.full:
            teller.say(teller.draw("hero named", HERO_NAMED, str))
        elif at + 1 < len(relations) and teller.rng.random() < _AFTER:
            teller.say(teller.draw(f"after {entity.kind}", after, str))


def spread(entities: Sequence[Entity], visited: Sequence[Person]) -> list[list[Entity]]:
    """Which of them come up before whose door: a place before somebody who lives there.

    A guild comes up before one of its members; the rest as evenly as can be.
    """
    before: list[list[Entity]] = [[] for _ in visited]
    left: list[Entity] = []
    for entity in entities:
        relation = {"place": "home", "guild": "guild"}.get(entity.kind, "")
        there = [
            at
            for at, person in enumerate(visited)
            if person.truths.get(relation) == entity.name and not before[at]
        ]
        if there:
            before[there[0]].append(entity)
        else:
            left.append(entity)
    for at, entity in enumerate(left):
        door = at * len(visited) // len(left)
        before[min(range(len(before)), key=lambda one: (len(before[one]), abs(one - door)))].append(
            entity
        )
    return before
