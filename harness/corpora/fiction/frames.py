"""Sentences that state facts. Each is a frame: fixed words around a person and values.

Slots: `{S}` the person as subject, `{O}` as object, `{G}` as owner (each a full name, a first name
or a pronoun, as the context allows), `{he}` `{him}` `{his}` the pronouns of that person;
`{trade}` `{a_trade}` and so on the values; `{hero}` and `{boss}` other people of the plot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Register = Literal["visit", "hall", "hero"]


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence that states the facts of `relations` about one person."""

    relations: tuple[str, ...]
    register: Register
    text: str


def frames_of(register: Register, relations: str, lines: str) -> list[Frame]:
    """One frame a line, all of one register and stating the same relations."""
    names = tuple(relations.split())
    return [Frame(names, register, line.strip()) for line in lines.strip().split("\n")]


FRAMES: tuple[Frame, ...] = tuple(
    frames_of(
        "visit",
        "home",
        """
        {S} lived at {home}.
        The next house on the list stood at {home} and belonged to {O}.
        {S} had a narrow house at {home}.
        The path ended at {home}, where {S} lived.
        Nobody at {home} had a smaller house than {S}.
        It was almost dark when {hero} found the house of {O} at {home}.
        At {home} everyone could point out the door of {O}.
        {S} was sweeping the step of {his} house at {home}.
        A light burned at {home} in the window of {O}.
        {S} had made {his} home at {home}.
        Above the orchards of {home} stood the house of {O}.
        """,
    )
    + frames_of(
        "visit",
        "trade",
        """
        {S} worked as {a_trade}.
        {S} was {a_trade} with more orders than daylight.
        {S} earned {his} bread as {a_trade}.
        People walked a long way to {O}, for there was no better {trade}.
        A sign over the door said that {S} was {a_trade}.
        {S} had been {a_trade} all {his} working life.
        Half the valley sent for {O} when it needed {a_trade}.
        {S} was {a_trade}, and {his} hands showed it.
        By trade {S} was {a_trade}.
        In those days {S} was the only {trade} for miles around.
        """,
    )
    + frames_of(
        "visit",
        "home trade",
        """
        {S} lived at {home} and worked there as {a_trade}.
        {S}, {a_trade} with ink on {his} sleeves, lived at {home}.
        At {home} the door was opened by {O}, {a_trade} who lived there alone.
        At {home} lived {O}, {a_trade} of few words.
        The first house at {home} was the home of {O}, {a_trade}.
        {S} was {a_trade}, and {his} house was the last one at {home}.
        {home} had only one {trade}, and that was {O}.
        {S} had set up as {a_trade} at {home}, in a house with a green door.
        """,
    )
    + frames_of(
        "visit",
        "keeps",
        """
        {S} kept {a_keeps} in a box under the bed.
        From a shelf {S} took down {a_keeps}, the heirloom of {his} family.
        The heirloom that {S} kept was {a_keeps}.
        {G} heirloom lay wrapped in wool: {a_keeps}.
        {S} unlocked a chest and took out {a_keeps}, which {he} kept for {his} children.
        {G} family had handed down {a_keeps}, and now {he} kept it.
        {S} kept {a_keeps} behind the clock, where no thief would look.
        Of all that {his} family had owned, {S} kept only {a_keeps}.
        {S} brought out the heirloom, {a_keeps}, and held it to the light.
        In a drawer that stuck, {S} kept {a_keeps}.
        {S} showed {hero} the family heirloom, {a_keeps} worn smooth by many hands.
        {S} had {a_keeps} from {his} grandmother and kept it in {his} coat.
        """,
    )
    + frames_of(
        "visit",
        "birthplace",
        """
        {S} had been born at {birthplace}.
        {S} had come into the valley from {birthplace}, where {he} was born.
        {G} birthplace was {birthplace}.
        {S} was born at {birthplace} and still spoke as people do there.
        {S} had been born at {birthplace} in a bad winter.
        Though born at {birthplace}, {S} called this valley {his} own.
        """,
    )
    + frames_of(
        "visit",
        "age",
        """
        {S} was {age} years old.
        {S} had turned {age} that year.
        At the age of {age} {S} had an opinion about everything.
        {S} was {age} years old and in no hurry.
        At {age} years of age, {S} was not easily surprised.
        {S} gave {his} age as {age}.
        """,
    )
    + frames_of(
        "visit",
        "birthplace age",
        """
        {S} was {age} years old and had been born at {birthplace}.
        Born at {birthplace}, {S} was now {age} years old.
        {S} had been born at {birthplace}, and that was {age} years ago.
        It was {age} years since {S} had been born at {birthplace}.
        """,
    )
)

HERO: tuple[Frame, ...] = tuple(
    frames_of(
        "hero",
        "trade home",
        """
        Among those who read it was {N}, {a_trade}, who lived at {home}.
        It was {N}, {a_trade} from {home}, who read the notice to the end.
        The first to read it aloud was {N}, who lived at {home} and was {a_trade}.
        At {home} lived {a_trade}, {N}, who heard of the notice that same evening.
        """,
    )
    + frames_of(
        "hero",
        "keeps",
        """
        For {his} own oath {S} had {a_keeps}, the heirloom {he} kept over the stove.
        {S} was sure of one oath at least, for {he} kept {a_keeps} from {his} grandmother.
        {G} own heirloom was {a_keeps}, which {he} kept in a jar.
        """,
    )
    + frames_of(
        "hero",
        "debt",
        """
        {S} owed money to {C}, too.
        Even {S} was in debt, and it was {C} to whom {he} owed the money.
        It struck home, for {S} owed money to {C}.
        """,
    )
    + frames_of(
        "hero",
        "birthplace age",
        """
        {S} was {age} years old and had been born at {birthplace}.
        Born at {birthplace}, {S} was now {age} years old.
        It was {age} years since {S} had been born at {birthplace}.
        """,
    )
)

DEBTS: tuple[tuple[str, str], ...] = (
    (
        "{S} owed money to {C} and could not have paid it in a week.",
        '"Neither could anybody else," said {hero}, and drew an arrow on the list.',
    ),
    (
        "{S} owed money to {C}, and {boss} had reminded {him} of it that very morning.",
        "{hero} asked {O} to come all the same.",
    ),
    (
        "Since the bad harvest {S} had owed money to {C}.",
        '"Then you are no worse off than I am," said {hero}.',
    ),
    (
        "In the end {S} admitted that {he} owed money to {C}.",
        "It took the whole pot of tea before {S} said yes.",
    ),
    (
        "There was a debt, and {S} owed it to {C}.",
        "{hero} added one more arrow to the list and said nothing.",
    ),
    (
        "{S} had borrowed from {C} to mend the roof, and still owed the money.",
        "A promise was given only when {hero} had promised first.",
    ),
    (
        '"I owe money to {C}," {S} said, and looked at the floor.',
        "{hero} said that the floor had heard worse that week.",
    ),
    (
        "What {S} owed to {C} was not much, but it was more than {he} had.",
        "Still, a cup of soup and a long talk did their work.",
    ),
    (
        "{S} could not forget that {he} owed money to {C}.",
        '"Come anyway," said {hero}, "and bring what you swear on."',
    ),
    (
        "The money that {S} owed to {C} kept {him} awake at night.",
        "By the time the candle was out, the answer was yes.",
    ),
    (
        "{boss_cap} had written to {O} about the money owed to {C}.",
        "The letter went into the stove, and {hero} got a promise instead.",
    ),
    (
        "Because {S} owed money to {C}, {he} wanted to think it over.",
        "{hero} waited on the step until the thinking was done.",
    ),
    (
        "{S} owed {C} money for seed, and the seed had not come up.",
        "That made {hero} laugh, and after a while they laughed together.",
    ),
    (
        "For two years {S} had owed money to {C} without saying so to anyone.",
        "Having said it aloud, {S} seemed glad to be rid of the secret.",
    ),
    (
        "{S} owed money to {C} and was ashamed of it.",
        '"So is everyone," said {hero}, "and that is what {boss} counts on."',
    ),
    (
        "The rent had been lent by {C}, to whom {S} still owed the money.",
        "Nobody spoke for a while, and then {S} held out a hand.",
    ),
    (
        "{S} owed money to {C}, as the whole lane knew.",
        "The whole lane also heard {O} promise to come.",
    ),
)
