"""The evening after a tale, told from `scenes_evening`: everything but trade, home and heirloom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harness.corpora.fiction.frames_evening import EVENING
from harness.corpora.fiction.frames_register import REGISTER
from harness.corpora.fiction.plots_spine import Season, in_season
from harness.corpora.fiction.scenes_aims import AIMS, WHEN
from harness.corpora.fiction.scenes_evening import CLAIMS, EARLY, EARLY_TITLES, Scene
from harness.corpora.fiction.scenes_evening_late import LAST, LATE, LATE_TITLES
from harness.corpora.fiction.scenes_stating import Suits, in_register, state, told_together
from harness.corpora.fiction.telling import Teller
from harness.corpora.fiction.world import Person

_FRAMES = (*EVENING, *REGISTER)
_PARAGRAPH = 5
_BEATS = 0.3
_CLOSINGS = 0.6

_WRITTEN = re.compile(
    r"\b(?:pen|put down|line|page|[Ii]t was written|Beside|in full|went down|bill)\b"
    r"|^The birthplace|^For "
)

_Said = list[tuple[Person, tuple[str, ...]]]


def tell_evening(teller: Teller, people: Sequence[Person], spine: str, season: Season) -> None:
    """Two chapters: the meal and what goes with it, and what comes after midnight.

    Through both of them the hero wants one thing, and gets it or not in the last sentence.
    """
    aim = teller.draw("aims", AIMS)
    early = (*EARLY, teller.draw("claims", CLAIMS))
    for late, (titles, scenes) in enumerate(((EARLY_TITLES, early), (LATE_TITLES, LATE))):
        order = teller.rng.sample(scenes, len(scenes))
        if late:
            order = [*order, *LAST]
        told = [(scene, _said_in(scene, people, teller)) for scene in order]
        teller.chapter(teller.draw(titles[0], titles))
        if not late:
            teller.say(*teller.draw(f"{spine} evening", WHEN[spine]))
        teller.say(aim[2 * late])
        for scene, said in told:
            if said:
                _scene(teller, scene, said, season)
        teller.paragraph()
        teller.say(aim[2 * late + 1])


def _said_in(scene: Scene, people: Sequence[Person], teller: Teller) -> _Said:
    """What the scene tells, person by person: one is looked at, and then the next."""
    found: _Said = []
    for person in teller.rng.sample(people, len(people)):
        own = [one for one in told_together(person) if one[0] in scene.relations]
        teller.rng.shuffle(own)
        found += [(person, relations) for relations in own]
    return found


def _scene(teller: Teller, scene: Scene, said: _Said, season: Season) -> None:
    name = scene.closings[0][0]
    told = [block[0] for line in scene.beats if (block := in_season((line,), season))]
    teller.paragraph()
    teller.say(*teller.draw(f"{name} openings", scene.openings))
    since = 0
    for at, (person, relations) in enumerate(said):
        changes = at > 0 and said[at - 1][0] is not person
        if changes and since >= _PARAGRAPH and at + 2 < len(said):
            teller.paragraph()
            since = 0
        elif changes and teller.rng.random() < _BEATS:
            teller.say(teller.draw(f"{name} beats {season}", told, str))
        state(teller, _FRAMES, relations, person, _of(scene))
        since += 1
    if teller.rng.random() < _CLOSINGS:
        teller.say(*teller.draw(f"{name} closings", scene.closings))


def _of(scene: Scene) -> Suits:
    """Frames of an evening; those that speak of pen and page only where somebody writes."""
    evening = in_register("evening")
    return lambda frame: evening(frame) and (scene.written or not _WRITTEN.search(frame.text))
