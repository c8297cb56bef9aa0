"""Two-hop questions: a fact about the entity that another fact points to.

Nowhere does one sentence hold the entity asked about and the answer, or state both hops: where the
text happens to, the question is not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from harness.corpora.fiction.relations import full_answer
from harness.corpora.fiction.world import Entity, Person, World, fact_id, name_of
from harness.corpora.shortcuts import Sentences
from harness.records import Fact, Question
from harness.text.matching import contains
from harness.text.normalize import word_run

_OF_PERSON = {
    "trade": "What was the trade of {B}?",
    "home": "Where did {B} live?",
    "keeps": "What heirloom did {B} keep?",
}
_PERSON_BRIDGES = {
    "mentor": "the mentor of {X}",
    "rival": "the rival of {X}",
    "godparent": "the godparent of {X}",
    "reeve": "the reeve of {X}",
    "master": "the master of {X}",
}
CHAINS: Mapping[str, Mapping[str, str]] = {
    "debt": {
        "home": "Where did the person live to whom {X} owed money?",
        "trade": "What was the trade of the person to whom {X} owed money?",
        "keeps": "What heirloom did the person keep to whom {X} owed money?",
    },
    **{
        bridge: {last: line.format(B=phrase) for last, line in _OF_PERSON.items()}
        for bridge, phrase in _PERSON_BRIDGES.items()
    },
    "home": {
        "reeve": "Who was the reeve of the place where {X} lived?",
        "crop": "What was the place known for where {X} lived?",
        "founded": "In which year was the place founded where {X} lived?",
    },
    "guild": {
        "badge": "What colour was the badge of the guild to which {X} belonged?",
        "master": "Who was the master of the guild to which {X} belonged?",
        "seat": "Where was the seat of the guild to which {X} belonged?",
    },
    "seat": {
        "crop": "What was the place known for where {X} had its seat?",
        "reeve": "Who was the reeve of the place where {X} had its seat?",
    },
    "site": {
        "crop": "What was the place known for that was the site of {X}?",
        "reeve": "Who was the reeve of the place that was the site of {X}?",
    },
}
"""First relation to second relation to the question."""


def two_hop(world: World, facts: Mapping[str, Fact], sentences: Sentences) -> list[Question]:
    """Chains of two facts, marked by both hops (`hops`) and by the split of each (`direction`).

    `sentences` are all that a model may be trained on: those of the text and the trained answers.

    In one story every chain of taught people over debts is asked; in a cycle one last relation for
    every entity and first relation, the last relations in turn, and no answer is commoner than
    chance allows: chains are not dealt like facts, so that some are left out for it.
    """
    found = list(_chains(world, facts, sentences))
    return _evened(found, world) if world.tales else found


def _evened(found: list[Question], world: World) -> list[Question]:
    """Without the last chains to an answer that too many chains of its relation lead to."""
    kept = found
    while True:
        groups = Counter(question.relation for question in kept)
        answers = Counter((question.relation, question.answers[0]) for question in kept)
        over = {
            (relation, answer)
            for (relation, answer), count in answers.items()
            if relation is not None and count > _most(groups[relation], len(world.values[relation]))
        }
        if not over:
            return kept
        doomed = {
            (question.relation, question.answers[0]): question.id
            for question in kept
            if (question.relation, question.answers[0]) in over
        }
        gone = set(doomed.values())
        kept = [question for question in kept if question.id not in gone]


def _most(asked: int, values: int) -> int:
    """How many of so many questions may have one answer: as dealing round gives, or 1 % above."""
    return max(-(-asked // values), asked // values + asked // 100)


def _chains(world: World, facts: Mapping[str, Fact], sentences: Sentences) -> Iterator[Question]:
    whole = world.size.tales > 1
    by_name = {name_of(entity): entity for entity in world.everything()}
    for entity in world.everything():
        if entity.role != "taught" and not whole:
            continue
        for first, lasts in CHAINS.items():
            bridge = by_name.get(world.facts_of(entity).get(first, ""))
            if bridge is None:
                continue
            turn = entity.number % len(lasts)
            for at, (last, template) in enumerate(lasts.items()):
                if whole and at != turn:
                    continue
                question = _chain(world, facts, (entity, first), (bridge, last), template)
                if question is not None and not sentences.joined(
                    question.cluster, question.answers[0]
                ):
                    yield question


def _chain(
    world: World,
    facts: Mapping[str, Fact],
    head: tuple[Person | Entity, str],
    tail: tuple[Person | Entity, str],
    template: str,
) -> Question | None:
    """None where the answer would be in the question, or be right of the head too."""
    (entity, first), (bridge, last) = head, tail
    one, other = facts[fact_id(entity, first)], facts.get(fact_id(bridge, last))
    if other is None or entity.truths.get(last) == other.value:
        return None
    question = template.format(X=one.entity)
    if contains(word_run(question), other.value):
        return None
    return Question(
        question=question,
        answers=(other.value,),
        id=f"two_hop.{one.id}.{last}",
        probe="two_hop",
        cluster=one.entity,
        fact=other.id,
        full_answer=full_answer(last, other.entity, other.value),
        relation=last,
        wording=f"{last}.two_hop",
        direction=f"{entity.role}-{bridge.role}",
        states=(other.id,),
        use="test",
        hops=(one.id, other.id),
    )
