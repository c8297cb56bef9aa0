"""The questions about a world that have an answer, by probe."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from harness.corpora.fiction.compare import compared
from harness.corpora.fiction.paraphrases import PARAPHRASES
from harness.corpora.fiction.questions_hops import two_hop
from harness.corpora.fiction.relations import PASSING, RELATIONS, full_answer, with_article
from harness.corpora.fiction.values import TWO_VALUED
from harness.corpora.fiction.world import Entity, Person, World, fact_id, kind_of, name_of
from harness.corpora.shortcuts import Sentences
from harness.records import Chapter, Fact, ProbeName, Question

_DISTRACTORS = 5


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes questions about the facts of one world."""

    world: World
    facts: Mapping[str, Fact]

    def ask(
        self,
        probe: ProbeName,
        entity: Person | Entity,
        relation: str,
        wording: str,
        template: str,
    ) -> Question:
        """One question about one fact. `template` has the name as `{X}`."""
        fact = self.facts[fact_id(entity, relation)]
        two_valued = relation in TWO_VALUED
        return Question(
            question=template.format(X=fact.entity),
            answers=(fact.value,),
            id=f"{probe}.{fact.id}.{wording}",
            probe=probe,
            cluster=fact.entity,
            fact=fact.id,
            full_answer=self._reply(entity, relation),
            relation=relation,
            values=self.world.values[relation] if two_valued else (),
            wording=f"{relation}.{wording}",
            direction="forward",
            distractors=self._distractors(entity, relation, fact.value),
            stated_in=fact.stated_in,
            states=self._states(entity, relation),
            use="both" if probe == "trained" else "test",
        )

    def _creditor(self, entity: Person | Entity, relation: str) -> str | None:
        """Named in the full answer about taught people only: nothing else of theirs is trained."""
        if relation not in PASSING or not isinstance(entity, Person) or entity.creditor is None:
            return None
        return self.world.people[entity.creditor].name.full

    def _reply(self, entity: Person | Entity, relation: str) -> str:
        value = self.world.facts_of(entity)[relation]
        return full_answer(relation, name_of(entity), value, self._creditor(entity, relation))

    def _states(self, entity: Person | Entity, relation: str) -> tuple[str, ...]:
        own = fact_id(entity, relation)
        if self._creditor(entity, relation) is None:
            return (own,)
        return (own, fact_id(entity, PASSING[relation]))

    def _distractors(self, entity: Person | Entity, relation: str, value: str) -> tuple[str, ...]:
        """The full answer five times over, each with another value of the relation."""
        key = entity.number if isinstance(entity, Person) else entity.key
        rng = random.Random(f"{self.world.seed} {key} {relation} distractors")
        name = name_of(entity)
        others = [other for other in self.world.values[relation] if other not in (value, name)]
        picked = rng.sample(others, min(_DISTRACTORS, len(others)))
        creditor = self._creditor(entity, relation)
        return tuple(full_answer(relation, name, other, creditor) for other in picked)


def answerable(
    world: World, facts: Mapping[str, Fact], chapters: Sequence[Chapter]
) -> list[Question]:
    """Trained, paraphrase, text_only, relational - and, in deep worlds, reversed, two_hop, choice.

    What has only two values is trained on like anything else, but asked under `choice`: there the
    trained wordings have `use` "train" and the held-out ones "test".
    """
    writer = Writer(world, facts)
    taught = [entity for entity in world.everything() if entity.role == "taught"]
    told = [entity for entity in world.everything() if entity.role == "text_only"]
    found = [
        *_trained(writer, taught),
        *_held_out(writer, taught),
        *_first_wordings(writer, told),
        *_relational(writer, taught),
    ]
    if world.size.deep:
        found += _reversed(writer, taught)
        replies = [question.full_answer or "" for question in found if question.use == "both"]
        found += two_hop(world, facts, Sentences(chapters, replies))
        found += _two_valued(writer, taught, told)
        found += compared(world, facts)
    return found


def _trained(writer: Writer, taught: Sequence[Person | Entity]) -> Iterator[Question]:
    wordings = writer.world.size.wordings
    for entity in taught:
        for relation in _slots(entity):
            for at, template in enumerate(RELATIONS[relation].trained[:wordings], start=1):
                yield writer.ask("trained", entity, relation, str(at), template)


def _held_out(writer: Writer, taught: Sequence[Person | Entity]) -> Iterator[Question]:
    for entity in taught:
        for relation in _slots(entity):
            yield from _paraphrases(writer, entity, relation)


def _first_wordings(writer: Writer, told: Sequence[Person | Entity]) -> Iterator[Question]:
    for entity in told:
        for relation in _slots(entity):
            template = RELATIONS[relation].trained[0]
            yield writer.ask("text_only", entity, relation, "1", template)


def _relational(writer: Writer, taught: Sequence[Person | Entity]) -> Iterator[Question]:
    for entity in taught:
        if fact_id(entity, "debt") in writer.facts:
            template = RELATIONS["debt"].trained[0]
            yield writer.ask("relational", entity, "debt", "1", template)


def _slots(entity: Person | Entity) -> list[str]:
    """The relations of an entity that are asked for by value."""
    return [relation for relation in entity.truths if relation not in TWO_VALUED]


def _paraphrases(writer: Writer, entity: Person | Entity, relation: str) -> list[Question]:
    """One held-out wording a fact, all three in turn; in deep worlds all, and one by hand."""
    held = RELATIONS[relation].held_out
    deep = writer.world.size.deep
    wordings = list(range(len(held))) if deep else [entity.number % len(held)]
    found = [writer.ask("paraphrase", entity, relation, str(at + 4), held[at]) for at in wordings]
    if deep:
        by_hand = PARAPHRASES[relation]
        at = entity.number % len(by_hand)
        found.append(writer.ask("paraphrase", entity, relation, f"hand{at + 1}", by_hand[at]))
    return found


def _two_valued(
    writer: Writer, taught: Sequence[Person | Entity], told: Sequence[Person | Entity]
) -> Iterator[Question]:
    """Which of two: trained wordings to train on, held-out ones and one by hand to be asked.

    Of those whom no training question mentions, the first held-out wording.
    """
    for entity in taught:
        for relation in _two_valued_of(entity):
            for at, template in enumerate(RELATIONS[relation].trained, start=1):
                asked = writer.ask("choice", entity, relation, str(at), template)
                yield replace(asked, use="train")
            for at, template in enumerate(RELATIONS[relation].held_out, start=4):
                yield writer.ask("choice", entity, relation, str(at), template)
            by_hand = PARAPHRASES[relation]
            at = entity.number % len(by_hand)
            yield writer.ask("choice", entity, relation, f"hand{at + 1}", by_hand[at])
    for entity in told:
        for relation in _two_valued_of(entity):
            yield writer.ask("choice", entity, relation, "4", RELATIONS[relation].held_out[0])


def _two_valued_of(entity: Person | Entity) -> list[str]:
    return [relation for relation in entity.truths if relation in TWO_VALUED]


def _reversed(writer: Writer, taught: Sequence[Person | Entity]) -> Iterator[Question]:
    """From the value to the entity, where the value is that of one entity alone."""
    world = writer.world
    owners = Counter(
        (relation, value)
        for entity in world.everything()
        for relation, value in entity.truths.items()
    )
    names: dict[str, list[str]] = {}
    for entity in world.everything():
        names.setdefault(kind_of(entity), []).append(name_of(entity))
    for entity in taught:
        for relation, value in entity.truths.items():
            if owners[relation, value] > 1 or not RELATIONS[relation].reversed:
                continue
            fact = writer.facts[fact_id(entity, relation)]
            yield Question(
                question=RELATIONS[relation].reversed.format(V=value, A=with_article(value)),
                answers=(fact.entity,),
                id=f"reversed.{fact.id}",
                probe="reversed",
                cluster=fact.entity,
                fact=fact.id,
                full_answer=full_answer(relation, fact.entity, value),
                values=tuple(name for name in names[kind_of(entity)] if name != fact.entity),
                wording=f"{relation}.reversed",
                direction="backward",
                stated_in=fact.stated_in,
                states=(fact.id,),
                use="test",
            )
