"""From a sentence to its main clauses: lead ("In children,"), subject, finite verb, the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from harness.writing import grammar_words as lists
from harness.writing.grammar import Words, bare, is_plural, stop_of
from harness.writing.grammar_frames import ACTIVE, PASSIVE
from harness.writing.grammar_tidy import tidy
from harness.writing.grammar_verbs import (
    BY_PARTICIPLE,
    NO_ADVERBS,
    PLURAL,
    SINGULAR,
    agrees,
    base_form,
    finite_at,
    holds_clause,
    is_adverb,
    noun_like,
    object_follows,
    third_person,
)

_SEGMENT = re.compile(r"[;:] ")
_PLACE_LEADS = frozenset(
    "in at during after before among amongst from under on within between with by through for "
    "without unlike".split()
)
_CLAUSE_LEADS = frozenset(
    "when if after before once while as because since until unless although though to owing".split()
)
_NO_END = lists.PREPOSITIONS | lists.DETERMINERS | lists.COORDINATORS | lists.SUBORDINATORS
"""Words that no lead ends with."""
_LONGEST_LEAD = 16
_LONGEST_BARE_LEAD = 7


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
    early: Words = ()
    """Adverbs between the subject and a finite verb that is no auxiliary: "usually"."""


def clauses(sentence: str) -> Iterator[Clause]:
    """The clauses of a sentence that can be read, each with the subject it is said of.

    A semicolon starts a new one; so does "and" before a verb or before a new subject, and "which"
    after a subject.
    """
    flat = tidy(sentence)
    for segment in _SEGMENT.split(flat):
        clause = _clause(tuple(segment.split()))
        if clause is None:
            continue
        yield from _within(segment)
        for part in _parts(clause):
            yield part
            yield from _inside(part)


def _parts(clause: Clause) -> Iterator[Clause]:
    """A clause cut where another verb or another subject joins it, and what joins it."""
    for at, word in enumerate(clause.rest):
        if word == "—":
            break
        if at < 1 or bare(word) not in {"and", "but", "while", "whereas"}:
            continue
        following = clause.rest[at + 1 :]
        while following and bare(following[0]) in lists.DROPPED_ADVERBS:
            following = following[1:]
        joined = _joined(clause, following)
        if joined is not None:
            yield replace(clause, rest=clause.rest[:at])
            if joined.subject == clause.subject and holds_clause(clause.rest[:at]):
                return  # "... when the sea is rough and is ...": which of the two is?
            yield from _parts(joined)
            return
    yield clause


def _inside(clause: Clause) -> Iterator[Clause]:
    """What a complement says in passing: "a tumour composed of ...", "a disease which affects"."""
    rest = clause.rest
    if bare(clause.finite) not in lists.BE or not rest or bare(rest[0]) not in {"a", "an"}:
        return
    for at, word in enumerate(rest[:10]):
        plain = bare(word)
        if at < 2 or stop_of(rest[at - 1]):
            if at and stop_of(rest[at - 1]) and plain != "which":
                return
            if at < 2:
                continue
        following = rest[at + 1 :]
        if plain in PASSIVE and noun_like(rest[at - 1]) and following:
            yield replace(clause, rest=rest[at:])
            return
        verb = BY_PARTICIPLE.get(plain)
        if verb in ACTIVE and noun_like(rest[at - 1]) and following:
            plural = bare(clause.finite) in {"are", "were"}
            finite = verb if plural else third_person(verb)
            yield replace(clause, finite=finite, base=verb, rest=following)
            return
        if plain in {"which", "that"} and following:
            found = _core((), (*clause.subject, *following))
            if found is not None and found.subject == clause.subject:
                yield replace(found, lead=clause.lead)
            return


_WHICH = re.compile(
    r" (?:in|by|with|to|from|into|through|on|for|upon|and|forms?|is|are|contains?|produces?"
    r"|causes?|resembles?|includes?|as) "
    r"(?P<np>(?:(?:an?|the) )?[\w œæ-]{4,45}?), which (?P<rest>[^,;—]+)"
)


def _within(segment: str) -> Iterator[Clause]:
    """ "... by the horny layer, which consists of scales": the layer consists of scales."""
    found = _WHICH.search(segment)
    if found is None:
        return
    phrase = tuple(found["np"].split())
    plain = {bare(word) for word in phrase}
    if len(phrase) > 5 or plain & (
        lists.PREPOSITIONS | lists.COORDINATORS | lists.AUXILIARIES | lists.SUBORDINATORS
    ):
        return
    inner = _core((), (*phrase, *found["rest"].split()))
    if inner is not None and inner.subject == phrase:
        yield inner


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
    if plain in lists.AUXILIARIES and agrees(clause.subject, plain):
        return replace(clause, finite=following[at], base=None, rest=(*following[:at], *rest))
    base = SINGULAR.get(plain)
    if base and not plural and clause.base is not None and object_follows(rest[0]):
        return replace(clause, finite=following[at], base=base, rest=rest, early=following[:at])
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
            if bare(word) in {"which", "whom"}:
                return None
            clausal = bare(words[0]) in _CLAUSE_LEADS - {"to", "owing"}
            has_verb = _has_verb(words[:at]) or (clausal and at >= 2)
            if has_verb != clausal and bare(words[0]) not in {
                "after",
                "before",
                "since",
                "to",
            }:
                return None
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
            if bare(lead[-1]) in _NO_END:
                continue
            found = _core((*lead[:-1], lead[-1] + ","), words[at:])
            if found is not None and len(found.subject) <= 4:
                return found
    return None


def _has_verb(words: Sequence[str]) -> bool:
    """Whether a lead holds a verb of its own, as "when the pulse is weak" does."""
    for word in words[1:]:
        plain = bare(word)
        if plain in {"which", "who", "where", "that", "whose"}:
            return bare(words[0]) in _CLAUSE_LEADS
        if plain in lists.AUXILIARIES or plain in SINGULAR:
            return True
        if bare(words[0]) in _CLAUSE_LEADS and plain in PLURAL:
            return True
    return False


def _core(lead: Words, words: Words) -> Clause | None:
    at = finite_at(words)
    if at is None:
        return _relative(lead, words)
    plain = bare(words[at])
    base = None if plain in lists.AUXILIARIES else SINGULAR.get(plain) or base_form(plain)
    subject, rest = words[:at], words[at + 1 :]
    early: Words = ()
    if len(subject) > 1 and is_adverb(subject[0]) and bare(subject[0]) not in NO_ADVERBS:
        if bare(subject[0]) in lists.UNSURE:
            early = (subject[0].lower(),)
        subject = (subject[1][:1].upper() + subject[1][1:], *subject[2:])
    while len(subject) > 1 and is_adverb(subject[-1]):
        if bare(subject[-1]) not in lists.DROPPED_ADVERBS | {"now"}:
            early = (subject[-1], *early)
        subject = subject[:-1]
    if base is None:
        early, rest = (), (*early, *rest)
    joining = [at for at, word in enumerate(rest[:3]) if word.lower() in lists.DROPPED_ADVERBS]
    rest = tuple(word for at, word in enumerate(rest) if at not in joining)
    if not agrees(subject, plain):
        return None
    return Clause(lead, subject, words[at], base, rest, early)


def _relative(lead: Words, words: Words) -> Clause | None:
    """ "Arthrolysis, which consists in ..., is ..." says that arthrolysis consists in something.

    Another aside behind the subject (", or keloid,", ", such as ...,") is left out.
    """
    for at, word in enumerate(words[:6]):
        if stop_of(word) != ",":
            continue
        if at + 2 >= len(words):
            return None
        if bare(words[at + 1]) != "which":
            return _without_aside(lead, words, at)
        subject = (*words[:at], word.rstrip(","))
        end = next((i for i in range(at + 2, len(words)) if stop_of(words[i])), len(words) - 1)
        inner = (*subject, *words[at + 2 : end + 1])
        place = finite_at(inner)
        return _core(lead, inner) if place == len(subject) else None
    return None


_ASIDE_OPENERS = frozenset(
    "or such especially particularly like unlike including known for in when if with as at by "
    "apart of whether from on during after the a an although though usually being due".split()
)
_LONGEST_ASIDE = 24


def _without_aside(lead: Words, words: Words, at: int) -> Clause | None:
    """The clause whose subject ends at `at` with a comma, if its verb follows another comma."""
    if bare(words[at + 1]) not in _ASIDE_OPENERS:
        return None
    subject = (*words[:at], words[at].rstrip(","))
    if bare(subject[0]) in lists.PREPOSITIONS | lists.SUBORDINATORS or finite_at(subject):
        return None
    for end in range(at + 2, min(at + _LONGEST_ASIDE, len(words) - 2)):
        if stop_of(words[end]) not in {"", ","}:
            return None
        if stop_of(words[end]) != ",":
            continue
        inner = (*subject, *words[end + 1 :])
        place = finite_at(inner)
        if place is not None and place in {len(subject), len(subject) + 1}:
            if place == len(subject) + 1 and not is_adverb(inner[len(subject)]):
                return None
            return _core(lead, inner)
    return None
