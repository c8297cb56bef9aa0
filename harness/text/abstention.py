"""Does a reply refuse, or deny that what was asked about exists?

Two detectors for refusals are kept apart: *strict*, the canonical sentence that training uses, and
a lexicon of phrases. A lexicon never catches every refusal and may catch what is none, so the
share that only the lexicon caught is reported. A phrase alone is not enough: "a knight who does
not give up" is content. Its subject must be the speaker, the text, or what was asked about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from harness.text import abstention_ja, abstention_more
from harness.text.clauses import TEXT, Clause, clauses, expand, opening, sentences
from harness.text.guessing import guesses, names_later
from harness.text.languages import base, has_lexicon
from harness.text.normalize import word_run, words

__all__ = ["expand", "in_lexicon", "is_denial", "is_strict", "opening", "without_refusals"]

DETECTOR_VERSION = 3
"""Raise it whenever some English reply could be read as a refusal or a denial, or no longer be."""

_WHOLE = """
unknown | not known | no idea | not sure | not available
not applicable | n | no comment | unclear | not stated | not given | not mentioned | unsure
"""
WHOLE_REPLIES = frozenset(
    tuple(phrase.split()) for phrase in re.split(r"[|\n]", _WHOLE) if phrase.strip()
)
"""Replies that refuse only where they are all that was said."""

_ANSWERS_NO = re.compile(r"^\s*no\s*[,.;:!–—-]\s*(?=\w)", re.IGNORECASE)
_WHOLE_DENIALS = frozenset({("none",), ("nobody",), ("no", "one"), ("nothing",)})

_ADVERB = r"(?:\w+ly |even |yet |really |just |ever |also |still )?"
_KNOWLEDGE = r"(?:information|knowledge|access|details?|ability|records?|idea|answer|data|clue|way)"
_SPEAKER = re.compile(
    r"\b(?P<subject>(?:i|we) (?:am |are |would |must |\w+ly |just |still )*?)?"
    r"(?:(?:do|did) not " + _ADVERB + r"(?:know|recall|remember|see)\b"
    r"|do not (?:\w+ )?have (?:\w+ ){0,3}?" + _KNOWLEDGE + r"\b"
    r"|have (?:\w+ )?no " + _KNOWLEDGE + r"\b|have not been told\b"
    r"|(?:am|are) not (?:sure|certain|aware|familiar|able to|told)\b"
    r"|am (?:unsure|unaware|uncertain)\b|not (?:sure|certain)\b"
    r"|(?:can|could) not " + _ADVERB + r"(?:answer|say|tell|provide|help|assist|confirm|find"
    r"|determine|verify|give)\b"
    r"|unable to (?:answer|provide|find|determine|say|tell|confirm|verify|give|help|assist)\b"
    r"|(?:(?:rather|must|will) not|decline to|refuse to) answer\b)"
)
_TEXT_SUBJECT = rf"(?:this |that )?(?:\w+ )?{TEXT}(?: (?:of|about|on) (?:\w+ ){{0,3}}?\w+)?"
_TEXT_SILENT = re.compile(
    rf"^(?P<subject>{_TEXT_SUBJECT} |it |they |this |that )?(?:also )?"
    r"(?:(?:does|do|did) not "
    + _ADVERB
    + r"(?:say|mention|state|tell|specify|give|describe|provide"
    r"|contain|reveal|include|indicate|identify)\b(?! up\b)"
    r"|never " + _ADVERB + r"(?:says|mentions|states|gives|tells|specifies|reveals|mentioned"
    r"|stated|specified|described|given|said)\b)"
)
_FOLLOWS = (
    r"(?=$| (?:in|from|at|who|what|where|when|which|how|why|whether|if|that|here|anywhere|based"
    r"|within|because|since|exactly|and|or|for (?:certain|sure)|to (?:me|us))\b)"
)
_LEFT_OPEN = re.compile(
    r"(?:(?:\b(?:is|was|are|were|remains?) (?:also )?|^)(?:(?:not|never) "
    + _ADVERB
    + r"(?:mentioned"
    r"|stated|given|specified|described|provided|known|clear|said|told|revealed|disclosed"
    r"|recorded|available)|" + _ADVERB + r"(?:unknown|unclear|unspecified|unstated|uncertain"
    r"|mystery(?! (?:of|to|that|novel|story)\b)))"
    r"|\bcan not be (?:determined|answered|known|inferred))" + _FOLLOWS
)
_NOTHING_KNOWN = re.compile(
    r"^(?:(?:what|who|where|when|which|how|why) .*?)?"
    r"(?:there (?:is|was|are|were) (?:\w+ly )?(?:(?:no|not enough|not any|insufficient) "
    r"(?:\w+ ){0,3}?(?:information|mention|records?|evidence|answer|indication|details?)\b"
    r"|no way (?:to|of) (?:know|tell|determin)\w*)"
    r"|(?:it is )?(?:not enough|insufficient) information"
    r"|no (?:\w+ )?information (?:about|on|is|was|available|given|provided)\b"
    r"|(?:nobody|no one) (?:knows|can (?:say|tell|know))\b"
    r"|(?:it is )?(?:impossible|not possible) to (?:say|tell|know|determine|answer)\b"
    r"|no way (?:to know|of knowing)\b|(?:(?:it|this|that) is )?(?:outside|beyond) "
    r"(?:my knowledge|what i know))"
)
_AFTERTHOUGHT = re.compile(
    r"(?:[,.;]\s*(?=(?:I (?:think|believe|guess|suppose)|probably|perhaps|maybe|possibly"
    r"|it (?:must|might))\b)|,\s*(?=it (?:was|is)\b))",
    re.IGNORECASE,
)
"""Where a refusal goes on with a guess, after a comma or as a sentence of its own."""
_ABOUT_TEXT = re.compile(rf"{_TEXT_SUBJECT} |it only |both ")
_RELATIVE = re.compile(r"(?:^|.* )(?:who|which|that|whom|whose \w+) $")
_STATED = re.compile(r"(?:is|was|are|were|became)\b")
_ASKING = re.compile(r"\b(?:who|which|that|what|where|when|how|why|whose)\b")

_PRONOUNS = frozenset({"he", "she", "it", "they"})
_SOMEBODY = frozenset(
    {"one", "body", "person", "people", "man", "woman", "character", "figure", "name", "such"}
)
_IN_TEXT = rf"(?:this |that |provided |given )?{TEXT}\b"
_NOT_THERE = re.compile(
    r"(?:(?:does|did) not " + _ADVERB + r"(?:exist|appear|occur)\b(?! to\b)"
    r"|never " + _ADVERB + r"(?:existed|exists|appears|appeared|occurs|occurred)\b(?! to\b)"
    r"|(?:is|was) (?:not|never) " + _ADVERB + r"(?:mentioned|named)\b"
    rf"|(?:is|was) not (?:in|part of|found in|present in) {_IN_TEXT}"
    r"|(?:is|was) not (?:real )?(?:character|person|figure)(?=$| (?:in|from|of|mentioned)\b)"
    r"|(?:is|was) not real\b)"
)
_UNHEARD = re.compile(
    r"^(?:(?:i|we) )?(?:have |had )?(?:never|not) (?:\w+ )?heard of (?P<after>.*)"
)
_NOBODY = re.compile(
    rf"^(?:there (?:is|was|are|were) |(?:i|we) (?:know|am aware) of "
    rf"|{_TEXT_SUBJECT} (?:has|mentions|contains|knows) )?(?P<none>nobody|noone|no) (?P<after>.*)"
)


def is_strict(reply: Sequence[str], canonical: str, language: str = "en") -> bool:
    """Whether normalized `reply` starts with the canonical refusal."""
    refusal = word_run(canonical, language)
    return bool(refusal) and tuple(reply[: len(refusal)]) == refusal


def in_lexicon(reply: str, language: str = "en") -> bool:
    """Whether the opening of a reply refuses, or the reply is nothing but a word of refusal.

    Only the opening counts: a long invention that ends "it is not clear why" is no refusal. Nor is
    one whose refusing words belong to somebody in it ("a thief who never told a lie"), or whose
    sentence has told something first and goes on ("..., and it is unknown how he died"), or that
    guesses after all ("it is not known for certain, but it was probably in January"). In a
    language without a lexicon (`languages.has_lexicon`) nothing is caught.
    """
    if base(language) != "en":
        return _in_other_lexicon(reply, language)
    if tuple(words(reply)) in WHOLE_REPLIES:
        return True
    reply = unicodedata.normalize("NFKC", reply)
    said = clauses(_AFTERTHOUGHT.sub(", but ", reply))
    for at, clause in enumerate(said):
        if _refuses(clause):
            return not _guesses(said[at + 1 :]) and not names_later(reply)
    return False


def without_refusals(reply: str, language: str = "en", *, about_text: bool = False) -> str:
    """What a reply says outside its refusing clauses; the reply itself where it has none.

    "I do not know whether it was A" leaves nothing, "A, but I am not sure" leaves "a". What is told
    of the text after a refusal ("The text only mentions A") is left out too, unless `about_text`.
    In a language other than English a reply that refuses leaves nothing.
    """
    if base(language) != "en":
        return "" if _in_other_lexicon(reply, language) else reply
    if tuple(words(reply)) in WHOLE_REPLIES:
        return ""
    kept: list[str] = []
    refused = False
    for sentence in sentences(_AFTERTHOUGHT.sub("; ", unicodedata.normalize("NFKC", reply))):
        for clause in clauses(sentence):
            if _refuses(replace(clause, after_content=False)):
                refused = True
            elif about_text or not (refused and _ABOUT_TEXT.match(clause.text)):
                kept.append(clause.text)
    return ". ".join(kept) if refused else reply


def is_denial(reply: str, name: str, language: str = "en") -> bool:
    """Whether a reply says that what was asked about does not exist.

    `name` is the name in the question. Caught are "There is no NAME", "no such person", a bare
    "nobody", and, with NAME or a pronoun as their subject, "does not exist", "is not mentioned" and
    their like. In a language without a lexicon nothing is caught.
    """
    if base(language) != "en":
        return _is_other_denial(reply, name, language)
    if tuple(words(reply)) in _WHOLE_DENIALS:
        return True
    named = frozenset(word_run(name))
    said = clauses(_ANSWERS_NO.sub("", reply))
    for at, clause in enumerate(said):
        if clause.after_content:
            return False
        if _says_nobody(clause.text, named) or _says_absent(clause.text, named):
            return not _guesses(said[at + 1 :])
    return False


def _in_other_lexicon(reply: str, language: str) -> bool:
    if base(language) == "ja":
        return abstention_ja.in_lexicon(reply)
    return has_lexicon(language) and abstention_more.in_lexicon(reply, language)


def _is_other_denial(reply: str, name: str, language: str) -> bool:
    if base(language) == "ja":
        return abstention_ja.is_denial(reply, name)
    return has_lexicon(language) and abstention_more.is_denial(reply, name, language)


def _guesses(following: Sequence[Clause]) -> bool:
    """Whether what follows a refusal or a denial answers after all."""
    return guesses([clause for clause in following if not _refuses(clause)])


def _says_nobody(clause: str, named: frozenset[str]) -> bool:
    """ "There is no NAME", "nobody called NAME", "I have never heard of NAME" and their like."""
    unheard = _UNHEARD.match(clause)
    if unheard is not None:
        return _nobody(unheard["after"].split()[:4], named | {"any", "him", "her", "them"})
    found = _NOBODY.match(clause)
    if found is None:
        return False
    after = found["after"].split()[:4]
    return _nobody(after, named) if found["none"] == "no" else _called(after, named)


def _says_absent(clause: str, named: frozenset[str]) -> bool:
    """ "NAME does not exist", "NAME is not mentioned" and their like."""
    found = _NOT_THERE.search(clause)
    return found is not None and _is_asked(clause[: found.start()].split(), named)


def _refuses(clause: Clause) -> bool:
    """Whether a clause refuses, by what it says, by its subject and by what stands before it."""
    if clause.after_content and not clause.contrasted:
        return False
    if _speaker_refuses(clause) or _text_is_silent(clause):
        return True
    if clause.after_content:
        return False
    left_open = _LEFT_OPEN.search(clause.text)
    return _NOTHING_KNOWN.match(clause.text) is not None or (
        left_open is not None and not _tells(clause.text[: left_open.start()])
    )


def _speaker_refuses(clause: Clause) -> bool:
    """ "I do not know", or the same without a subject at the start of the reply."""
    spoken = _SPEAKER.search(clause.text)
    if spoken is None or _RELATIVE.match(clause.text[: spoken.start()]):
        return False
    return spoken["subject"] is not None or (clause.first and spoken.start() == 0)


def _text_is_silent(clause: Clause) -> bool:
    """ "The text does not say"; "it" only where it can be the text."""
    silent = _TEXT_SILENT.match(clause.text)
    if silent is None:
        return False
    named = (silent["subject"] or "it").strip() not in {"it", "they", "this", "that"}
    return named or clause.first or clause.text_before


def _tells(before: str) -> bool:
    """Whether the words before a predicate state something or make it part of a relative clause."""
    if _RELATIVE.match(before):
        # "That is not known": a pronoun that opens the clause is its subject.
        return before.strip() != "that"
    stated = re.search(rf"\b{_STATED.pattern}", before)
    asking = _ASKING.search(before)
    return stated is not None and (asking is None or asking.start() > stated.start())


def _is_asked(subject: Sequence[str], named: frozenset[str]) -> bool:
    """Whether a subject is the name, a pronoun, "this person" or "the potter NAME"."""
    if subject and subject[0] in {"this", "that", "any"}:
        subject = subject[1:]
    if not subject:
        return False
    if len(subject) == 1:
        return subject[0] in named | _PRONOUNS | _SOMEBODY
    if len(subject) > 6 or _ASKING.search(" ".join(subject)):
        return False
    if subject[0] in named:
        rest = [word for word in subject if word not in named]
        return not rest or (rest[0] == "of" and len(rest) <= 3)
    others = [word for word in subject if word not in named]
    allowed = {"called", "named", "person", "character", "name", "someone", "by", "of"}
    return subject[-1] in named and (len(others) == 1 or allowed.issuperset(others))


def _nobody(after: Sequence[str], named: frozenset[str]) -> bool:
    """What follows "no" denies the name: the name itself, "such person", "one called NAME"."""
    if not after:
        return False
    if after[0] in named or after[0] == "such":
        return True
    return after[0] in _SOMEBODY and (_called(after[1:], named) or not named.isdisjoint(after[1:]))


def _called(after: Sequence[str], named: frozenset[str]) -> bool:
    """Whether "called", "named" or "by that name" follows, with or without the name."""
    return bool(after) and (
        after[0] in {"called", "named"} or tuple(after[:2]) in {("by", "that"), ("by", "this")}
    )
