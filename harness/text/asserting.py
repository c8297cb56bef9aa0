"""What a reply claims, as against what it merely mentions: values it rejects or takes back.

"Not the mill but the ford" names two values and claims one. "The mill. No, that is wrong: the ford"
takes the first back. "The text does not say that it was the mill" claims none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from harness.text.abstention import without_refusals
from harness.text.clauses import expand, sentences
from harness.text.languages import base
from harness.text.matching import Place
from harness.text.negation import REACH, is_negated
from harness.text.normalize import words as words_of

_TAKEN_BACK = re.compile(
    r"(?:^|(?<=[.!?;:,…–—-]))\s*(?:"
    r"(?:no|wait|sorry|oh)\b[,.;:!]?\s+(?:no\b[,.;:!]?\s+)?(?:that|this|it)\s*(?:is|was|['’]s)\s+"
    r"(?:wrong|incorrect|not\s+(?:right|true|correct)|a\s+mistake|an\s+error)"
    r"|(?:or\s+rather|I\s+mean|scratch\s+that|correction|I\s+was\s+wrong|my\s+mistake))\b[\s,.;:!–—-]*",
    re.IGNORECASE,
)
_NEGATIONS = frozenset({"not", "never", "neither", "nor"})
_NO_REJECTION = frozenset({"only", "just", "merely", "than", "until", "before", "but", "without"})
"""Words between a negation and a value that make it no rejection: "not only", "not before"."""


def claimed(reply: str, language: str = "en") -> str:
    """A reply without what it takes back and without its refusing clauses.

    In a language other than English it is left as it is.
    """
    if base(language) != "en":
        return reply
    *_, kept = _TAKEN_BACK.split(unicodedata.normalize("NFKC", reply))
    return without_refusals(kept, language, about_text=True)


def rejected_places(text: str, places: Collection[Place], language: str = "en") -> set[Place]:
    """Which of the places (in the normalized words of `text`) hold a value that it rejects.

    A negation reaches neither into the next sentence nor past another value.
    """
    said = words_of(text, language)
    starts, count = [0], 0
    for sentence in sentences(text):
        count += len(words_of(sentence, language))
        starts.append(count)
    named = {at for start, end in places for at in range(start, end)}
    found = set()
    for start, end in places:
        own = said[start:end]
        others = {said[at] for at in named.difference(range(start, end))}.difference(own)
        first = max(at for at in starts if at <= start)
        if is_rejected(said[first:], (start - first, end - first), others, language):
            found.add((start, end))
    return found


def is_rejected(
    words: Sequence[str], place: Place, stops: Collection[str] = (), language: str = "en"
) -> bool:
    """Whether a reply (normalized words) says of the value at `place` that it is not the one.

    `stops` are words of other values: a negation before them is about these. "No" rejects only
    what it stands right before, for it also opens an answer ("no, it was A"). Seen in English and
    Japanese.
    """
    if base(language) == "ja":
        return is_negated(words, place, stops, language)
    if base(language) != "en":
        return False
    start = place[0]
    before = expand(words[:start])
    if before[-1:] == ["no"]:
        return True
    for word in reversed(before[-REACH:]):
        if word in _NO_REJECTION or word in stops:
            return False
        if word in _NEGATIONS:
            return True
    return False
