"""Does a reply that refuses or denies go on to tell something all the same?

The verdict does not hang on it: where no value of the corpus is named, a refusal is a refusal. It
is kept beside the verdict, so that a reader can count such answers.
"""

from __future__ import annotations

import re

from harness.text.clauses import TEXT, clauses, sentences
from harness.text.languages import base
from harness.text.normalize import word_run, words

_GUESS = re.compile(r"(?:perhaps|probably|maybe|possibly|presumably|likely) \w")
_SILENT = re.compile(
    r"\b(?:not|no|never|nobody|none|nothing|unknown|unclear|unspecified|unstated|uncertain|mystery"
    r"|sorry|apologies|please|thanks|thank)\b"
    rf"|\b(?:in|from|by|of) (?:this |that )?{TEXT}\b"
)
_PEOPLE = frozenset({"he", "she", "they", "his", "her", "their"})
_BARE = re.compile(r"\s*(?:an?|the)\s+(?P<noun>\w+)", re.IGNORECASE)
_ABOUT_TEXT = re.compile(rf"(?:this |that )?{TEXT}$")


def answers_after(reply: str, name: str, language: str = "en") -> bool:
    """Whether something is told after the refusal or denial with which a reply opens.

    Told is what a later sentence, or a clause after "but", says of `name` or of "he", "she" or
    "it" without a negation, what is guessed, and a noun phrase by itself. Seen in English only.
    """
    if base(language) != "en":
        return False
    subjects = _PEOPLE.union(word_run(name))
    for number, sentence in enumerate(sentences(reply)):
        for clause in clauses(sentence):
            if number == 0 and not (clause.contrasted and not clause.first):
                continue
            if _tells(clause.text, subjects):
                return True
        if number and _is_bare(sentence):
            return True
    return False


def _tells(clause: str, subjects: frozenset[str]) -> bool:
    said = clause.split()
    if _SILENT.search(clause) or len(said) < 2:
        return False
    it = said[0] == "it" and said[1] in {"is", "was", "must", "may", "might", "could"}
    return it or said[0] in subjects or _GUESS.match(clause) is not None


def _is_bare(sentence: str) -> bool:
    """A short noun phrase by itself: "A fisherman." """
    found = _BARE.match(sentence)
    if found is None or _ABOUT_TEXT.match(found["noun"].lower()):
        return False
    said = words(sentence)
    return 0 < len(said) <= 4 and _SILENT.search(" ".join(said)) is None
