"""What can be had without knowing anything: by chance, and by always saying the same."""

from __future__ import annotations

from collections import Counter

from harness.corpora.audit.records import RelationChance
from harness.records import Corpus, Question
from harness.text.normalize import word_run


def chances(corpus: Corpus) -> tuple[RelationChance, ...]:
    """One row a relation, in order of name; questions without a relation come last."""
    by_relation: dict[str, list[Question]] = {}
    for question in corpus.questions:
        if question.use != "train" and question.answers and not question.aside:
            by_relation.setdefault(question.relation or "", []).append(question)
    order = sorted(by_relation, key=lambda relation: (not relation, relation))
    return tuple(_row(corpus, relation, by_relation[relation]) for relation in order)


def _row(corpus: Corpus, relation: str, asked: list[Question]) -> RelationChance:
    counts: Counter[tuple[str, ...]] = Counter()
    said: dict[tuple[str, ...], str] = {}
    for question in asked:
        counts.update(dict.fromkeys(map(word_run, question.answers), 1))
        for answer in question.answers:
            said.setdefault(word_run(answer), answer)
    declared = corpus.values.get(relation, ())
    most = min(counts, key=lambda answer: (-counts[answer], answer))
    values = len(declared) or len({word_run(question.answers[0]) for question in asked})
    return RelationChance(
        relation=relation,
        n=len(asked),
        values=values,
        declared=bool(declared),
        chance=1 / values,
        majority=said[most],
        majority_n=counts[most],
        choices=sum(question.probe == "choice" for question in asked),
    )


def chance_of(question: Question, relations: dict[str, RelationChance]) -> float:
    """The chance to be right about one question by naming one of its values."""
    options = {word_run(value) for value in (*question.values, *question.answers)}
    # Writers give the right answer alone as the values, so that nothing rivals it.
    if len(options) > len({word_run(answer) for answer in question.answers}):
        return 1 / len(options)
    found = relations.get(question.relation or "")
    return found.chance if found is not None else 0.0
