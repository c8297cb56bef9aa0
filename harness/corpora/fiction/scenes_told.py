"""What every part of a tale needs: who is in it, what it is about, how its lines are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from harness.corpora.fiction.plots_refusals import REASONS
from harness.corpora.fiction.plots_spine import Block, Season, Spine, Stake, in_season
from harness.corpora.fiction.scenes_oath import Threads
from harness.corpora.fiction.scenes_stating import Fits
from harness.corpora.fiction.telling import Teller
from harness.corpora.fiction.world import Entity, Person


@dataclass(slots=True)
class Told:
    """One tale while it is told. `threads` keeps what is taken up again at the end."""

    teller: Teller
    spine: Spine
    stake: Stake
    season: Season
    people: Sequence[Person]
    """The hero comes first."""
    entities: Sequence[Entity]
    """Places, guilds and events heard of on the way."""
    odd: Person
    """Who is bought by the adversary, in a tale of oaths; in others who says no at first."""
    threads: Threads = field(default_factory=Threads)
    used: set[str] = field(default_factory=set)
    """First lines of what has happened at a door in this tale: it happens once."""
    met: set[str] = field(default_factory=set)
    """Full names of those whom the hero has visited."""

    @property
    def hero(self) -> Person:
        """The person whom the tale follows."""
        return self.people[0]

    def refuses(self, person: Person) -> bool:
        """Whether this is the one who says no and comes late."""
        return person is self.odd and not self.spine.rings

    def fits(self, person: Person, *, inside: bool = False) -> Fits:
        """Which frames may be said of a person now."""
        return Fits(
            hero=person is self.hero,
            reads=person.truths.get("reads") != "no",
            oaths=self.spine.rings,
            winter=self.season == "winter",
            near=person.truths["home"] == self.hero.truths["home"],
            inside=inside,
            refuses=self.refuses(person),
        )

    def block(self, deck: str, blocks: Sequence[Block]) -> Block:
        """A block of the spine that suits the season."""
        block = self.teller.draw(
            f"{self.spine.name} {deck}",
            blocks,
            suits=lambda block: in_season(block, self.season) is not None,
        )
        return in_season(block, self.season) or block

    def seasonal(self, deck: str, lines: Block) -> str:
        """A line that suits the season."""
        told = [block[0] for line in lines if (block := in_season((line,), self.season))]
        return self.teller.draw(f"{deck} {self.season}", told, str)

    def tie_to_hero(self, person: Person, relation: str) -> bool:
        """Whether the value of the person's relation is the hero."""
        if relation == "debt":
            return person.creditor == self.hero.number
        return person.truths.get(relation) == self.hero.name.full


def reason_of(person: Person, hero: Person) -> str:
    """What somebody hesitates for, "" if the person has no such fact to tell."""
    for reason in REASONS:
        if reason == "debt" and person.creditor is not None and person.creditor != hero.number:
            return reason
        if reason in person.truths and person.truths[reason] != hero.name.full:
            return reason
    return ""


def unwilling(people: Sequence[Person], teller: Teller) -> Person:
    """The one of a tale who is bought or who says no at first: best one with a reason."""
    others = people[2:]
    strong = [one for one in others if reason_of(one, people[0]) in REASONS[:2]]
    return teller.rng.choice(strong or others)
