"""Relations of people in the larger worlds, beyond the six of the small ones."""

from __future__ import annotations

from harness.corpora.fiction.relations_shape import Relation, told

TIES: tuple[Relation, ...] = (
    told(
        "mentor",
        "{X} was the pupil of {V}",
        """
        Who was the mentor of {X}?
        Whose pupil was {X}?
        Who had trained {X}?
        From whom did {X} learn a craft?
        Who was the master of {X} in younger days?
        Under whom had {X} been an apprentice?
        """,
        "Who was the pupil of {V}?",
        target="person",
    ),
    told(
        "rival",
        "The rival of {X} was {V}",
        """
        Who was the rival of {X}?
        Whom did {X} have for a rival?
        Which person was the rival of {X}?
        With whom did {X} compete?
        Against whom did {X} always try to win?
        Who was the competitor of {X}?
        """,
        "Whose rival was {V}?",
        target="person",
    ),
    told(
        "godparent",
        "{X} was the godchild of {V}",
        """
        Who was the godparent of {X}?
        Whose godchild was {X}?
        Who was godparent to {X}?
        Who had stood sponsor at the christening of {X}?
        Who had held {X} at the font?
        Who had promised at church to look after {X}?
        """,
        "Who was the godchild of {V}?",
        target="person",
    ),
    told(
        "guild",
        "{X} belonged to {V}",
        """
        To which guild did {X} belong?
        What was the guild of {X}?
        Which guild was {X} a member of?
        Which guild had {X} joined?
        In which guild was {X}?
        To which guild did {X} pay dues?
        """,
        "Who belonged to {V}?",
        target="guild",
    ),
)

HABITS: tuple[Relation, ...] = (
    told(
        "animal",
        "{X} had a tame {V}",
        """
        What tame animal did {X} have?
        Which animal had {X} tamed?
        What was the tame animal of {X}?
        What kind of pet did {X} own?
        Which creature lived in the house of {X}?
        Which animal ate out of the hand of {X}?
        """,
        "Who had a tame {V}?",
    ),
    told(
        "instrument",
        "{X} played the {V}",
        """
        Which instrument did {X} play?
        What did {X} play in the evening?
        What was the instrument of {X}?
        On which instrument could {X} make music?
        Which musical instrument belonged to {X}?
        What would one have heard {X} practise on?
        """,
        "Who played the {V}?",
    ),
    told(
        "dish",
        "{X} liked {V} best",
        """
        Which dish did {X} like best?
        What was the favourite dish of {X}?
        What did {X} like to eat best?
        Which food did {X} prefer to any other?
        With which meal could one please {X} most?
        What did {X} like to have on the table most of all?
        """,
        "Who liked {V} best?",
    ),
    told(
        "fear",
        "{X} was afraid of {V}",
        """
        What was {X} afraid of?
        What did {X} fear?
        What frightened {X}?
        Of what did {X} live in terror?
        What could make {X} run away?
        What was the great dread of {X}?
        """,
        "Who was afraid of {V}?",
    ),
    told(
        "arrival",
        "{X} came to the valley in {V}",
        """
        In which year did {X} come to the valley?
        When did {X} come to the valley?
        What was the year in which {X} came to the valley?
        In what year had {X} settled in the valley?
        Since which year had {X} been in the valley?
        When had {X} moved into these parts?
        """,
        "Who came to the valley in {V}?",
    ),
    told(
        "hives",
        "{X} kept {V} beehives",
        """
        How many beehives did {X} keep?
        How many beehives had {X}?
        What was the number of the beehives of {X}?
        How many swarms of bees did {X} look after?
        How many hives stood in the garden of {X}?
        How many bee colonies were in the care of {X}?
        """,
        "Who kept {V} beehives?",
    ),
    told(
        "reads",
        "{V}, {X} could read",
        """
        Could {X} read?
        Was {X} able to read?
        Did {X} know how to read?
        Had {X} learnt to read?
        Was {X} a person who could read?
        Could {X} have read a letter?
        """,
        by_value={"yes": "Yes, {X} could read", "no": "No, {X} could not read"},
    ),
    told(
        "bank",
        "{X} had a garden on the {V}",
        """
        On which bank of the river was the garden of {X}?
        On which side of the river did {X} have a garden?
        Which bank of the river was the garden of {X} on?
        On what bank of the river did {X} grow vegetables?
        To which bank of the river did {X} go with a spade?
        On which shore of the river lay the garden of {X}?
        """,
    ),
)
