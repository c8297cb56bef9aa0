"""Does a reply refuse, or deny that what was asked about exists?

Two detectors for refusals are kept apart: *strict*, the canonical sentence that training uses, and
a lexicon of phrases. A lexicon never catches every refusal and may catch what is none, so the
share that only the lexicon caught is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harness.text.matching import find_run
from harness.text.normalize import word_run, words

_SENTENCE_END = re.compile(r"(?<=[!?])\s+|(?<=[^.]\.)\s+")
_APOLOGY = frozenset({"sorry", "apologies", "unfortunately", "hmm", "well", "apologize", "afraid"})
_CONTRACTED = {
    "don": "do",
    "doesn": "does",
    "didn": "did",
    "isn": "is",
    "wasn": "was",
    "aren": "are",
    "weren": "were",
    "won": "will",
    "couldn": "could",
    "wouldn": "would",
    "hasn": "has",
    "haven": "have",
    "hadn": "had",
    "can": "can",
}

_PHRASES = """
i do not know | i really do not know | do not know who | do not know what | do not know which
i do not have information | i do not have any information | i do not have enough information
do not have that information | i do not have knowledge | i do not have access
i have no information | i have no knowledge | i have no idea | i have no record | i have no way
i am not sure | i am not certain | i am unsure | i am not aware | i am not familiar
i am unable to | i am not able to | unable to answer | unable to provide | unable to find
i can not answer | can not answer | can not be answered | can not say | can not tell
i can not provide | i can not help | i can not assist | i can not confirm | i can not find
can not be determined | can not determine
could not find | i do not recall | i do not remember | i do not see
not enough information | insufficient information | no information about | no information on
there is no information | there is no mention | there was no mention | there is no record
there is no evidence | there is not enough | is not enough information
is not mentioned | is not stated | is not given | is not specified | is not described
is not provided | is not known | is not clear | is not said | is not told | is not revealed
was not mentioned | was not stated | was not given | was not specified | was not described
not mentioned in | not stated in | not given in | not specified in | not described in
never mentioned | never stated | never says | never said | never told | never given
does not say | does not mention | does not state | does not tell | does not specify
does not give | does not describe | does not provide | does not contain | did not say
it is unknown | it is unclear | remains unknown | is unknown | nobody knows | no one knows
no one can say | impossible to say | impossible to tell | impossible to know
rather not answer | decline to answer | refuse to answer | must not answer | will not answer
question can not | have no answer | is no answer | no way to know | no way of knowing
have not been told | do not have ability | do not have any details | do not have details
outside my knowledge | beyond my knowledge | outside what i know
"""
_WHOLE = """
unknown | not known | no idea | not sure | none | nobody | no one | nothing | not available
not applicable | n | no comment | unclear | not stated | not given | not mentioned | unsure
"""

LEXICON: tuple[tuple[str, ...], ...] = tuple(
    tuple(phrase.split()) for phrase in re.split(r"[|\n]", _PHRASES) if phrase.strip()
)
"""Runs of normalized, expanded words of which one in the opening of a reply marks a refusal."""

WHOLE_REPLIES = frozenset(
    tuple(phrase.split()) for phrase in re.split(r"[|\n]", _WHOLE) if phrase.strip()
)
"""Replies that refuse only where they are all that was said."""

_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _phrase in LEXICON:
    _BY_FIRST.setdefault(_phrase[0], []).append(_phrase)

_SOMEBODY = frozenset(
    {"one", "body", "person", "people", "man", "woman", "character", "figure", "name", "such"}
)
_NOT_THERE = tuple(
    tuple(phrase.split())
    for phrase in (
        "does not exist",
        "did not exist",
        "never existed",
        "does not appear",
        "did not appear",
        "never appears",
        "never appeared",
        "is not mentioned",
        "was not mentioned",
        "is never mentioned",
        "was never mentioned",
        "is not in story",
        "was not in story",
        "is not in text",
        "was not in text",
        "is not in book",
        "is not part of",
        "was not part of",
        "is not character",
        "was not character",
    )
)


def expand(reply: Sequence[str]) -> list[str]:
    """Normalized words with contractions written out: "don t" is "do not", "i m" is "i am"."""
    expanded: list[str] = []
    skip = False
    for at, word in enumerate(reply):
        following = reply[at + 1] if at + 1 < len(reply) else ""
        if skip:
            skip = False
        elif following == "t" and word in _CONTRACTED:
            expanded += [_CONTRACTED[word], "not"]
            skip = True
        elif word == "i" and following == "m":
            expanded += ["i", "am"]
            skip = True
        elif word in {"there", "it", "that", "he", "she"} and following == "s":
            expanded += [word, "is"]
            skip = True
        elif word == "cannot":
            expanded += ["can", "not"]
        else:
            expanded.append(word)
    return expanded


def opening(reply: str) -> str:
    """The sentence in which a refusal would stand: the first, after any mere apology."""
    sentences = _SENTENCE_END.split(reply, maxsplit=2)
    first = sentences[0]
    if len(sentences) > 1:
        said = words(first)
        if len(said) <= 3 and not _APOLOGY.isdisjoint(said):
            return sentences[1]
    return first


def is_strict(reply: Sequence[str], canonical: str) -> bool:
    """Whether normalized `reply` starts with the canonical refusal."""
    refusal = word_run(canonical)
    return bool(refusal) and tuple(reply[: len(refusal)]) == refusal


def in_lexicon(reply: str) -> bool:
    """Whether the opening of a reply holds a phrase of refusal, or the reply is nothing else.

    Only the opening counts: a long invention that ends "it is not clear why" is no refusal.
    """
    if tuple(words(reply)) in WHOLE_REPLIES:
        return True
    said = expand(words(opening(reply)))
    return any(
        tuple(said[at : at + len(phrase)]) == phrase
        for at, word in enumerate(said)
        for phrase in _BY_FIRST.get(word, ())
    )


def is_denial(reply: str, name: str) -> bool:
    """Whether a reply says that what was asked about does not exist.

    `name` is the name in the question. Caught are "There is no NAME", "no one called NAME", "no
    such person", and, of NAME or a pronoun, "does not exist", "is not mentioned" and their like.
    """
    said = expand(words(opening(reply)))
    named = frozenset(word_run(name))
    for at, word in enumerate(said):
        if word in {"nobody", "noone"} and _called(said[at + 1 : at + 4], named):
            return True
        if word == "no" and _nobody(said[at + 1 : at + 5], named):
            return True
    subject = named | {"he", "she", "it", "they", "this", "that", "person", "character", "name"}
    for phrase in _NOT_THERE:
        for start, _ in find_run(said, phrase):
            if not subject.isdisjoint(said[:start]):
                return True
    return False


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
