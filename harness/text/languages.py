"""What the product knows of languages: which have words without spaces, and how each refuses.

A language is an ISO 639-1 code; a region behind a hyphen ("zh-TW") changes nothing here.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from harness.records import CANONICAL_REFUSAL

UNKNOWN = "und"
"""ISO 639-2 for a text whose language its script does not tell."""

SPACELESS = frozenset({"ja", "zh", "yue", "th", "lo", "km", "my"})
"""Languages that are written without spaces between words."""

_REFUSALS = {
    "en": CANONICAL_REFUSAL,
    "ja": "答えられません。",
    "zh": "我无法回答。",
    "de": "Das kann ich nicht beantworten.",
    "fr": "Je ne peux pas répondre.",
    "es": "No puedo responder.",
}
_SCRIPTS = {
    "Hangul": "ko",
    "Thai": "th",
    "Lao": "lo",
    "Khmer": "km",
    "Myanmar": "my",
    "Greek": "el",
    "Latin": "",
    "Cyrillic": UNKNOWN,
    "Arabic": UNKNOWN,
    "Hebrew": UNKNOWN,
    "Devanagari": UNKNOWN,
}
"""Script to the one language that is mostly written in it; "" where the words have to tell."""
_COMMON = {
    "en": "the and of to was that is with his for it he she at from not",
    "de": "der die und das nicht ist ein mit den von sich auf eine dem zu war",
    "fr": "le la les et des est une dans que pour du il elle au pas était",
    "es": "el los las y una que es por con del en su no lo era la",
    "it": "il di che gli della è per un non sono era con una nel la i",
    "pt": "o os da em não uma do para com é que na no ao era as",
    "nl": "het een van de niet dat zijn met voor op was hij te ook aan zij",
}
_FUNCTION = {
    "ja": "人 者 名 名前 方 物 事 彼 彼女 言",
    "zh": "是 的 了 在 有 和 与 與 他 她 它 这 這 那 个 個 人 叫 名 字 也 不 就 都",
}
_SAMPLE = 60_000
"""Characters read at the beginning, in the middle and at the end of a long text."""
_KANA_SHARE = 0.05


@lru_cache(maxsize=256)
def base(language: str) -> str:
    """The code without region or script, in lower case: "zh" for "zh-TW"."""
    return language.replace("_", "-").split("-")[0].lower()


def is_spaceless(language: str) -> bool:
    """Whether words of this language are written without spaces between them."""
    return base(language) in SPACELESS


def has_lexicon(language: str) -> bool:
    """Whether refusals beside the canonical one are recognised in this language."""
    return base(language) in _REFUSALS


def canonical_refusal(language: str) -> str:
    """The sentence that refuses in this language; the English one where none is known."""
    return _REFUSALS.get(base(language), CANONICAL_REFUSAL)


def caveat(language: str) -> str:
    """What to say wherever results in this language are shown; "" where there is nothing to say."""
    if has_lexicon(language):
        return ""
    named = "an unknown language" if base(language) == UNKNOWN else f"the language {language!r}"
    return (
        f"No refusals of {named} are known but the canonical one: a refusal in other words counts "
        "as an answer, and the rates of invention are upper bounds."
    )


def is_function_word(word: str, language: str) -> bool:
    """Whether a normalized word carries no content; of English nothing is said here.

    In Japanese every single hiragana letter counts: nouns and stems are kanji or katakana.
    """
    known = base(language)
    if known == "en":
        return False
    if known == "ja" and len(word) == 1 and "\u3041" <= word <= "\u309f":
        return True
    return word in f"{_FUNCTION.get(known, '')} {_COMMON.get(known, '')}".split()


def of(text: str) -> str:
    """The language of a text, told from its script; among Latin ones by their commonest words.

    Han characters with at least one kana in twenty are Japanese, without them Chinese. A script
    that several languages share ("Cyrillic") gives "und": nobody should guess in silence. A text
    without letters counts as English.
    """
    sample = _sample(text)
    patterns = _patterns()
    kana = len(patterns["kana"].findall(sample))
    han = len(patterns["han"].findall(sample))
    # An ideograph carries about as much as two letters of an alphabet.
    counts = {script: len(patterns[script].findall(sample)) for script in _SCRIPTS}
    script = max(counts, key=lambda name: counts[name])
    if 2 * han + kana > counts[script]:
        return "ja" if kana >= _KANA_SHARE * (kana + han) else "zh"
    if not counts[script]:
        return "en"
    return _SCRIPTS[script] or _latin(sample)


def _latin(sample: str) -> str:
    """The Latin-script language most of whose commonest words stand in the text."""
    said = sample.lower().split()
    counts = {}
    for language, common in _COMMON.items():
        wanted = frozenset(common.split())
        counts[language] = sum(word.strip(".,;:!?\"'»«“”()") in wanted for word in said)
    best = max(counts, key=lambda language: counts[language])
    return "en" if counts[best] == counts["en"] else best


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]


@cache
def _patterns() -> dict[str, Any]:
    import regex

    return {
        "kana": regex.compile(r"[\p{Hiragana}\p{Katakana}]"),
        "han": regex.compile(r"\p{Han}"),
        **{name: regex.compile(rf"(?=\p{{L}})\p{{{name}}}") for name in _SCRIPTS},
    }
