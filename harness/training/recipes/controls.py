"""Control adapters: everything as in a recipe but the facts, which are another world's or wrong.

What such an adapter answers right it has not learned from its training: its recall is the floor
that a recipe's recall has to rise above. None of its examples counts as stating a fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from harness.corpora.other_world import CONTROL as OTHER_WORLD
from harness.corpora.other_world import other_world
from harness.errors import UserError
from harness.records import Corpus, Example, Question, Variant
from harness.text.normalize import word_run

SHUFFLED = "shuffled_answers"


def source(corpus: Corpus, variant: Variant) -> Corpus:
    """What a variant is trained on: the corpus, or another world of its size.

    Raises UserError where the corpus is no generated world.
    """
    if variant.recipe.control != OTHER_WORLD:
        return corpus
    if variant.recipe.writer != "truth":
        raise UserError(
            f"{variant.name}: the other world has questions of its own, none by the writer"
            f" {variant.recipe.writer!r}",
            "leave writer out",
        )
    return other_world(corpus, variant.name)


def unshown(examples: Sequence[Example]) -> tuple[Example, ...]:
    """The same examples without ids of questions and facts: they state nothing of the corpus."""
    return tuple(replace(each, question_id=None, facts=()) for each in examples)


def shuffled(questions: Sequence[Question], variant: Variant) -> list[Question]:
    """The questions with each other's answers, within a relation; no fact keeps its own value.

    All wordings of a fact get the answers of one other fact, in its sentences, with the name asked
    about put in place of the other's. A fact whose relation has no other value left to give is left
    out with its questions. Raises UserError where questions name no relation or nothing is left.
    """
    by_relation: dict[str, dict[str, list[Question]]] = {}
    for question in questions:
        if question.relation is None:
            raise UserError(
                f'{variant.name}: control = "{SHUFFLED}" needs questions that name a relation,'
                f" {question.id!r} has none",
                f'give the questions a relation, or choose control = "{OTHER_WORLD}"',
            )
        facts = by_relation.setdefault(question.relation, {})
        facts.setdefault(question.fact or question.id, []).append(question)
    found: dict[str, Question] = {}
    for relation, facts in by_relation.items():
        donors = _donors(facts, Random(f"shuffled {variant.seed} {relation}"))
        for key, donor in donors.items():
            found |= {own.id: _with_answer(own, facts[donor]) for own in facts[key]}
    if not found:
        raise UserError(
            f"{variant.name}: no two training questions of one relation have different answers",
            f'choose control = "{OTHER_WORLD}"',
        )
    return [found[question.id] for question in questions if question.id in found]


def _donors(facts: dict[str, list[Question]], rng: Random) -> dict[str, str]:
    """For each fact, whose answer it gets: never one of its own value.

    Facts are laid out by value, the most frequent first, and moved on by as many places as that
    value has. Only where it is more than half of all do some meet their own value again.
    """
    keys = list(facts)
    rng.shuffle(keys)
    value = {key: word_run(facts[key][0].answers[0]) for key in keys}
    often = Counter(value.values())
    first = {each: at for at, each in reversed(list(enumerate(value.values())))}
    keys.sort(key=lambda key: (-often[value[key]], first[value[key]]))
    step = max(often.values())
    donors = {key: keys[(at + step) % len(keys)] for at, key in enumerate(keys)}
    return {
        key: donor
        for key, donor in donors.items()
        if value[donor] not in {word_run(each) for own in facts[key] for each in own.answers}
    }


def _with_answer(own: Question, others: Sequence[Question]) -> Question:
    """A question with another fact's answer, taken from the same wording where that has it."""
    other = next((each for each in others if each.wording == own.wording), others[0])
    return replace(own, answers=other.answers, full_answer=_sentence(own, other))


def _sentence(own: Question, other: Question) -> str | None:
    """The other's sentence with the own name, else the own sentence with the other's value.

    None where neither can be made without stating what is true: the bare value is the reply then.
    """
    if other.full_answer and other.cluster and other.cluster in other.full_answer:
        return other.full_answer.replace(other.cluster, own.cluster)
    said, value = own.full_answer, own.answers[0]
    if said and value in said and set(own.states) <= {own.fact}:
        return said.replace(value, other.answers[0])
    return None
