"""A visit: somebody is found, asked, hesitates or not, and promises or not.

Visits differ in what comes first: where the person lives, what is talked about over the fence, or
something that is heard or seen before anybody has opened. Where somebody has a reason to hesitate
(a rival, a fear, a debt), it is told just before the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from harness.corpora.fiction.doors import DEBTS, MONEY, TROUBLES
from harness.corpora.fiction.frames import FRAMES, MORE
from harness.corpora.fiction.frames_kind import Frame
from harness.corpora.fiction.frames_room import MET, RECOGNISED, ROOM, TO_COME, TO_THE_HERO
from harness.corpora.fiction.plots_refusals import HINGES, NOES
from harness.corpora.fiction.scenes_road import NEAR, REMARKS, ROAD
from harness.corpora.fiction.scenes_stating import state, told_together
from harness.corpora.fiction.scenes_told import Told, reason_of
from harness.corpora.fiction.world import Person

DOORS = (*FRAMES, *MORE)
_PLANS = ((("home", "trade"),), (("home",), ("trade",)), (("home", "trade"),))
_ORDERS = ("house", "talk", "house", "thing", "house", "keeps")
_THINGS = ("animal", "instrument", "dish", "hives")
_TIES = ("mentor", "rival", "godparent", "debt")
_REMARKS = 0.3
_HESITATES = 0.7
_PARTINGS = 0.4


def visit(told: Told, person: Person, *, first: bool = False, led: bool = False) -> None:
    """One visit, as one or two paragraphs; `led`: the way to the door has been told."""
    teller = told.teller
    teller.paragraph()
    teller.about(person)
    if not led:
        _arrive(told, person, first=first)
    reason = reason_of(person, told.hero)
    if told.refuses(person):
        _in_vain(told, person, reason)
    else:
        hesitates = not told.spine.rings and teller.rng.random() < _HESITATES
        _asked(told, person, reason if hesitates else "")
    told.met.add(person.name.full)


def _in_vain(told: Told, person: Person, reason: str) -> None:
    """Somebody is found and heard, and says no."""
    _house(told, person, inside=False)
    _recognise(told, person)
    _extras(told, [one for one in _news(told, person) if one[0] != reason], person)
    if reason != "debt" and _owes(told, person):
        _money(told, person)
    _heirloom(told, person)
    _matter(told, person, reason)


def _asked(told: Told, person: Person, reason: str) -> None:
    """Somebody is found, asked, and promises; what is told first differs."""
    teller = told.teller
    extras = [one for one in _news(told, person) if one[0] != reason]
    order = teller.draw("visit orders", _ORDERS)
    seen = [one for one in extras if one[0] in _THINGS][:1] if order == "thing" else []
    extras = [one for one in extras if one not in seen]
    _extras(told, seen, person)
    talks = order == "talk" and not reason and not _known(told, person)
    half = 0 if talks else teller.rng.randrange(len(extras) + 1)
    if not talks:
        _house(told, person, inside=bool(seen))
        _recognise(told, person)
    if order == "keeps":
        _heirloom(told, person)
    _extras(told, extras[:half], person)
    _matter(told, person, reason)
    if talks:
        _house(told, person, inside=True)
    if len(extras) - half > 1:
        teller.paragraph()
    _extras(told, extras[half:], person)
    if not told.spine.rings and reason != "debt" and _owes(told, person):
        _money(told, person)
    if order != "keeps":
        _heirloom(told, person)
    if teller.rng.random() < _PARTINGS:
        deck = f"{told.spine.name} partings"
        teller.say(teller.draw(deck, told.spine.partings, str), about=person)


def tell_extras(told: Told, person: Person) -> None:
    """All that is told of a person beyond trade, home and heirloom, in the order of the world."""
    _extras(told, told_together(person), person)


def tell_debt(told: Told, person: Person) -> None:
    """The debt, where the tale does not turn on it."""
    _money(told, person, remark=False)


# --- the parts of a visit ----------------------------------------------------------------------


def _arrive(told: Told, person: Person, *, first: bool) -> None:
    teller = told.teller
    if first:
        teller.say(teller.draw(f"{told.spine.name} first", told.spine.first))
    elif person.truths["home"] == told.hero.truths["home"]:
        teller.say(teller.draw("near", NEAR, str))
    else:
        teller.say(told.seasonal("road", ROAD))


def _house(told: Told, person: Person, *, inside: bool) -> None:
    for relations in told.teller.draw("visit plans", _PLANS):
        state(told.teller, DOORS, relations, person, told.fits(person, inside=inside))


def _heirloom(told: Told, person: Person) -> None:
    state(told.teller, DOORS, ("keeps",), person, told.fits(person))


def _recognise(told: Told, person: Person) -> None:
    """Two people who are tied to each other are no strangers, whichever of them the tie is told of.

    In a tale of oaths a debt is told when the oath is asked for.
    """
    teller = told.teller
    ties = _ties_of_hero(told, person)
    if ties:
        teller.say(teller.draw(f"recognised {ties[0]}", RECOGNISED[ties[0]]), about=person)
    for relation in _TIES:
        if told.tie_to_hero(person, relation) and not (relation == "debt" and told.spine.rings):
            state(teller, ROOM, (relation,), person, told.fits(person))
            teller.say(teller.draw(f"to the hero {relation}", TO_THE_HERO[relation], str))


def _ties_of_hero(told: Told, person: Person) -> list[str]:
    """The relations of the hero whose value is this person."""
    hero = told.hero
    ties = [name for name in _TIES if hero.truths.get(name) == person.name.full]
    return [*ties, "debt"] if hero.creditor == person.number else ties


def _known(told: Told, person: Person) -> bool:
    """Whether the two are tied to each other in some way that is told."""
    to_hero = any(told.tie_to_hero(person, relation) for relation in _TIES)
    return to_hero or bool(_ties_of_hero(told, person))


def _news(told: Told, person: Person) -> list[tuple[str, ...]]:
    """What is told in the course of a visit: ties to the hero are told at the first glance."""
    return [one for one in told_together(person) if not told.tie_to_hero(person, one[0])]


def _owes(told: Told, person: Person) -> bool:
    """Whether there is a debt, and not to the hero."""
    return person.creditor is not None and not told.tie_to_hero(person, "debt")


def _extras(told: Told, extras: Sequence[tuple[str, ...]], person: Person) -> None:
    for relations in extras:
        state(told.teller, DOORS, relations, person, told.fits(person))
        _remark(told, relations, person)


def _remark(told: Told, relations: tuple[str, ...], person: Person) -> None:
    teller = told.teller
    if person is not told.hero and relations[0] in _TIES and teller.rng.random() < 0.5:
        met = person.truths[relations[0]] in told.met
        teller.say(teller.draw(f"met {met}", MET if met else TO_COME, str))
        return
    lines = REMARKS.get(relations[0], ())
    if lines and teller.rng.random() < _REMARKS:
        fits = told.fits(person)
        teller.say(
            teller.draw(
                f"remarks {relations[0]}",
                lines,
                str,
                lambda line: fits(Frame((), "visit", line.replace("{P}", "{hero}"))),
            )
        )


def _matter(told: Told, person: Person, reason: str) -> None:
    """What the visit is about: the reason to hesitate, if there is one, and what comes of it."""
    teller = told.teller
    if told.spine.rings:
        _asked_for_an_oath(told, person)
        return
    if reason == "debt":
        _money(told, person, remark=False)
    elif reason:
        state(teller, DOORS, (reason,), person, told.fits(person))
    if told.refuses(person):
        teller.say(*teller.draw(f"noes {reason}", NOES[reason]), about=person)
        return
    if reason:
        teller.say(teller.draw(f"hinges {reason}", HINGES[reason], str))
    _part(told, person)


def _part(told: Told, person: Person) -> None:
    """What this person has to do with the tale."""
    fits = told.fits(person)
    block = told.teller.draw(
        f"{told.spine.name} meetings",
        told.spine.meetings,
        _first_line,
        lambda lines: (
            lines[0] not in told.used
            and fits(Frame((), "visit", " ".join(lines).replace("{hero}", "")))
        ),
    )
    told.used.add(block[0])
    told.teller.say(*block[:-1], about=person)
    told.threads.recalled[person.number] = block[-1]


def _asked_for_an_oath(told: Told, person: Person) -> None:
    teller = told.teller
    if person.creditor is None:
        trouble, reply, recalled = teller.draw(
            "troubles", TROUBLES, _first_line, lambda lines: lines[0] not in told.used
        )
        told.used.add(trouble)
        teller.say(trouble, reply, about=person)
        told.threads.recalled[person.number] = recalled
        return
    if told.tie_to_hero(person, "debt"):
        state(teller, ROOM, ("debt",), person, told.fits(person))
        teller.say('"Come all the same," said {hero}, and {S} promised.', about=person)
        told.threads.clauses[person.number] = "who looked up this time"
        return
    debt, reply, clause = teller.draw(
        "debts", DEBTS, _first_line, lambda lines: lines[0] not in told.used
    )
    told.used.add(debt)
    teller.state(debt, person, ("debt",))
    teller.say(reply, about=person)
    told.threads.clauses[person.number] = clause


def _money(told: Told, person: Person, *, remark: bool = True) -> None:
    fits = told.fits(person)
    debt, answer = told.teller.draw(
        "money",
        MONEY,
        _first_line,
        lambda lines: (
            lines[0] not in told.used and fits(Frame(("debt",), "visit", " ".join(lines)))
        ),
    )
    told.used.add(debt)
    told.teller.state(debt, person, ("debt",))
    if remark:
        told.teller.say(answer, about=person)


def _first_line(lines: Sequence[str]) -> str:
    return lines[0]
