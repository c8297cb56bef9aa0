"""The clauses of a sentence, as far as is needed to tell who is the subject of what.

No parser: sentences are cut at "but" and its like, and where "and" opens a clause of its own. That
is enough to tell "it is unknown" from "he was king, and it is unknown how he died".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from harness.text.normalize import words

CONTRACTED = {
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
"""Words that a "n't" is split off from, and what they are without it."""
TEXT = (
    "(?:text|story|passage|book|narrative|document|chapter|source|context|tale|novel|excerpt"
    "|paragraph|article|question|author|narrator)s?"
)
"""Pattern of the nouns that name what is asked about as a whole."""

_SENTENCE_END = re.compile(r"(?<=[!?])\s+|(?<=[^.]\.)\s+")
_SPEECH = re.compile(r"(?<=\w)[,:]\s*[\"“].*", re.DOTALL)
_STOPS = re.compile(r"[;:–—]|\s-\s")
_APOLOGY = frozenset({"sorry", "apologies", "unfortunately", "hmm", "well", "apologize", "afraid"})
_CUT = re.compile(
    r"\b(?:(?P<against>but|however|though|although|yet|while)"
    r"|(?P<on>and|so|because)(?= (?:i|we|it|he|she|they|there|nobody|no|what|where|how|his|her"
    rf"|their|this|that|{TEXT})\b))\b"
)
_INTRODUCTION = re.compile(
    r"^(?:(?:yes|well|actually|unfortunately|sorry|hmm|oh|so|honestly|apologies|answer|is) )*"
    r"(?:i (?:am sorry|apologize|am afraid|think|believe|guess|suppose|would say) )?"
    r"(?:as far as (?:i|we) (?:know|can tell) |to (?:best of )?my knowledge "
    rf"|(?:based on|according to|from|in|given) (?:this |that |provided |given )?{TEXT} "
    r"(?:given |provided |above )?)?(?:that (?!(?:is|was)\b))?"
)
_BELIEF = re.compile(r"\bi (?:think|believe|guess|suppose|would say)\b")
_REPORT = re.compile(r"\b(?:suggests|mentions|says|states|implies|indicates|tells|shows|us) that\b")
_EMPTY = re.compile(
    rf"(?:{TEXT}|this {TEXT}|i|we|nobody|no|there)\b"
    r"|.*\b(?:mention|mentioned|mentions|sorry|apologize)\b"
)


@dataclass(frozen=True)
class Clause:
    """Normalized, expanded words of a clause joined by spaces, and what stands before it."""

    text: str
    first: bool
    after_content: bool
    """Whether an earlier clause of the sentence states something about what was asked."""
    contrasted: bool
    """Whether "but" or its like joins it to what stands before."""
    text_before: bool
    """Whether the clause before is about the text, so that "it" means the text."""
    believed: bool = False
    """Whether "I think" or "I believe" introduces it."""


def expand(reply: Sequence[str]) -> list[str]:
    """Normalized words with contractions written out: "don t" is "do not", "i m" is "i am"."""
    expanded: list[str] = []
    skip = False
    for at, word in enumerate(reply):
        following = reply[at + 1] if at + 1 < len(reply) else ""
        if skip:
            skip = False
        elif following == "t" and word in CONTRACTED:
            expanded += [CONTRACTED[word], "not"]
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


def sentences(reply: str) -> list[str]:
    """The sentences of a reply."""
    return [part for part in _SENTENCE_END.split(reply) if part.strip()]


def opening(reply: str) -> str:
    """The sentence in which a refusal would stand: the first, after any mere apology or echo."""
    parts = _SENTENCE_END.split(reply, maxsplit=2)
    first = parts[0]
    if len(parts) > 1:
        said = words(first)
        if len(said) <= 3 and (first.rstrip().endswith("?") or not _APOLOGY.isdisjoint(said)):
            return parts[1]
    return first


def clauses(reply: str) -> list[Clause]:
    """The clauses of the opening of a reply; speech that is quoted in it is left out."""
    found: list[Clause] = []
    content = about_text = False
    for part in _STOPS.split(_SPEECH.sub("", opening(reply))):
        said = " ".join(expand(words(part)))
        start, contrasted = 0, False
        for cut in [*_CUT.finditer(said), None]:
            bare = said[start : cut.start() if cut else len(said)].strip()
            introduced = _INTRODUCTION.match(f"{bare} ")
            assert introduced is not None  # it matches the empty string
            bare = bare[introduced.end() :].strip()
            if bare:
                believed = _BELIEF.search(introduced[0]) is not None
                found.append(Clause(bare, not found, content, contrasted, about_text, believed))
                about_text = re.match(rf"(?:this )?{TEXT}\b", bare) is not None
                # A word or two before a colon are a heading, or the end of a broken word.
                heading = cut is None and bare.count(" ") < 2
                empty = _EMPTY.match(bare) is not None and _REPORT.search(bare) is None
                content |= not (heading or empty)
                about_text &= not content
            if cut:
                start, contrasted = cut.end(), cut["against"] is not None
    return found
