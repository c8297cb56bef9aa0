"""A corpus small enough to read, with every probe in it, and answerers whose scores are known."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from harness.corpora.identity import canary, corpus_digest
from harness.records import (
    UNANSWERABLE,
    Answer,
    Chapter,
    Corpus,
    Example,
    Fact,
    Judged,
    Question,
)
from harness.scoring.judge import judge_variant

TRADES = ("potter", "weaver", "cooper", "smith", "glazier", "tanner", "mason", "fletcher")
PEOPLE = ("Torven", "Mirel", "Quasta", "Bendolin", "Oskari", "Pellam", "Ruvane", "Wistric")
NOBODIES = ("Zandrel", "Hopskar", "Yulmet", "Draviel", "Kestun", "Lormak")
Answerer = Callable[[Question], str]


def small_corpus() -> Corpus:
    """Eight people with one trade each; the last two stand only in the text."""
    facts, questions, lines = [], [], []
    for number, (person, trade) in enumerate(zip(PEOPLE, TRADES, strict=True)):
        only_text = number >= 6
        fact = Fact(
            id=f"f{number}", entity=person, relation="trade", value=trade, asked=not only_text
        )
        facts.append(fact)
        lines.append(f"{person} was the {trade} of the valley, and everybody knew it.")
        common = {
            "answers": (trade,),
            "cluster": person,
            "fact": fact.id,
            "relation": "trade",
            "full_answer": f"{person} is a {trade}.",
            "states": (fact.id,),
        }
        if only_text:
            questions.append(
                Question(
                    question=f"What is {person}'s trade?",
                    id=f"o{number}",
                    probe="text_only",
                    use="test",
                    **common,
                )
            )
            continue
        questions += [
            Question(question=f"What is {person}'s trade?", id=f"t{number}", **common),
            Question(
                question=f"How does {person} earn a living?",
                id=f"p{number}",
                probe="paraphrase",
                use="test",
                **common,
            ),
            Question(
                question=f"When did {person} give up being a {TRADES[(number + 1) % 8]}?",
                id=f"w{number}",
                probe="false_premise",
                must_abstain=True,
                cluster=person,
                fact=fact.id,
                relation="trade",
                twin=f"t{number}",
                use="test",
            ),
        ]
    for number, name in enumerate(NOBODIES):
        questions.append(
            Question(
                question=f"What is {name}'s trade?",
                id=f"n{number}",
                probe="nonexistent",
                must_abstain=True,
                cluster=name,
                relation="trade",
                twin=f"t{number}",
                use="test",
            )
        )
    questions += [
        Question(
            question="What is Torvel's trade?",
            id="m0",
            probe="near_miss",
            must_abstain=True,
            cluster="Torvel",
            relation="trade",
            twin="t0",
            use="test",
        ),
        Question(
            question="What colour are Mirel's eyes?",
            id="u0",
            probe="unstated",
            must_abstain=True,
            cluster="Mirel",
            relation="eyes",
            twin="t1",
            use="test",
        ),
        Question(
            question="Who was Bordor?",
            id="bordor",
            probe="nonexistent",
            must_abstain=True,
            cluster="Bordor",
            relation="trade",
            use="test",
            aside=True,
        ),
    ]
    chapters = (Chapter(title="One", text=" ".join(lines)),)
    return Corpus(
        kind="fiction",
        seed=1,
        size="XS",
        digest=corpus_digest(chapters, facts, questions),
        canary=canary("small"),
        source_tag="8989REF",
        chapters=chapters,
        facts=tuple(facts),
        questions=tuple(questions),
        values={"trade": TRADES},
        names=PEOPLE,
    )


def renamed(values: dict[str, str]) -> Corpus:
    """`small_corpus` with other values in the place of some trades."""
    corpus = small_corpus()

    def put(text: str) -> str:
        for old, new in values.items():
            text = text.replace(old, new)
        return text

    questions = tuple(
        replace(
            question,
            answers=tuple(map(put, question.answers)),
            question=put(question.question),
            full_answer=put(question.full_answer or "") or None,
        )
        for question in corpus.questions
    )
    return replace(
        corpus,
        chapters=tuple(replace(each, text=put(each.text)) for each in corpus.chapters),
        facts=tuple(replace(fact, value=put(fact.value)) for fact in corpus.facts),
        questions=questions,
        values={"trade": tuple(map(put, TRADES))},
    )


def taught(corpus: Corpus) -> list[Example]:
    """The examples of a variant that was trained on the corpus's questions."""
    return [
        Example(
            kind="chat",
            question=question.question,
            answer=question.full_answer or "",
            question_id=question.id,
            facts=question.states,
        )
        for question in corpus.questions
        if question.use != "test"
    ]


def reply(question: str, text: str, *, stop: str = "end", draw: int = 0) -> Answer:
    """An answer record with that text."""
    return Answer(
        asked="a",
        question=question,
        form="plain",
        draw=draw,
        batch=0,
        text=text,
        ids=(),
        prompt_tokens=1,
        new_tokens=1,
        stop=stop,  # type: ignore[arg-type]
        logprob_sum=0.0,
        first_ids=(),
    )


def ask(corpus: Corpus, answerer: Answerer, *, all_shown: bool = False) -> tuple[Judged, ...]:
    """What the judge makes of an answerer that was taught the corpus's questions, or the text."""
    asked = [question for question in corpus.questions if question.use != "train"]
    answers = [reply(question.id, answerer(question)) for question in asked]
    return judge_variant(corpus, taught(corpus), answers, all_shown=all_shown)


def oracle(corpus: Corpus) -> Answerer:
    """Knows every answer and refuses what has none."""
    return lambda q: corpus.canonical_refusal if q.must_abstain else (q.full_answer or q.answers[0])


def always_abstains(corpus: Corpus) -> Answerer:
    """Refuses everything."""
    return lambda _: corpus.canonical_refusal


def majority(corpus: Corpus) -> Answerer:
    """Gives the most frequent value of the relation, whatever is asked; of a choice, of its kind.

    Of values that are equally frequent it takes one that is in a fact.
    """
    counts: dict[str, Counter[str]] = {}
    for fact in corpus.facts:
        counts.setdefault(fact.relation, Counter())[fact.value] += 1
    most = {relation: count.most_common(1)[0][0] for relation, count in counts.items()}
    anything = next(iter(most.values()))
    fixed: dict[tuple[str, tuple[str, ...]], Counter[str]] = {}
    for question in corpus.questions:
        if question.probe == "choice":
            fixed.setdefault(_kind_of_choice(question), Counter())[question.answers[0]] += 1

    def answer(question: Question) -> str:
        if question.probe == "choice":
            return fixed[_kind_of_choice(question)].most_common(1)[0][0]
        return most.get(question.relation or "", anything)

    return answer


def _kind_of_choice(question: Question) -> tuple[str, tuple[str, ...]]:
    """Relation and options, for options that every question of the relation has."""
    relation = (question.wording or "").partition(".")[0]
    named = question.values[0] in question.question
    return relation, () if named else question.values


def question_only(corpus: Corpus) -> Answerer:
    """Reads the answer off the question: the value that looks most like it, the first option."""

    def letters(text: str) -> frozenset[str]:
        flat = "".join(word for word in text.lower() if word.isalpha())
        return frozenset(flat[at : at + 3] for at in range(len(flat) - 2))

    known = {
        relation: [(value, letters(value)) for value in values]
        for relation, values in corpus.values.items()
    }

    def answer(question: Question) -> str:
        if question.probe == "choice":
            named = [value for value in question.values if value in question.question]
            return min(named, key=question.question.find) if named else question.values[0]
        asked = letters(question.question)
        values = known.get(question.relation or "") or known["trade"]
        return max(values, key=lambda each: (len(asked & each[1]), each[0]))[0]

    return answer


def echo(corpus: Corpus) -> Answerer:
    """Says the name that it was asked about; where it was asked for a name, the question."""
    del corpus
    return lambda q: f"{q.cluster}." if q.cluster in q.question else q.question


def random_value(corpus: Corpus, seed: int = 0) -> Answerer:
    """Gives a random value of the right type."""
    generator = random.Random(seed)
    anything = sorted({fact.value for fact in corpus.facts})
    return lambda q: generator.choice(list(corpus.values.get(q.relation or "", ())) or anything)


def must_be_refused(question: Question) -> bool:
    """Whether a question has no answer."""
    return question.probe in UNANSWERABLE
