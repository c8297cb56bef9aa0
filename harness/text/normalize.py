"""Normal forms of a text: what two answers must agree on to count as the same words."""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache

from harness.text import segments
from harness.text.languages import base, is_spaceless
from harness.text.pieces import pieces

NORMALIZER_VERSION = 2
"""Raise it whenever some text could get another normal form."""

ARTICLES = frozenset({"a", "an", "the"})

_SQUAD_ARTICLES = re.compile(r"\b(a|an|the)\b")
_SQUAD_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ASCII = str.maketrans(dict.fromkeys([*string.punctuation, *map(chr, range(32)), "\x7f"], " "))


class _ToSpace(dict[int, str]):
    """Any punctuation, symbol, separator or control becomes a space; invisible marks vanish."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category == "Cf":
            replaced = ""
        elif category[0] in "PSZ" or category in {"Cc", "Cs"}:
            replaced = " "
        else:
            replaced = character
        self[code] = replaced
        return replaced


_UNICODE = _ToSpace()
_MOST_ROUNDS = 6


def _fold(text: str) -> str:
    """Lower case, compatibility forms unified, punctuation to spaces."""
    if text.isascii():
        return text.lower().translate(_ASCII)
    for _ in range(_MOST_ROUNDS):
        # Lowering can undo a composed form and removing a mark can allow one: until nothing moves.
        folded = unicodedata.normalize("NFKC", text).lower().translate(_UNICODE)
        if folded == text:
            break
        text = folded
    return text


def words(text: str, language: str = "en") -> list[str]:
    """The words of a text in the TriviaQA normal form, in order, English articles left out.

    Of a text without spaces, the pieces between which a value may begin and end: see
    `harness.text.pieces`.
    """
    if base(language) == "en":
        return [word for word in _fold(text).split() if word not in ARTICLES]
    return pieces(_fold(text), language) if is_spaceless(language) else _fold(text).split()


def counted(text: str, language: str = "en") -> list[str]:
    """Normalized words as they are counted in runs: `words`, or Unicode's without spaces."""
    return (
        segments.words(_fold(text), language) if is_spaceless(language) else words(text, language)
    )


def folded(text: str) -> list[str]:
    """The words of a text with spaces in the same normal form, articles left in."""
    return _fold(text).split()


@lru_cache(maxsize=65536)
def word_run(text: str, language: str = "en") -> tuple[str, ...]:
    """`words` as a tuple, remembered: for names, values and questions that are met again."""
    return tuple(words(text, language))


def normalize(text: str, language: str = "en") -> str:
    """TriviaQA normal form: lower case, punctuation to space, articles dropped, spaces folded.

    Source: `normalize_answer` of the TriviaQA evaluation (Joshi et al., 2017), with punctuation
    read in the Unicode sense and compatibility forms unified (NFKC). Articles are dropped from
    English only. Applying it twice changes nothing.
    """
    return " ".join(words(text, language))


def normalize_squad(text: str) -> str:
    """SQuAD normal form: lower case, ASCII punctuation deleted, articles dropped, spaces folded.

    Source: `normalize_answer` of the SQuAD 1.1 evaluation (Rajpurkar et al., 2016). It joins what
    a hyphen or an apostrophe separates, so it serves exact match and F1 in SQuAD's sense only.
    """
    bare = text.lower().translate(_SQUAD_PUNCTUATION)
    return " ".join(_SQUAD_ARTICLES.sub(" ", bare).split())
