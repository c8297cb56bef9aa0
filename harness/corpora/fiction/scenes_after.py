"""The evening after a tale, told from `scenes_evening`: everything but trade, home and heirloom."""

from __future__ import annotations

from collections.abc import Sequence

from harness.corpora.fiction.frames_evening import EVENING
from harness.corpora.fiction.frames_register import REGISTER
from harness.corpora.fiction.scenes_evening import EARLY, EARLY_TITLES, SEATED, Scene
from harness.corpora.fiction.scenes_evening_late import LAST, LATE, LATE_TITLES
from harness.corpora.fiction.scenes_stating import in_register, state, told_together
from harness.corpora.fiction.telling import Teller
from harness.corpora.fiction.world import Person

_FRAMES = (*EVENING, *REGISTER)
_PARAGRAPH = 4


def tell_evening(teller: Teller, people: Sequence[Person]) -> None:
    """Two chapters: the meal and what goes with it, and what comes after midnight."""
    for titles, scenes in ((EARLY_TITLES, EARLY), (LATE_TITLES, LATE)):
        order = teller.rng.sample(scenes, len(scenes))
        if scenes is LATE:
            order = [*order, *LAST]
        told = [(scene, _said_in(scene, people, teller)) for scene in order]
        told = [(scene, said) for scene, said in told if said]
        if not told:
            continue
        teller.chapter(teller.draw(titles[0], titles))
        for at, (scene, said) in enumerate(told):
            _scene(teller, scene, said)
            if not at:
                teller.say(teller.draw("seated", SEATED, str))


def _said_in(
    scene: Scene, people: Sequence[Person], teller: Teller
) -> list[tuple[Person, tuple[str, ...]]]:
    found = [
        (person, relations)
        for person in people
        for relations in told_together(person)
        if relations[0] in scene.relations
    ]
    teller.rng.shuffle(found)
    return found


def _scene(teller: Teller, scene: Scene, said: list[tuple[Person, tuple[str, ...]]]) -> None:
    name = scene.relations[0]
    teller.paragraph()
    teller.say(*teller.draw(f"{name} openings", scene.openings))
    for at, (person, relations) in enumerate(said):
        if at and at % _PARAGRAPH == 0:
            teller.paragraph()
        state(teller, _FRAMES, relations, person, in_register("evening"))
        if at + 1 < len(said) and teller.rng.random() < 0.55:
            teller.say(teller.draw(f"{name} beats", scene.beats, str))
    teller.say(*teller.draw(f"{name} closings", scene.closings))
