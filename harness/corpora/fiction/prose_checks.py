"""What must hold of the story's form, whatever it tells: openings, repetition, share of facts.

The rules of the larger worlds come on top: every fact twice in two chapters, no chain of facts in
one sentence, and sentences without slips of the kind that filling templates makes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from harness.corpora.fiction.telling import Sentence, Teller
from harness.corpora.fiction.world import World, fact_id, name_of
from harness.corpora.gates import CorpusFault

MOST_IN_A_ROW = 2
LEAST_WITHOUT_FACT = 1 / 3
LONG_CHAPTER = 100
MOST_WORDS = {"XS": 1_600}
"""What the time of the quick suite is reckoned for."""
MOST_OF_A_FRAME = 0.03
MOST_USES = {"XS": 1, "S": 2}
"""How often a story may use one and the same frame; the larger ones have to repeat more."""

_SLIPS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("slot", re.compile(r"[{}]")),
    ("doubled word", re.compile(r"\b(\w+) \1\b", re.IGNORECASE)),
    ("doubled space", re.compile(r"  |\s$|^\s")),
    ("article", re.compile(r"\b[Aa] [aeiou]")),
    ("article", re.compile(r"\b[Aa]n (?!heir|hour|honest)[^aeiou]")),
    ("case", re.compile(r"\b(?:of|from|with|to|at|beside) (?:he|she|his|they)(?=[.,;])")),
    ("capital", re.compile(r"^\"?[^A-Z\"]")),
    ("full stop", re.compile(r"[^.!?\"]$|[^.!?]\"$")),
)
"""Slips that a filled template can make, each as a pattern that no sentence may match."""


def check_prose(teller: Teller) -> None:
    """The rules of the story's form; the first breach raises CorpusFault with the sentence."""
    for title, sentences in chapters(teller):
        _openings_vary(title, sentences)
        _frames_vary(title, sentences)
        for sentence in sentences:
            _is_clean(title, sentence)
    everything = [sentence for _, sentences in chapters(teller) for sentence in sentences]
    plain = sum(not sentence.facts for sentence in everything)
    if plain < LEAST_WITHOUT_FACT * len(everything):
        raise CorpusFault("narrative", "story", f"only {plain} of {len(everything)} state no fact")
    length = sum(len(sentence.text.split()) for sentence in everything)
    if length > MOST_WORDS.get(teller.world.size_name, length):
        raise CorpusFault("length", "story", f"{length} words")
    frame, uses = Counter(sentence.frame for sentence in everything).most_common(1)[0]
    if uses > MOST_USES.get(teller.world.size_name, uses):
        raise CorpusFault("repeated", frame, f"{uses} times in one story")
    _facts_are_told(teller)
    _chains_are_apart(teller.world, everything)


def chapters(teller: Teller) -> Iterator[tuple[str, list[Sentence]]]:
    """Title and sentences of every chapter, in order."""
    for title, paragraphs in teller.chapters:
        yield title, [sentence for paragraph in paragraphs for sentence in paragraph]


def _openings_vary(title: str, sentences: list[Sentence]) -> None:
    run = 1
    for one, other in pairwise(sentences):
        run = run + 1 if one.subject == other.subject else 1
        if run > MOST_IN_A_ROW:
            raise CorpusFault("openings", f"{title}: {other.text}", "a third with one subject")


def _frames_vary(title: str, sentences: list[Sentence]) -> None:
    if len(sentences) < LONG_CHAPTER:
        return
    frame, count = Counter(sentence.frame for sentence in sentences).most_common(1)[0]
    if count > MOST_OF_A_FRAME * len(sentences):
        raise CorpusFault("frames", f"{title}: {frame}", f"{count} of {len(sentences)} sentences")


def _is_clean(title: str, sentence: Sentence) -> None:
    for name, slip in _SLIPS:
        found = slip.search(sentence.text)
        if found:
            raise CorpusFault(name, f"{title}: {sentence.text}", repr(found.group()))


def _facts_are_told(teller: Teller) -> None:
    """Every fact is stated at least twice, in two chapters, and every debt exactly once."""
    told: dict[str, list[int]] = defaultdict(list)
    for number, (_, sentences) in enumerate(chapters(teller)):
        for sentence in sentences:
            for fact in sentence.facts:
                told[fact].append(number)
    world = teller.world
    for entity in world.everything():
        for relation in world.facts_of(entity):
            where = told[fact_id(entity, relation)]
            if relation == "debt":
                if len(where) != 1:
                    raise CorpusFault("told", fact_id(entity, relation), f"{len(where)} times")
            elif len(set(where)) < 2 or len(set(where)) != len(where):
                raise CorpusFault("told", fact_id(entity, relation), f"in chapters {where}")


def _chains_are_apart(world: World, sentences: list[Sentence]) -> None:
    """No sentence states a fact whose value it also tells a fact of."""
    values = {
        fact_id(entity, relation): value
        for entity in world.everything()
        for relation, value in world.facts_of(entity).items()
    }
    names = {fact_id(entity, ""): name_of(entity) for entity in world.everything()}
    for sentence in sentences:
        told_of = {names[fact.partition(".")[0] + "."] for fact in sentence.facts}
        for fact in sentence.facts:
            if values[fact] in told_of:
                raise CorpusFault("chain", sentence.text, f"{fact} and a fact of {values[fact]}")
