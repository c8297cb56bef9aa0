"""Tells a chapter between two tales: each place, guild and event of the last one once more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harness.corpora.fiction.frames_guilds import GUILDS
from harness.corpora.fiction.frames_kind import Frame
from harness.corpora.fiction.frames_places import PLACES
from harness.corpora.fiction.interludes import Interlude
from harness.corpora.fiction.interludes_more import INTERLUDES
from harness.corpora.fiction.scenes_stating import state
from harness.corpora.fiction.telling import Teller
from harness.corpora.fiction.world import Entity

_VALLEY = (*PLACES, *GUILDS)
_WRITTEN = re.compile(
    r"\b(?:page|ink|margin|entry|stood|records|underlined|map|put at|given|paint|painted|it said)\b"
)
_TOGETHER = (("founded", "crop"), ("seat", "badge"), ("year", "site"))


def tell_interlude(teller: Teller, entities: Sequence[Entity]) -> None:
    """One chapter; its form is the next of a shuffled deck."""
    form = teller.draw("interludes", INTERLUDES)
    teller.chapter(form.title, hero_known=False)
    for paragraph in form.opening:
        teller.paragraph()
        teller.say(*paragraph)
    order = teller.rng.sample(list(entities), len(entities))
    for at, entity in enumerate(order):
        if at == len(order) // 2:
            teller.paragraph()
            teller.say(*form.middle)
        _about(teller, form, entity)
    teller.paragraph()
    teller.say(*teller.draw(f"{form.title} closing", form.closing))


def _about(teller: Teller, form: Interlude, entity: Entity) -> None:
    teller.paragraph()
    turns = form.turns[entity.kind]
    teller.say(teller.draw(f"{form.title} {entity.kind}", turns, str))

    def suits(frame: Frame) -> bool:
        return frame.register == "chronicle" and (form.written or not _WRITTEN.search(frame.text))

    groups = _groups(teller, list(entity.truths))
    for at, relations in enumerate(groups):
        state(teller, _VALLEY, relations, entity, suits)
        if teller.rng.random() < (0.7 if at + 1 < len(groups) else 0.5):
            teller.say(teller.draw(f"{form.title} beats", form.beats, str))


def _groups(teller: Teller, relations: list[str]) -> list[tuple[str, ...]]:
    """The facts in the order in which they are told, two of them now and then in one sentence."""
    found: list[tuple[str, ...]] = [(name,) for name in relations]
    for pair in _TOGETHER:
        if set(pair) <= set(relations) and teller.rng.random() < 0.4:
            found = [one for one in found if one[0] not in pair] + [pair]
    teller.rng.shuffle(found)
    return found
