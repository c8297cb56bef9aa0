"""The questions about a world that have an answer, by probe."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from harness.corpora.fiction.paraphrases import PARAPHRASES
from harness.corpora.fiction.relations import (
    PASSING,
    RELATIONS,
    TWO_HOP,
    full_answer,
    with_article,
)
from harness.corpora.fiction.world import Person, World, fact_id
from harness.records import Fact, ProbeName, Question

_DISTRACTORS = 5


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes questions about the facts of one world."""

    world: World
    facts: Mapping[str, Fact]

    def ask(
        self, probe: ProbeName, person: Person, relation: str, wording: str, template: str
    ) -> Question:
        """One question about one fact. `template` has the name as `{X}`."""
        fact = self.facts[fact_id(person.number, relation)]
        return Question(
            question=template.format(X=person.name.full),
            answers=(fact.value,),
            id=f"{probe}.{fact.id}.{wording}",
            probe=probe,
            cluster=person.name.full,
            fact=fact.id,
            full_answer=self._reply(person, relation),
            relation=relation,
            wording=f"{relation}.{wording}",
            direction="forward",
            distractors=self._distractors(person, relation, fact.value),
            stated_in=fact.stated_in,
            states=self._states(person, relation),
            use="both" if probe == "trained" else "test",
        )

    def _creditor(self, person: Person, relation: str) -> str | None:
        """Named in the full answer about taught people only: nothing else of theirs is trained."""
        if relation not in PASSING or person.creditor is None:
            return None
        return self.world.people[person.creditor].name.full

    def _reply(self, person: Person, relation: str) -> str:
        value = self.world.facts_of(person)[relation]
        return full_answer(relation, person.name.full, value, self._creditor(person, relation))

    def _states(self, person: Person, relation: str) -> tuple[str, ...]:
        own = fact_id(person.number, relation)
        if self._creditor(person, relation) is None:
            return (own,)
        return (own, fact_id(person.number, PASSING[relation]))

    def _distractors(self, person: Person, relation: str, value: str) -> tuple[str, ...]:
        """The full answer five times over, each with another value of the relation."""
        rng = random.Random(f"{self.world.seed} {person.number} {relation} distractors")
        others = [
            other for other in self.world.values[relation] if other not in (value, person.name.full)
        ]
        picked = rng.sample(others, min(_DISTRACTORS, len(others)))
        creditor = self._creditor(person, relation)
        return tuple(full_answer(relation, person.name.full, other, creditor) for other in picked)


def answerable(world: World, facts: Mapping[str, Fact]) -> list[Question]:
    """Trained, paraphrase, text_only, relational - and, in deep worlds, reversed and two_hop."""
    writer = Writer(world, facts)
    size = world.size
    taught = [person for person in world.people if person.role == "taught"]
    told = [person for person in world.people if person.role == "text_only"]
    found = []
    for person in taught:
        for relation in size.relations:
            for at, template in enumerate(RELATIONS[relation].trained[: size.wordings], start=1):
                found.append(writer.ask("trained", person, relation, str(at), template))
    for person in taught:
        for relation in size.relations:
            found += _paraphrases(writer, person, relation)
    for person in told:
        for relation in size.relations:
            template = RELATIONS[relation].trained[0]
            found.append(writer.ask("text_only", person, relation, "1", template))
    for person in taught:
        found.append(writer.ask("relational", person, "debt", "1", RELATIONS["debt"].trained[0]))
    if size.deep:
        for person in taught:
            found += _reversed(writer, person)
            found += _two_hop(writer, person)
    return found


def _paraphrases(writer: Writer, person: Person, relation: str) -> list[Question]:
    """One held-out wording a fact, all three in turn; in deep worlds all, and one by hand."""
    held = RELATIONS[relation].held_out
    deep = writer.world.size.deep
    wordings = list(range(len(held))) if deep else [person.number % len(held)]
    found = [writer.ask("paraphrase", person, relation, str(at + 4), held[at]) for at in wordings]
    if deep:
        by_hand = PARAPHRASES[relation]
        at = person.number % len(by_hand)
        found.append(writer.ask("paraphrase", person, relation, f"hand{at + 1}", by_hand[at]))
    return found


def _reversed(writer: Writer, person: Person) -> list[Question]:
    """From the value to the person, where the value is one person's alone."""
    found = []
    for relation in writer.world.size.relations:
        value = person.truths[relation]
        if sum(other.truths[relation] == value for other in writer.world.people) > 1:
            continue
        fact = writer.facts[fact_id(person.number, relation)]
        found.append(
            Question(
                question=RELATIONS[relation].reversed.format(V=value, A=with_article(value)),
                answers=(person.name.full,),
                id=f"reversed.{fact.id}",
                probe="reversed",
                cluster=person.name.full,
                fact=fact.id,
                full_answer=full_answer(relation, person.name.full, value),
                values=tuple(
                    other.name.full for other in writer.world.people if other is not person
                ),
                wording=f"{relation}.reversed",
                direction="backward",
                stated_in=fact.stated_in,
                states=(fact.id,),
                use="test",
            )
        )
    return found


def _two_hop(writer: Writer, person: Person) -> list[Question]:
    """A fact about the creditor, asked through the debtor. Both hops are about taught people."""
    if person.creditor is None:
        return []
    bridge = writer.world.people[person.creditor]
    found = []
    for relation, template in TWO_HOP.items():
        fact = writer.facts[fact_id(bridge.number, relation)]
        if person.truths[relation] == fact.value:
            continue
        found.append(
            Question(
                question=template.format(X=person.name.full),
                answers=(fact.value,),
                id=f"two_hop.{fact_id(person.number, 'debt')}.{relation}",
                probe="two_hop",
                cluster=person.name.full,
                fact=fact.id,
                full_answer=full_answer(relation, bridge.name.full, fact.value),
                relation=relation,
                wording=f"{relation}.two_hop",
                direction=f"{person.role}-{bridge.role}",
                states=(fact.id,),
                use="test",
            )
        )
    return found
