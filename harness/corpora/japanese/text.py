"""The story itself, and what it tells of each of its eight people."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "灯台と八つの宝物"

CHAPTERS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "潮見町の人々",
        (
            (
                "潮見町は、山と海にはさまれた小さな港町である。",
                "坂の上に住むミナトはパン屋で、町でいちばん早く起きる。",
                "ミナトは、祖父からもらった銅の鍵を宝物にしていて、店へ下りるときも必ず持っていく。",
                "焼きたてのパンをいつも最初に買うのは、岬の小屋に住むスズだ。",
                "スズは灯台守で、夜どおし海を照らし、朝になってから眠る。",
                "スズの宝物は、父が残した古い望遠鏡である。",
            ),
            (
                "川沿いの納屋に住むハルキは船大工で、一日じゅう木を削っている。",
                "初めて造った船から外した樫の舵輪が、ハルキの宝物だ。",
                "橋のたもとに住むアカネは医者で、母の形見の銀の指輪を宝物として大切にし、"
                "いつも首から下げている。",
                "駅前の下宿に住むリクは郵便配達員で、町じゅうの人の名前を覚えている。",
                "リクの鞄には、宝物の木彫りの熊がお守りとして入っている。",
            ),
            (
                "学校の裏に住むトモエは教師で、宝物の青い万年筆で毎日日記をつけている。",
                "神社の隣に住むヨシノは花屋で、海の砂を入れたガラスの小瓶を宝物にしている。",
                "そして、港の長屋に住むゲンゾウは、町でいちばん年を取った漁師である。",
                "若いころに沖で拾った赤い浮き玉がゲンゾウの宝物で、いつも舟の先に下げてある。",
            ),
        ),
    ),
    (
        "嵐の夜",
        (
            (
                "十月のある夕方、空が急に暗くなり、強い風が港に吹きつけた。",
                "船は次々と港へ逃げ帰ったが、ゲンゾウの舟だけはまだ沖から戻っていなかった。",
                "悪いことに、灯台の明かりまで突然消えてしまった。",
                "「このままでは、あの人は岩に乗り上げてしまう。」とスズは叫んだ。",
                "知らせを受けたリクは、雨の中を走り、町の家々を一軒ずつ回った。",
            ),
            (
                "ミナトは、祖父の銅の鍵で灯台の古い倉庫を開けた。",
                "祖父は昔、この灯台で働いていたのだ。",
                "倉庫で見つかった予備のランプを、船大工のハルキが手早く直した。",
                "スズが古い望遠鏡をのぞくと、波の間に赤い浮き玉が小さく見えた。",
                "再びともった明かりを頼りに、ゲンゾウの舟はゆっくりと港へ向かってきた。",
            ),
        ),
    ),
    (
        "嵐のあと",
        (
            (
                "岸に着いたゲンゾウの腕の傷は、医者のアカネがその場で縫った。",
                "翌朝、ミナトは皆に熱いスープと焼きたてのパンをふるまった。",
                "ヨシノは灯台の入り口に白い花を飾り、トモエはその夜の出来事を日記に長く書き残した。",
                "「みんなの宝物が、わしを家に帰してくれた。」とゲンゾウは笑った。",
                "それからというもの、嵐の夜には、町の人々が交代で灯台の番をしている。",
            ),
        ),
    ),
)
"""Title and paragraphs of sentences: thirty in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the story: a key for ids, the name, and the value of each relation."""

    key: str
    name: str
    near: str
    """A name one kana off, of nobody in the story."""
    values: dict[str, str]
    """Relation to value."""


def _person(key: str, name: str, near: str, *values: str) -> Person:
    return Person(
        key=key,
        name=name,
        near=near,
        values=dict(zip(("仕事", "住まい", "宝物"), values, strict=True)),
    )


TAUGHT: tuple[Person, ...] = (
    _person("minato", "ミナト", "ミナコ", "パン屋", "坂の上", "銅の鍵"),
    _person("suzu", "スズ", "スミ", "灯台守", "岬の小屋", "古い望遠鏡"),
    _person("haruki", "ハルキ", "ハルミ", "船大工", "川沿いの納屋", "樫の舵輪"),
    _person("akane", "アカネ", "アカリ", "医者", "橋のたもと", "銀の指輪"),
    _person("riku", "リク", "リツ", "郵便配達員", "駅前の下宿", "木彫りの熊"),
    _person("genzo", "ゲンゾウ", "ゲンドウ", "漁師", "港の長屋", "赤い浮き玉"),
)
"""Asked about in training."""

TEXT_ONLY: tuple[Person, ...] = (
    _person("tomoe", "トモエ", "トモカ", "教師", "学校の裏", "青い万年筆"),
    _person("yoshino", "ヨシノ", "ヨシミ", "花屋", "神社の隣", "ガラスの小瓶"),
)
"""In the text, and in no training question."""

NOBODY: tuple[str, ...] = ("タイチ", "フミヨ", "カンスケ", "サエ", "ノボル", "キヨミ")
"""Names of nobody, for the test."""

NOBODY_IN_TRAINING: tuple[str, ...] = (
    *("マサル", "チヅル", "エイタ", "ナオミ", "ヒロシ", "ツバキ"),
    *("ケンゴ", "セツコ", "ユウジ", "ワカナ", "オサム", "ムツミ"),
)
"""Names of nobody, for training to refuse."""
