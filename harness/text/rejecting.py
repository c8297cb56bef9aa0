"""Which values a reply says are *not* the one: "not the mill", "neither the mill nor the ford".

A value counts as rejected only where that is plain: a negation stands before it in the same clause
and nothing between the two but words that link a thing to its value ("was not a potter", "did not
live at the mill"). "Never stopped being a potter" and "not a very good potter" reject nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from harness.text.clauses import CONTRACTED
from harness.text.languages import base
from harness.text.matching import Place
from harness.text.negation import is_negated
from harness.text.normalize import ARTICLES, folded
from harness.text.normalize import words as words_of

_MARK = re.compile(r"[,;:.!?…—–()\[\]\"“”/]|(?<=\s)-|-(?=\s)")
_VALUE = "§"
"""Stands for another value; no word of a reply holds this sign."""

_LINK = (
    r"(?:an?|the|at|in|of|from|to|as|by|on|with|near|be|been|being|really|actually|ever|even"
    r"|simply|either|any|called|named|born|money|liv(?:e|ed|es|ing)|dwel(?:l|t|led|ls|ling)"
    r"|resid(?:e|ed|es|ing)|work(?:ed|s|ing)?|serv(?:e|ed|es|ing)|com(?:e|es|ing)|came"
    r"|becom(?:e|es|ing)|became|ha(?:ve|s|d|ving)|own(?:ed|s|ing)?|keep(?:s|ing)?|kept"
    r"|ow(?:e|ed|es|ing)|belong(?:ed|s|ing)?)"
)
_FILL = rf"(?:{_LINK} )*"
"""Words that may stand between a negation and the value that it rejects."""
_PRONOUN = r"(?:he|she|it|they)"
_HEAD = (
    r"(?:^|.* )(?:(?<!or )(?<!if )not|never|neither|(?:is|was|are|were) no"
    rf"|nor(?: (?:is|was|were|are|did|does|do|has|had) {_PRONOUN})?"
    rf"|(?:i|we) do not (?:think|believe)(?: that)? {_PRONOUN} (?:is|was)) " + _FILL
)
_NO_ITEM = rf"(?!(?:but|only|just|merely|than|until|before|without|very|or|nor|{_LINK}) )"
"""No word is both link and item: else a long list could be read in exponentially many ways."""
_ITEM = rf"(?:{_VALUE} |{_NO_ITEM}\w+ (?:{_NO_ITEM}\w+ )?)"
_OR = r"(?:, )?(?:or|nor) "
_NEGATED = re.compile(
    rf"(?:{_HEAD}(?:{_ITEM}(?:, {_FILL}{_ITEM})*{_OR}{_FILL})*"
    rf"|(?:^|.* )no (?:{_VALUE} (?:, {_FILL}{_VALUE} )*{_OR}{_FILL})?)",
    re.DOTALL,
)
"""What stands before a rejected value, a list that ends with it included."""
_IN_LIST = re.compile(rf"(?:{_HEAD}|(?:^|.* )no )(?:{_VALUE} , {_FILL})+", re.DOTALL)
_LIST_GOES_ON = re.compile(rf"(?:, {_FILL}{_VALUE} )*{_OR}{_FILL}{_VALUE}")
"""Without an "or" to come, a comma corrects: "not the mill, the ford" claims the ford."""
_QUALIFIED = frozenset({"s", "until", "before", "alone", "only", "merely", "yet"})
"""Words after a value that make it no rejection: "not a potter's", "not until", "not yet"."""


def rejected_places(text: str, places: Collection[Place], language: str = "en") -> set[Place]:
    """Which of the places (in the normalized words of `text`) hold a value that it rejects.

    A negation reaches over the values of a list joined by "or" or "nor", but not past a clause,
    "but", or any word that is neither link nor list. In a language other than English and
    Japanese none is seen.
    """
    if base(language) == "ja":
        return _rejected_ja(text, places, language)
    if base(language) != "en":
        return set()
    said, at_word = _stream(text)
    if [said[at] for at in at_word] != words_of(text):
        return set()  # marks that join words: then containing is all that can be told
    spans = {place: (at_word[place[0]], at_word[place[1] - 1] + 1) for place in places}
    plain = _written_out(said)
    found = set()
    for place, (start, end) in spans.items():
        others = [span for span in spans.values() if span[1] <= start or span[0] >= end]
        masked = _masked(plain, others)
        before = "".join(f"{word} " for word in masked[:start] if word)
        after = "".join(f"{word} " for word in masked[end:] if word)
        if _is_rejected(before, after):
            found.add(place)
    return found


def _rejected_ja(text: str, places: Collection[Place], language: str) -> set[Place]:
    said = words_of(text, language)
    named = {at for start, end in places for at in range(start, end)}
    found = set()
    for start, end in places:
        stops = {said[at] for at in named.difference(range(start, end))}.difference(said[start:end])
        if is_negated(said, (start, end), stops, language):
            found.add((start, end))
    return found


def _is_rejected(before: str, after: str) -> bool:
    """Whether a value between these words, each followed by a space, is rejected."""
    following = after.split()
    if following and following[0] in _QUALIFIED:
        return False
    if next((mark for mark in following if mark in {".", "!", "?", ";"}), "") == "?":
        return False
    if _NEGATED.fullmatch(before):
        return True
    return _IN_LIST.fullmatch(before) is not None and _LIST_GOES_ON.match(after) is not None


def _stream(text: str) -> tuple[list[str], list[int]]:
    """Words, articles and marks in order, and where in them the normalized words stand."""
    plain = unicodedata.normalize("NFKC", text)
    said: list[str] = []
    start = 0
    for mark in [*_MARK.finditer(plain), None]:
        said += folded(plain[start : mark.start() if mark else len(plain)])
        if mark:
            said.append("-" if mark[0] in "—–" else mark[0])
            start = mark.end()
    marks = set(',;:.!?…-()[]"“”/')
    return said, [at for at, word in enumerate(said) if word not in marks | ARTICLES]


def _written_out(said: Sequence[str]) -> list[str]:
    """Contractions written out without moving a word: "don t" is "do not"."""
    plain = list(said)
    for at, word in enumerate(said):
        if word == "cannot":
            plain[at] = "can not"
        elif word == "t" and at and said[at - 1] in CONTRACTED:
            plain[at - 1 : at + 1] = [CONTRACTED[said[at - 1]], "not"]
    return plain


def _masked(said: Sequence[str], spans: Collection[Place]) -> list[str]:
    """The words with other values in them as one sign each; their further words are empty."""
    masked = list(said)
    for start, end in spans:
        masked[start:end] = [_VALUE, *[""] * (end - start - 1)]
    return masked
