"""The end of a tale: all come together, somebody comes late, it turns, and the debts are paid."""

from __future__ import annotations

from collections.abc import Sequence

from harness.corpora.fiction import scenes
from harness.corpora.fiction.frames_gathering import GATHERING
from harness.corpora.fiction.frames_kind import Frame
from harness.corpora.fiction.hall import HALL, LAST
from harness.corpora.fiction.plots_refusals import COMES, HOSTS, LATECOMERS, MISSING, TAKES_PART
from harness.corpora.fiction.plots_rings import RINGS
from harness.corpora.fiction.scenes_oath import counted, parts, ring
from harness.corpora.fiction.scenes_stating import ALWAYS, state
from harness.corpora.fiction.scenes_told import Told, reason_of
from harness.corpora.fiction.world import Person

_ROW = 4
_PLANS = (
    (("trade", "home", "keeps"),),
    (("trade", "home"), ("keeps",)),
    (("trade", "home"), ("keeps",)),
)


def tell_end(told: Told) -> None:
    """The last chapter of a tale."""
    teller, spine = told.teller, told.spine
    teller.chapter(spine.finale)
    teller.say(*told.block("finale", spine.opening))
    teller.paragraph()
    if spine.rings:
        teller.say(teller.draw("hall first", scenes.HALL_FIRST))
        _act(told, told.hero, HALL)
    else:
        teller.about(told.hero)
        state(teller, HOSTS, ALWAYS, told.hero, told.fits(told.hero))
    teller.say(*told.threads.traces)
    present = [one for one in told.people[1:] if one is not told.odd]
    teller.rng.shuffle(present)
    done = 0
    for row in parts(len(present), _ROW):
        _row(told, present[done : done + row], late=2 * done >= len(present))
        done += row
    if spine.rings:
        _oaths_are_full(told, sworn=done + 1)
        return
    _comes_late(told)
    teller.paragraph()
    teller.say(*told.block("crisis", spine.crisis))
    teller.paragraph()
    teller.say(*told.block("ending", spine.ending))
    teller.paragraph()
    _coin(told)
    teller.paragraph()
    teller.say(*told.stake.after)
    teller.say(teller.draw(f"{spine.name} closings", spine.closings))


def hands(told: Told) -> list[Person]:
    """The ring of debts of the tale, from the hero's lender to the hero's debtor."""
    found = []
    at = told.hero.creditor
    while at is not None and at != told.hero.number:
        found.append(told.teller.world.people[at])
        at = found[-1].creditor
    return found


def _row(told: Told, row: Sequence[Person], *, late: bool) -> None:
    teller, spine = told.teller, told.spine
    teller.paragraph()
    beats = spine.late if late else spine.early
    for at, person in enumerate(row):
        _act(told, person, HALL if spine.rings else GATHERING)
        if person.number in told.threads.recalled:
            teller.say(told.threads.recalled[person.number], about=person)
        if at + 1 == len(row) or teller.rng.random() < 0.45:
            teller.say(told.seasonal(f"{spine.name} beats {late}", beats))


def _act(told: Told, person: Person, frames: Sequence[Frame]) -> None:
    """Somebody is there at the end: trade, home and heirloom for the second time."""
    told.teller.about(person)
    for relations in told.teller.draw("end plans", _PLANS):
        state(told.teller, frames, relations, person, told.fits(person))


def _oaths_are_full(told: Told, *, sworn: int) -> None:
    """The one who was bought comes back, and the debts are called in and paid."""
    teller = told.teller
    teller.say(counted(teller.draw("missing", scenes.HALL_MISSING), sworn=sworn))
    teller.paragraph()
    teller.say(*told.threads.comes_back, about=told.odd)
    teller.about(told.odd)
    state(teller, LAST, ALWAYS, told.odd, told.fits(told.odd))
    ring(teller, told.stake.after, told.threads)


def _comes_late(told: Told) -> None:
    """The one who said no is there after all."""
    teller, late, name = told.teller, told.odd, told.spine.name
    teller.paragraph()
    teller.say(*MISSING[name])
    teller.about(late)
    state(teller, LATECOMERS, ALWAYS, late, told.fits(late))
    reason = reason_of(late, told.hero)
    teller.say(teller.draw(f"comes {reason}", COMES[reason], str), about=late)
    teller.say(TAKES_PART[name], about=late)


def _coin(told: Told) -> None:
    """Ten crowns go round the ring; the two hands that are named have others between them."""
    teller = told.teller
    ringed = hands(told)
    named = (ringed[len(ringed) // 4], ringed[len(ringed) * 2 // 3])
    slots = dict(zip(("second", "third"), map(teller.name, named), strict=True))
    lines = told.teller.draw(f"{told.spine.name} rings", RINGS[told.spine.name])
    for slot, word in slots.items():
        lines = tuple(line.replace(f"{{{slot}}}", word) for line in lines)
    teller.say(*lines)
