"""The cycle of tales of sizes M and L: a prologue, tales with evenings and interludes, an end."""

from __future__ import annotations

import random

from harness.corpora.fiction.chronicle_frame import (
    BRIDGES,
    EPILOGUES,
    FIRST,
    LATER_YEARS,
    PROLOGUES,
    ordinal,
)
from harness.corpora.fiction.interludes_told import tell_interlude
from harness.corpora.fiction.plots_feast import FEAST
from harness.corpora.fiction.plots_oath import OATH
from harness.corpora.fiction.plots_relief import RELIEF
from harness.corpora.fiction.plots_search import SEARCH
from harness.corpora.fiction.plots_spine import SEASONS, Season, Spine, Stake
from harness.corpora.fiction.plots_trial import TRIAL
from harness.corpora.fiction.scenes_after import tell_evening
from harness.corpora.fiction.scenes_road import AT_ONCE
from harness.corpora.fiction.scenes_tale import tell_tale
from harness.corpora.fiction.scenes_told import Told, unwilling
from harness.corpora.fiction.telling import Teller, in_words
from harness.corpora.fiction.world import Person, Tale, World

SPINES: tuple[Spine, ...] = (OATH, SEARCH, FEAST, RELIEF, TRIAL)


def tell_cycle(world: World, attempt: int = 0) -> Teller:
    """All tales of a world in their order; another attempt draws the words anew."""
    rng = random.Random(f"closedbook fiction {world.size_name} {world.seed} story {attempt}")
    first = world.people[world.tales[0].order[0]]
    teller = Teller(world, rng, {"boss": "the Crown"}, first, fillers=AT_ONCE)
    _frame(teller, "The Valley", PROLOGUES)
    season: Season | None = None
    spine: Spine | None = None
    for tale in world.tales:
        spine = _next_spine(teller, spine)
        season = _tale(teller, tale, spine, season)
        told = [world.people[number] for number in tale.order]
        tell_evening(teller, told, spine.name, season)
        tell_interlude(teller, [world.entities[at] for at in tale.entities])
    _frame(teller, "The Last Page", EPILOGUES)
    return teller


def _next_spine(teller: Teller, last: Spine | None) -> Spine:
    """No two neighbouring tales have one spine."""
    return teller.draw("spines", SPINES, suits=lambda spine: spine is not last)


def _tale(teller: Teller, tale: Tale, spine: Spine, before: Season | None) -> Season:
    """Tell one tale and say in which season it was."""
    world = teller.world
    people = _hero_first([world.people[number] for number in tale.order])
    stake: Stake = teller.draw(f"{spine.name} stakes", spine.stakes)
    season = _season_after(stake, before)
    words = {**stake.words, "day": stake.days[season], "count": in_words(len(people))}
    teller.cast(people[0], words)
    bridges = BRIDGES
    if before is None:
        bridges = FIRST
    elif SEASONS.index(season) <= SEASONS.index(before):
        bridges = LATER_YEARS
    bridge = teller.draw(bridges[0], bridges).replace("{season}", season)
    entities = [world.entities[at] for at in tale.entities]
    teller.rng.shuffle(entities)
    told = Told(teller, spine, stake, season, people, entities, unwilling(people, teller))
    tell_tale(told, f"The {ordinal(tale.number + 1)} Tale", bridge)
    return season


def _hero_first(people: list[Person]) -> list[Person]:
    """A hero draws up lists and plans, and so has to be able to read."""
    able = (one for one in people if one.creditor is not None and one.truths.get("reads") != "no")
    hero = next(able, people[0])
    return [hero, *(one for one in people if one is not hero)]


def _season_after(stake: Stake, before: Season | None) -> Season:
    """The next season of those in which it can happen."""
    at = SEASONS.index(before) if before is not None else -1
    order = [SEASONS[(at + step) % 4] for step in (1, 2, 3, 4)]
    return next(season for season in order if season in stake.days)


def _frame(teller: Teller, title: str, paragraphs: tuple[tuple[str, ...], ...]) -> None:
    teller.chapter(title, hero_known=False)
    for paragraph in paragraphs:
        teller.paragraph()
        teller.say(*paragraph)
