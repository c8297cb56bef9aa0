"""The story itself: chapters, scenes and the order in which everybody's facts come up.

Every fact is stated twice, in two chapters: once when the hero comes to the door, and once in the
hall where the oaths are sworn. Debts are stated once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from harness.corpora.fiction import plots, scenes
from harness.corpora.fiction.chronicle import tell_cycle
from harness.corpora.fiction.doors import DEBTS, PROMISES, TROUBLES
from harness.corpora.fiction.frames import FRAMES, HERO, Frame
from harness.corpora.fiction.hall import HALL, LAST
from harness.corpora.fiction.scenes_oath import Threads, counted, parts, ring
from harness.corpora.fiction.telling import Teller, in_words
from harness.corpora.fiction.world import Person, World

_LEG = 4
_BENCH = 12
_ROW = 3
_VISIT_PLANS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("home", "trade"),),
    (("home",), ("trade",)),
    (("home", "trade"),),
    (("home", "trade"),),
)
_HALL_PLANS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("trade", "home", "keeps"),),
    (("trade", "home"), ("keeps",)),
    (("trade", "home", "keeps"),),
)


def tell(world: World, attempt: int = 0) -> Teller:
    """The whole story of a world; another attempt draws the words anew."""
    if world.tales:
        return tell_cycle(world, attempt)
    rng = random.Random(f"closedbook fiction {world.size_name} {world.seed} story {attempt}")
    threat, day = rng.choice(plots.THREATS), rng.choice(plots.DAYS)
    words = {
        "thing": threat.thing,
        "shall": threat.shall,
        "boss": threat.boss,
        "day": day,
        "count": in_words(len(world.people)),
    }
    teller = Teller(world, rng, words, world.people[world.order[0]])
    others = [world.people[number] for number in world.order[1:]]
    traitor = rng.choice(others[1 : max(2, len(others) - _LEG)])
    threads = Threads()
    _notice(teller, threat, others[0], threads)
    _road(teller, others[1:], traitor, threads)
    _hall(teller, others, traitor, threads)
    ring(teller, threat.after, threads)
    return teller


def _notice(teller: Teller, threat: plots.Threat, neighbour: Person, threads: Threads) -> None:
    hero = teller.hero
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
    _visit(teller, neighbour, threads, first=True)


def _road(teller: Teller, others: Sequence[Person], traitor: Person, threads: Threads) -> None:
    legs = parts(len(others), _LEG)
    titles = teller.rng.sample(scenes.TITLES, len(scenes.TITLES))
    start = 0
    for number, length in enumerate(legs):
        last = number + 1 == len(legs)
        teller.chapter(scenes.LAST_TITLE if last else titles[number % len(titles)])
        if number % 2:
            trick, trace = teller.draw("tricks", scenes.TRICKS)
            teller.say(*trick)
            threads.traces.append(trace)
        for person in others[start : start + length]:
            _visit(teller, person, threads)
        start += length
    teller.paragraph()
    bought, threads.comes_back = teller.rng.choice(scenes.BETRAYALS)
    teller.say(*bought, about=traitor)
    teller.paragraph()
    teller.say(*_draw(teller, plots.ARROWS_FOLLOWED))


def _visit(teller: Teller, person: Person, threads: Threads, *, first: bool = False) -> None:
    deep = teller.world.size.deep
    teller.paragraph()
    teller.about(person)
    if first:
        teller.say(teller.rng.choice(scenes.FIRST_DOOR))
    elif teller.rng.random() < (0.9 if deep else 0.3):
        teller.say(teller.draw("arrivals", scenes.ARRIVALS, str))
    for relations in teller.draw("visit plans", _VISIT_PLANS):
        _state(teller, FRAMES, relations, person)
    if "age" in person.truths:
        for relations in teller.rng.choice(((("birthplace", "age"),), (("age",), ("birthplace",)))):
            _state(teller, FRAMES, relations, person)
    if person.creditor is None:
        trouble, reply, recalled = teller.draw("troubles", TROUBLES, lambda lines: lines[0])
        teller.say(trouble, reply, about=person)
        threads.recalled[person.number] = recalled
    else:
        debt, reply, clause = teller.draw("debts", DEBTS, lambda lines: lines[0])
        teller.state(debt, person, ("debt",))
        teller.say(reply, about=person)
        threads.clauses[person.number] = clause
    _state(teller, FRAMES, ("keeps",), person)
    if not first and teller.rng.random() < (0.4 if deep else 0.05):
        teller.say(teller.draw("promises", PROMISES, str), about=person)


def _hall(teller: Teller, others: Sequence[Person], traitor: Person, threads: Threads) -> None:
    sworn = [person for person in others if person is not traitor]
    teller.rng.shuffle(sworn)
    done = 0
    for number, length in enumerate(parts(len(sworn), _BENCH)):
        bench = f": Bench {in_words(number + 1).capitalize()}" if number else ""
        teller.chapter(f"The Long Hall{bench}")
        opening = scenes.HALL_NEXT_BENCH if number else scenes.HALL_OPENING
        teller.say(*teller.draw(f"opening {number > 0}", opening))
        if not number:
            teller.paragraph()
            teller.say(teller.rng.choice(scenes.HALL_FIRST))
            _oath(teller, teller.hero)
            teller.say(*threads.traces[:1])
        for row in parts(length, _ROW):
            late = 2 * done >= len(sworn)
            _row(teller, sworn[done : done + row], threads, late=late)
            done += row
    teller.say(counted(teller.rng.choice(scenes.HALL_MISSING), sworn=done + 1))
    teller.paragraph()
    teller.say(*threads.comes_back, about=traitor)
    _oath(teller, traitor, LAST)


def _row(teller: Teller, row: Sequence[Person], threads: Threads, *, late: bool) -> None:
    """Some who swear one after another, in one paragraph."""
    deep = teller.world.size.deep
    teller.paragraph()
    if len(row) > 1 and teller.rng.random() < (0.7 if deep else 0.5):
        teller.say(counted(teller.draw("groups", scenes.HALL_GROUPS), group=len(row)))
    beats = scenes.HALL_LATE if late else scenes.HALL_EARLY
    for at, person in enumerate(row):
        _oath(teller, person)
        if person.number in threads.recalled:
            teller.say(threads.recalled[person.number], about=person)
        elif at + 1 == len(row) or teller.rng.random() < (0.6 if deep else 0.0):
            teller.say(teller.draw(f"beats {late}", beats, str))


def _oath(teller: Teller, person: Person, last: Sequence[Frame] = ()) -> None:
    teller.about(person)
    if last:
        _state(teller, last, ("trade", "home", "keeps"), person)
    else:
        for relations in teller.draw("hall plans", _HALL_PLANS):
            _state(teller, HALL, relations, person)
    if "age" in person.truths:
        _state(teller, HALL, ("birthplace", "age"), person)


def _state(
    teller: Teller, frames: Sequence[Frame], relations: tuple[str, ...], person: Person
) -> None:
    """State facts of a person with a frame for exactly these relations, in any order."""
    fitting = [frame for frame in frames if set(frame.relations) == set(relations)]
    deck = f"{fitting[0].text} {' '.join(sorted(relations))}"
    frame = teller.draw(deck, fitting, lambda frame: frame.text)
    teller.state(frame.text, person, frame.relations)


def _draw(teller: Teller, choices: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return teller.rng.choice(choices)
