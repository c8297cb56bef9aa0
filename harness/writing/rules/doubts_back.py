"""Whether a question points back: "the nerve" is the one of the sentence before."""

from __future__ import annotations

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


def points_back(text: str, label: Label, wide: str, scene: Scene, usage: Usage) -> str:
    """The noun whose thing only the paragraph says; "" for none.

    `label`: the narrowest that holds; `wide`: what stands in front of the question.
    """
    words = text.split()
    plain = [bare(word) for word in words]
    told = {stem(word) for word in map(bare, wide.replace("(", "").split())}
    earlier = {stem(bare(word)) for word in scene.before.split()}
    if label.wider is not None and label.text == wide:
        return ""
    for at, word in enumerate(plain[:-1]):
        if word not in {"the", "this"}:
            continue
        noun = at + 1
        while noun < len(plain) - 1 and plain[noun] in _BARELY and not stop_of(words[noun]):
            noun += 1
        following = plain[noun + 1] if noun + 1 < len(plain) and not stop_of(words[noun]) else ""
        ends = lists.PREPOSITIONS | lists.AUXILIARIES | lists.COORDINATORS | lists.SUBORDINATORS
        alone = not following or following in ends or following.endswith(("ed", "ly", "s"))
        if not alone or following in _WHICH or plain[noun] in _FREE:
            continue
        root = stem(plain[noun])
        said = {stem(each) for each in plain[:at]}
        if root in earlier and root not in told | said and not specific((plain[noun],), usage):
            return plain[noun]
    return ""
