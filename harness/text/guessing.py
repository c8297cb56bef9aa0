"""Does a reply that begins with a refusal or a denial go on to answer after all?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harness.text.clauses import Clause, sentences
from harness.text.normalize import words

_GUESS = re.compile(
    r"(?:perhaps|probably|maybe|possibly|presumably) \w"
    r"|(?:it (?:is|was|may|might|could|must)|(?:he|she|they) \w+)\b"
    r"(?! (?:not|never|unknown|unclear|possible to)\b)"
)
_NAMED_AFTER = re.compile(
    r"\b(?:correct|right|likely|best) answer (?:is|was|would be) (?!not |un|none\b|that )\w"
)


def guesses(following: Sequence[Clause]) -> bool:
    """Whether one of the clauses after a refusal answers: "but he was a knight", "perhaps A".

    They must be joined to it by "but" or its like; "but I believe A" answers whatever A is.
    """
    return any(
        clause.contrasted and (clause.believed or _GUESS.match(clause.text)) for clause in following
    )


def names_later(reply: str) -> bool:
    """Whether a sentence after the first names the answer: "The correct answer is the ford"."""
    return any(_NAMED_AFTER.search(" ".join(words(part))) for part in sentences(reply)[1:])
