"""From a sentence to its main clauses: lead ("In children,"), subject, finite verb, the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from harness.writing import grammar_words as lists
from harness.writing.grammar import Words, bare, is_plural, stop_of
from harness.writing.grammar_frames import ACTIVE

_HEADING = re.compile(r"^(?:[A-Z“\"(][^.;:]{1,70}\.\s?[—–-]+\s?)+")
_PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_ASIDES = re.compile(
    r",\s(?:however|therefore|for (?:example|instance)|as a rule|of course|moreover|indeed|too"
    r"|on the other hand|as we have seen|it is true|in fact|also|perhaps|in addition)(?=,)(?:,)"
)
_PLACE_LEADS = frozenset(
    "in at during after before among amongst from under on within between with".split()
)
_CLAUSE_LEADS = frozenset("when if after before once while".split())
_LONGEST_LEAD = 12
_LONGEST_SUBJECT = 14
_LONGEST_BARE_LEAD = 7
_IRREGULAR = {"have": "has", "be": "is", "do": "does", "go": "goes"}


def third_person(verb: str) -> str:
    """A verb as it follows "it": "occur" as "occurs"."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return verb[:-1] + "ies"
    return verb + "s"


_SINGULAR = {third_person(verb): verb for verb in sorted({*ACTIVE, *lists.VERBS})}
_PLURAL = frozenset(_SINGULAR.values())


@dataclass(frozen=True, slots=True)
class Clause:
    """One main clause, in words as they stand in the text."""

    lead: Words
    subject: Words
    finite: str
    """The finite verb as it stands: "is", "may", "occurs"."""
    base: str | None
    """Base form of a finite verb that is no auxiliary: "occur"."""
    rest: Words


def tidy(sentence: str) -> str:
    """A sentence on one line, without run-in heading, brackets and asides."""
    flat = " ".join(sentence.split())
    found = _HEADING.match(flat)
    if found:
        flat = flat[found.end() :]
    flat = " ".join(flat.replace("—", " — ").split())
    return _ASIDES.sub("", _PARENTHESES.sub("", flat))


def clauses(sentence: str) -> Iterator[Clause]:
    """The clauses of a sentence that can be read, each with the subject it is said of.

    A semicolon starts a new one; so does "and" before a verb or before a new subject, and "which"
    after a subject.
    """
    for segment in tidy(sentence).split(";"):
        clause = _clause(tuple(segment.split()))
        if clause is not None:
            yield from _parts(clause)


def _parts(clause: Clause) -> Iterator[Clause]:
    """A clause cut where another verb or another subject joins it, and what joins it."""
    for at, word in enumerate(clause.rest):
        if word == "—":
            break
        if at < 1 or bare(word) not in {"and", "but"}:
            continue
        following = clause.rest[at + 1 :]
        while following and bare(following[0]) in lists.DROPPED_ADVERBS:
            following = following[1:]
        joined = _joined(clause, following)
        if joined is not None:
            yield replace(clause, rest=clause.rest[:at])
            yield from _parts(joined)
            return
    yield clause


def _joined(clause: Clause, following: Words) -> Clause | None:
    """What follows "and" as a clause: with the same subject, or with its own."""
    at = 0
    while at < len(following) and bare(following[at]).endswith("ly"):
        at += 1
    if at >= len(following) - 1:
        return None
    plain = bare(following[at])
    rest = following[at + 1 :]
    plural = is_plural(clause.subject)
    if plain in lists.AUXILIARIES:
        return replace(clause, finite=following[at], base=None, rest=(*following[:at], *rest))
    base = _SINGULAR.get(plain)
    if base and not plural and clause.base is not None and _object_follows(rest[0]):
        return replace(clause, finite=following[at], base=base, rest=(*following[:at], *rest))
    if bare(following[0]) in lists.DETERMINERS | {"it", "they", "this", "these"}:
        found = _clause(following)
        return found if found is not None and not found.lead else None
    return None


def _clause(words: Words) -> Clause | None:
    if words and bare(words[0]) in lists.COORDINATORS:
        words = words[1:]
    if [bare(word) for word in words[:3]] == ["as", "a", "rule"]:
        words = words[3:]
    if not words:
        return None
    opener = bare(words[0])
    if words[0].endswith(","):
        return None if opener in lists.UNSURE else _core((), words[1:])
    if opener in _PLACE_LEADS | _CLAUSE_LEADS:
        return _with_lead(words)
    return _core((), words)


def _with_lead(words: Words) -> Clause | None:
    """A clause behind "In children," or "When the pulse is weak,", or "In children" alone."""
    for at, word in enumerate(words[:_LONGEST_LEAD]):
        if word.endswith(","):
            found = _core(words[: at + 1], words[at + 1 :])
            if found is not None:
                return found
    if bare(words[0]) in _CLAUSE_LEADS:
        return None
    for at in range(_LONGEST_BARE_LEAD, 1, -1):
        if at < len(words) and bare(words[at]) in {"the", "it", "they", "there"}:
            lead = words[:at]
            if any(stop_of(word) or bare(word) in lists.AUXILIARIES for word in lead):
                continue
            if bare(lead[-1]) in lists.PREPOSITIONS | lists.DETERMINERS | lists.COORDINATORS:
                continue
            found = _core((*lead[:-1], lead[-1] + ","), words[at:])
            if found is not None and len(found.subject) <= 4:
                return found
    return None


def _core(lead: Words, words: Words) -> Clause | None:
    at = finite_at(words)
    if at is None:
        return _relative(lead, words)
    plain = bare(words[at])
    base = None if plain in lists.AUXILIARIES else _SINGULAR.get(plain, plain)
    rest = words[at + 1 :]
    while rest and bare(rest[0]) in lists.DROPPED_ADVERBS:
        rest = rest[1:]
    return Clause(lead, words[:at], words[at], base, rest)


def _relative(lead: Words, words: Words) -> Clause | None:
    """ "Arthrolysis, which consists in ..., is ..." says that arthrolysis consists in something."""
    for at, word in enumerate(words[:6]):
        if stop_of(word) != ",":
            continue
        if at + 2 >= len(words) or bare(words[at + 1]) != "which":
            return None
        subject = (*words[:at], word.rstrip(","))
        end = next((i for i in range(at + 2, len(words)) if stop_of(words[i])), len(words) - 1)
        inner = (*subject, *words[at + 2 : end + 1])
        place = finite_at(inner)
        return _core(lead, inner) if place == len(subject) else None
    return None


def finite_at(words: Sequence[str]) -> int | None:
    """Index of the first finite verb after a noun phrase; None where the lists find none."""
    for at, word in enumerate(words[: _LONGEST_SUBJECT + 1]):
        plain = bare(word)
        if plain in lists.AUXILIARIES and not (stop_of(word) and at):
            return at if at and noun_like(words[at - 1]) and not stop_of(words[at - 1]) else None
        if (
            at
            and (plain in _SINGULAR or plain in _PLURAL)
            and not stop_of(words[at - 1])
            and noun_like(words[at - 1])
        ):
            before, after = words[at - 1], words[at + 1] if at + 1 < len(words) else ""
            agrees = plain in _SINGULAR or bare(before).endswith(("s", "i", "a", "æ", "n", "t"))
            if agrees and _object_follows(after):
                return at
        if stop_of(word) or plain in lists.SUBORDINATORS:
            return None
    return None


def _object_follows(word: str) -> bool:
    plain = bare(word)
    if plain == "of":
        return False
    return (
        plain in lists.PREPOSITIONS
        or plain in lists.DETERMINERS
        or plain in lists.FRAME_ADVERBS
        or plain in {"rise", "also", "its", "their", "up", "out", "off", "down", "itself"}
        or plain.endswith("ly")
    )


def noun_like(word: str) -> bool:
    """Whether a noun phrase may end with this word."""
    plain = bare(word)
    return bool(plain) and not (
        plain in lists.DETERMINERS
        or plain in lists.PREPOSITIONS
        or plain in lists.COORDINATORS
        or plain in lists.SUBORDINATORS
        or plain in lists.VAGUE_ADJECTIVES
        or plain in lists.AUXILIARIES
        or plain.endswith("ly")
    )
