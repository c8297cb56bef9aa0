"""What the tales of oaths have in common: threads taken up again, and the ring of debts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from harness.corpora.fiction import plots
from harness.corpora.fiction.telling import Teller, in_words


@dataclass(slots=True)
class Threads:
    """What the road leaves for the hall to take up again."""

    clauses: dict[int, str] = field(default_factory=dict)
    """A debtor's number to a clause that recalls the visit."""
    recalled: dict[int, str] = field(default_factory=dict)
    """Another person's number to a sentence that does."""
    traces: list[str] = field(default_factory=list)
    """What the tricks of the powerful person have left behind."""
    comes_back: tuple[str, ...] = ()
    """How the one who was bought comes back."""


def counted(line: str, **numbers: int) -> str:
    """The line with numbers in words put into its slots."""
    for slot, number in numbers.items():
        line = line.replace(f"{{{slot}}}", in_words(number))
    return line


def ring(teller: Teller, after: Sequence[str], threads: Threads) -> None:
    """The debts are paid round the ring; a few hands are named, never two that are neighbours."""
    people, hero = teller.world.people, teller.hero
    hands = []
    at = hero.creditor
    while at is not None and at != hero.number:
        hands.append(people[at])
        at = people[at].creditor
    chosen = [hands[len(hands) * third // 3] for third in range(3)]
    slots = {}
    for slot, person in zip(("lender", "second", "third"), chosen, strict=True):
        slots[slot] = teller.name(person)
        slots[f"{slot}_clause"] = teller.phrase(threads.clauses[person.number], person)
    lines = list(teller.rng.choice(plots.DEBTS_CALLED))
    for slot, word in slots.items():
        lines = [line.replace(f"{{{slot}}}", word) for line in lines]
    teller.paragraph()
    teller.say(*lines)
    teller.paragraph()
    teller.say(*teller.rng.choice(plots.ENDINGS))
    teller.say(*after)
    teller.say(teller.rng.choice(plots.CLOSINGS))


def parts(total: int, most: int) -> list[int]:
    """Sizes of the fewest parts of at most `most`, as equal as they can be."""
    count = -(-total // most)
    return [total // count + (at < total % count) for at in range(count)]
