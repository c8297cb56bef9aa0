"""The tale of the oaths, in the form that all spines have; its lines are in `plots`."""

from __future__ import annotations

from collections.abc import Mapping

from harness.corpora.fiction import plots, scenes
from harness.corpora.fiction.doors import PROMISES
from harness.corpora.fiction.plots_spine import Block, Season, Spine, Stake

_DAYS: Mapping[str, Mapping[Season, str]] = {
    "the schoolhouse": {"spring": "the first day of May", "summer": "Midsummer Day"},
    "the spring": {"summer": "Midsummer Day", "autumn": "the last day of harvest"},
    "the lighthouse": {"autumn": "Lantern Day", "winter": "the eve of Twelfth Night"},
    "the old mill": {"autumn": "the last day of harvest", "spring": "the first day of May"},
}
_FOOTBRIDGE = plots.Threat(
    "the footbridge",
    "the bridge shall hang",
    "the Road Master",
    (
        "Over the narrowest part of the river hung a footbridge of rope, and it hung well.",
        "Whoever crossed it had to think of nothing else, and many found that restful.",
    ),
    (
        "One day a notice from the Road Master was tied to the rail.",
        "He had a road on the other side, with an inn on it, and on {day} the ropes were to be cut "
        "so that people should go round by it.",
    ),
    "Half way across that bridge the parents of {hero} had first met, and neither would go back.",
    (
        "The footbridge was given new ropes that week, one from every house.",
        "The inn on the other side serves those who are too fat for it.",
    ),
)
"""A matter of oaths that only a cycle has."""
_ANY: Mapping[Season, str] = {
    "summer": "Midsummer Day",
    "autumn": "the last day of harvest",
}


def _at_no_set_time(line: str) -> str:
    """A tale of a cycle has its own season: the notice is not tied to another."""
    for opening in ("That spring", "Before Easter", "In spring"):
        line = line.replace(opening, "One day")
    return line


def _in_its_season(block: Block) -> Block:
    return (f"@summer {block[0]}", *block[1:]) if "hot" in block[0] else block


OATH = Spine(
    name="oath",
    titles=("The Notice", "Nailed to the Door", "What the Notice Said"),
    legs=(*scenes.TITLES[:3], *scenes.TITLES[4:]),
    last_leg=scenes.LAST_TITLE,
    finale="The Long Hall",
    stakes=tuple(
        Stake(
            words={"thing": threat.thing, "shall": threat.shall, "boss": threat.boss},
            days=_DAYS.get(threat.thing, _ANY),
            before=threat.before,
            trouble=tuple(_at_no_set_time(line) for line in threat.notice),
            reason=(threat.reason,),
            after=threat.after,
        )
        for threat in (*plots.THREATS, _FOOTBRIDGE)
    ),
    rules=plots.LAW,
    resolve=plots.RESOLVE,
    first=scenes.FIRST_DOOR,
    meetings=(),
    partings=PROMISES,
    obstacles=tuple((*told, trace) for told, trace in scenes.TRICKS),
    low=(),
    opening=tuple(_in_its_season(block) for block in scenes.HALL_OPENING),
    early=scenes.HALL_EARLY,
    late=scenes.HALL_LATE,
    crisis=(),
    ending=(),
    closings=(),
    rings=True,
)
