"""The story itself: chapters, scenes and the order in which everybody's facts come up.

Every fact is stated twice, in two chapters: once when the hero comes to the door, and once in the
hall where the oaths are sworn. Debts are stated once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from harness.corpora.fiction import plots, scenes
from harness.corpora.fiction.frames import DEBTS, FRAMES, HERO, Frame
from harness.corpora.fiction.hall import HALL
from harness.corpora.fiction.telling import Teller, in_words
from harness.corpora.fiction.world import Person, World

_LEG = 4
_BENCH = 12
_VISIT_PLANS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("home", "trade"),),
    (("home",), ("trade",)),
    (("home", "trade"),),
    (("home", "trade"),),
)
_HALL_PLANS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("trade", "home", "keeps"),),
    (("trade", "home"), ("keeps",)),
    (("home", "keeps"), ("trade",)),
    (("trade", "home"), ("keeps",)),
    (("trade", "keeps"), ("home",)),
)


def tell(world: World, attempt: int = 0) -> Teller:
    """The whole story of a world; another attempt draws the words anew."""
    rng = random.Random(f"closedbook fiction {world.size_name} {world.seed} story {attempt}")
    teller = Teller(world, rng.choice(plots.THREATS), rng.choice(plots.DAYS), rng)
    others = [world.people[number] for number in world.order[1:]]
    traitor = rng.choice(others[1 : max(2, len(others) - _LEG)])
    _notice(teller, others[0])
    _road(teller, others[1:], traitor)
    _hall(teller, others, traitor)
    return teller


def _notice(teller: Teller, neighbour: Person) -> None:
    threat, hero = teller.threat, teller.hero
    teller.chapter("The Notice")
    teller.say(*threat.before)
    teller.say(*threat.notice)
    teller.paragraph()
    teller.about(hero)
    _state(teller, HERO, ("trade", "home"), hero)
    if "age" in hero.truths:
        _state(teller, HERO, ("birthplace", "age"), hero)
    teller.say(threat.reason)
    teller.paragraph()
    teller.say(*_draw(teller, plots.LAW))
    _state(teller, HERO, ("keeps",), hero)
    teller.paragraph()
    teller.say(*_draw(teller, plots.THREAT_OF_DEBT))
    if hero.creditor is not None:
        _state(teller, HERO, ("debt",), hero)
    teller.say(*_draw(teller, plots.RESOLVE))
    _visit(teller, neighbour, first=True)


def _road(teller: Teller, others: Sequence[Person], traitor: Person) -> None:
    legs = _parts(len(others), _LEG)
    titles = teller.rng.sample(scenes.TITLES, len(scenes.TITLES))
    start = 0
    for number, length in enumerate(legs):
        teller.chapter(titles[number % len(titles)])
        if number % 2:
            trick = teller.draw("tricks", scenes.TRICKS)
            teller.say(*trick)
        for person in others[start : start + length]:
            _visit(teller, person)
        start += length
    teller.paragraph()
    teller.say(*_draw(teller, plots.RING_FOUND))
    teller.paragraph()
    teller.say(*_draw(teller, scenes.BETRAYALS), about=traitor)


def _visit(teller: Teller, person: Person, *, first: bool = False) -> None:
    teller.paragraph()
    teller.about(person)
    if first:
        teller.say(teller.rng.choice(scenes.FIRST_DOOR))
    elif teller.rng.random() < (0.9 if teller.world.size.deep else 0.6):
        teller.say(teller.draw("arrivals", scenes.ARRIVALS, str))
    for relations in teller.draw("visit plans", _VISIT_PLANS):
        _state(teller, FRAMES, relations, person)
    if "age" in person.truths:
        for relations in teller.rng.choice(((("birthplace", "age"),), (("age",), ("birthplace",)))):
            _state(teller, FRAMES, relations, person)
    if person.creditor is None:
        trouble, reply = teller.draw("troubles", scenes.TROUBLES, lambda pair: pair[0])
        teller.say(trouble, reply, about=person)
    else:
        debt, reply = teller.draw("debts", DEBTS, lambda pair: pair[0])
        teller.state(debt, person, ("debt",))
        teller.say(reply, about=person)
    _state(teller, FRAMES, ("keeps",), person)
    if teller.rng.random() < (0.4 if teller.world.size.deep else 0.2):
        teller.say(teller.draw("promises", scenes.PROMISES, str), about=person)


def _hall(teller: Teller, others: Sequence[Person], traitor: Person) -> None:
    sworn = [teller.hero, *(person for person in others if person is not traitor)]
    teller.rng.shuffle(sworn)
    done = 0
    parts = _parts(len(sworn), _BENCH)
    for number, length in enumerate(parts):
        hour = f": The Hour of {in_words(number + 1).capitalize()}" if number else ""
        teller.chapter(f"The Long Hall{hour}")
        opening = scenes.HALL_OPENING if number == 0 else scenes.HALL_NEXT_DAY
        teller.say(*teller.draw(f"opening {number > 0}", opening))
        for person in sworn[done : done + length]:
            if done % 3 == 0:
                teller.paragraph()
            _oath(teller, person)
            done += 1
            if done % 4 == 0 and done < len(sworn):
                teller.say(f"That made {in_words(done)}.")
            elif teller.rng.random() < (0.6 if teller.world.size.deep else 0.35):
                teller.say(teller.draw("hall lines", scenes.HALL_LINES, str))
    teller.paragraph()
    teller.say(*_draw(teller, scenes.RETURNS), about=traitor)
    _oath(teller, traitor)
    teller.say(f"That made {in_words(len(teller.world.people))}.")
    teller.paragraph()
    teller.say(*_draw(teller, plots.DEBTS_CALLED))
    teller.paragraph()
    teller.say(*_draw(teller, plots.ENDINGS))
    teller.say(*teller.threat.after)
    teller.say(teller.rng.choice(plots.CLOSINGS))


def _oath(teller: Teller, person: Person) -> None:
    teller.about(person)
    for relations in teller.draw("hall plans", _HALL_PLANS):
        _state(teller, HALL, relations, person)
    if "age" in person.truths:
        _state(teller, HALL, ("birthplace", "age"), person)


def _state(
    teller: Teller, frames: Sequence[Frame], relations: tuple[str, ...], person: Person
) -> None:
    """State facts of a person with a frame for exactly these relations, in any order."""
    fitting = [frame for frame in frames if set(frame.relations) == set(relations)]
    deck = f"{fitting[0].register} {' '.join(sorted(relations))}"
    frame = teller.draw(deck, fitting, lambda frame: frame.text)
    teller.state(frame.text, person, frame.relations)


def _draw(teller: Teller, choices: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return teller.rng.choice(choices)


def _parts(total: int, most: int) -> list[int]:
    """Sizes of the fewest parts of at most `most`, as equal as they can be."""
    count = -(-total // most)
    return [total // count + (at < total % count) for at in range(count)]
