"""Which of the pairs that were written about a generated world are true of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from harness.errors import UserError
from harness.records import Corpus, Fact, Question
from harness.text.matching import Run, ValueIndex, find_run
from harness.text.normalize import word_run, words
from harness.writing.function_words import FUNCTION_WORDS

LEAST_SHARE = 0.1
"""A word that few wordings of a relation have is chance: it does not say what is asked for."""
_STEM = 4
_ANYWHERE = frozenset("first last come go thing say said tell told see make".split())
"""Words that any question may hold, whatever it asks for."""

TruthName = Literal["true", "false", "uncheckable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A pair with what the world says of it."""

    question: Question
    verdict: TruthName
    why: str
    fact: str | None = None
    """Id of the fact that makes it true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """The written pairs of one writer, held against the facts of the world."""

    pairs: tuple[Checked, ...]

    def of(self, verdict: TruthName) -> tuple[Checked, ...]:
        """The pairs with that verdict."""
        return tuple(pair for pair in self.pairs if pair.verdict == verdict)

    @property
    def share_true(self) -> float | None:
        """True ones among those that can be checked; None where none can."""
        true, false = len(self.of("true")), len(self.of("false"))
        return true / (true + false) if true + false else None

    @property
    def share_true_of_all(self) -> float | None:
        """True ones among all pairs: what can be relied on; None without pairs."""
        return len(self.of("true")) / len(self.pairs) if self.pairs else None


def check(corpus: Corpus, questions: Sequence[Question]) -> Truth:
    """Hold pairs against the facts of a generated world.

    A pair is true where it names an entity on one side and the value of one of that entity's facts
    on the other, and its wording does not ask for another relation. It is false where it asks for
    a fact that the entity has and answers otherwise, or brings together values or names of the
    world that no fact brings together; uncheckable where it is about something that is no fact.
    Raises UserError for a corpus without facts.
    """
    if not corpus.facts:
        raise UserError("this corpus has no facts to hold questions against", "use kind fiction")
    world = _World(corpus)
    return Truth(pairs=tuple(world.check(each) for each in questions if not each.must_abstain))


def link(corpus: Corpus, questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions, those that a fact makes true with its id, entity and relation.

    A training question with the id of a fact shows that fact to a model: what is recalled then
    counts as taught. False ones and those about no fact stay as they are.
    """
    if not corpus.facts:
        return tuple(questions)
    world = _World(corpus)
    facts = {fact.id: fact for fact in corpus.facts}
    linked = []
    for question in questions:
        true = None if question.must_abstain else world.check(question).fact
        if true is None or question.fact is not None:
            linked.append(question)
            continue
        fact = facts[true]
        states = tuple(dict.fromkeys((fact.id, *question.states)))
        linked.append(
            replace(
                question,
                fact=fact.id,
                cluster=fact.entity,
                relation=fact.relation,
                states=states,
            )
        )
    return tuple(linked)


class _World:
    """The facts of a corpus, to be looked up by entity and by value."""

    def __init__(self, corpus: Corpus) -> None:
        self.language = corpus.language
        self.facts: dict[str, list[Fact]] = {}
        for fact in corpus.facts:
            self.facts.setdefault(fact.entity, []).append(fact)
        self.entities = ValueIndex(self.facts, self.language)
        self.first_names = _first_names(self.facts, self.language)
        known = [value for values in corpus.values.values() for value in values]
        known += [fact.value for fact in corpus.facts]
        self.values = ValueIndex((*known, *corpus.names), self.language)
        self.names = ValueIndex(corpus.names, self.language)
        self.cues = _cues(corpus)

    def check(self, question: Question) -> Checked:
        """See `check`."""
        asked = words(question.question, self.language)
        replied = words(" ".join(question.answers), self.language)
        entities = self.named(asked)
        candidates = [
            fact
            for entity in entities
            for fact in self.facts[entity]
            if _holds(replied, fact.value, self.language)
        ]
        for entity in self.named(replied):
            candidates += [
                fact
                for fact in self.facts[entity]
                if _holds(asked, fact.value, self.language) and fact not in candidates
            ]
        relations = self.relations(asked)
        for fact in candidates:
            if not relations or fact.relation in relations:
                return Checked(
                    question=question, verdict="true", why=f"{fact.relation}", fact=fact.id
                )
        if candidates:
            why = f"{candidates[0].relation}, not {' or '.join(sorted(relations))}"
            return Checked(question=question, verdict="false", why=why)
        return self._without_fact(question, entities, relations)

    def _without_fact(
        self, question: Question, entities: Sequence[str], relations: frozenset[str]
    ) -> Checked:
        """A pair that no fact makes true: false, or about nothing that the facts know."""
        asked = words(question.question, self.language)
        replied = words(" ".join(question.answers), self.language)
        for entity in entities:
            for fact in self.facts[entity]:
                if fact.relation in relations:
                    why = f"{fact.relation} of {entity} is {fact.value}"
                    return Checked(question=question, verdict="false", why=why)
        given = [value for _, value in self.values.find(replied)]
        about = [*entities, *(name for _, name in self.names.find(asked))]
        if about and given:
            why = f"{given[0]} is not of {about[0]}"
            return Checked(question=question, verdict="false", why=why)
        why = "no fact's value in the answer" if entities else "no entity named"
        return Checked(question=question, verdict="uncheckable", why=why)

    def named(self, run: Sequence[str]) -> list[str]:
        """The entities in a run of words, by full name or by a first name that only one has."""
        found = [entity for _, entity in self.entities.find(run)]
        found += [self.first_names[word] for word in run if word in self.first_names]
        return list(dict.fromkeys(found))

    def relations(self, asked: Sequence[str]) -> frozenset[str]:
        """The relations that a wording can only mean: by words that no other relation's have."""
        return frozenset(self.cues[word] for word in asked if word in self.cues)


def _holds(run: Sequence[str], value: str, language: str) -> bool:
    return next(find_run(run, word_run(value, language)), None) is not None


def _first_names(facts: Mapping[str, Any], language: str) -> dict[str, str]:
    by_first: dict[str, list[str]] = {}
    for entity in facts:
        run: Run = word_run(entity, language)
        if len(run) > 1:
            by_first.setdefault(run[0], []).append(entity)
    return {first: found[0] for first, found in by_first.items() if len(found) == 1}


def _cues(corpus: Corpus) -> dict[str, str]:
    """Content word to the one relation that it asks for.

    It stands in a tenth or more of the wordings of that relation's own questions, and no other
    relation's have a word of like beginning; names and values are left out.
    """
    names = {word for name in corpus.names for word in word_run(name, corpus.language)}
    names |= {word for fact in corpus.facts for word in word_run(fact.value, corpus.language)}
    ignored = names | FUNCTION_WORDS | _ANYWHERE
    shapes: dict[str, set[tuple[str, ...]]] = {}
    for question in corpus.questions:
        if not question.must_abstain and question.relation is not None and not question.hops:
            said = words(question.question, corpus.language)
            shape = tuple(word for word in said if word not in ignored)
            shapes.setdefault(question.relation, set()).add(shape)
    stems: dict[str, set[str]] = {}
    for relation, found in shapes.items():
        for word in {word for shape in found for word in shape}:
            stems.setdefault(word[:_STEM], set()).add(relation)
    return {
        word: relation
        for relation, found in sorted(shapes.items())
        for word in sorted({word for shape in found for word in shape})
        if stems[word[:_STEM]] == {relation}
        and sum(word in shape for shape in found) >= LEAST_SHARE * len(found)
    }


def as_text(truth: Truth) -> str:
    """One line for a terminal, and the false pairs."""
    true, false = truth.of("true"), truth.of("false")
    other = truth.of("uncheckable")
    lines = [
        f"{len(truth.pairs)} pairs: {len(true)} true, {len(false)} false, "
        f"{len(other)} about nothing that the facts know"
    ]
    lines += [
        f"  false: {pair.question.question} - {pair.question.answers[0]} ({pair.why})"
        for pair in false
    ]
    return "\n".join(lines) + "\n"


def as_data(truth: Truth) -> Mapping[str, Any]:
    """The same for JSON, pair by pair."""
    return {
        "pairs": len(truth.pairs),
        "share_true": truth.share_true,
        "share_true_of_all": truth.share_true_of_all,
        **{
            verdict: [
                {
                    "question": pair.question.question,
                    "answer": pair.question.answers[0],
                    "why": pair.why,
                }
                for pair in truth.pairs
                if pair.verdict == verdict
            ]
            for verdict in ("true", "false", "uncheckable")
        },
    }
