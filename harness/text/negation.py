"""Is a value in a reply negated: "not a baker", 「パン屋ではありません」, "不是面包师"?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from harness.text.languages import base
from harness.text.matching import Place

REACH = 3
"""A negation this many words before a value is taken to be about it."""

_BEFORE = {
    "en": "not never no neither nor",
    "de": "nicht kein keine keinen keiner keinem keines nie niemals",
    "fr": "pas jamais ni aucun aucune",
    "es": "no nunca jamás ni tampoco",
    "zh": "不 没 沒 非 未 无 無",
}
_BUT = {"en": "but", "de": "sondern aber", "fr": "mais", "es": "sino pero", "zh": "而 但"}
_NO = {
    "en": ("no",),
    "de": ("nein",),
    "fr": ("non",),
    "es": ("no",),
    "zh": ("不是", "不对", "不對", "没有", "沒有", "并不", "並不", "否"),
    "ja": ("いいえ", "いえ", "いや", "違います", "ちがいます"),
}
_AFTER_WORDS = 14
_AFTER_JA = re.compile(
    r"(?:さん|くん|君|様|氏)?(?:として|とは|では|じゃ|には|でも|で|に|が|は|を|も|の|と)*"
    r"\w{0,6}?(?:ません|ない(?!で(?!す)|か)|なく(?!て)|なかった|違い|違う|ちがい|嘘|誤り|間違い)"
)


def is_negated(
    words: Sequence[str], place: Place, stops: Collection[str] = (), language: str = "en"
) -> bool:
    """Whether the value at `place` of normalized words is negated.

    In Japanese the negation follows; elsewhere it stands at most three words before. Words of
    another value (`stops`) and "but" come between a negation and what it is not about. In a
    language that is not known no negation is seen.
    """
    known = base(language)
    start, end = place
    if known == "ja":
        return _negated_after(words[end : end + _AFTER_WORDS], stops)
    negations, but = _BEFORE.get(known, "").split(), _BUT.get(known, "").split()
    for word in reversed(words[max(0, start - REACH) : start]):
        if word in negations:
            return True
        if word in but or word in stops:
            return False
    return False


def says_no(words: Sequence[str], language: str = "en") -> bool:
    """Whether a reply (normalized words) opens with a "no"."""
    known = base(language)
    if known in {"ja", "zh"}:
        return "".join(words[:6]).startswith(_NO[known])
    return bool(words) and words[0] in _NO.get(known, ())


def _negated_after(following: Sequence[str], stops: Collection[str]) -> bool:
    """Particles, at most a short verb, and a negative ending."""
    cut = next((at for at, word in enumerate(following) if word in stops), len(following))
    return _AFTER_JA.match("".join(following[:cut])) is not None
