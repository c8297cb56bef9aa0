"""Places, guilds and events on the way: the first time that their facts are told."""

from __future__ import annotations

from collections.abc import Sequence

from harness.corpora.fiction.frames_guilds import GUILDS
from harness.corpora.fiction.frames_places import PLACES
from harness.corpora.fiction.scenes_stating import in_register, state
from harness.corpora.fiction.scenes_wayside import (
    AT_HOME,
    HERO_NAMED,
    LEADS,
    ROAD_AFTER,
    ROAD_OPENINGS,
    STRANGE,
)
from harness.corpora.fiction.telling import Teller
from harness.corpora.fiction.world import Entity, Person

_VALLEY = (*PLACES, *GUILDS)
_AFTER = 0.3
_TOGETHER = 0.4


def pass_by(teller: Teller, entity: Entity, person: Person) -> bool:
    """A paragraph in which each of its facts is told once, with what people say to that.

    Returns whether it ends at the door of `person`, who is visited next.
    """
    teller.paragraph()
    _come_to(teller, entity)
    groups = _groups(teller, entity)
    after = ROAD_AFTER[entity.kind]
    for at, relations in enumerate(groups):
        state(teller, _VALLEY, relations, entity, in_register("road"))
        if teller.hero.name.full in {entity.truths[name] for name in relations}:
            teller.say(teller.draw("hero named", HERO_NAMED, str))
        elif at + 1 < len(groups) and teller.rng.random() < _AFTER:
            teller.say(teller.draw(f"after {entity.kind}", after, str))
    leads = entity.name in {person.truths["home"], person.truths.get("guild")}
    if leads and person.truths["home"] != teller.hero.truths["home"]:
        teller.say(teller.draw(f"leads {entity.kind}", LEADS[entity.kind], str))
        return True
    return False


def _come_to(teller: Teller, entity: Entity) -> None:
    hero = teller.hero
    if entity.name == hero.truths["home"]:
        teller.say(teller.draw("road home", AT_HOME, str))
        return
    known = entity.name == hero.truths.get("birthplace")
    teller.say(
        teller.draw(
            f"road {entity.kind}",
            ROAD_OPENINGS[entity.kind],
            str,
            lambda line: not (known and line in STRANGE),
        )
    )


def _groups(teller: Teller, entity: Entity) -> list[tuple[str, ...]]:
    """The facts in the order in which they are told; year and site now and then in one sentence."""
    if set(entity.truths) == {"year", "site"} and teller.rng.random() < _TOGETHER:
        return [("year", "site")]
    found: list[tuple[str, ...]] = [(name,) for name in entity.truths]
    teller.rng.shuffle(found)
    return found


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
