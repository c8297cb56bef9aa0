"""Which frame may state which fact of whom, and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.corpora.fiction.frames_kind import Frame, Register
from harness.corpora.fiction.telling import Teller
from harness.corpora.fiction.world import Entity, Person

Suits = Callable[[Frame], bool]
ALWAYS = ("trade", "home", "keeps")
_LETTERS = re.compile(r"\b(?:read|wrote|written|letters?|signed|spelt|certificate|receipt|slate)\b")
_OATHS = re.compile(r"\boath|would swear on\b")
_WARM = re.compile(r"Geraniums|hummed|one walked slowly|mud to the knees|seldom stung|just come in")
_PLEDGES = re.compile(r"\bpledged|gave his word|gave \{his\} (?:word|hand)|promises\b")
_ARRIVING = re.compile(
    r"door was opened|^Whoever|^The path ended|steep climb|^The (?:first )?house|^Above the"
    r"|^It took|Geraniums|sweeping|^Behind a hedge|^Over a door|^In the only house|^There was"
    r"|^A sign over|^Nobody at|could point out|leaned against|walked a long way"
)
_BY_OTHERS = re.compile(
    r"knock|Asked|question|soon settled|when asked|said \{reads\} only|visitors"
    r"|asked already|said yes|Over a cup|hoped that it was not|^First"
    r"|fetched a chair|just come in|to see who it was|looked out first|no choice"
)
_FOUND = re.compile(
    r"^It took|could point out|^The path ended|steep climb|easy to find|^Whoever came"
)

_ONE_DISH = re.compile(r"\bit\b|\{dish\} (?:was|had|came)")


def agrees(frame: Frame, person: Person) -> bool:
    """Whether verbs and pronouns agree with a dish of more than one piece: "potato pancakes"."""
    many = person.truths.get("dish", "").endswith("s") and "dish" in frame.relations
    return not (many and _ONE_DISH.search(frame.text))


@dataclass(frozen=True, slots=True)
class Fits:
    """Whether a frame may be said of a person, at the door, in this tale."""

    hero: bool
    reads: bool
    oaths: bool
    winter: bool
    near: bool = False
    """Whether the person lives where the hero does, who need not look for the house."""
    inside: bool = False
    """Whether they have been talking for some time."""
    refuses: bool = False
    """Whether nothing is promised."""

    def __call__(self, frame: Frame) -> bool:
        """Whether this frame may."""
        text = frame.text
        return not (
            frame.register in {"road", "chronicle", "evening"}
            or (self.hero and ("{hero}" in text or _BY_OTHERS.search(text)))
            or (not self.reads and "reads" not in frame.relations and _LETTERS.search(text))
            or (not self.oaths and frame.register == "visit" and _OATHS.search(text))
            or (self.winter and _WARM.search(text))
            or (self.near and _FOUND.search(text))
            or (self.inside and _ARRIVING.search(text))
            or (self.refuses and _PLEDGES.search(text))
        )


def told_together(person: Person) -> list[tuple[str, ...]]:
    """What is true of a person beyond trade, home and heirloom; birthplace and age in one."""
    names = [name for name in person.truths if name not in ALWAYS]
    if {"birthplace", "age"} <= set(names):
        names = [name for name in names if name not in {"birthplace", "age"}]
        return [("birthplace", "age"), *((name,) for name in names)]
    return [(name,) for name in names]


def in_register(register: Register) -> Suits:
    """Whether a frame is of that register."""
    return lambda frame: frame.register == register


def state(
    teller: Teller,
    frames: Sequence[Frame],
    relations: tuple[str, ...],
    entity: Person | Entity,
    suits: Suits,
) -> None:
    """State facts with a frame for exactly these relations, in any order."""
    teller.about(entity)
    fitting = [frame for frame in frames if set(frame.relations) == set(relations)]
    deck = f"{fitting[0].register} {fitting[0].text} {' '.join(sorted(relations))}"

    def may(frame: Frame) -> bool:
        return suits(frame) and (not isinstance(entity, Person) or agrees(frame, entity))

    frame = teller.draw(deck, fitting, lambda frame: frame.text, may)
    teller.state(frame.text, entity, frame.relations)
