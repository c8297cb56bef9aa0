"""One tale of a cycle, told along its spine: the trouble, the doors, what goes wrong, the end.

Every fact of a person is stated at the door (or, of the hero, at the beginning). Trade, home and
heirloom come up again when all have gathered, everything else on the evening after that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from harness.corpora.fiction import plots, scenes
from harness.corpora.fiction.doors import DEBTS, MONEY, TROUBLES
from harness.corpora.fiction.frames import FRAMES, HERO, MORE
from harness.corpora.fiction.frames_gathering import GATHERING, HEROES
from harness.corpora.fiction.frames_kind import Frame
from harness.corpora.fiction.hall import HALL, LAST
from harness.corpora.fiction.plots_spine import Block, Season, Spine, Stake, in_season
from harness.corpora.fiction.scenes_oath import Threads, counted, parts, ring
from harness.corpora.fiction.scenes_passing import pass_by, spread
from harness.corpora.fiction.scenes_road import REMARKS, ROAD
from harness.corpora.fiction.scenes_stating import ALWAYS, Fits, state, told_together
from harness.corpora.fiction.telling import Teller
from harness.corpora.fiction.world import Entity, Person

_LEG = 4
_ROW = 4
_DOORS = (*FRAMES, *MORE)
_VISIT_PLANS = ((("home", "trade"),), (("home",), ("trade",)), (("home", "trade"),))
_END_PLANS = (
    (("trade", "home", "keeps"),),
    (("trade", "home"), ("keeps",)),
    (("trade", "home"), ("keeps",)),
)


@dataclass(slots=True)
class TaleTeller:
    """Tells one tale. `recalled` keeps, by person, what is taken up again at the end."""

    teller: Teller
    spine: Spine
    stake: Stake
    season: Season
    people: Sequence[Person]
    """The hero comes first."""
    entities: Sequence[Entity]
    """Places, guilds and events heard of on the way."""
    threads: Threads = field(default_factory=Threads)
    used: set[str] = field(default_factory=set)
    """First lines of what has happened at a door in this tale: it happens once."""

    @property
    def hero(self) -> Person:
        """The person whom the tale follows."""
        return self.people[0]

    def tell(self, opening: str, bridge: str) -> None:
        """The whole tale; `opening` goes before its first title, `bridge` is the first sentence."""
        traitor = self.teller.rng.choice(self.people[2:])
        self._beginning(opening, bridge)
        self._road(traitor)
        self._end(traitor)

    # --- the beginning ---------------------------------------------------------------------

    def _beginning(self, opening: str, bridge: str) -> None:
        teller, hero, spine = self.teller, self.hero, self.spine
        title = teller.draw(f"{spine.name} titles", spine.titles)
        teller.chapter(f"{opening}: {title}", hero_known=False)
        teller.say(bridge, *self.stake.before)
        teller.paragraph()
        teller.say(*self.stake.trouble)
        teller.paragraph()
        state(teller, HERO if spine.rings else HEROES, ("trade", "home"), hero, self._fits(hero))
        teller.say(*self.stake.reason)
        for relations in told_together(hero):
            state(teller, _DOORS, relations, hero, self._fits(hero))
            self._remark(relations, 0.4, hero)
        teller.paragraph()
        teller.say(*self._draw("rules", spine.rules))
        state(teller, HERO if spine.rings else HEROES, ("keeps",), hero, self._fits(hero))
        teller.paragraph()
        if spine.rings:
            teller.say(*self._draw("debts called", plots.THREAT_OF_DEBT))
            state(teller, HERO, ("debt",), hero, self._fits(hero))
        else:
            self._money(hero)
        teller.say(*self._draw("resolve", spine.resolve))
        self._meeting(self.people[1], first=True)

    # --- the road --------------------------------------------------------------------------

    def _road(self, traitor: Person) -> None:
        teller, spine = self.teller, self.spine
        others = self.people[2:]
        before = spread(self.entities, len(others))
        legs = parts(len(others), _LEG)
        titles = [*teller.rng.sample(spine.legs, len(legs) - 1), spine.last_leg]
        hindrances = {len(legs) // 3, len(legs) * 2 // 3}
        start = 0
        for number, length in enumerate(legs):
            teller.chapter(titles[number])
            if number in hindrances:
                *told, trace = self._draw("obstacles", spine.obstacles)
                teller.say(*told)
                self.threads.traces.append(trace)
            for at in range(start, start + length):
                for entity in before[at]:
                    pass_by(teller, entity)
                self._meeting(others[at])
            start += length
        teller.paragraph()
        if spine.rings:
            bought, self.threads.comes_back = self.teller.draw("betrayals", scenes.BETRAYALS)
            teller.say(*bought, about=traitor)
            teller.paragraph()
            teller.say(*self._draw("arrows", plots.ARROWS_FOLLOWED))
        else:
            teller.say(*self._draw("low", spine.low))

    def _meeting(self, person: Person, *, first: bool = False) -> None:
        teller = self.teller
        teller.paragraph()
        teller.about(person)
        if first:
            teller.say(teller.draw(f"{self.spine.name} first", self.spine.first))
        else:
            teller.say(self._seasonal("road", ROAD))
        for relations in teller.draw("visit plans", _VISIT_PLANS):
            state(teller, _DOORS, relations, person, self._fits(person))
        extras = told_together(person)
        before = teller.rng.randrange(len(extras) + 1) if extras else 0
        self._extras(extras[:before], person)
        if self.spine.rings:
            self._asked_for_an_oath(person)
        else:
            self._part(person)
        if len(extras) - before > 1:
            teller.paragraph()
        self._extras(extras[before:], person)
        if not self.spine.rings and person.creditor is not None:
            self._money(person)
        state(teller, _DOORS, ("keeps",), person, self._fits(person))
        if teller.rng.random() < 0.5:
            lines = self.spine.partings
            teller.say(teller.draw(f"{self.spine.name} partings", lines, str), about=person)

    def _extras(self, extras: Sequence[tuple[str, ...]], person: Person) -> None:
        for relations in extras:
            state(self.teller, _DOORS, relations, person, self._fits(person))
            self._remark(relations, 0.4, person)

    def _part(self, person: Person) -> None:
        """What this person has to do with the tale."""
        fits = self._fits(person)
        block = self.teller.draw(
            f"{self.spine.name} meetings",
            self.spine.meetings,
            _first_line,
            lambda lines: (
                lines[0] not in self.used
                and fits(Frame((), "visit", " ".join(lines).replace("{hero}", "")))
            ),
        )
        self.used.add(block[0])
        self.teller.say(*block[:-1], about=person)
        self.threads.recalled[person.number] = block[-1]

    def _asked_for_an_oath(self, person: Person) -> None:
        teller = self.teller
        if person.creditor is None:
            trouble, reply, recalled = teller.draw(
                "troubles",
                TROUBLES,
                _first_line,
                lambda lines: lines[0] not in self.used,
            )
            self.used.add(trouble)
            teller.say(trouble, reply, about=person)
            self.threads.recalled[person.number] = recalled
        else:
            debt, reply, clause = teller.draw(
                "debts", DEBTS, lambda lines: lines[0], lambda lines: lines[0] not in self.used
            )
            self.used.add(debt)
            teller.state(debt, person, ("debt",))
            teller.say(reply, about=person)
            self.threads.clauses[person.number] = clause

    def _money(self, person: Person) -> None:
        fits = self._fits(person)
        debt, remark = self.teller.draw(
            "money",
            MONEY,
            _first_line,
            lambda lines: (
                lines[0] not in self.used and fits(Frame(("debt",), "visit", " ".join(lines)))
            ),
        )
        self.used.add(debt)
        self.teller.state(debt, person, ("debt",))
        self.teller.say(remark, about=person)

    def _remark(self, relations: tuple[str, ...], chance: float, person: Person) -> None:
        lines = REMARKS.get(relations[0], ())
        if lines and self.teller.rng.random() < chance:
            fits = self._fits(person)
            self.teller.say(
                self.teller.draw(
                    f"remarks {relations[0]}",
                    lines,
                    str,
                    lambda line: fits(Frame((), "visit", line.replace("{P}", "{hero}"))),
                )
            )

    # --- the end ---------------------------------------------------------------------------

    def _end(self, traitor: Person) -> None:
        teller, spine = self.teller, self.spine
        teller.chapter(spine.finale)
        teller.say(*self._draw("finale", spine.opening))
        teller.paragraph()
        if spine.rings:
            teller.say(teller.draw("hall first", scenes.HALL_FIRST))
        self._act(self.hero)
        teller.say(*self.threads.traces)
        present = [one for one in self.people[1:] if not (spine.rings and one is traitor)]
        teller.rng.shuffle(present)
        done = 0
        for row in parts(len(present), _ROW):
            self._row(present[done : done + row], late=2 * done >= len(present))
            done += row
        if spine.rings:
            teller.say(counted(teller.draw("missing", scenes.HALL_MISSING), sworn=done + 1))
            teller.paragraph()
            teller.say(*self.threads.comes_back, about=traitor)
            teller.about(traitor)
            state(teller, LAST, ALWAYS, traitor, self._fits(traitor))
            ring(teller, self.stake.after, self.threads)
            return
        teller.paragraph()
        teller.say(*self._draw("crisis", spine.crisis))
        teller.paragraph()
        teller.say(*self._draw("ending", spine.ending), *self.stake.after)
        teller.say(teller.draw(f"{spine.name} closings", spine.closings))

    def _row(self, row: Sequence[Person], *, late: bool) -> None:
        teller, spine = self.teller, self.spine
        teller.paragraph()
        beats = spine.late if late else spine.early
        for at, person in enumerate(row):
            self._act(person)
            if person.number in self.threads.recalled:
                teller.say(self.threads.recalled[person.number], about=person)
            if at + 1 == len(row) or teller.rng.random() < 0.45:
                teller.say(self._seasonal(f"{spine.name} beats {late}", beats))

    def _act(self, person: Person) -> None:
        """Somebody is there at the end: trade, home and heirloom for the second time."""
        teller = self.teller
        teller.about(person)
        frames = HALL if self.spine.rings else GATHERING
        for relations in teller.draw("end plans", _END_PLANS):
            state(teller, frames, relations, person, self._fits(person))

    # --- drawing ---------------------------------------------------------------------------

    def _draw(self, deck: str, blocks: Sequence[Block]) -> Block:
        """A block of the spine that suits the season."""
        block = self.teller.draw(
            f"{self.spine.name} {deck}",
            blocks,
            suits=lambda block: in_season(block, self.season) is not None,
        )
        return in_season(block, self.season) or block

    def _seasonal(self, deck: str, lines: Block) -> str:
        told = [block[0] for line in lines if (block := in_season((line,), self.season))]
        return self.teller.draw(f"{deck} {self.season}", told, str)

    def _fits(self, person: Person) -> Fits:
        return Fits(
            hero=person is self.hero,
            reads=person.truths.get("reads") != "no",
            oaths=self.spine.rings,
            winter=self.season == "winter",
        )


def _first_line(lines: Sequence[str]) -> str:
    return lines[0]
