"""What a corpus holds, prepared for judging: rival values, owners of values, runs of its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.records import Corpus, Fact, Question
from harness.text.matching import (
    Place,
    Run,
    ValueIndex,
    find_run,
    letter_distance,
    spellings,
)
from harness.text.normalize import counted, word_run

RECITED_WORDS = 12
"""An answer that copies this many words of the text in a row is marked as recited."""


@dataclass(frozen=True, slots=True)
class Target:
    """One question, prepared: what is right, what rivals it, what it already names."""

    question: Question
    name: str
    """The name that the question asks about, as it stands in it."""
    words: frozenset[str]
    accepted: tuple[Run, ...]
    rivals: ValueIndex
    ignored: frozenset[str]
    """Values that an answer may hold without saying anything: named by the question, or right."""
    typed: frozenset[str]
    """Values that facts of the corpus give to the relation asked for."""
    premises: tuple[str, ...]
    """Values that the question itself names."""
    truth: str | None
    """For a false premise: the value that the corpus really states."""

    def accepted_places(self, reply: Sequence[str]) -> list[Place]:
        """Where an accepted answer, or its plural, stands in a reply."""
        return [place for run in self.accepted for place in find_run(reply, run)]

    def rival_values(self, reply: Sequence[str], accepted: Sequence[Place]) -> list[str]:
        """Rival values in a reply that the question does not name, outside accepted answers."""
        return [
            value
            for (start, end), value in self.rivals.find(reply)
            if value not in self.ignored and not any(a <= start and end <= b for a, b in accepted)
        ]


class World:
    """A corpus as the judge sees it, and which of its facts were shown to the variant."""

    def __init__(self, corpus: Corpus, shown: frozenset[str]) -> None:
        self.corpus = corpus
        self.language = corpus.language
        self.shown = shown
        self._facts = {fact.id: fact for fact in corpus.facts}
        self._values: dict[str, tuple[str, ...]] = {}
        self._indexes: dict[tuple[str, ...], ValueIndex] = {}
        self._targets: dict[str, Target] = {}
        self._runs: frozenset[Run] | None = None
        self._answers: dict[str, dict[str, None]] = {}
        for question in corpus.questions:
            if question.relation is not None:
                known = self._answers.setdefault(question.relation, {})
                known.update(dict.fromkeys(question.answers))
        self._given: dict[str, dict[str, list[Fact]]] = {}
        for fact in corpus.facts:
            self._given.setdefault(fact.relation, {}).setdefault(fact.value, []).append(fact)
        self._owners: dict[str, list[Fact]] = {}
        for fact in corpus.facts:
            self._owners.setdefault(fact.value, []).append(fact)
        stated = self._owners or dict.fromkeys(
            answer for question in corpus.questions for answer in question.answers
        )
        self.in_world = ValueIndex([*stated, *corpus.names], self.language)
        closed = (value for values in corpus.values.values() for value in values)
        self._everything = ValueIndex([*stated, *corpus.names, *closed], self.language)

    def target(self, question: Question) -> Target:
        """The question, prepared once."""
        found = self._targets.get(question.id)
        if found is None:
            found = self._targets[question.id] = self._prepare(question)
        return found

    def values_of(self, question: Question) -> tuple[str, ...]:
        """The values that compete in a question's slot; empty where the corpus declares none.

        Its own values, else the closed set of its relation, else the other answers given to the
        same relation.
        """
        if question.values:
            return question.values
        relation = question.relation
        if relation is None:
            return ()
        return self.corpus.values.get(relation) or tuple(self._answers.get(relation, ()))

    def owner(self, value: str, relations: Iterable[str] | None, name: str) -> Fact | None:
        """The shown fact that has this value, its entity's name nearest to `name` in letters."""
        allowed = None if relations is None else set(relations)
        owners = [
            fact
            for fact in self._owners.get(value, ())
            if fact.id in self.shown and (allowed is None or fact.relation in allowed)
        ]
        if not owners:
            return None
        return min(owners, key=lambda fact: (letter_distance(name, fact.entity), fact.id))

    def recited(self, reply: Sequence[str]) -> bool:
        """Whether a reply copies twelve or more words of the text in a row.

        `reply` is its words as they are counted (`normalize.counted`).
        """
        if len(reply) < RECITED_WORDS:
            return False
        if self._runs is None:
            self._runs = frozenset(
                run
                for chapter in self.corpus.chapters
                for run in _runs(counted(chapter.text, self.language))
            )
        return not self._runs.isdisjoint(_runs(reply))

    def _prepare(self, question: Question) -> Target:
        language = self.language
        asked = word_run(question.question, language)
        values = self.values_of(question)
        accepted = tuple(
            dict.fromkeys(run for a in question.answers for run in spellings(a, language))
        )
        right = set(accepted)
        typed = self._typed(question)
        index = self._index(values)
        in_question = (*index.find(asked), *self._everything.find(asked))
        named = tuple(dict.fromkeys(value for _, value in in_question))
        fact = self._facts.get(question.fact or "")
        is_premise = question.probe == "false_premise"
        unstated = question.probe == "unstated"
        guard = (
            tuple(self._owners) if unstated or (question.must_abstain and not values) else values
        )
        return Target(
            question=question,
            name=asked_name(question, language),
            words=frozenset(asked),
            accepted=accepted,
            rivals=self._index(guard),
            ignored=frozenset((*named, *(v for v in values if word_run(v, language) in right))),
            typed=frozenset(typed),
            premises=named,
            truth=fact.value if fact is not None and is_premise else None,
        )

    def _typed(self, question: Question) -> tuple[str, ...]:
        """Values of the asked type that stand in the corpus; all of them where no type is asked.

        Of what the text never says about anybody, no value of the text has the type.
        """
        if question.probe == "unstated":
            return ()
        if question.relation is None:
            return question.values or tuple(self._owners)
        if not self.corpus.facts:
            return tuple(self._answers.get(question.relation, ()))
        return tuple(self._given.get(question.relation, ()))

    def _index(self, values: tuple[str, ...]) -> ValueIndex:
        found = self._indexes.get(values)
        if found is None:
            found = self._indexes[values] = ValueIndex(values, self.language)
        return found


def asked_name(question: Question, language: str = "en") -> str:
    """The name that a question asks about: its cluster's where that stands in the question.

    Else the words with a capital letter after the first word; else nothing.
    """
    asked = word_run(question.question, language)
    if next(find_run(asked, word_run(question.cluster, language)), None) is not None:
        return question.cluster
    capitals = [word for word in question.question.split()[1:] if word[:1].isupper()]
    return " ".join(word.split("’")[0].split("'")[0].strip('.,;:?!"') for word in capitals)


def _runs(text: Sequence[str]) -> Iterable[Run]:
    """Every run of twelve words."""
    whole = tuple(text)
    return (whole[start : start + RECITED_WORDS] for start in range(len(whole) - RECITED_WORDS + 1))
