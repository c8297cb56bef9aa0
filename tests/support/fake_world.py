"""A small world written by hand: twelve people, three relations, and questions of every probe."""

from __future__ import annotations

from harness.corpora.identity import corpus_digest
from harness.records import Chapter, Corpus, Fact, Question, Span

NAMES = (
    "Marenka",
    "Tolvig",
    "Isaudra",
    "Pelhorn",
    "Quessa",
    "Brandel",
    "Ysmira",
    "Odrun",
    "Fenwick",
    "Caldre",
    "Sivanne",
    "Hestor",
)
TRADES = (
    "weaver",
    "cooper",
    "glazier",
    "farrier",
    "chandler",
    "tanner",
    "potter",
    "miller",
    "cutler",
    "dyer",
    "fletcher",
    "saddler",
)
HOMES = (
    "Ilden Ford",
    "Marrow Gate",
    "Tarn Hollow",
    "Ashwick",
    "Low Sedge",
    "Corran Hill",
    "Pell Bridge",
    "Ember Quay",
    "Stonemere",
    "Wether Cross",
    "Old Fallow",
    "Gull Point",
)
KEEPS = (
    "a lame heron",
    "a brass compass",
    "three grey goats",
    "a cracked bell",
    "a jar of moths",
    "a blind hound",
    "a glass flute",
    "a tame jackdaw",
    "a box of teeth",
    "a red kite",
    "a stone chess set",
    "a loom of bone",
)
INVENTED = (
    "Drusella",
    "Vankor",
    "Ilmeth",
    "Yorvane",
    "Kestrin",
    "Aldous Wren",
    "Morvath",
    "Pirelle",
    "Zanthe",
    "Ubrecht",
    "Nolwen",
    "Garrit",
)
CONNECTIVE = (
    "The rain had not stopped for nine days.",
    "Nobody in the market wanted to say so aloud.",
    "By evening the lamps were lit along the wall.",
    "It was the kind of errand that grows longer as one walks.",
)
ASKED = 8
"""People who are taught and asked about; the rest stand only in the text."""


def _statements(index: int) -> tuple[tuple[str, str, str], ...]:
    name = NAMES[index]
    return (
        ("trade", TRADES[index], f"{name} earned a living as a {TRADES[index]}."),
        ("home", HOMES[index], f"The road home for {name} ended at {HOMES[index]}."),
        ("keeps", KEEPS[index], f"Under the stairs {name} kept {KEEPS[index]}."),
    )


def _story() -> tuple[tuple[Chapter, ...], tuple[Fact, ...]]:
    chapters: list[Chapter] = []
    facts: list[Fact] = []
    for number in range(3):
        text = ""
        for index in range(number * 4, number * 4 + 4):
            text += ("\n\n" if text else "") + CONNECTIVE[index % 4]
            for relation, value, sentence in _statements(index):
                start = len(text) + 1
                text += " " + sentence
                facts.append(
                    Fact(
                        id=f"{NAMES[index].lower()}-{relation}",
                        entity=NAMES[index],
                        relation=relation,
                        value=value,
                        stated_in=(Span(chapter=number, start=start, end=len(text)),),
                        asked=index < ASKED,
                    )
                )
        title = ("The wet autumn", "What the market heard", "The far shore")[number]
        chapters.append(Chapter(title=title, text=text))
    return tuple(chapters), tuple(facts)


ASK = {"trade": "Who was {}?", "home": "Where does {} live?", "keeps": "What does {} keep?"}
OTHER = {
    "trade": "What work does {} do?",
    "home": "In which place is {}'s house?",
    "keeps": "What would one find under {}'s stairs?",
}
REPLY = {"trade": "{} is a {}.", "home": "{} lives at {}.", "keeps": "{} keeps {}."}


def _answerable(facts: tuple[Fact, ...]) -> list[Question]:
    made: list[Question] = []
    for fact in facts:
        reply = REPLY[fact.relation].format(fact.entity, fact.value)
        common = {
            "answers": (fact.value,),
            "cluster": fact.entity,
            "fact": fact.id,
            "full_answer": reply,
            "relation": fact.relation,
            "states": (fact.id,),
        }
        if fact.asked:
            first, second = ASK, OTHER
            made.append(
                Question(
                    question=first[fact.relation].format(fact.entity),
                    id=f"trained:{fact.id}",
                    probe="trained",
                    use="both",
                    **common,  # type: ignore[arg-type]
                )
            )
            made.append(
                Question(
                    question=second[fact.relation].format(fact.entity),
                    id=f"paraphrase:{fact.id}",
                    probe="paraphrase",
                    use="test",
                    **common,  # type: ignore[arg-type]
                )
            )
        else:
            made.append(
                Question(
                    question=ASK[fact.relation].format(fact.entity),
                    id=f"text_only:{fact.id}",
                    probe="text_only",
                    use="test",
                    **common,  # type: ignore[arg-type]
                )
            )
    return made


def _unanswerable(index: int, relation: str, name: str, probe: str, aside: bool) -> Question:
    twin = f"trained:{NAMES[index % ASKED].lower()}-{relation}"
    return Question(
        question=ASK[relation].format(name),
        must_abstain=True,
        id=f"{probe}:{name.lower().replace(' ', '-')}-{relation}",
        probe=probe,  # type: ignore[arg-type]
        cluster=name,
        relation=relation,
        twin=None if aside else twin,
        use="test",
        aside=aside,
    )


def world() -> Corpus:
    """The corpus: 36 facts, 24 of them asked, and 38 questions that have no answer."""
    chapters, facts = _story()
    questions = _answerable(facts)
    relations = ("trade", "home", "keeps")
    for index, name in enumerate(INVENTED):
        questions.append(_unanswerable(index, relations[index % 3], name, "nonexistent", False))
    for name in ("Bordor", "Lila"):
        questions.append(_unanswerable(0, "trade", name, "nonexistent", True))
    for index in range(8):
        near = NAMES[index][:-2] + "os"
        questions.append(_unanswerable(index, relations[index % 3], near, "near_miss", False))
        name = NAMES[index]
        for probe, wording in (
            ("unstated", f"How old is {name}?"),
            ("false_premise", f"Why did {name} leave {HOMES[(index + 3) % 12]}?"),
        ):
            questions.append(
                Question(
                    question=wording,
                    must_abstain=True,
                    id=f"{probe}:{name.lower()}",
                    probe=probe,  # type: ignore[arg-type]
                    cluster=name,
                    twin=f"trained:{name.lower()}-home",
                    use="test",
                )
            )
    return Corpus(
        kind="fiction",
        seed=7,
        size="XS",
        digest=corpus_digest(chapters, facts, tuple(questions)),
        canary="00000000-0000-4000-8000-000000000000",
        source_tag="7REF",
        chapters=chapters,
        facts=facts,
        questions=tuple(questions),
        values={"trade": TRADES, "home": HOMES, "keeps": KEEPS},
        names=NAMES,
    )
