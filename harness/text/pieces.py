"""Text without spaces cut into pieces between which a value may begin and end.

A value is found where its pieces stand in a row. In Japanese a run of kanji and a run of katakana
is one piece, and so is katakana with one kanji after it: 犬 is not found in 子犬, パン neither in
パンダ nor in パン屋. Hiragana is cut letter by letter, because particles follow a noun without a
gap. Chinese is cut character by character,
numbers apart (三 is not found in 十三): there a value is found inside a longer word, which only a
dictionary could prevent. Thai, Lao, Khmer and Burmese are cut between clusters of letters.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from harness.text.languages import base

if TYPE_CHECKING:
    from regex import Pattern

_NUMERALS = "〇零一二三四五六七八九十百千万億兆两兩萬亿"
_COUNTERS = "年月日時分秒歳才人回度個本枚匹頭羽冊台軒階番円点週代倍"
_BEFORE = (
    "毎日 毎朝 毎晩 毎週 毎月 毎年 今日 昨日 明日 今朝 昨夜 翌日 翌朝 翌年 今年 昨年 去年 来年 "
    "当時 現在"
).split()
"""Words of time that stand before another word without a particle: 毎朝六時, 翌日港町へ."""
_AFTER = "出身 在住 先生 本人 自身 以上 以下 以前 以後 以来".split()
_AFTER_LONG = "県 府 市 様 氏 製 産".split()
"""One-letter endings that leave a word of two letters or more what it is: 青森 in 青森県."""

_AFTER_KATAKANA = "君様氏殿嬢達製産色側前後中内外上下横隣的用等時市県州国島川湖山海"
"""A kanji that leaves the katakana word before it what it is: ミナト in ミナト君."""

_BRAHMIC = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_KATAKANA = r"[\p{Katakana}ー]+"
_OTHER_SCRIPTS = (
    r"\p{Hiragana}\p{M}*",
    # A vowel that is written before its consonant, the consonant with its marks, a vowel after it.
    rf"[เ-ไເ-ໄ]?(?=[{_BRAHMIC}])\X[ะาๅະາ]?",
    rf"[^\s\p{{Han}}\p{{Katakana}}\p{{Hiragana}}ー{_BRAHMIC}]+",
    r"\S",
)


def pieces(folded: str, language: str) -> list[str]:
    """The pieces of a text in lower case whose punctuation has been made white space."""
    found: list[str] = _pattern(base(language) == "ja").findall(folded)
    if base(language) != "ja":
        return found
    return [part for piece in found for part in (_kanji(piece) if len(piece) > 2 else (piece,))]


def _kanji(run: str) -> list[str]:
    """A run of kanji without the words that merely stand before or after another one in it."""
    for word in _BEFORE:
        if run.startswith(word) and run != word:
            return [word, *_kanji(run[len(word) :])]
    for word in _AFTER:
        if run.endswith(word) and run != word:
            return [*_kanji(run[: -len(word)]), word]
    for letter in _AFTER_LONG:
        if run.endswith(letter) and len(run) > 2 and run[-2] not in "ヶヵ":
            return [*_kanji(run[:-1]), letter]
    cut = _counted().search(run, 1)
    return [*_kanji(run[: cut.start()]), *_kanji(run[cut.start() :])] if cut else [run]


@cache
def _pattern(japanese: bool) -> Pattern[str]:
    import regex

    if japanese:
        # ヶ stands for a counter between kanji (一ヶ月).
        han = r"\p{Han}(?:\p{Han}|[ヶヵ](?=\p{Han}))*"
        one_kanji = rf"(?![{_NUMERALS}{_AFTER_KATAKANA}])\p{{Han}}(?!\p{{Han}})"
        katakana = rf"{_KATAKANA}(?:{one_kanji})?"
    else:
        han, katakana = rf"[{_NUMERALS}]+|\p{{Han}}", _KATAKANA
    return regex.compile("|".join((han, katakana, *_OTHER_SCRIPTS)))


@cache
def _counted() -> Pattern[str]:
    """A number with its counter inside a run: 三日 in 五月三日, 六時 in 朝六時."""
    import regex

    return regex.compile(rf"(?<![{_NUMERALS}])[{_NUMERALS}]+[ヶヵ]?[{_COUNTERS}]")
