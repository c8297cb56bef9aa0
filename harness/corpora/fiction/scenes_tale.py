"""One tale of a cycle, told along its spine: the trouble, the doors, what goes wrong, the end.

Every fact of a person is stated at the door (or, of the hero, at the beginning). Trade, home and
heirloom come up again when all have gathered, everything else on the evening after that.
"""

from __future__ import annotations

from harness.corpora.fiction import plots, scenes
from harness.corpora.fiction.frames import HERO
from harness.corpora.fiction.frames_gathering import HEROES
from harness.corpora.fiction.plots_rings import HINTS
from harness.corpora.fiction.scenes_end import tell_end
from harness.corpora.fiction.scenes_oath import parts
from harness.corpora.fiction.scenes_passing import pass_by, spread
from harness.corpora.fiction.scenes_stating import state
from harness.corpora.fiction.scenes_told import Told
from harness.corpora.fiction.scenes_visit import tell_debt, tell_extras, visit

_LEG = 4


def tell_tale(told: Told, opening: str, bridge: str) -> None:
    """The whole tale; `opening` goes before its first title, `bridge` is the first sentence."""
    _beginning(told, opening, bridge)
    _road(told)
    tell_end(told)


def _beginning(told: Told, opening: str, bridge: str) -> None:
    teller, hero, spine = told.teller, told.hero, told.spine
    frames, fits = HERO if spine.rings else HEROES, told.fits(hero)
    title = teller.draw(f"{spine.name} titles", spine.titles)
    teller.chapter(f"{opening}: {title}", hero_known=False)
    teller.say(bridge, *told.stake.before)
    teller.paragraph()
    teller.say(*told.stake.trouble)
    teller.paragraph()
    state(teller, frames, ("trade", "home"), hero, fits)
    teller.say(*told.stake.reason)
    tell_extras(told, hero)
    teller.paragraph()
    teller.say(*told.block("rules", spine.rules))
    state(teller, frames, ("keeps",), hero, fits)
    teller.paragraph()
    if spine.rings:
        teller.say(*told.block("debts called", plots.THREAT_OF_DEBT))
        state(teller, HERO, ("debt",), hero, fits)
    else:
        tell_debt(told, hero)
    teller.say(*told.block("resolve", spine.resolve))
    visit(told, told.people[1], first=True)


def _road(told: Told) -> None:
    teller, spine = told.teller, told.spine
    others = told.people[2:]
    before = spread(told.entities, others)
    legs = parts(len(others), _LEG)
    titles = [*teller.rng.sample(spine.legs, len(legs) - 1), spine.last_leg]
    hindrances = {len(legs) // 3, len(legs) * 2 // 3}
    start = 0
    for number, length in enumerate(legs):
        teller.chapter(titles[number])
        if number in hindrances:
            *lines, trace = told.block("obstacles", spine.obstacles)
            teller.say(*lines)
            told.threads.traces.append(trace)
        for at in range(start, start + length):
            led = [pass_by(teller, entity, others[at]) for entity in before[at]]
            visit(told, others[at], led=led[-1:] == [True])
        if number == len(legs) - 2 and not spine.rings:
            teller.paragraph()
            teller.say(*HINTS[spine.name])
        start += length
    teller.paragraph()
    if spine.rings:
        bought, told.threads.comes_back = teller.draw("betrayals", scenes.BETRAYALS)
        teller.say(*bought, about=told.odd)
        teller.paragraph()
        teller.say(*told.block("arrows", plots.ARROWS_FOLLOWED))
    else:
        teller.say(*told.block("low", spine.low))
