"""What the tales of sizes M and L never say about anybody or anything, and is asked all the same.

Attributes of the test are not those of training. Beside each stand the words that would give it
away: a check makes sure that no text has them.
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.corpora.fiction.relations_shape import Kind

Attribute = tuple[str, tuple[str, ...], str]
"""Wording, the words that would give it away, and the answerable wording of the same template."""

TEST: Mapping[Kind, tuple[Attribute, ...]] = {
    "person": (
        ("What kind of handwriting did {X} have?", ("handwriting",), "trade.4"),
        ("How did {X} spend a holiday?", ("holiday",), "trade.5"),
        ("What was the middle name of {X}?", ("middle name",), "trade.6"),
        (
            "In which month was {X} married?",
            ("married", "wedding", "husband", "wife"),
            "home.4",
        ),
        ("What was the nickname of {X}?", ("nickname",), "home.5"),
        ("Where would one find the pew of {X}?", ("pew",), "home.6"),
        ("Which windmill belonged to {X}?", ("windmill",), "keeps.4"),
        ("What was the lucky number of {X}?", ("lucky",), "keeps.5"),
        ("What strange thing did {X} collect?", ("collected", "collection"), "keeps.6"),
    ),
    "place": (
        ("Who was the patron saint of {X}?", ("saint",), "reeve.1"),
        ("In which year was {X} struck by an earthquake?", ("earthquake",), "founded.1"),
        ("What was the name of the beacon at {X}?", ("beacon",), "crop.1"),
    ),
    "guild": (
        ("Where was the treasure chest of {X}?", ("treasure chest",), "seat.1"),
        ("Who was the treasurer of {X}?", ("treasurer",), "master.1"),
        ("What was the motto of {X}?", ("motto",), "badge.3"),
    ),
    "event": (
        ("In which ballad was {X} sung of?", ("ballad",), "year.1"),
        ("What was the name of the comet before {X}?", ("comet",), "year.3"),
        ("What was the cause of {X} in the opinion of scholars?", ("scholar",), "site.3"),
    ),
}
TRAIN: Mapping[Kind, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "person": (
        ("How tall was {X}?", ("tall",)),
        ("What colour was the hair of {X}?", ("hair",)),
        ("How many sisters did {X} have?", ("sister", "sisters")),
        ("Why did {X} leave school?", ("school",)),
        ("When did {X} die?", ("died", "grave")),
        ("Who was the father of {X}?", ("son of", "daughter of")),
        ("What did {X} dream about?", ("dream", "dreamt")),
        ("Which river did {X} swim in?", ("swim", "swam")),
        ("How did {X} lose a tooth?", ("tooth", "teeth")),
        ("How many cousins did {X} have?", ("cousin",)),
        ("Which language did {X} learn?", ("language",)),
        ("What was the shoe size of {X}?", ("shoe size",)),
    ),
    "place": (
        ("Which bishop visited {X}?", ("bishop",)),
        ("What was the population of {X}?", ("population",)),
        ("Who painted a view of {X}?", ("painter",)),
    ),
    "guild": (
        ("What was the annual fee of {X}?", ("annual fee",)),
        ("What did the flag of {X} show?", ("flag",)),
        ("Who sued {X}?", ("sued", "lawsuit")),
    ),
    "event": (
        ("What did the newspaper say about {X}?", ("newspaper",)),
        ("Which prophet had foretold {X}?", ("prophet", "prophecy")),
        ("How many tents were put up because of {X}?", ("tents",)),
    ),
}


def cues() -> list[tuple[str, tuple[str, ...]]]:
    """Every wording of both groups with the words that no text may have."""
    test = [(template, said) for group in TEST.values() for template, said, _ in group]
    return [*test, *(each for group in TRAIN.values() for each in group)]
