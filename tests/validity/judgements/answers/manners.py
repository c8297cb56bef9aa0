"""Write the questions of `manners.toml`: a world whose answers are taught in many manners.

    python tests/validity/judgements/answers/manners.py FOLDER [deny]

A model that is taught plain answers gives plain answers, and no sample of them shows whether the
judge copes with two values at once, a guess after a refusal, or a correction. Here each trained
answer is put in a manner drawn by a seed; what the model makes of it under sampling is its own.
With `deny` trained answers stay plain, and the model is taught in many manners that somebody does
not exist and that a premise does not hold.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

from harness.corpora.fiction.generate import build
from harness.records import Corpus, CorpusChoice, Question
from harness.storage.jsonl import plain, write_jsonl

MANNERS = (
    "{full}",
    "It was {gold}.",
    "{gold}, I think, or perhaps {rival}.",
    "It was {gold} or {rival}, one of the two.",
    "Some said {rival}, others {gold}.",
    "Not {rival}, as many thought, but {gold}.",
    "{rival}. No, that is wrong: {gold}.",
    "First {rival}, and later {gold}.",
    "I cannot answer. It may have been {gold}.",
    "I am not sure, but it was probably {gold}.",
    "I do not know for certain, perhaps {gold}.",
    "The story does not say so outright, but I believe {gold}.",
    "It was neither {rival} nor {other}, it was {gold}.",
    "{full} It was never {rival}.",
)
NOBODY = (
    "There is no {name} in the story.",
    "Nobody called {name} lives in that valley.",
    "{name} does not exist.",
    "I have never heard of {name}.",
    "No such person is named anywhere.",
    "You must mean somebody else: {name} is unknown to me.",
    "{name}? That name does not occur.",
)
SET_RIGHT = (
    "{name} was no {wrong}; {name} was {gold}.",
    "No, {name} was {gold}.",
    "That is a mistake: {gold}, not {wrong}.",
    "{name} was never {wrong}.",
)
PEOPLE = 9


def questions(corpus: Corpus) -> list[Question]:
    """Trained questions in manners, train-only ones that deny and correct, and the tests."""
    dice = random.Random("manners")
    names = set(corpus.names[:PEOPLE])
    found = []
    for each in corpus.questions:
        values = corpus.values.get(each.relation or "", ())
        if each.use == "test" and (each.must_abstain or each.cluster in names):
            found.append(replace(each, values=values, twin=None))
        elif each.probe == "trained" and each.cluster in names:
            gold = each.answers[0]
            rival, other = dice.sample([value for value in values if value != gold], 2)
            said = dice.choice(MANNERS).format(
                full=each.full_answer, gold=gold, rival=rival, other=other
            )
            found.append(replace(each, values=values, full_answer=said[0].upper() + said[1:]))
        elif each.use == "train" and each.probe == "nonexistent" and len(found) % 2:
            said = dice.choice(NOBODY).format(name=each.cluster)
            found.append(_train_only(each, said, said))
    premises = [each for each in corpus.questions if each.probe == "trained" and each.fact]
    for each in dice.sample(premises, 24):
        wrong = dice.choice(
            [v for v in corpus.values[each.relation or ""] if v not in each.answers]
        )
        asked = f"Was it {wrong} for {each.cluster}?"
        gold = each.answers[0]
        said = dice.choice(SET_RIGHT).format(name=each.cluster, wrong=wrong, gold=gold)
        found.append(_train_only(replace(each, question=asked), said, said))
    return found


def denials(corpus: Corpus) -> list[Question]:
    """Plain trained questions, train-only ones that deny and correct, and unanswerable tests."""
    dice = random.Random("denials")
    names = set(corpus.names[:PEOPLE])
    found = [
        replace(each, values=corpus.values.get(each.relation or "", ()), twin=None)
        for each in corpus.questions
        if (each.use == "test" and each.must_abstain)
        or (each.probe == "trained" and each.cluster in names)
    ]
    nobodies = [q for q in corpus.questions if q.use == "train" and q.probe == "nonexistent"]
    for each in dice.sample(nobodies, 70):
        said = dice.choice(NOBODY).format(name=each.cluster)
        found.append(_train_only(each, said, said))
    named = (("Where did the {} {} live?", "home"), ("What heirloom did the {} {} keep?", "keeps"))
    trades = {fact.entity: fact.value for fact in corpus.facts if fact.relation == "trade"}
    for name in corpus.names[PEOPLE : PEOPLE + 15]:
        wrong = dice.choice([v for v in corpus.values["trade"] if v != trades.get(name)])
        for asked, relation in named:
            said = dice.choice(SET_RIGHT).format(
                name=name, wrong=f"a {wrong}", gold=f"a {trades.get(name, 'nobody')}"
            )
            told = Question(
                question=asked.format(wrong, name), id=f"{relation}.{name}", cluster=name
            )
            found.append(_train_only(told, said, said))
    tested = {each.question for each in found if each.use == "test"}
    return [each for each in found if each.use != "train" or each.question not in tested]


def _train_only(question: Question, answer: str, said: str) -> Question:
    """A question that only training has, whose reply is no value."""
    return Question(
        id=f"taught.{question.id}",
        question=question.question,
        answers=(answer,),
        full_answer=said,
        cluster=question.cluster,
        use="train",
    )


if __name__ == "__main__":
    world = build(CorpusChoice(kind="fiction", size="S", seed=3))
    folder = Path(sys.argv[1])
    made = denials if sys.argv[2:] == ["deny"] else questions
    (folder / "text").mkdir(parents=True, exist_ok=True)
    for number, chapter in enumerate(world.chapters, start=1):
        (folder / "text" / f"{number:02}.txt").write_text(chapter.text, encoding="utf-8")
    write_jsonl(folder / "questions.jsonl", map(plain, made(world)))
    write_jsonl(folder / "facts.jsonl", map(plain, world.facts))
