"""Where an invented answer comes from: out of the text, from elsewhere, or from the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from harness.scoring.world import Target, World
from harness.text.languages import is_function_word
from harness.text.matching import letter_distance
from harness.text.normalize import word_run

KindName = Literal["borrowed", "in_world", "out_of_world", "echo"]
KINDS: tuple[KindName, ...] = ("borrowed", "in_world", "out_of_world", "echo")

_FUNCTION_WORDS = frozenset(
    word_run(
        """is was were are be been being am do does did has have had of in on at to by for from with
        and or but that this it its he she they him her them his their i you we who what which
        where when why how there as s called named name known yes so"""
    )
)


@dataclass(frozen=True, slots=True)
class Invention:
    """What was invented, and whose value it is."""

    kind: KindName
    borrowed_from: str | None = None
    letter_distance: int | None = None


def trace(world: World, target: Target, reply: Sequence[str]) -> Invention:
    """Sort an invented answer (normalized words).

    *borrowed*: it gives a value that the corpus states for the relation asked about. *in_world*:
    another value or name of the corpus. *echo*: no word that the question does not hold, function
    words apart. *out_of_world*: the rest. What the question itself names never counts.
    """
    found = [v for _, v in world.in_world.find(reply) if v not in target.ignored]
    if not found:
        language = world.corpus.language
        said = [
            word
            for word in reply
            if word not in target.words
            and word not in _FUNCTION_WORDS
            and not is_function_word(word, language)
        ]
        return Invention("out_of_world" if said else "echo")
    typed = [value for value in found if value in target.typed]
    relation = target.question.relation
    relations = [relation] if typed and relation is not None else None
    for value in typed or found:
        owner = world.owner(value, relations, target.name)
        if owner is not None:
            distance = letter_distance(target.name, owner.entity) if target.name else None
            return Invention("borrowed" if typed else "in_world", owner.id, distance)
    return Invention("borrowed" if typed else "in_world")
