"""Questions that nobody can answer: those of the test, and those that teach to refuse.

What teaches refusal is made so that only one thing tells it from what is taught: the name. It uses
the trained wordings, and names from the generator that named the people of the world. A quarter
ask real people for attributes that the story never gives, so that a known name alone is no licence
to answer. Names, wordings and attributes of the two groups do not overlap.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from harness.corpora.fiction.names import ALWAYS_ASKED
from harness.corpora.fiction.relations import RELATIONS
from harness.corpora.fiction.unanswerable_valley import refusals_valley, unanswerable_valley
from harness.corpora.fiction.world import Person, World, fact_id
from harness.records import CANONICAL_REFUSAL, ProbeName, Question

# Attribute asked for, the words that would give it away in a text, and the answerable wording of
# the same template.
UNSTATED_TEST: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("What kind of music did {X} like?", ("music", "song", "sang", "fiddle"), "trade.4"),
    ("How did {X} spend a holiday?", ("holiday",), "trade.5"),
    ("What was the favourite dish of {X}?", ("favourite", "supper"), "trade.6"),
    ("In which month was {X} married?", ("married", "wedding", "husband", "wife"), "home.4"),
    ("What was the nickname of {X}?", ("nickname",), "home.5"),
    ("Where would one find the boat of {X}?", ("rowing", "sailing", "sailed"), "home.6"),
    ("Which animal belonged to {X}?", ("horse", "dog", "cat", "cow", "goat"), "keeps.4"),
    ("What was the lucky number of {X}?", ("lucky",), "keeps.5"),
    ("What strange thing did {X} collect?", ("collected", "collection"), "keeps.6"),
)
UNSTATED_TRAIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("How tall was {X}?", ("tall",)),
    ("What colour was the hair of {X}?", ("hair",)),
    ("How many sisters did {X} have?", ("sister", "sisters")),
    ("Why did {X} leave school?", ("school",)),
    ("When did {X} die?", ("died", "grave")),
    ("Who was the father of {X}?", ("son of", "daughter of")),
    ("What did {X} dream about?", ("dream", "dreamt")),
    ("Which river did {X} swim in?", ("swim", "swam")),
    ("Where did {X} learn to dance?", ("dance", "danced")),
    ("What did {X} read every evening?", ("novel", "newspaper")),
    ("How did {X} lose a tooth?", ("tooth", "teeth")),
    ("Who taught {X} to write?", ("taught",)),
)


def unanswerable(world: World, asked: Sequence[Question]) -> list[Question]:
    """The test questions of all four kinds, each with its twin, then Bordor and Lila."""
    if world.tales:
        return [*unanswerable_valley(world, asked), *_always_asked()]
    return [
        *_nonexistent(world, asked),
        *_near_miss(world, asked),
        *_unstated(world, asked),
        *_false_premises(world, asked),
        *_always_asked(),
    ]


def refusals(world: World) -> list[Question]:
    """Training examples whose answer is the refusal, in the order in which a recipe takes them.

    Any first k of them hold one unstated question in four, names as different as the pool allows,
    and every relation's trained wordings in turn.
    """
    if world.tales:
        return refusals_valley(world)
    rng = random.Random(f"closedbook fiction {world.size_name} {world.seed} refusals")
    taught = [person for person in world.people if person.role == "taught"]
    people = rng.sample(taught, len(taught))
    attributes = rng.sample(UNSTATED_TRAIN, len(UNSTATED_TRAIN))
    wordings = _trained_wordings(world)
    found = []
    invented = unstated = 0
    for number in range(1, world.size.refusals + 1):
        if number % 4 == 0:
            # One person more each round, so that nobody is asked the same attribute twice.
            shift = unstated // len(people)
            person = people[unstated % len(people)]
            template, _ = attributes[(unstated + shift) % len(attributes)]
            found.append(
                _refusal("unstated", f"{number:04d}", person.name.full, template, "unstated")
            )
            unstated += 1
        else:
            name = world.refused[invented % len(world.refused)]
            turn = invented + invented // len(world.refused)
            wording, template = wordings[turn % len(wordings)]
            found.append(_refusal("nonexistent", f"{number:04d}", name.full, template, wording))
            invented += 1
    unique = {question.question: question for question in reversed(found)}
    return [question for question in found if unique[question.question] is question]


def _refusal(probe: ProbeName, number: str, cluster: str, template: str, wording: str) -> Question:
    return Question(
        question=template.format(X=cluster),
        must_abstain=True,
        id=f"refusal.{number}",
        probe=probe,
        cluster=cluster,
        full_answer=CANONICAL_REFUSAL,
        relation=wording.partition(".")[0] if "." in wording else None,
        wording=wording,
        use="train",
    )


def _trained_wordings(world: World) -> list[tuple[str, str]]:
    """All trained wordings, the relations in turn, "Who was X?" first."""
    return [
        (f"{relation}.{at + 1}", RELATIONS[relation].trained[at])
        for at in range(world.size.wordings)
        for relation in world.size.relations
    ]


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


def _twin(asked: Sequence[Question], wording: str, person: Person | None, turn: int) -> Question:
    """An answerable question of that wording, about the same person where there is one."""
    fitting = [
        question
        for question in asked
        if question.wording == wording and question.probe in {"trained", "paraphrase"}
    ]
    own = [q for q in fitting if person is not None and q.cluster == person.name.full]
    return own[0] if own else fitting[turn % len(fitting)]


def _nonexistent(world: World, asked: Sequence[Question]) -> list[Question]:
    wordings = _trained_wordings(world)
    found = []
    for at, name in enumerate(world.nobody):
        wording, template = wordings[at % len(wordings)]
        twin = _twin(asked, wording, None, at // len(wordings))
        text = template.format(X=name.full)
        found.append(_test("nonexistent", at + 1, name.full, text, twin, None))
    return found


def _near_miss(world: World, asked: Sequence[Question]) -> list[Question]:
    wordings = _trained_wordings(world)
    near = list(world.near.items())
    found = []
    for at in range(world.size.near_miss):
        number, name = near[at % len(near)]
        wording, template = wordings[(at + at // len(near)) % len(wordings)]
        twin = _twin(asked, wording, world.people[number], at)
        text = template.format(X=name)
        found.append(_test("near_miss", at + 1, name, text, twin, None))
    return found


def _unstated(world: World, asked: Sequence[Question]) -> list[Question]:
    taught = [person for person in world.people if person.role == "taught"]
    # A twin about the same person: only wordings in which that person is asked about.
    known = {(question.cluster, question.wording) for question in asked}
    found = []
    for at in range(world.size.unstated):
        person = taught[at % len(taught)]
        name = person.name.full
        fitting = [each for each in UNSTATED_TEST if (name, each[2]) in known]
        turn = at // len(taught) + person.number // (len(UNSTATED_TEST) // len(fitting))
        template, _, wording = fitting[turn % len(fitting)]
        twin = _twin(asked, wording, person, at)
        found.append(_test("unstated", at + 1, name, template.format(X=name), twin, None))
    return found


def _false_premises(world: World, asked: Sequence[Question]) -> list[Question]:
    """A trained wording that calls the person by a wrong trade or places them wrongly.

    `fact` is the one that the premise contradicts; its value is what a correction would say.
    """
    taught = [person for person in world.people if person.role == "taught"]
    rng = random.Random(f"closedbook fiction {world.size_name} {world.seed} premises")
    plans = (("home", "trade"), ("keeps", "home"), ("keeps", "trade"), ("trade", "home"))
    found = []
    for at in range(world.size.false_premise):
        person = taught[at % len(taught)]
        relation, premise = plans[(at + at // len(taught)) % len(plans)]
        wrong = rng.choice([v for v in world.values[premise] if v != person.truths[premise]])
        name = person.name.full
        described = f"the {wrong} {name}" if premise == "trade" else f"{name} of {wrong}"
        twin = _twin(asked, f"{relation}.1", person, at)
        text = RELATIONS[relation].trained[0].format(X=described)
        contradicted = fact_id(person.number, premise)
        found.append(_test("false_premise", at + 1, name, text, twin, contradicted))
    return found


def _always_asked() -> list[Question]:
    return [
        Question(
            question=RELATIONS["trade"].trained[0].format(X=name),
            must_abstain=True,
            id=f"nonexistent.{name.lower()}",
            probe="nonexistent",
            cluster=name,
            relation="trade",
            wording="trade.1",
            use="test",
            aside=True,
        )
        for name in ALWAYS_ASKED
    ]
