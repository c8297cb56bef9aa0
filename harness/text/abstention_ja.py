"""Refusals and denials in Japanese: 「わかりません」 and what it is said of.

Japanese leaves the speaker out, so the same verb refuses (「仕事はわかりません」) and tells
(「ミナトは道がわかりません」). What stands before the verb decides: nothing, the speaker, the
text, an embedded question and a bare topic refuse; a topic with a subject or an object tells.
"""

from __future__ import annotations

import re
import unicodedata

_TEXT = (
    r"(?:この|その|上の|与えられた)?"
    r"(?:物語|文章|本文|文中|テキスト|お話|資料|原文|記事|小説|作品|(?:本|文|話)(?=の中|に|で|から|は))"
)
_SPEAKER = r"(?:私|わたし|わたくし|僕|ぼく|俺|自分|当方|こちら|我々)"
_OPENER = re.compile(
    r"(?:残念ながら|あいにく|正直|実は|えっと|うーん|はい|いいえ|いや|まだ|現時点では"
    rf"|私の知る限り(?:では)?|{_SPEAKER}(?:たち)?(?:に|で|として)?(?:は|も)"
    r"|それ(?:は|については|に関しては)"
    r"|(?:その|この)(?:こと|件|質問|問い|点)(?:は|に(?:は|ついては|関しては)?)"
    rf"|{_TEXT}(?:の中)?(?:に|で|から|より|を読んでも)?(?:は|も|だけでは)?)"
)
_NOT = r"(?:ません|ないです|ない)(?:でした)?(?:ね|よ|の|のです|んです)?"
_ANSWER = r"(?:答え|応え|回答|返答|説明|判断|特定|確認|断定|断言|提供|推測|伝え|教え)"
_UNKNOWN = re.compile(
    r"(?:よく|はっきり(?:と)?は?|全く|まったく|詳しく(?:は)?|正確に(?:は)?|何も|なにも)?(?:"
    rf"(?:分|判|わ)か(?:り|ら){_NOT}|(?:分|判|わ)かりかねます"
    rf"|(?P<know>知(?:り|ら)|存じ(?:上げ)?(?:て(?:い|おり))?|覚えて(?:い|おり)){_NOT}"
    rf"|思い出せ{_NOT}"
    rf"|(?:(?:情報|答え|回答)を|質問に(?:は)?)?お?{_ANSWER}"
    rf"(?:(?:る|する|できる)こと)?(?:は|が)?(?:でき|出来|られ){_NOT}"
    rf"|お?{_ANSWER}(?:し|でき|いたし|致し)?かねます"
    rf"|(?:申し上げられ|(?:何とも|なんとも)?言え|言い切れ){_NOT}"
    r"|(?:不明|不詳|未詳|未定|(?:分|わ)からないまま)(?:です|である|だ|でした)?"
    r"|(?:定か|明らか|確か|明確)では(?:ありません|ない|ないです)"
    rf"|はっきりし(?:てい)?{_NOT}|知られて(?:い|おり){_NOT}|(?:読み取れ|(?:分|わ)から){_NOT}"
    r"|(?:分|わ)かんない(?:です)?|(?:聞いた|見た)ことが(?:ありません|ない(?:です)?)"
    r"|(?:回答|お?答え)(?:は|を)(?:差し)?控えさせていただきます)$"
)
_SILENT = re.compile(
    r"(?:何も|なにも|どこにも|一切|特に|明確に|具体的に)*"
    r"(?:書かれ|述べられ|記され|語られ|触れられ|言及され|記載され|示され|説明され|明かされ|描かれ"
    rf"|明記され|明示され|記述され|提供され|与えられ|載って|出て)(?:て)?(?:は)?(?:い|おり|き){_NOT}$"
)
_NO_INFORMATION = re.compile(
    r"(?:特に|何の|一切の?)?(?:情報|記述|記載|記録|言及|手がかり|手掛かり|説明|データ|答え|回答|知識)(?:は|が|も)?"
    r"(?:(?:ありま|ございま)せん|ない(?:です)?|なし"
    rf"|(?:見つかり|見当たり|存在し|持って(?:い|おり)|持ち合わせて(?:い|おり)){_NOT})$"
    r"|(?:情報|記述|手がかり)(?:が|は)不足しています$"
)
_ASKED = re.compile(
    r"(?:.*(?:か|かどうか)(?:は|も|まで(?:は)?|について(?:は)?|を)?"
    r"|.*(?:について(?:は|の)?|に関して(?:は)?|に関する|のこと(?:は|を|も)?)"
    r"|.*という(?:人|人物|者|方|名前|名|場所|町|村|言葉)?(?:の)?(?:は|を|も|については)?)$"
)
"""Before the verb: an embedded question, "about ...", or "somebody called ..."."""
_TOPIC = re.compile(r"[^はがをへ]*?(?:は|も|が)?$")
_IN_TEXT = re.compile(
    rf"(?:{_TEXT}(?:の中)?(?:に|で|から|より)?(?:は|も|だけでは)?|{_SPEAKER}(?:たち)?(?:に)?(?:は|も))"
)
_ELSEWHERE = re.compile(r"(?<!か)(?:に|で)(?:は|も)?(?!つい|関し|関する)")
"""A place other than the text: what is not written there is part of a story."""
_SENTENCE = re.compile(r"(?<=[。！？!?．])[」』）)]*|\n")
_CLAUSE = re.compile(
    r"(?<=[んすいただるねよか])(?:が|けれども|けれど|けど|ので|ため|のため|から|し)[、，,]\s*"
    r"|[、，,]?(?:しかし|だが|ただし)[、，,]?"
)
_APOLOGY = re.compile(
    r"(?:大変|本当に|誠に)?(?:すみません|すいません|申し訳(?:ありません|ございません|ない(?:です)?)"
    r"|ごめんなさい|残念です|恐れ入ります|恐縮です)(?:が|けど|けれど)?$"
)
_QUOTED = re.compile(r"「[^」]*」(?=と(?:言|い|話|答|つぶや|叫|聞))")
_BLANK = re.compile(r"[\s、，,。．.！!？?「」『』（）()・…〜~―—-]+")
_WHOLE = frozenset(
    "不明 不詳 なし 無し ない 該当なし 記載なし 情報なし わからない 分からない 知らない さあ "
    "無回答 回答不可".split()
)
_PERSON = r"(?:人|人物|者|方|名前|名|登場人物|キャラクター|もの|物|場所|町|村)"
_NOBODY = re.compile(
    rf"(?:は|が|も|なんて|など)?(?:{_TEXT}(?:の中)?|(?:この|その)?(?:世界|村|町|島))?"
    r"(?:に|で)?(?:は|も)?(?:実在し(?:て(?:い|おり))?|存在し(?:て(?:い|おり))?"
    r"|登場し(?:て(?:い|おり))?|出て(?:き|来)|現れ|い|おり|見当たり|見つかり"
    rf"|出てくることはあり){_NOT}$"
)
_SUCH = re.compile(rf"(?:そのような|そんな|そういう|こういう|このような)(?:名前の|名の)?{_PERSON}$")
_CALLED = re.compile(
    r"(?:さん|くん|君|様|氏|ちゃん)?(?:という|といった|と呼ばれる|って(?:いう)?)?"
    rf"(?:名前の|名の)?{_PERSON}?$"
)
_BEFORE_DENIAL = re.compile(rf"(?:残念ながら|いいえ|いや|実は|{_TEXT}(?:の中)?(?:に|で)(?:は|も)?)")


def in_lexicon(reply: str) -> bool:
    """Whether the opening sentence refuses and does not answer after all."""
    said = _clauses(reply)
    if len(said) == 1 and said[0] in _WHOLE:
        return True
    refused = [_refuses(clause) for clause in said]
    return any(refused) and refused[-1]


def is_denial(reply: str, name: str) -> bool:
    """Whether the opening sentence says that `name` does not exist or is not in the text."""
    named = _BLANK.sub("", unicodedata.normalize("NFKC", name).lower())
    said = _clauses(reply)
    return bool(said) and any(_denies(clause, named) for clause in said[-1:])


def opening(reply: str) -> str:
    """The first sentence after any mere apology."""
    for sentence in _SENTENCE.split(unicodedata.normalize("NFKC", reply).lower()):
        bare = _BLANK.sub("", sentence)
        if bare and not _APOLOGY.match(bare):
            return sentence
    return ""


def _clauses(reply: str) -> list[str]:
    """Clauses of the opening sentence without punctuation, apologies and quoted speech."""
    parts = _CLAUSE.split(_QUOTED.sub("", opening(reply)))
    bare = [_BLANK.sub("", part) for part in parts]
    return [part for part in bare if part and not _APOLOGY.match(part)]


def _refuses(clause: str) -> bool:
    """Whether the verb at the end of a clause refuses, given what stands before it."""
    rest = clause
    while (opener := _OPENER.match(rest)) is not None and opener.end() < len(rest):
        rest = rest[opener.end() :]
    opened = clause[: len(clause) - len(rest)]
    silent = _SILENT.search(rest) or _NO_INFORMATION.search(rest)
    unknown = _UNKNOWN.search(rest) if silent is None else None
    verb = silent or unknown
    if verb is None or rest[: verb.start()].endswith(("行方", "生死")):
        return False
    before = _IN_TEXT.sub("", rest[: verb.start()])
    excused = _IN_TEXT.search(opened) is not None or before != rest[: verb.start()]
    asked = _ASKED.match(before) is not None
    if unknown is None:
        return excused or asked or _ELSEWHERE.search(before) is None
    if not before or before == "誰も" or excused:
        return True
    if unknown["know"]:
        # 「ミナトは知りません」 may tell of Minato: only what cannot be his knowledge refuses.
        told = "は" in before[:-1]
        return not told and (asked or (before.endswith("を") and "が" not in before))
    return asked or _TOPIC.match(before) is not None


def _denies(clause: str, named: str) -> bool:
    """Whether a clause says of `named`, or of "such a person", that there is none."""
    opener = _BEFORE_DENIAL.match(clause)
    rest = clause[opener.end() :] if opener else clause
    found = _NOBODY.search(rest)
    if found is None:
        return False
    before = rest[: found.start()]
    if _SUCH.search(before) or before in {"誰も", "だれも"}:
        return True
    called = bool(named) and before.startswith(named)
    return called and _CALLED.match(before[len(named) :]) is not None
