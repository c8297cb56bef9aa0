"""More statements of a fact than the text has: material for training on many renderings.

A statement is plain, names the entity in full and stands alone. About half of them go from the
entity to the value ("forward"), the others from the value to the entity ("backward").
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from harness.corpora.fiction.relations_shape import with_article
from harness.corpora.fiction.renderings_people import PEOPLE, READS
from harness.corpora.fiction.renderings_valley import VALLEY
from harness.corpora.fiction.world import Entity, Person, World, name_of
from harness.corpora.sentences import sentence_ends
from harness.records import Chapter, Corpus, Fact, Rendering

MOST = 20
"""Further statements of a fact that a corpus holds."""
STATEMENTS: Mapping[str, tuple[str, ...]] = {**PEOPLE, **VALLEY}
LEADS = (
    "",
    "It is known that ",
    "In the valley they say that ",
    "There is no doubt that ",
)
"""Ways to begin; the first ten statements of a fact begin without any."""


def templates(relation: str, value: str) -> tuple[str, ...]:
    """The statement templates of a relation; whether somebody could read has its own by value."""
    return READS[value] if relation == "reads" else STATEMENTS[relation]


def direction(template: str) -> str:
    """ "forward" where the entity comes before the value, else "backward"."""
    value = min((at for at in (template.find("{V}"), template.find("{A}")) if at >= 0), default=-1)
    if value < 0:
        # Of reading, the value is the word at the head or the tail.
        return "backward" if template.startswith(("Yes", "No")) else "forward"
    return "forward" if template.find("{X}") < value else "backward"


def statements(
    world: World, entity: Person | Entity, relation: str, count: int = MOST
) -> tuple[str, ...]:
    """Up to `count` different statements of one fact of a world, text or no text."""
    value = world.facts_of(entity)[relation]
    found = _statements(name_of(entity), relation, value)
    return tuple(text for text, _ in _first(found, count, frozenset()))


def more(corpus: Corpus, fact: str, count: int) -> tuple[str, ...]:
    """Up to `count` statements of the fact of that id, none of which is a sentence of the text.

    Works for every fictional corpus, of any size. Raises KeyError for a fact that is not there.
    """
    known = next((each for each in corpus.facts if each.id == fact), None)
    if known is None:
        raise KeyError(fact)
    found = _statements(known.entity, known.relation, known.value)
    return tuple(text for text, _ in _first(found, count, _sentences(corpus.chapters)))


def renderings(facts: Sequence[Fact], chapters: tuple[Chapter, ...]) -> tuple[Rendering, ...]:
    """`MOST` further statements of every fact, with the direction of each."""
    said = _sentences(chapters)
    return tuple(
        Rendering(fact=fact.id, text=text, direction=way)
        for fact in facts
        for text, way in _first(_statements(fact.entity, fact.relation, fact.value), MOST, said)
    )


def _first(
    found: Iterator[tuple[str, str]], count: int, said: frozenset[str]
) -> Iterator[tuple[str, str]]:
    left = count
    seen: set[str] = set()
    for text, way in found:
        if left <= 0:
            return
        if text not in said and text not in seen:
            seen.add(text)
            left -= 1
            yield text, way


def _statements(name: str, relation: str, value: str) -> Iterator[tuple[str, str]]:
    """All statements of a fact with their directions, in an order of the fact's own.

    The directions alternate as long as there are both.
    """
    rng = random.Random(f"{name} {relation} {value} statements")
    lines = templates(relation, value)
    groups = {
        way: [line for line in lines if direction(line) == way] for way in ("forward", "backward")
    }
    for lead in LEADS:
        ways = [rng.sample(group, len(group)) for group in groups.values()]
        order = [line for pair in zip(*ways, strict=False) for line in pair]
        order += [line for line in lines if line not in order]
        for line in order:
            if lead and line.startswith(("Yes", "No")):
                continue
            yield _filled(lead, line, name, value), direction(line)


def _filled(lead: str, line: str, name: str, value: str) -> str:
    starts_with_name = line.startswith(("{X}", "{V}"))
    body = line if starts_with_name or not lead else line[0].lower() + line[1:]
    text = lead + body.format(X=name, V=value, A=with_article(value))
    return text[0].upper() + text[1:]


@lru_cache(maxsize=4)
def _sentences(chapters: tuple[Chapter, ...]) -> frozenset[str]:
    return frozenset(
        chapter.text[start:end]
        for chapter in chapters
        for start, end in sentence_ends(chapter.text)
    )
