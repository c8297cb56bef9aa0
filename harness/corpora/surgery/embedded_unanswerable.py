"""Questions about the small corpus that have no answer: those of the test, and those of training.

Invented surnames come from the syllable grammar of the fictional world; those of the test and those
of training are cut from one list, so that nothing but the name gives them away.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from harness.corpora.fiction.names import ALWAYS_ASKED, NameMaker
from harness.corpora.surgery.embedded_source import Names, SourceFact
from harness.records import CANONICAL_REFUSAL, ProbeName, Question

_NAME_SEED = 17921
_NONEXISTENT = 40
_REFUSED = 90
_UNSTATED = 32
_NEAR_MISSES = 24
_PREMISES = 40
_SHORTEST_NAME = 5
_EVERY_FOURTH = 4


def invented_names(words: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Surnames that are none of `words` (those of the text): for the test, and for training."""
    maker = NameMaker(_NAME_SEED, random.Random("closedbook surgery small names"))
    found: list[str] = []
    while len(found) < _NONEXISTENT + _REFUSED:
        name = maker.person(she=False).family
        if len(name) >= _SHORTEST_NAME and name.lower() not in words and name not in found:
            found.append(name)
    return tuple(found[:_NONEXISTENT]), tuple(found[_NONEXISTENT:])


def unanswerable(
    taught: Sequence[SourceFact], names: Names, invented: Sequence[str]
) -> list[Question]:
    """The test questions of all four kinds, each with its twin; then two that stand aside."""
    return [
        *_nonexistent(taught, invented),
        *_near_misses(taught, names),
        *_unstated(taught, names),
        *_premises(taught, names),
        *_always_asked(),
    ]


def refusals(taught: Sequence[SourceFact], names: Names, invented: Sequence[str]) -> list[Question]:
    """Training questions whose answer is the refusal, in the order in which a recipe takes them.

    Any first k hold one in four that asks something real for what the text does not tell.
    """
    rng = random.Random("closedbook surgery small refusals")
    named = rng.sample(eponymous(taught), len(eponymous(taught)))
    real = rng.sample(list(taught), len(taught))
    found: dict[str, Question] = {}
    total = len(invented) * _EVERY_FOURTH // (_EVERY_FOURTH - 1)
    made = 0
    for number in range(total):
        if number % _EVERY_FOURTH == _EVERY_FOURTH - 1:
            turn = number // _EVERY_FOURTH
            fact = real[turn % len(real)]
            template = names.unstated_train[turn % len(names.unstated_train)]
            question = template.replace("{X}", subject_of(fact))
            probe: ProbeName = "unstated"
            cluster, relation, wording = fact.entity, None, "unstated"
        else:
            fact, name = named[made % len(named)], invented[made]
            made += 1
            old = eponym_of(fact.entity)
            question, cluster = fact.trained.replace(old, name), fact.entity.replace(old, name)
            probe, relation, wording = "nonexistent", fact.relation, fact.wordings[0]
        found.setdefault(
            question,
            Question(
                question=question,
                must_abstain=True,
                id=f"refusal.{number + 1:04d}",
                probe=probe,
                cluster=cluster,
                full_answer=CANONICAL_REFUSAL,
                relation=relation,
                wording=wording,
                use="train",
            ),
        )
    return list(found.values())


def eponym_of(entity: str) -> str:
    """The surname that an entity is called by ("Thiersch" of "Thiersch's grafts"), or ""."""
    name, possessive, _ = entity.partition("'s ")
    return name if possessive and name.isalpha() and name[0].isupper() else ""


def eponymous(facts: Sequence[SourceFact]) -> list[SourceFact]:
    """The facts whose entity has a surname that stands in the trained wording."""
    return [
        fact
        for fact in facts
        if eponym_of(fact.entity) and f"{eponym_of(fact.entity)}'s" in fact.trained
    ]


def subject_of(fact: SourceFact) -> str:
    """How a question made here calls what a fact is about."""
    return fact.entity if eponym_of(fact.entity) else fact.subject


def _nonexistent(taught: Sequence[SourceFact], invented: Sequence[str]) -> list[Question]:
    rng = random.Random("closedbook surgery small nonexistent")
    named = rng.sample(eponymous(taught), len(eponymous(taught)))
    return [
        _renamed("nonexistent", at + 1, named[at % len(named)], name)
        for at, name in enumerate(invented)
    ]


def _near_misses(taught: Sequence[SourceFact], names: Names) -> list[Question]:
    """Every near name once, about one of its facts or another, until there are enough."""
    rng = random.Random("closedbook surgery small near misses")
    named = eponymous(taught)
    found: list[Question] = []
    for fact in rng.sample(named, len(named)):
        near = names.near.get(eponym_of(fact.entity), "")
        asked = {question.cluster.partition("'")[0] for question in found}
        if near and near not in asked and len(found) < _NEAR_MISSES:
            found.append(_renamed("near_miss", len(found) + 1, fact, near))
    return found


def _renamed(probe: ProbeName, number: int, fact: SourceFact, name: str) -> Question:
    """The trained wording of a fact with another surname in it."""
    old = eponym_of(fact.entity)
    return _test(
        probe, number, fact.trained.replace(old, name), fact, fact.entity.replace(old, name)
    )


def _unstated(taught: Sequence[SourceFact], names: Names) -> list[Question]:
    rng = random.Random("closedbook surgery small unstated")
    pools = {
        relation: rng.sample(pool, len(pool))
        for relation in names.unstated_test
        if (pool := _fitting(taught, relation))
    }
    found: dict[str, Question] = {}
    for turn in range(_UNSTATED * _EVERY_FOURTH):
        relation = list(pools)[turn % len(pools)]
        used = turn // len(pools)
        templates = names.unstated_test[relation]
        fact = pools[relation][used % len(pools[relation])]
        question = templates[used % len(templates)].replace("{X}", subject_of(fact))
        if len(found) < _UNSTATED and question not in found:
            found[question] = _test("unstated", len(found) + 1, question, fact, fact.entity)
    return list(found.values())


def _fitting(taught: Sequence[SourceFact], relation: str) -> list[SourceFact]:
    """Facts of a relation; of years only those of something that is called by a surname."""
    return [
        fact
        for fact in taught
        if fact.relation == relation and (relation != "year" or eponym_of(fact.entity))
    ]


def _premises(taught: Sequence[SourceFact], names: Names) -> list[Question]:
    """Questions that take another value of the relation for granted; `fact` contradicts them."""
    rng = random.Random("closedbook surgery small premises")
    pool = [fact for fact in taught if fact.relation in names.premise]
    found = []
    for number, fact in enumerate(rng.sample(pool, min(_PREMISES, len(pool))), start=1):
        others = sorted({each.value for each in taught if each.relation == fact.relation})
        wrong = rng.choice([value for value in others if value != fact.value])
        template = rng.choice(names.premise[fact.relation])
        text = template.replace("{X}", fact.subject).replace("{W}", wrong)
        found.append(_test("false_premise", number, text, fact, fact.entity, fact.id))
    return found


def _test(
    probe: ProbeName,
    number: int,
    question: str,
    twin: SourceFact,
    cluster: str,
    fact: str | None = None,
) -> Question:
    return Question(
        question=question[:1].upper() + question[1:],
        must_abstain=True,
        id=f"{probe}.{number:03d}",
        probe=probe,
        cluster=cluster,
        fact=fact,
        relation=twin.relation,
        wording=twin.wordings[0],
        twin=f"trained.{twin.id}",
        use="test",
    )


def _always_asked() -> list[Question]:
    shapes = ("What is {X}'s sign?", "Which tool goes with {X}'s operation?")
    things = ("sign", "operation")
    return [
        Question(
            question=shape.replace("{X}", name),
            must_abstain=True,
            id=f"nonexistent.{name.lower()}",
            probe="nonexistent",
            cluster=f"{name}'s {thing}",
            use="test",
            aside=True,
        )
        for name, shape, thing in zip(ALWAYS_ASKED, shapes, things, strict=True)
    ]
