"""What a sentence is about when it does not say so: its section's topic, and what "it" stands for.

A manual writes "It is due to ..." under the title of a disease. Such a sentence can be asked about
only once the pronoun is replaced by the subject of the sentence before, or by that title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.records import Section
from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, Words, bare, head_at, is_plural, lowered
from harness.writing.grammar_clauses import Clause
from harness.writing.grammar_frames import PASSIVE
from harness.writing.grammar_reference import unclear_subject

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
    """bacteriology structure commoner anatomy physiology general other changes varieties types
    principles special individual certain various definition relation relations relationship
    conditions condition constitutional pathogenic results sequence aspects manifestations
    forms classification arrangement methods means terms sources surgery introduction
    influence question contents bacterial appendages modifications presence appliances local
    errors stages effects later terminations early chapter part book section group operative
    direct differential features phenomena relative recognition situations history clinical
    x-ray through processes process nature's operations rate subjects parts""".split()
)
_BARELY = frozenset("diseases affections injuries lesions tumours wounds examination".split())
"""Words that name a topic only with "of" behind them: "injuries of veins"."""
_ROUGH = re.compile(r"[()\d:;\"“]|^(?:In|On|By|A|An) ")
_MORE = re.compile(r"\s*(?:—.*|\([^()]*\))$")
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class Topic:
    """What a stretch of text is about."""

    words: Words
    since: int
    """Where in the chapter it was named."""
    told: bool = False
    """Whether the running text named it, not a title."""


def usable(title: str, usage: Usage) -> Words:  # noqa: PLR0911
    """A title as it stands inside a sentence; empty where it names nothing definite."""
    title = _MORE.sub("", title)
    if _ROUGH.search(title):
        return ()
    words = tuple(title.split())
    plain = [bare(word) for word in words]
    if len(plain) == 1 and plain[0].endswith(("ic", "al", "ous")):
        return ()
    if plain and plain[0] in {"diseases", "affections"}:
        return ()
    if set(plain) & (lists.PRONOUNS | lists.NUMBER_WORDS) or not words:
        return ()
    if set(plain) & _BARELY and "of" not in plain:
        return ()
    if not words or len(words) > _LONGEST or set(plain) & _UNFIT:
        return ()
    if plain[-1] in lists.UNIQUE_HEADS and len(words) <= 3 and "of" not in plain:
        return ()
    if plain[-1] in lists.BARE_HEADS and (len(words) == 1 or plain[0] == "the"):
        return ()
    kept = tuple(
        word if bare(word) in usage.names or "'s" in word or word.isupper() else _small(word)
        for word in words
    )
    return kept


def _small(word: str) -> str:
    parts = word.split("-")
    plain = all(part[1:].islower() or len(part) <= 1 for part in parts)
    return word.lower() if plain else word


def heads(sections: Sequence[Section], usage: Usage) -> frozenset[str]:
    """What the sections of a text are about, by the last word of their titles."""
    words = (usable(section.title, usage) for section in sections)
    return frozenset(bare(each[-1]).rstrip("s") for each in words if each and "of" not in each)


def is_broad(topic: Words) -> bool:
    """Whether a topic is so wide that a predicate alone does not tell one thing in it apart."""
    return bool(topic) and bare(topic[0]) == "the" and is_plural(topic)


def titles_by_place(sections: Sequence[Section], usage: Usage) -> list[Topic]:
    """Where the topic changes by a title: the title's, its parent's, or nothing definite."""
    found = []
    for section in sections:
        named = section
        if ASPECTS.match(section.title):
            named = _parent(section, sections)
        since = named.start if named is not section else section.start
        words = usable(named.title, usage) if not ASPECTS.match(named.title) else ()
        while not words and (wider := _parent(named, sections)) is not named:
            named = wider
            words = usable(named.title, usage)
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
    if plain not in {("it",), ("they",)} or not antecedent:
        return None
    plural = "they" in plain
    if clause.lead and bare(clause.lead[0]) in _CLAUSE_LEADS:
        return None  # "If the force is great, it ...": the force, as likely as not
    if is_plural(antecedent[: head_at(antecedent) + 1]) != plural or expletive(clause):
        return None
    return replace(clause, subject=antecedent)


def as_it(clause: Clause, *, first: bool) -> Clause:
    """ "This is ..." as "it is ...", where it is the `first` clause below a title."""
    return replace(clause, subject=("It",)) if first and _is_this(clause) else clause


def _is_this(clause: Clause) -> bool:
    return tuple(map(bare, clause.subject)) == ("this",)


def told_of(sentence: str, clause: Clause, known: Clause) -> str:
    """A sentence that opens with "It" or "They", with what that stands for in its place."""
    first, _, rest = sentence.partition(" ")
    if known is clause or clause.lead or bare(first) not in {"it", "they", "this"}:
        return sentence
    subject = " ".join(known.subject)
    return f"{subject[:1].upper()}{subject[1:]} {rest}"


_CLAUSE_LEADS = frozenset(
    "when if after before once while as because since until unless although though to by".split()
)


def expletive(clause: Clause) -> bool:
    """Whether "it" stands for a clause that follows: "it is usual to", "it follows that"."""
    words = [bare(word) for word in clause.rest]
    if clause.base in {"follow", "happen", "seem", "appear"} and "that" in words[:3]:
        return True
    for at, word in enumerate(words[:7]):
        if word in {"that", "who", "whether"}:
            return True
        if word == "to" and at and words[at - 1] != "rise":
            known = PASSIVE.get(words[at - 1], {})
            if "to" not in known or words[at - 1] in {"necessary", "essential", "suitable"}:
                return True
        if word in {"for", "not"} and at <= 2:
            return True
    return False


_GENERIC = frozenset(
    """condition disease affection lesion tumour tumours growth growths cyst cysts ulcer ulcers
    injury injuries swelling abscess sinus""".split()
)


def stands_for_topic(clause: Clause) -> bool:
    """Whether the subject is "the condition", "this disease": the topic under another name."""
    words = [bare(word) for word in clause.subject]
    return len(words) == 2 and words[0] in {"the", "this"} and words[1] in _GENERIC


def definite(clause: Clause) -> Words:
    """The subject where it is "the ..." and no more: the next sentence's "it" stands for that."""
    words = [bare(word) for word in clause.subject]
    short = 2 <= len(words) <= 4 and words[0] == "the"
    vague = (
        lists.PREPOSITIONS | lists.PRONOUNS | lists.NEVER_HEADS | lists.UNIQUE_HEADS | {"patient"}
    )
    return clause.subject if short and not set(words) & vague else ()


def pointed(clause: Clause) -> Clause:
    """ "This condition" as "the condition", for a question under a label."""
    words = [bare(word) for word in clause.subject]
    if len(words) == 2 and words[0] in {"this", "these"} and words[1] in _GENERIC:
        return replace(clause, subject=("the", *clause.subject[1:]))
    return clause


def names_topic(clause: Clause, usage: Usage) -> bool:
    """Whether a clause opens a paragraph by saying what its subject is."""
    if clause.lead or bare(clause.finite) not in lists.BE or not clause.rest:
        return False
    if (
        len(clause.subject) > 4
        or all(bare(word) in usage.names for word in clause.subject)
        or any(bare(word) in lists.PREPOSITIONS for word in clause.subject)
        or bare(clause.subject[0]) in {"one", "two"}
        or unclear_subject(clause.subject, usage)
    ):
        return False
    return bare(clause.rest[0]) in {"a", "an", "the"}


def as_topic(subject: Words, usage: Usage) -> Words:
    """A subject as it stands inside a sentence."""
    return lowered(subject, usage.names)
