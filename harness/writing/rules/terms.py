"""Questions about terms, synonyms and who introduced what, read off fixed phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, bare, joined, lowered
from harness.writing.grammar_reference import dangling, unclear_subject
from harness.writing.grammar_tidy import tidy
from harness.writing.grammar_verbs import SINGULAR
from harness.writing.rules.candidates import Candidate, object_phrase, sentence

_QUOTES = "\"“”'‘’"
_NAME = r"[\"“‘']?(?P<term>[a-zæœéA-Z][\w æœé'’-]{2,50}?)[\"”’']?"
_APPLIED = re.compile(
    rf"^(?:and )?[Tt]he (?:term|name) {_NAME} (?P<verb>is|has been|was|should be)"
    r"(?: (?:usually|generally|often|commonly|now|here))? "
    r"(?P<how>applied|given|used|reserved|employed|restricted)"
    r"(?P<prep> to denote| to designate| to describe| to indicate| to| for| when| where)"
    r" (?P<what>.+)$"
)
_FRONTED = re.compile(
    rf"^(?:To|For) (?P<what>.+?),? the (?:term|name) {_NAME} (?P<verb>is|has been|was)"
    r"(?: (?:usually|generally|often|commonly))? (?P<how>applied|given|used)"
)
_MEANT = re.compile(
    rf"^By (?:the (?:term|expression|name) )?{_NAME} (?:is|are|we) "
    r"(?:meant|understood|mean|understand) (?P<what>.+)$"
)
_SYNONYM = re.compile(
    r"^(?P<one>(?:The |An? )?[A-ZÆŒ]?[\w æœ'’-]{3,45}?), or [\"“]?(?P<other>(?:the |an? )?"
    r"[\w æœ'’-]{3,45}?)[\"”]?, (?P<verb>is|are|may|consists?|occurs?|forms?|results?|has|have)\b"
)
_AS_IT_IS = re.compile(
    r"^(?P<one>(?:The |An? )?[A-ZÆŒ]?[\w æœ'’-]{3,45}?), or [\"“]?(?P<other>(?:the |an? )?"
    r"[\w æœ'’-]{3,45}?)[\"”]?, as (?:it is|they are)(?: \w+)? (?:called|termed|named)"
)
_WHEN = re.compile(
    rf"^(?P<prep>When|Where|If) (?P<what>.+), the (?:term|name) {_NAME} (?P<verb>is|has been|was)"
    r"(?: (?:usually|generally|often|commonly))? (?P<how>applied|given|used|employed)\b"
)
_KNOWN = re.compile(
    r"(?:^|[ (])(?P<np>an? [a-zæœ][\w æœ-]{8,70}?),? (?:(?:which|that) (?:is|are) )?"
    r"(?:(?:popularly|generally|commonly|usually|also|often) )?"
    r"(?:known as|called|termed|spoken of as) (?:the |an? )?[\"“]?(?P<term>[\w æœ'’-]{3,40}?)[\"”]?"
    r"(?=[,.;:—]| —| which | and | is | in | of |$)"
)
_OR = re.compile(
    r"^(?P<one>(?:The |An? )?[A-ZÆŒ]?[\w æœ'’-]{3,40}?) or (?P<other>(?:an? )?[\w æœ'’-]{3,40}?) "
    r"is (?:an?|the) "
)
_BY_WHOM = re.compile(
    r"(?P<what>(?:[Tt]he|[Aa]n?) [a-zæœ -]{4,60}?) (?P<how>introduced|described|devised|invented|"
    r"discovered|founded|written|built)"
    r"(?: (?:originally|first))? by (?:the late )?(?P<title>(?:Professor|Sir|Dr\.?|Mr\.?) )?"
    r"(?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)(?P<of> of [A-Z][\w-]+)?"
)
_LEADS_TO = re.compile(r"^.*\b(?:by|with|from|in|use of|help of|means of) (?=(?:the|an?) )")
"""What stands in front of the thing itself: "the treatment of boils by the ..."."""


def candidates(sentence_text: str, usage: Usage, topic: str) -> Iterator[Candidate]:
    """What the fixed phrases find in a sentence; `topic` is the title that it stands under."""
    for part in tidy(sentence_text).split("; "):
        segment = part.rstrip(".")
        yield from _applied(segment, usage)
        yield from _known(segment, usage)
        yield from _meant(segment, usage)
        yield from _synonym(segment, usage)
        yield from _introduced(segment, usage, topic)


def _applied(segment: str, usage: Usage) -> Iterator[Candidate]:
    for pattern in (_APPLIED, _FRONTED, _WHEN):
        found = pattern.match(segment)
        if found is None:
            continue
        what, fault = object_phrase(tuple(found["what"].split()))
        fault = "" if fault in {"long answer", "part of a list", "condition"} else fault
        whole = tuple(found["what"].split())
        if pattern is not _FRONTED or fault == "":
            what = whole
        prep = ["to"] if pattern is _FRONTED else found["prep"].lower().split()
        needs = dangling(what, usage)
        fault = fault or (f"needs context: {needs}" if needs else "")
        if len(what) > 26:
            fault = fault or "long question"
        inner = (found["verb"], found["how"], *prep, *what)
        term = found["term"].strip(_QUOTES)
        yield Candidate(
            rule="term",
            question=sentence((), ("what", "term", *inner), usage),
            held_out=(sentence((), ("can", "you", "say", "what", "term", *inner), usage),),
            answer=term,
            full_answer=f"The term {term} {joined(inner)}.",
            subject=term,
            fault=fault,
            key=" ".join(what),
        )
        return


def _known(segment: str, usage: Usage) -> Iterator[Candidate]:
    """ "A plug of blood called a thrombus": what is it called?"""
    found = _KNOWN.search(segment)
    if found is None:
        return
    phrase = tuple(found["np"].split())
    plain = [bare(word) for word in phrase]
    verbs = [
        w for w in plain if w in lists.AUXILIARIES or w in SINGULAR or w in lists.SUBORDINATORS
    ]
    if "a" in plain[1:] or "an" in plain[1:] or verbs:
        return
    general = lists.BARE_HEADS | lists.VAGUE_ADJECTIVES | lists.PREPOSITIONS | lists.DETERMINERS
    telling = [word for word in plain[1:] if word not in general]
    fault = unclear_subject(phrase, usage) or ""
    if len(telling) < 5 or len(phrase) < 6:
        fault = fault or "predicate fits others"
    words = lowered(phrase, usage.names)
    yield Candidate(
        rule="naming",
        question=sentence((), ("what", "is", *words, "called"), usage),
        held_out=(sentence((), ("by", "what", "name", "is", *words, "known"), usage),),
        answer=found["term"],
        full_answer=sentence((), (*words, "is", "called", found["term"]), usage, end="."),
        subject=found["term"],
        fault=fault,
        key=f"{' '.join(plain)} called",
    )


def _meant(segment: str, usage: Usage) -> Iterator[Candidate]:
    found = _MEANT.match(segment)
    if found is None:
        return
    answer, fault = object_phrase(tuple(found["what"].split()))
    term = found["term"].strip(_QUOTES)
    fault = fault or unclear_subject(tuple(term.split()), usage) or ""
    yield Candidate(
        rule="definition",
        question=sentence((), ("what", "is", "meant", "by", term), usage),
        held_out=(sentence((), ("what", "does", "the", "term", term, "mean"), usage),),
        answer=joined(answer),
        full_answer=f"By {term} is meant {joined(answer)}.",
        subject=term,
        fault=fault,
        key=f"{term} be",
    )


def _synonym(segment: str, usage: Usage) -> Iterator[Candidate]:
    found = _SYNONYM.match(segment) or _AS_IT_IS.match(segment) or _OR.match(segment)
    if found is None:
        return
    one = _bare_term(found["one"], usage)
    asked = f"the {one}" if found["one"].startswith("The ") else one
    other = _bare_term(found["other"], usage)
    fault = unclear_subject(tuple(one.split()), usage) or ""
    if len(one.split()) > 5 or len(other.split()) > 5:
        fault = fault or "long subject"
    if {bare(word) for word in other.split()} & (
        lists.PREPOSITIONS | lists.PRONOUNS | lists.UNSURE | lists.SUBORDINATORS | {"more", "less"}
    ):
        fault = fault or "no synonym"
    yield Candidate(
        rule="synonym",
        question=sentence((), ("what", "is", "another", "name", "for", asked), usage),
        held_out=(
            sentence((), ("by", "what", "other", "name", "does", "one", "call", asked), usage),
        ),
        answer=other,
        full_answer=sentence((), ("another", "name", "for", asked, "is", other), usage, end="."),
        subject=one,
        fault=fault,
        key=f"{one} synonym",
    )


def _bare_term(text: str, usage: Usage) -> str:
    words = tuple(text.split())
    if bare(words[0]) in {"the", "a", "an"}:
        words = words[1:]
    return " ".join(lowered(words, usage.names)) if words else ""


def _introduced(segment: str, usage: Usage, topic: str) -> Iterator[Candidate]:
    """ "The fastening devised by Orland": who devised it? Under a label, or where it says which."""
    found = _BY_WHOM.search(segment)
    if found is None:
        return
    what = _LEADS_TO.sub("", found["what"])
    article, _, rest = what.partition(" ")
    who = (found["title"] or "") + found["who"]
    fault = dangling((article, *rest.split(), "."), usage) or ""
    if fault or article.lower() == "the":
        fault = "needs context: the thing introduced"
    if usage.context and topic:
        fault = ""
    subject = f"the {rest}"
    if found["who"].split()[0].lower() not in usage.counts:
        fault = "no name"
    yield Candidate(
        rule="person",
        question=sentence((), ("who", found["how"], subject), usage),
        held_out=(sentence((), ("by", "whom", "was", subject, found["how"]), usage),),
        answer=found["who"],
        full_answer=f"{subject[:1].upper()}{subject[1:]} was {found['how']} by {who}.",
        subject=topic or subject,
        fault=fault,
        key=f"{subject} {found['how']}",
    )


_LAST_PHRASE = re.compile(r"(?<!^) (?=(?:the|an?) )")
