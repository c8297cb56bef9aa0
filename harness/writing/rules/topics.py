"""What a sentence is about when it does not say so: its section's topic, and what "it" stands for.

A manual writes "It is due to ..." under the title of a disease. Such a sentence can be asked about
only once the pronoun is replaced, or the topic is named first: "In the case of hectic fever, ...".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.records import Section
from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, is_plural, lowered, unclear_subject
from harness.writing.grammar_clauses import Clause
from harness.writing.grammar_frames import PASSIVE

ASPECTS = re.compile(
    r"^(?:(?:local|general|operative|differential|surgical|pathological|morbid|clinical|x-ray|early"
    r"|palliative|medical|constitutional|preventive|after) )*"
    r"(?:clinical features|treatment|diagnosis|prognosis|etiology|aetiology|pathology|anatomy"
    r"|prophylaxis|complications?|prevention|symptoms|features|varieties|causes?|appearances"
    r"|terminations|signs|after-treatment|etiology and morbid anatomy|local complications"
    r"|general complications|terminations and sequelæ)$",
    re.IGNORECASE,
)
"""Titles that name a side of what the section above is about."""
_UNFIT = frozenset(
    """injuries diseases affections lesions general other changes varieties types principles special
    individual certain various definition relation relations relationship conditions condition
    constitutional pathogenic results sequence aspects manifestations forms classification
    arrangement methods means terms sources surgery introduction examination influence
    question primary secondary complete partial initial contents bacterial bodies appendages
    modifications presence surgical appliances local errors stages stage effects later terminations
    early chapter part book section management group healing operative direct differential
    features phenomena relative recognition situations bodies history clinical x-ray
    processes process nature's operation operations rate subjects parts""".split()
)
_ROUGH = re.compile(r"[()\d:;—\"“]|^(?:In|On|By|The|A|An) ")
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Topic:
    """What a stretch of text is about."""

    words: Words
    since: int
    """Where in the chapter it was named."""


def usable(title: str, usage: Usage) -> Words:
    """A title as it stands inside a sentence; empty where it names nothing definite."""
    if _ROUGH.search(title):
        return ()
    words = tuple(title.split())
    plain = [bare(word) for word in words]
    if not words or len(words) > _LONGEST or set(plain) & _UNFIT:
        return ()
    if plain[-1] in lists.UNIQUE_HEADS and len(words) <= 3 and "of" not in plain:
        return ()
    if plain[-1] in lists.BARE_HEADS and len(words) == 1:
        return ()
    kept = tuple(
        word if bare(word) in usage.names or "'s" in word or word.isupper() else _small(word)
        for word in words
    )
    return kept


def _small(word: str) -> str:
    return word[:1].lower() + word[1:] if word[1:].islower() or len(word) == 1 else word


def titles_by_place(sections: Sequence[Section], usage: Usage) -> list[Topic]:
    """Where the topic changes by a title: the title's, its parent's, or nothing definite."""
    found = []
    for section in sections:
        named = section
        if ASPECTS.match(section.title):
            named = _parent(section, sections)
        since = named.start if named is not section else section.start
        words = usable(named.title, usage) if not ASPECTS.match(named.title) else ()
        found.append((section.start, Topic(words, since)))
    return [replace(topic, since=topic.since) for _, topic in sorted(found, key=_place)]


def _place(item: tuple[int, Topic]) -> int:
    return item[0]


def _parent(section: Section, sections: Sequence[Section]) -> Section:
    around = [
        other
        for other in sections
        if other.start < section.start
        and section.end <= other.end
        and not ASPECTS.match(other.title)
    ]
    return max(around, key=lambda other: other.start) if around else section


def resolved(clause: Clause, antecedent: Words, usage: Usage) -> Clause | None:
    """The clause with its pronoun replaced by what it stands for; None where that is not sure."""
    plain = tuple(bare(word) for word in clause.subject)
    if plain not in {("it",), ("they",), ("this",), ("these",)} or not antecedent:
        return None
    plural = plain[0] in {"they", "these"}
    if is_plural(antecedent) != plural or expletive(clause):
        return None
    return replace(clause, subject=antecedent)


def expletive(clause: Clause) -> bool:
    """Whether "it" stands for a clause that follows: "it is usual to", "it follows that"."""
    words = [bare(word) for word in clause.rest]
    if clause.base in {"follow", "happen", "seem", "appear"} and "that" in words[:3]:
        return True
    for at, word in enumerate(words[:7]):
        if word in {"that", "who", "whether"}:
            return True
        if word == "to" and at and words[at - 1] not in PASSIVE and words[at - 1] != "rise":
            return True
        if word in {"for", "not"} and at <= 2:
            return True
    return False


def names_topic(clause: Clause, usage: Usage) -> bool:
    """Whether a clause opens a paragraph by saying what its subject is."""
    if clause.lead or bare(clause.finite) not in lists.BE or not clause.rest:
        return False
    if len(clause.subject) > 4 or unclear_subject(clause.subject, usage):
        return False
    return bare(clause.rest[0]) in {"a", "an", "the"}


def as_topic(subject: Words, usage: Usage) -> Words:
    """A subject as the topic of a prefix: "In the case of a boil"."""
    return lowered(subject, usage.names)
