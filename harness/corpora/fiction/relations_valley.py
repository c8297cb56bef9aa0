"""Relations of places, guilds and events."""

from __future__ import annotations

from harness.corpora.fiction.relations_shape import Relation, told

PLACES: tuple[Relation, ...] = (
    told(
        "reeve",
        "The reeve of {X} was {V}",
        """
        Who was the reeve of {X}?
        Which person was the reeve of {X}?
        Who was reeve at {X}?
        Who kept order at {X}?
        Who governed {X}?
        Who held the office of reeve at {X}?
        """,
        "Of which place was {V} the reeve?",
        kind="place",
        target="person",
    ),
    told(
        "founded",
        "{X} was founded in {V}",
        """
        In which year was {X} founded?
        When was {X} founded?
        What was the year in which {X} was founded?
        Since which year had there been a settlement at {X}?
        In what year were the first houses of {X} built?
        When did {X} come into being?
        """,
        "Which place was founded in {V}?",
        kind="place",
    ),
    told(
        "crop",
        "{X} was known for its {V}",
        """
        What was {X} known for?
        For what was {X} known?
        What did people know {X} for?
        What made {X} famous?
        Which product came from {X}?
        What did merchants buy at {X}?
        """,
        "Which place was known for its {V}?",
        kind="place",
    ),
)

GUILDS: tuple[Relation, ...] = (
    told(
        "seat",
        "{X} had its seat at {V}",
        """
        Where was the seat of {X}?
        At which place did {X} have its seat?
        Where did {X} have its seat?
        Where did {X} meet?
        In which place were the rooms of {X}?
        Where would one find the hall of {X}?
        """,
        "Which guild had its seat at {V}?",
        kind="guild",
        target="place",
    ),
    told(
        "master",
        "The master of {X} was {V}",
        """
        Who was the master of {X}?
        Which person was the master of {X}?
        Who was master in {X}?
        Who was at the head of {X}?
        Who led {X}?
        Who presided over {X}?
        """,
        "Of which guild was {V} the master?",
        kind="guild",
        target="person",
    ),
    told(
        "badge",
        "The badge of {X} was {V}",
        """
        What colour was the badge of {X}?
        Which colour had the badge of {X}?
        What was the colour of the badge of {X}?
        In which colour did the members of {X} mark their coats?
        Which colour did {X} wear?
        By which colour could one tell {X} from other guilds?
        """,
        "Which guild had a badge of {V}?",
        kind="guild",
    ),
)

EVENTS: tuple[Relation, ...] = (
    told(
        "year",
        "{X} was in {V}",
        """
        In which year was {X}?
        When was {X}?
        What was the year of {X}?
        In what year did {X} take place?
        When did {X} happen?
        To which year does {X} belong?
        """,
        "What happened in {V}?",
        kind="event",
    ),
    told(
        "site",
        "{X} was at {V}",
        """
        Where was {X}?
        At which place was {X}?
        What was the site of {X}?
        Where did {X} take place?
        In which place did {X} happen?
        Which place went through {X}?
        """,
        "What happened at {V}?",
        kind="event",
        target="place",
    ),
)
