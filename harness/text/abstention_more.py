"""Small lexicons of refusals in Chinese, German, French and Spanish.

Each is a list of ways in which a reply may *begin* (after an apology), so that a story in which
somebody does not know something is no refusal. They catch the plain sentences and no more: the
share that only the lexicon caught is reported beside every score.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from harness.text.languages import base

LEXICON_VERSION = 1
"""Raise it whenever some reply in another language than English could be read as a refusal or a
denial, or no longer be: this module and `abstention_ja`."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How a language refuses and denies, as patterns over lower-case text without punctuation."""

    refusal: re.Pattern[str]
    """At the beginning of the opening sentence."""
    denial: re.Pattern[str]
    """Anywhere in it; the group "named", where there is one, must be the name asked about."""
    contrast: re.Pattern[str]
    """ "but": what follows it answers after all, unless it refuses too."""
    apology: re.Pattern[str]
    """What may stand in front."""


def _lexicon(refusal: str, denial: str, contrast: str, apology: str, flags: int = 0) -> Lexicon:
    return Lexicon(
        re.compile(refusal, re.VERBOSE | flags),
        re.compile(denial, re.VERBOSE | flags),
        re.compile(contrast),
        re.compile(rf"(?:{apology})[ ,，、]*"),
    )


_TOLD_DE = r"(?:gesagt|genannt|erwähnt|angegeben|beschrieben|mitgeteilt|bekannt|überliefert)"
_TOLD_FR = r"(?:dit|précisé|mentionné|indiqué|donné|connu|raconté)e?s?"
_TOLD_ES = r"(?:dice|menciona|especifica|indica|sabe|cuenta|aclara|conoce)"
_LEXICONS = {
    "de": _lexicon(
        rf"""ich\ (?:weiß|weiss)\ (?:es\ |das\ |dies\ |leider\ |darüber\ )*(?:nicht|nichts)\b
        |(?:das|es|dies)\ (?:weiß|weiss)\ ich\ (?:leider\ )?nicht\b
        |(?:darüber|davon|dazu)\ (?:weiß|weiss)\ ich\ (?:leider\ )?nichts\b
        |(?:ich\ kann|(?:das|dies|diese\ frage|die\ frage|darauf|dazu)\ kann\ ich|kann\ ich)
         \ (?:\w+\ ){{0,4}}?(?:nicht|nichts|keine\ \w+)
         \ (?:\w+\ )?(?:beantworten|antworten|sagen|geben)\b
        |ich\ kenne\ (?:die|keine|darauf\ keine)\ antwort\b(?:\ nicht)?
        |(?:ich\ habe\ )?(?:dazu\ |darüber\ )?(?:leider\ )?keine
         \ (?:ahnung|information|informationen|angaben)\b
        |(?:das|es|dies)\ ist\ (?:leider\ )?(?:nicht\ {_TOLD_DE}|unbekannt|unklar|ungewiss)\b
        |(?:das|es|dies)\ (?:wird|steht)\ (?:im\ text\ |in\ der\ geschichte\ |dort\ )?nicht
         (?:\ (?:im\ text|in\ der\ geschichte|{_TOLD_DE}))?$
        |(?:der\ text|die\ geschichte|das\ buch)\ (?:sagt|nennt|erwähnt|verrät)
         \ (?:es\ |das\ |dies\ |dazu\ )?(?:nicht|nichts)\b
        |unbekannt$|nicht\ bekannt$""",
        r"""(?:es\ gibt|ich\ kenne)\ keinen?\ (?:solchen?\ |namens\ |mit\ namen\ )*
         (?:person|mann|frau|menschen|figur|(?P<named>\w+))
        |(?P<absent>[\w\ ]+?)\ (?:existiert|gibt\ es)\ (?:im\ text\ |in\ der\ geschichte\ )?nicht$
        |(?P<silent>[\w\ ]+?)\ kommt\ (?:im\ text|in\ der\ geschichte|darin)\ nicht\ vor$""",
        r"\b(?:aber|doch|jedoch|vielleicht|vermutlich|wahrscheinlich)\b",
        r"(?:es tut mir leid|tut mir leid|entschuldigung|leider|verzeihung)(?: aber| dass)?",
    ),
    "fr": _lexicon(
        rf"""je\ (?:ne\ )?(?:le\ |l\ )?sais\ (?:vraiment\ )?pas\b|je\ l\ ignore\b|j\ ignore\b
        |je\ (?:ne\ )?(?:peux|puis|saurais)\ (?:pas\ )?(?:y\ )?
         (?:répondre|le\ dire|vous\ répondre|dire)\b
        |je\ n\ ai\ (?:pas|aucune)\ (?:d\ |la\ |cette\ )?(?:informations?|idée|réponse)\b
        |(?:je\ n\ en\ ai\ )?aucune\ idée\b|je\ n\ en\ sais\ rien\b
        |on\ (?:ne\ )?(?:le\ )?sait\ pas\b
        |(?:ce|cela|c)\ n\ est\ pas\ {_TOLD_FR}\b|ce\ n\ est\ pas\ {_TOLD_FR}\b
        |(?:le\ texte|l\ histoire|le\ livre|le\ récit)\ ne\ (?:le\ )?
         (?:dit|précise|mentionne|indique)\ (?:pas|rien)\b
        |inconnue?$|aucune\ information\b""",
        r"""il\ n\ y\ a\ (?:pas\ de|pas\ d|aucune?|personne)\ (?:telle?\ |du\ nom\ de\ |nommée?\ )*
         (?:personne|personnage|homme|femme|(?P<named>\w+))
        |(?P<absent>[\w\ ]+?)\ n\ existe\ pas
        |(?P<silent>[\w\ ]+?)\ n\ (?:apparaît|est\ pas\ (?:mentionnée?|nommée?))\b""",
        r"\b(?:mais|peut être|probablement|sans doute)\b",
        r"(?:je suis )?(?:désolée?|pardon|malheureusement|excusez moi)(?: mais)?",
    ),
    "es": _lexicon(
        rf"""(?:yo\ )?no\ (?:lo\ )?sé\b|(?:lo\ )?(?:desconozco|ignoro)\b
        |no\ (?:puedo|podría|sabría)\ (?:\w+\ )?
         (?:responder|contestar|decir|decirlo|decirte|responderlo)\b
        |no\ (?:tengo|dispongo\ de|hay)\ (?:\w+\ )?(?:información|datos|idea|respuesta)\b
        |(?:ni|no\ tengo\ ni)\ idea\b|no\ se\ (?:\w+\ )?{_TOLD_ES}\b
        |(?:el\ texto|la\ historia|el\ libro|el\ relato|eso|esto)
         \ no\ (?:lo\ |se\ )?(?:\w+\ )?{_TOLD_ES}\b
        |desconocid[oa]$|es\ desconocid[oa]\b|se\ desconoce\b|sin\ información\b""",
        r"""no\ (?:existe|hay)\ (?:ningún|ninguna|nadie|tal)\ (?:llamad[oa]\ |que\ se\ llame\ )?
         (?:persona|personaje|hombre|mujer|(?P<named>\w+))
        |(?P<absent>[\w\ ]+?)\ no\ existe\b
        |(?P<silent>[\w\ ]+?)\ no\ (?:aparece|se\ menciona|es\ mencionad[oa])\b""",
        r"\b(?:pero|quizás?|tal vez|probablemente|aunque)\b",
        r"lo siento(?: pero)?|perdón|lamentablemente|disculp[ae]",
    ),
    "zh": _lexicon(
        r"""(?:我|我们|我們)?(?:并|並|也|还|還|实在|完全)?(?:不知道|不清楚|不了解|不确定|不確定|不记得|不記得)
        |(?:我|我们|我們)?(?:无法|無法|不能|没办法|沒辦法|没法|沒法)(?:回答|确定|確定|判断|判斷|得知|告诉|告訴|提供|知道|确认|確認)
        |我?(?:没有|沒有)(?:任何|相关|相關|(?:关于|關於)\w{1,8}?的|足够的?|足夠的?|这方面的?|這方面的?)*
         (?:信息|資訊|资料|資料|记载|記載|答案|线索)
        |(?:文中|文章中?|故事中?|原文中?|书中|書中|文本中?)[里裡]?[并並]?(?:没有|沒有|没|沒|未)
         (?:提到|提及|说明|說明|说|說|写|寫|记载|記載|交代|给出|給出)
        |(?:不详|不詳|未知|不明|不得而知|不知|没有提到|沒有提到|没有提及)$""",
        r"""(?:没有|沒有|不存在)(?:一个|一個)?(?:这样|這樣|这个|這個|此)的?(?:人|人物|角色|地方)
        |(?:没有|沒有)(?:一个|一個)?(?:叫|名叫|叫做|名为|名為)(?P<named>\w+?)的?(?:人|人物|角色|地方)
        |(?P<absent>\w+?)(?:这个人|這個人|此人)?(?:并不|並不|不|并没有|沒有)存在
        |(?P<silent>\w+?)(?:没有|沒有|并未|並未|未)(?:在故事中|在文中)?(?:出现|出現|被提到|被提及)$""",
        r"但是?|不过|不過|可能|也许|也許|大概",
        r"很?抱歉|对不起|對不起|不好意思|遗憾的是|遺憾的是",
    ),
}
_LONGEST = 400
"""Characters of a sentence that are read: what comes later is no plain refusal."""
_SENTENCE = re.compile(r"(?<=[!?])\s+|(?<=[^.]\.)\s+|(?<=[。！？])|\n")
_ASIDE = re.compile(r"[^\w]+")


def in_lexicon(reply: str, language: str) -> bool:
    """Whether the opening sentence begins with a refusal and does not answer after all."""
    lexicon = _LEXICONS[base(language)]
    said = _opening(reply, language, lexicon)
    refused = lexicon.refusal.match(said)
    if refused is None:
        return False
    rest = said[refused.end() :]
    contrast = lexicon.contrast.search(rest)
    if contrast is None:
        return True
    return lexicon.refusal.match(rest[contrast.end() :].strip()) is not None


def is_denial(reply: str, name: str, language: str) -> bool:
    """Whether the opening sentence says that `name`, or such a person, does not exist."""
    lexicon = _LEXICONS[base(language)]
    denied = lexicon.denial.search(_opening(reply, language, lexicon))
    if denied is None:
        return False
    said = next((group for group in denied.groupdict().values() if group), None)
    return said is None or _flat(name, language) in {said, said.split()[-1]}


def _opening(reply: str, language: str, lexicon: Lexicon) -> str:
    """The first sentence that says more than an apology, flat, the apology taken off."""
    for sentence in _SENTENCE.split(reply):
        flat = _flat(sentence, language)
        apology = lexicon.apology.match(flat)
        bare = flat[apology.end() :] if apology else flat
        if bare:
            return bare[:_LONGEST]
    return ""


def _flat(text: str, language: str) -> str:
    """Lower case, NFKC, punctuation to single spaces (to nothing in Chinese)."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _ASIDE.sub("" if base(language) == "zh" else " ", folded).strip()
