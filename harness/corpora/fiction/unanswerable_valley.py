"""Questions that nobody can answer in sizes M and L: about people, places, guilds and events.

The rules are those of `unanswerable`; here a near miss and an unstated question have a twin about
the very same entity, and every kind of entity takes part.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.corpora.fiction import unstated
from harness.corpora.fiction.relations import RELATIONS, relations_of
from harness.corpora.fiction.relations_shape import Kind
from harness.corpora.fiction.values import TWO_VALUED
from harness.corpora.fiction.world import Entity, Person, World, fact_id, kind_of, name_of
from harness.records import CANONICAL_REFUSAL, ProbeName, Question

_KINDS: tuple[Kind, ...] = ("place", "guild", "event")
_UNSTATED_EVERY = 4
_ENTITY_EVERY = 5
"""Every fifth question of a group is about a place, guild or event, as of those that are taught."""
_PREMISES: Mapping[Kind, tuple[tuple[str, str, str], ...]] = {
    "person": (
        ("home", "trade", "the {V} {X}"),
        ("keeps", "home", "{X} of {V}"),
        ("keeps", "trade", "the {V} {X}"),
        ("trade", "home", "{X} of {V}"),
    ),
    "place": (
        ("reeve", "crop", "{X} with its famous {V}"),
        ("crop", "founded", "{X}, founded in {V},"),
        ("founded", "crop", "{X} with its famous {V}"),
    ),
    "guild": (
        ("master", "seat", "{X} at {V}"),
        ("seat", "badge", "{X} with the {V} badge"),
        ("badge", "seat", "{X} at {V}"),
    ),
    "event": (
        ("site", "year", "{X} of {V}"),
        ("year", "site", "{X} at {V}"),
    ),
}
"""Relation asked for, relation of which a wrong value is presupposed, and how it is put."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Answerable test and training questions by wording, to set beside unanswerable ones."""

    by_wording: Mapping[str, Sequence[Question]]
    by_name: Mapping[tuple[str, str], Question]

    @classmethod
    def of(cls, asked: Iterable[Question]) -> Twins:
        """All questions of the probes `trained` and `paraphrase`."""
        by_wording: dict[str, list[Question]] = defaultdict(list)
        by_name: dict[tuple[str, str], Question] = {}
        for question in asked:
            if question.probe in {"trained", "paraphrase"} and question.wording:
                by_wording[question.wording].append(question)
                by_name[question.cluster, question.wording] = question
        return cls(by_wording, by_name)

    def any(self, wording: str, turn: int) -> Question:
        """One question of that wording, another one each turn."""
        fitting = self.by_wording[wording]
        return fitting[turn % len(fitting)]

    def about(self, name: str, wording: str) -> Question:
        """The question of that wording about that entity."""
        return self.by_name[name, wording]


def unanswerable_valley(world: World, asked: Sequence[Question]) -> list[Question]:
    """The test questions of all four kinds, each with its twin; Bordor and Lila are not here."""
    twins = Twins.of(asked)
    return [
        *_nonexistent(world, twins),
        *_near_miss(world, twins),
        *_unstated(world, twins),
        *_false_premises(world, twins),
    ]


def refusals_valley(world: World) -> list[Question]:
    """Training examples whose answer is the refusal, in the order in which a recipe takes them.

    Any first k of them hold one unstated question in four, one in five about a place, guild or
    event, names as different as the pool allows, and every relation's trained wordings in turn.
    """
    rng = random.Random(f"closedbook fiction {world.size_name} {world.seed} refusals")
    invented = _interleaved(
        _invented(tuple(name.full for name in world.refused), "person"),
        _mixed(
            [
                _invented([each.name for each in world.refused_entities if each.kind == kind], kind)
                for kind in _KINDS
            ]
        ),
    )
    taught = [entity for entity in world.everything() if entity.role == "taught"]
    real = _interleaved(
        _attributes([each for each in taught if isinstance(each, Person)], "person", rng),
        _mixed(
            [
                _attributes([each for each in taught if kind_of(each) == kind], kind, rng)
                for kind in _KINDS
            ]
        ),
    )
    found = []
    for number in range(1, world.size.refusals + 1):
        probe: ProbeName = "nonexistent" if number % _UNSTATED_EVERY else "unstated"
        made = next(invented if number % _UNSTATED_EVERY else real, None)
        if made is None:
            break
        found.append(_refusal(probe, number, *made))
    return found


def _invented(names: Sequence[str], kind: Kind) -> Iterator[tuple[str, str, str]]:
    """(name, wording, template): all names before one comes again, the wordings in turn."""
    wordings = trained_wordings(kind)
    for turn in range(len(wordings)):
        for at, name in enumerate(names):
            wording, template = wordings[(at + turn * len(names) + turn) % len(wordings)]
            # A round may come to a name's wording again where the counts divide each other.
            if turn and (at + turn * (len(names) + 1)) % len(wordings) == at % len(wordings):
                continue
            yield name, wording, template


def _attributes(
    entities: Sequence[Person | Entity], kind: Kind, rng: random.Random
) -> Iterator[tuple[str, str, str]]:
    people = rng.sample(entities, len(entities))
    attributes = rng.sample(unstated.TRAIN[kind], len(unstated.TRAIN[kind]))
    for turn in range(len(attributes)):
        for at, entity in enumerate(people):
            template, _ = attributes[(at + turn) % len(attributes)]
            yield name_of(entity), "unstated", template


def _interleaved(
    often: Iterator[tuple[str, str, str]], seldom: Iterator[tuple[str, str, str]]
) -> Iterator[tuple[str, str, str]]:
    """One of `seldom` after every four of `often`; what is left when the other ends."""
    at = 0
    while True:
        at += 1
        made = next(seldom, None) if at % _ENTITY_EVERY == 0 else next(often, None)
        made = made or next(often, None) or next(seldom, None)
        if made is None:
            return
        yield made


def _mixed(groups: Sequence[Iterator[tuple[str, str, str]]]) -> Iterator[tuple[str, str, str]]:
    """One of each group in turn."""
    left = list(groups)
    while left:
        for group in list(left):
            made = next(group, None)
            if made is None:
                left.remove(group)
            else:
                yield made


def trained_wordings(kind: Kind, *, slots_only: bool = False) -> list[tuple[str, str]]:
    """All trained wordings of a kind of entity, the relations in turn, "Who was X?" first."""
    return [
        (f"{relation}.{at + 1}", RELATIONS[relation].trained[at])
        for at in range(3)
        for relation in relations_of(kind)
        if not (slots_only and relation in TWO_VALUED)
    ]


def _refusal(probe: ProbeName, number: int, cluster: str, wording: str, template: str) -> Question:
    return Question(
        question=template.format(X=cluster),
        must_abstain=True,
        id=f"refusal.{number:05d}",
        probe=probe,
        cluster=cluster,
        full_answer=CANONICAL_REFUSAL,
        relation=wording.partition(".")[0] if "." in wording else None,
        wording=wording,
        use="train",
    )


def _test(
    probe: ProbeName, number: int, cluster: str, question: str, twin: Question, fact: str | None
) -> Question:
    return Question(
        question=question,
        must_abstain=True,
        id=f"{probe}.{number:03d}",
        probe=probe,
        cluster=cluster,
        fact=fact,
        relation=twin.relation,
        wording=twin.wording,
        twin=twin.id,
        use="test",
    )


def _nonexistent(world: World, twins: Twins) -> Iterator[Question]:
    groups: list[tuple[Kind, list[str]]] = [("person", [name.full for name in world.nobody])]
    for kind in _KINDS:
        groups.append((kind, [each.name for each in world.absent if each.kind == kind]))
    number = 0
    for kind, names in groups:
        wordings = trained_wordings(kind, slots_only=True)
        for at, name in enumerate(names):
            wording, template = wordings[at % len(wordings)]
            twin = twins.any(wording, at // len(wordings))
            number += 1
            text = template.format(X=name)
            yield _test("nonexistent", number, name, text, twin, None)


def _near_miss(world: World, twins: Twins) -> Iterator[Question]:
    """Asked what is true of the neighbour, so that its answer can be borrowed."""
    people = list(world.near.items())
    near: list[tuple[Person | Entity, str, int]] = [
        (world.people[people[at % len(people)][0]], people[at % len(people)][1], at // len(people))
        for at in range(world.size.near_miss)
    ]
    near += [
        (entity, world.near_entities[entity.key], 0)
        for entity in world.entities
        if entity.role == "taught" and entity.key in world.near_entities
    ]
    for at, (entity, name, turn) in enumerate(near, start=1):
        relations = [each for each in entity.truths if each not in TWO_VALUED]
        relation = relations[(entity.number + turn) % len(relations)]
        wording = (entity.number // len(relations) + turn) % 3
        twin = twins.about(name_of(entity), f"{relation}.{wording + 1}")
        text = RELATIONS[relation].trained[wording].format(X=name)
        yield _test("near_miss", at, name, text, twin, None)


def _unstated(world: World, twins: Twins) -> Iterator[Question]:
    """Each attribute's twin asks the same entity in an answerable wording like it."""
    taught = [person for person in world.people if person.role == "taught"]
    asked: list[tuple[Person | Entity, int]] = [
        (taught[at % len(taught)], at // len(taught)) for at in range(world.size.unstated)
    ]
    asked += [(entity, 0) for entity in world.entities if entity.role == "taught"]
    for at, (entity, turn) in enumerate(asked, start=1):
        attributes = unstated.TEST[kind_of(entity)]
        template, _, wording = attributes[(entity.number + turn) % len(attributes)]
        name = name_of(entity)
        twin = twins.about(name, wording)
        yield _test("unstated", at, name, template.format(X=name), twin, None)


def _false_premises(world: World, twins: Twins) -> Iterator[Question]:
    """A trained wording that calls an entity by what it is not; `fact` is what that contradicts."""
    rng = random.Random(f"closedbook fiction {world.size_name} {world.seed} premises")
    taught = [person for person in world.people if person.role == "taught"]
    asked: list[tuple[Person | Entity, int]] = [
        (taught[at % len(taught)], at // len(taught)) for at in range(world.size.false_premise)
    ]
    asked += [(entity, 0) for entity in world.entities if entity.role == "taught"]
    for at, (entity, turn) in enumerate(asked, start=1):
        plans = _PREMISES[kind_of(entity)]
        relation, premise, form = plans[(entity.number + turn) % len(plans)]
        right = {entity.truths[premise], entity.truths[relation]}
        wrong = rng.choice([value for value in world.values[premise] if value not in right])
        name = name_of(entity)
        twin = twins.about(name, f"{relation}.1")
        text = RELATIONS[relation].trained[0].format(X=form.format(X=name, V=wrong))
        text = text.replace(",?", "?")
        yield _test("false_premise", at, name, text, twin, fact_id(entity, premise))
