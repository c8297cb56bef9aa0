"""Refusals and denials in languages other than English."""

from __future__ import annotations

import re

import pytest

from harness.text.abstention import in_lexicon, is_denial, is_strict
from harness.text.languages import canonical_refusal
from harness.text.normalize import words

REFUSALS_JA = """
申し訳ありませんが、その情報は物語の中に記載されていません。
ご質問の内容については、わかりかねます。
その情報は提供されていません。
ミナトの年齢についての記述はありません。
ミナトの年齢は物語の中で明示されていません。
特に言及がありません。
ミナトが何歳かは、物語からは読み取れません。
ミナトの誕生日に関する記載は見当たりません。
知りません。
いいえ、知りません。
私には、その質問に答えることができません。
それについてはお答えできません。
ちょっとわからないです。
情報が不足しているため、お答えできません。
すみませんが、それについては存じ上げません。
その質問にはお答えできかねます。
ボルドルさんについては、情報がありません。
記載なし
答えられないです。
わかんない。
知らないです。
ボルドルという名前は聞いたことがありません。
ミナトの年齢を知りません。
ミナトが何歳なのか、私にはわかりません。
それは物語に出てきません。
誰にもわかりません。
誰も知りません。
その質問には答えられない。
どこにも書かれていません。
ミナトの好きな色は物語では語られていない。
回答を控えさせていただきます。
お答えすることはできません。
答えは不明です。
残念ですが、分かりません。
ごめんなさい、わからないの。
AIなので答えられません。
答えられません。
お答えできません。
わかりません。
分かりません
すみません、わかりません。
申し訳ありませんが、その質問にはお答えできません。
申し訳ございません。その情報はありません。
私にはわかりません。
私は知りません。
それはわかりません。
ミナトの年齢は不明です。
不明
不明です。
ミナトの仕事はわかりません。
ミナトがどこに住んでいるかわかりません。
ミナトはどこで生まれたのかは分かりません。
誰が書いたのかは知りません。
物語には書かれていません。
その人の年齢は書かれていません。
本文には記載がありません。
物語からはわかりません。
この文章だけでは判断できません。
その人物に関する情報はありません。
ボルドルについては何も書かれていません。
ボルドルについての情報がありません。
ボルドルという人は知りません。
ボルドルについては知りません。
残念ながら、何とも言えません。
覚えていません。
存じません。
回答できません。
お答えすることができません。
お答えしかねます。
確認できません。
文中では述べられていません。
ミナトの誕生日は明らかではありません。
わからないです。
何も知りません。
答えることができません。
物語では触れられていないので、わかりません。
ミナトはパン屋ですが、年齢はわかりません。
情報なし
知らない。
"""

CONTENT_JA = """
ミナトの父は見つかりませんでした。
ミナトは朝が苦手で、夜は眠れません。
海の向こうに何があるか、ミナトは知りません。
灯台の明かりは誰にも見えませんでした。
スズは手紙を読めない漁師です。
ミナトは誰にも答えませんでした。
犬は鳴かない。
宝物はありません。
ミナトには家族がいません。
店には名前がありません。
ミナトは仕事をしていません。
箱の中には何も入っていません。
ミナトの店には看板が出ていません。
彼の名前は村では知られていません。
ミナトの行き先は誰にも知られていなかった。
ハルキは答えを出せないまま眠った。
鍵はもうありません。
ミナトは道がわかりません。
ミナトは字を知りません。
看板には何も書かれていません。
村には記録がありません。
ミナトは行方不明です。
パン屋です。
わかりませんが、たぶんパン屋です。
ミナトは漁師ではありません。
ミナトは「わかりません」と言った。
ミナトは嘘を言わない船長です。
誰にも見つかりませんでした。
ミナトは泳げません。
ミナトは誰にも道を教えません。
彼は何も食べませんでした。
スズは答えを知っています。
ミナトは鍵が見つかりません。
灯台で働いています。
ミナトは何もできません。
港には船がありません。
彼女は約束を覚えていません。
ミナトは海で働かない。
答えはパン屋です。
ミナトは兄に手紙を書いていません。
お答えいたします。
お答えできます。
答えはありますが、長いです。
その人は答えを教えてくれません。
"""

DENIALS_JA = """
ボルドルという人はいません。
そのような人物は存在しません。
ボルドルは登場しません。
ボルドルは物語に出てきません。
ボルドルさんという人物は物語には登場しません。
そんな人はいません。
物語にボルドルという人は出てきません。
ボルドルは存在しない。
ボルドルという名前の人はこの町にはいません。
すみませんが、ボルドルという人物はいません。
"""

NO_DENIALS_JA = """
ボルドルは家にいません。
ボルドルには兄弟がいません。
ボルドルはパン屋です。
ミナトはいません。
ボルドルは犬を飼っていません。
ボルドルに子供はいません。
ボルドルは知っている人がいません。
"""

REFUSALS = {
    "de": """
        Ich weiß es nicht. | Das weiß ich leider nicht. | Das kann ich nicht beantworten.
        Ich kann diese Frage nicht beantworten. | Ich kann dazu nichts sagen. | Keine Ahnung.
        Tut mir leid, aber ich weiß es nicht. | Unbekannt. | Das ist nicht bekannt.
        Der Text sagt es nicht. | Leider kann ich das nicht beantworten. | Darüber weiß ich nichts.
        Das wird im Text nicht erwähnt. | Ich kann darauf keine Antwort geben.
    """,
    "fr": """
        Je ne sais pas. | Je ne peux pas répondre. | Je ne peux pas répondre à cette question.
        Désolé, je ne sais pas. | Je l'ignore. | Aucune idée. | Le texte ne le dit pas.
        Ce n'est pas précisé. | Inconnu. | Je n'en sais rien. | Je n'ai pas d'information.
    """,
    "es": """
        No lo sé. | No sé. | No puedo responder. | No puedo responder a esa pregunta.
        Lo siento, no lo sé. | El texto no lo dice. | No se sabe. | Desconocido. | Lo desconozco.
        No tengo información. | Ni idea. | No se menciona.
    """,
    "zh": """
        我不知道。 | 不知道 | 我无法回答。 | 我无法回答这个问题。 | 抱歉，我不知道。
        文中没有提到。 | 故事中没有提到他的年龄。 | 没有相关信息。 | 不详。
        我無法回答。 | 我没有关于他的信息。 | 不清楚。
    """,
}
CONTENT = {
    "de": """
        Er wusste es nicht. | Er war Bäcker. | Ich weiß es nicht, aber er war vielleicht Bäcker.
        Die Bäckerin weiß nicht, wo er ist. | Sie kann nicht schwimmen.
    """,
    "fr": """
        Il ne sait pas nager. | Il était boulanger.
        Je ne sais pas, mais il était peut-être boulanger.
    """,
    "es": """
        Él no sabe nadar. | Era panadero. | No lo sé, pero quizás era panadero.
    """,
    "zh": """
        他不知道路。 | 他是面包师。 | 我不知道，但他可能是面包师。 | 王明无法回答老师的问题。
    """,
}
DENIALS = {
    "de": """
        Es gibt keinen Bordor. | Es gibt keine Person namens Bordor. | Bordor existiert nicht.
        Bordor kommt im Text nicht vor.
    """,
    "fr": """
        Il n'y a pas de Bordor. | Bordor n'existe pas. | Il n'y a aucun personnage de ce nom.
    """,
    "es": """
        No existe ningún personaje llamado Bordor. | Bordor no existe.
        Bordor no aparece en el texto.
    """,
    "zh": """
        没有这个人。 | 没有叫Bordor的人。 | Bordor不存在。 | 没有这样的人。
    """,
}
NO_DENIALS = {
    "de": "Es gibt keinen Hafen. | Bordor hat keinen Hund. | Der Hafen existiert nicht.",
    "fr": "Le port n'existe pas. | Bordor n'a pas de chien.",
    "es": "El puerto no existe.",
    "zh": "王明没有孩子。 | 没有船。",
}


def lines(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[|\n]", text) if part.strip()]


def pairs(by_language: dict[str, str]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in by_language.items() for text in lines(texts)]


@pytest.mark.parametrize(("language", "text"), pairs({**REFUSALS, "ja": REFUSALS_JA}))
def test_a_refusal_is_recognised(language: str, text: str) -> None:
    assert in_lexicon(text, language)


@pytest.mark.parametrize(("language", "text"), pairs({**CONTENT, "ja": CONTENT_JA}))
def test_content_is_no_refusal(language: str, text: str) -> None:
    assert not in_lexicon(text, language)


@pytest.mark.parametrize(("language", "text"), pairs(DENIALS))
def test_a_denial_is_recognised(language: str, text: str) -> None:
    assert is_denial(text, "Bordor", language)


@pytest.mark.parametrize("text", lines(DENIALS_JA))
def test_a_japanese_denial_is_recognised(text: str) -> None:
    assert is_denial(text, "ボルドル", "ja")


@pytest.mark.parametrize(("language", "text"), pairs(NO_DENIALS))
def test_what_is_said_of_something_else_is_no_denial(language: str, text: str) -> None:
    assert not is_denial(text, "Bordor", language)


@pytest.mark.parametrize("text", lines(NO_DENIALS_JA))
def test_what_is_said_of_something_else_is_no_denial_in_japanese(text: str) -> None:
    assert not is_denial(text, "ボルドル", "ja")


@pytest.mark.parametrize("language", ["en", "ja", "zh", "de", "fr", "es"])
def test_the_canonical_refusal_is_strict_and_in_the_lexicon(language: str) -> None:
    refusal = canonical_refusal(language)
    assert is_strict(words(refusal, language), refusal, language)
    assert in_lexicon(refusal, language)
    assert not is_strict(words("ミナト Bordor", language), refusal, language)


def test_in_an_unknown_language_only_the_canonical_refusal_is_recognised() -> None:
    refusal = "Не могу ответить."
    assert is_strict(words(refusal, "und"), refusal, "und")
    assert not in_lexicon("Не знаю.", "und")
    assert not in_lexicon("I do not know.", "und")
    assert not is_denial("There is no Bordor.", "Bordor", "und")
