"""What a reply claims, as against what it merely mentions: values that it takes back.

"The mill. No, that is wrong: the ford" takes the first back. "The text does not say that it was
the mill" claims none. What is rejected on the spot is in `rejecting`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from harness.text.abstention import without_refusals
from harness.text.clauses import expand, sentences
from harness.text.languages import base
from harness.text.normalize import word_run, words

_WRONG = re.compile(
    r"(?:^|(?<=[.!?;:,…–—-]))\s*(?:"
    r"(?:no|wait|sorry|oh)\b[,.;:!]?\s+(?:no\b[,.;:!]?\s+)?(?:that|this|it)\s*(?:is|was|['’]s)\s+"
    r"(?:wrong|incorrect|not\s+(?:right|true|correct)|a\s+mistake|an\s+error)"
    r"|scratch\s+that)\b[\s,.;:!–—-]*",
    re.IGNORECASE,
)
"""Takes back what stands before it, whatever follows."""
_INSTEAD = re.compile(
    r"(?:^|(?<=[.!?;:,…–—-]))\s*(?:(?:or\s+rather|I\s+mean|correction|I\s+was\s+wrong|my\s+mistake)\b"
    r"[\s,.;:!–—-]*|(?:no|nay)\b\s*(?:[,.;:!…]|[–—-])\s*)",
    re.IGNORECASE,
)
"""Takes back what stands before it only where another value is put in its place."""
_NO = re.compile(r"\s*no\b\s*(?P<mark>[,.;:!…–—-]|$)?", re.IGNORECASE)
_NEGATIVE = frozenset({"not", "never", "no", "nobody", "none", "nothing", "wrong", "false"})
_SOMEBODY = frozenset({"he", "she", "they", "there"})
_BEING = frozenset({"is", "was", "are", "were"})


def claimed(reply: str, language: str = "en", names: Callable[[str], bool] = lambda _: True) -> str:
    """A reply without what it takes back and without its refusing clauses.

    `names` tells whether a text names a value: "I mean", "or rather" and an interjected "no" take
    back what precedes only if one follows in the sentence. A question that is answered "no" is
    left out. In a language other than English the reply is left as it is.
    """
    if base(language) != "en":
        return reply
    *_, kept = _WRONG.split(unicodedata.normalize("NFKC", reply))
    start = 0
    for found in _INSTEAD.finditer(kept):
        following = sentences(kept[found.end() :])
        if kept[: found.start()].strip() and following and names(following[0]):
            start = found.end()
    kept = _without_denied_questions(kept[start:])
    return without_refusals(kept, language, about_text=True)


def says_no_to_premise(reply: str, name: str) -> bool:
    """Whether an English reply opens with a "no" that answers, and does not go along after all.

    "No." alone does, and "No" before a negation or before what `name` is instead. "No later than
    in May" answers otherwise, and "No, he gave it up in May" contradicts nothing but itself.
    """
    found = _NO.match(unicodedata.normalize("NFKC", reply))
    if found is None:
        return False
    rest = expand(words(reply[found.end() :]))
    subjects = _SOMEBODY.union(word_run(name))
    if found["mark"] is None and (not rest or rest[0] not in subjects | {"it", "that"}):
        return False
    if not rest or not _NEGATIVE.isdisjoint(rest):
        return True
    said = next((at for at, word in enumerate(rest) if word not in subjects), 0)
    return said > 0 and rest[said : said + 1] != [] and rest[said] in _BEING


def _without_denied_questions(reply: str) -> str:
    """ "The mill? No." says that it was not the mill."""
    parts = sentences(reply)
    kept = [
        part
        for part, following in zip(parts, [*parts[1:], ""], strict=False)
        if not (part.rstrip().endswith("?") and _answers_no(following))
    ]
    return reply if len(kept) == len(parts) else " ".join(kept)


def _answers_no(sentence: str) -> bool:
    found = _NO.match(sentence)
    return found is not None and found["mark"] is not None
