"""What can be true of a person: relations, their closed sets of values, and how they are asked.

Six wordings a relation: the first three are trained (one in size XS), the last three held out.
`{X}` stands for the full name.
"""

from __future__ import annotations

from harness.corpora.fiction.relations_people import HABITS, TIES
from harness.corpora.fiction.relations_shape import Kind, Relation, with_article
from harness.corpora.fiction.relations_valley import EVENTS, GUILDS, PLACES
from harness.corpora.fiction.values import AGES, KEEPSAKES, TRADES

__all__ = (
    "AGES",
    "KEEPSAKES",
    "PASSING",
    "RELATIONS",
    "TRADES",
    "Kind",
    "Relation",
    "full_answer",
    "relations_of",
    "with_article",
)

RELATIONS = {
    relation.name: relation
    for relation in (
        Relation(
            "trade",
            "{X} was {A}",
            ("Who was {X}?", "What was the trade of {X}?", "What did {X} work as?"),
            (
                "What kind of work did {X} do?",
                "How did {X} earn a living?",
                "What was the occupation of {X}?",
            ),
            "Who worked as {A}?",
        ),
        Relation(
            "home",
            "{X} lived at {V}",
            ("Where did {X} live?", "Where was the home of {X}?", "At which place did {X} live?"),
            (
                "In which place was {X} at home?",
                "What was the dwelling place of {X}?",
                "Where would one find the house of {X}?",
            ),
            "Who lived at {V}?",
        ),
        Relation(
            "keeps",
            "{X} kept {A}",
            (
                "What heirloom did {X} keep?",
                "What did {X} keep in the family?",
                "Which keepsake did {X} keep?",
            ),
            (
                "Which heirloom belonged to {X}?",
                "What was the family treasure of {X}?",
                "What old thing did {X} own?",
            ),
            "Who kept {A}?",
        ),
        Relation(
            "birthplace",
            "{X} was born at {V}",
            (
                "Where was {X} born?",
                "What was the birthplace of {X}?",
                "At which place was {X} born?",
            ),
            (
                "In which place did {X} come into the world?",
                "Where had {X} come from as a child?",
                "Which place was the first home of {X}?",
            ),
            "Who was born at {V}?",
        ),
        Relation(
            "age",
            "{X} was {V} years old",
            ("How old was {X}?", "What was the age of {X}?", "How many years old was {X}?"),
            (
                "How many birthdays had {X} had?",
                "How many years had {X} lived?",
                "What age had {X} reached?",
            ),
            "Who was {V} years old?",
        ),
        Relation(
            "debt",
            "{X} owed money to {V}",
            (
                "To whom did {X} owe money?",
                "Who was {X} in debt to?",
                "Whose money did {X} owe?",
            ),
            (
                "Who had lent money to {X}?",
                "Who was the creditor of {X}?",
                "Who was waiting for money from {X}?",
            ),
            target="person",
        ),
        *TIES,
        *HABITS,
        *PLACES,
        *GUILDS,
        *EVENTS,
    )
}
"""The first six are those of the small worlds; sizes M and L have all of them."""


PASSING = {"trade": "debt"}
"""Told in passing: the full answer about the first relation also states the second."""


def relations_of(kind: Kind) -> tuple[str, ...]:
    """Names of the relations that entities of a kind can have, in their order; no debt."""
    return tuple(
        relation.name
        for relation in RELATIONS.values()
        if relation.kind == kind and relation.name != "debt"
    )


def full_answer(relation: str, name: str, value: str, creditor: str | None = None) -> str:
    """The sentence that answers; with a creditor it says in passing whom the person owed money."""
    told = RELATIONS[relation]
    line = told.by_value.get(value, told.full)
    sentence = line.format(X=name, V=value, A=with_article(value))
    sentence = sentence[0].upper() + sentence[1:]
    return f"{sentence} who owed money to {creditor}." if creditor else f"{sentence}."
