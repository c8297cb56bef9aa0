"""Plain statements of facts about people: at least ten a relation, half of them value first.

`{X}` is the full name, `{V}` the value, `{A}` the value with its article. None has a pronoun for
the person, so that each stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping


def lines(text: str) -> tuple[str, ...]:
    """One statement a line."""
    return tuple(line.strip() for line in text.strip().split("\n"))


PEOPLE: Mapping[str, tuple[str, ...]] = {
    "trade": lines(
        """
        {X} was {A} by trade.
        {X} made a living as {A}.
        The trade of {X} was that of {A}.
        The work of {X} was the work of {A}.
        For a living {X} worked as {A}.
        {A} was what {X} was by trade.
        {A} by trade: that was {X}.
        It was as {A} that {X} earned a living.
        The trade of {A} was the trade of {X}.
        Working as {A} was the living of {X}.
        """
    ),
    "home": lines(
        """
        {X} lived at {V}.
        {X} had a house at {V}.
        The home of {X} was at {V}.
        {X} was at home at {V}.
        The house of {X} stood at {V}.
        At {V} lived {X}.
        At {V} stood the house of {X}.
        {V} was the home of {X}.
        It was at {V} that {X} lived.
        {V} was where {X} had a home.
        """
    ),
    "keeps": lines(
        """
        {X} kept {A} as an heirloom.
        The heirloom of {X} was {A}.
        {X} had inherited {A} and kept it.
        The heirloom that {X} kept was {A}.
        In the family of {X} the heirloom was {A}.
        {A} was the heirloom of {X}.
        {A} was what {X} kept as an heirloom.
        It was {A} that {X} kept as an heirloom.
        {A} had come down to {X} as an heirloom.
        {A} was kept by {X}, for it was the family heirloom.
        """
    ),
    "birthplace": lines(
        """
        {X} was born at {V}.
        The birthplace of {X} was {V}.
        {X} had been born at {V}.
        {X} was by birth from {V}.
        The cradle of {X} had stood at {V}.
        {V} was the birthplace of {X}.
        At {V} {X} was born.
        It was at {V} that {X} was born.
        {V} was where {X} was born.
        From {V}, by birth, came {X}.
        """
    ),
    "age": lines(
        """
        {X} was {V} years old.
        {X} was {V} years of age.
        The age of {X} was {V}.
        {X} had lived for {V} years.
        The years of {X} numbered {V}.
        {V} was the age of {X}.
        {V} years had passed since the birth of {X}.
        {V} years old: that was {X}.
        It was {V} years since {X} was born.
        At {V} years of age stood {X}.
        """
    ),
    "debt": lines(
        """
        {X} owed money to {V}.
        {X} was in debt to {V}.
        The creditor of {X} was {V}.
        {X} had borrowed money from {V}.
        The debt of {X} was owed to {V}.
        {V} had lent money to {X}.
        {V} was the creditor of {X}.
        It was {V} to whom {X} owed money.
        To {V} money was owed by {X}.
        From {V} came the money that {X} had borrowed.
        """
    ),
    "mentor": lines(
        """
        {X} had been the pupil of {V}.
        The mentor of {X} was {V}.
        {X} had learnt a craft from {V}.
        {X} was trained by {V}.
        As a pupil {X} had been with {V}.
        {V} was the mentor of {X}.
        {V} had trained {X}.
        It was {V} who had been the mentor of {X}.
        {V} had once had {X} for a pupil.
        From {V} a craft was learnt by {X}.
        """
    ),
    "rival": lines(
        """
        {X} had {V} for a rival.
        The rival of {X} was {V}.
        {X} had one rival, {V}.
        {X} competed with {V}.
        Of all people {X} counted {V} as a rival.
        {V} was the rival of {X}.
        It was {V} who was the rival of {X}.
        {V} was the one with whom {X} competed.
        In {V} there was a rival for {X}.
        {V} was a rival to {X}.
        """
    ),
    "godparent": lines(
        """
        {X} was the godchild of {V}.
        The godparent of {X} was {V}.
        {X} had {V} for a godparent.
        At the font {X} was held by {V}, as godparent.
        {X} was called the godchild of {V}.
        {V} was the godparent of {X}.
        {V} had held {X} at the font as godparent.
        It was {V} who was godparent to {X}.
        {V} had {X} for a godchild.
        As godparent {V} stood by {X}.
        """
    ),
    "guild": lines(
        """
        {X} belonged to {V}.
        {X} was a member of {V}.
        The guild of {X} was {V}.
        {X} had joined {V}.
        As a member {X} paid dues to {V}.
        {V} had {X} among its members.
        {V} was the guild of {X}.
        It was {V} to which {X} belonged.
        To {V} dues were paid by {X}, a member.
        {V} counted {X} as a member.
        """
    ),
    "animal": lines(
        """
        {X} had a tame {V}.
        The tame animal of {X} was {A}.
        {X} had tamed {A}.
        {X} owned a tame {V}.
        In the house of {X} lived a tame {V}.
        A tame {V} belonged to {X}.
        {A} was the tame animal of {X}.
        It was {A} that {X} had tamed.
        A tame {V} lived with {X}.
        {A} had been tamed by {X}.
        """
    ),
    "instrument": lines(
        """
        {X} played the {V}.
        The instrument of {X} was the {V}.
        {X} could play the {V}.
        {X} had learnt to play the {V}.
        In the evening {X} played the {V}.
        The {V} was the instrument of {X}.
        The {V} was what {X} played.
        It was the {V} that {X} played.
        On the {V} one could hear {X}.
        The {V} was played by {X}.
        """
    ),
    "dish": lines(
        """
        {X} liked {V} best of all dishes.
        The dish that {X} liked best was {V}.
        {X} ate nothing so gladly as {V}.
        To {X} no dish was better than {V}.
        {X} preferred {V} to any other dish.
        {V} was the dish that {X} liked best.
        {V} was what {X} liked best to eat.
        It was {V} that {X} liked best of all dishes.
        No dish but {V} was liked so well by {X}.
        {V} came first among the dishes of {X}.
        """
    ),
    "fear": lines(
        """
        {X} was afraid of {V}.
        {X} feared {V}.
        The fear of {X} was the fear of {V}.
        What {X} feared was {V}.
        {X} was frightened of {V}.
        {V} frightened {X}.
        It was {V} that {X} feared.
        Of {V} there was one who was afraid, {X}.
        {V} could put {X} to flight, for fear.
        Fear of {V} was the fear of {X}.
        """
    ),
    "arrival": lines(
        """
        {X} came to the valley in {V}.
        {X} had moved to the valley in {V}.
        The year in which {X} came to the valley was {V}.
        {X} had lived in the valley since {V}, the year of coming.
        {X} had settled in the valley in {V}.
        In {V} {X} came to the valley.
        It was in {V} that {X} came to the valley.
        The year {V} brought {X} to the valley.
        Since {V} the valley had been the home of {X}.
        {V} was the year in which {X} came to the valley.
        """
    ),
    "hives": lines(
        """
        {X} kept {V} beehives.
        {X} had {V} beehives.
        The beehives of {X} were {V} in number.
        {X} looked after {V} beehives.
        In the garden of {X} stood {V} beehives.
        {V} beehives belonged to {X}.
        {V} was the number of the beehives of {X}.
        It was {V} beehives that {X} kept.
        {V} beehives stood in the garden of {X}.
        {V} beehives were looked after by {X}.
        """
    ),
    "bank": lines(
        """
        {X} had a garden on the {V}.
        The garden of {X} lay on the {V} of the river.
        {X} grew vegetables on the {V} of the river.
        The garden of {X} was on the {V}.
        {X} dug and planted on the {V} of the river.
        On the {V} lay the garden of {X}.
        The {V} was where {X} had a garden.
        It was on the {V} that {X} had a garden.
        On the {V} of the river one found the garden of {X}.
        The {V} of the river had the garden of {X} on it.
        """
    ),
}

READS: Mapping[str, tuple[str, ...]] = {
    "yes": lines(
        """
        Asked whether {X} could read, one had to say yes.
        {X} could read: the answer is yes.
        The question whether {X} could read has one answer, yes.
        Whether {X} could read was answered with yes.
        To the question whether {X} could read, the answer is yes.
        Yes, {X} was able to read.
        Yes, {X} had learnt to read.
        Yes, reading was something that {X} could do.
        Yes was the answer when one asked whether {X} could read.
        Yes, one could give {X} a letter to read.
        """
    ),
    "no": lines(
        """
        Asked whether {X} could read, one had to say no.
        {X} could not read: the answer is no.
        The question whether {X} could read has one answer, no.
        Whether {X} could read was answered with no.
        To the question whether {X} could read, the answer is no.
        No, {X} was not able to read.
        No, {X} had never learnt to read.
        No, reading was nothing that {X} could do.
        No was the answer when one asked whether {X} could read.
        No, one could not give {X} a letter to read.
        """
    ),
}
"""The one relation whose statements differ by value."""
