"""Whether a question points back: "the nerve" is the one of the sentence before."""

from __future__ import annotations

import re

from harness.writing import grammar_words as lists
from harness.writing.grammar import Usage, bare, stop_of
from harness.writing.rules.labels import Label
from harness.writing.rules.scenes import Scene, specific, stem

_FREE = frozenset(
    """patient patients surgeon child infant operation skin body blood limb heart pulse temperature
    tongue urine face treatment prognosis diagnosis whole rest surface part parts""".split()
)
"""What a manual says "the" of wherever it stands."""
_WHICH = frozenset("of which that whose in between".split())
_BARELY = (
    lists.VAGUE_ADJECTIVES | lists.NUMBER_WORDS | lists.SUPERLATIVES | lists.ADJECTIVES
    | frozenset("whole entire two resulting newly formed clinical affected divided".split())
)  # fmt: skip
_ENDS = lists.PREPOSITIONS | lists.AUXILIARIES | lists.COORDINATORS | lists.SUBORDINATORS
_OWN_SENTENCE = 60
"""Letters in front of a subject that hold a clause of their own."""
_BROUGHT_UP = re.compile(r"\b[Aa]n? ((?:\S+ ){1,5})")


def points_back(text: str, label: Label, wide: str, scene: Scene, usage: Usage) -> str:
    """The noun whose thing only the paragraph says; "" for none.

    `label`: the narrowest that holds; `wide`: what stands in front of the question.
    """
    words = text.split()
    plain = [bare(word) for word in words]
    told = {stem(word) for word in map(bare, wide.replace("(", "").split())}
    earlier = {stem(bare(word)) for word in scene.before.split()}
    narrow = label.wider is not None and label.text == wide
    introduced = _introduced(scene.before)
    for at, word in enumerate(plain[:-1]):
        if word not in {"the", "this"}:
            continue
        noun = at + 1
        while noun < len(plain) - 1 and plain[noun] in _BARELY and not stop_of(words[noun]):
            noun += 1
        following = plain[noun + 1] if noun + 1 < len(plain) and not stop_of(words[noun]) else ""
        alone = not following or following in _ENDS or following.endswith(("ed", "ly", "s"))
        if not alone or following in _WHICH or plain[noun] in _FREE:
            continue
        root = stem(plain[noun])
        said = {stem(each) for each in plain[:at]}
        if root in told | said:
            continue
        if root in introduced and plain[noun] not in lists.BARE_HEADS:
            return plain[noun]  # "a ferry ... the ferry": the one of that sentence
        if not narrow and root in earlier and not specific((plain[noun],), usage):
            return plain[noun]
    return ""


def begun_inside(subject: str, sentence: str, label: str) -> bool:
    """Whether "the keel" was first named in the same sentence, further up, and not by the label."""
    words = [bare(word) for word in subject.split()]
    if len(words) != 2 or words[0] != "the" or words[1] in _FREE:
        return False
    flat = " ".join(sentence.split()).lower()
    told = {stem(bare(word.strip("()"))) for word in label.split()}
    return stem(words[1]) not in told and flat.find(" ".join(words)) > _OWN_SENTENCE


def _introduced(before: str) -> set[str]:
    """Nouns that the paragraph brought up with "a" so far, each without a plural "s"."""
    found = set()
    for phrase in _BROUGHT_UP.findall(before):
        words: list[str] = []
        for word in phrase.split():
            plain = bare(word)
            if words and plain in _ENDS:
                break
            words.append(plain)
            if stop_of(word):
                break
        found.add(stem(words[-1]))
    return found
