"""Places, guilds and events on the way: the first time that their facts are told."""

from __future__ import annotations

from collections.abc import Sequence

from harness.corpora.fiction.frames_guilds import GUILDS
from harness.corpora.fiction.frames_places import PLACES
from harness.corpora.fiction.scenes_road import ROAD_AFTER, ROAD_OPENINGS
from harness.corpora.fiction.scenes_stating import in_register, state
from harness.corpora.fiction.telling import Teller
from harness.corpora.fiction.world import Entity

_VALLEY = (*PLACES, *GUILDS)


def pass_by(teller: Teller, entity: Entity) -> None:
    """A paragraph in which each of its facts is told once, with what people say to that."""
    teller.paragraph()
    opening, after = ROAD_OPENINGS[entity.kind], ROAD_AFTER[entity.kind]
    teller.say(teller.draw(f"road {entity.kind}", opening, str))
    relations = list(entity.truths)
    teller.rng.shuffle(relations)
    for at, relation in enumerate(relations):
        state(teller, _VALLEY, (relation,), entity, in_register("road"))
        if at + 1 < len(relations) or teller.rng.random() < 0.4:
            teller.say(teller.draw(f"after {entity.kind}", after, str))


def spread(entities: Sequence[Entity], doors: int) -> list[list[Entity]]:
    """Which of them come up before which door, as evenly as can be."""
    before: list[list[Entity]] = [[] for _ in range(doors)]
    for at, entity in enumerate(entities):
        before[at * doors // len(entities)].append(entity)
    return before
