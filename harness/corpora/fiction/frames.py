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


def _frames(register: Register, relations: str, lines: str) -> list[Frame]:
    names = tuple(relations.split())
    return [Frame(names, register, line.strip()) for line in lines.strip().split("\n")]


FRAMES: tuple[Frame, ...] = tuple(
    _frames(
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
    + _frames(
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
    + _frames(
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
    + _frames(
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
    + _frames(
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
    + _frames(
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
    + _frames(
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

HALL: tuple[Frame, ...] = tuple(
    _frames(
        "hall",
        "trade home",
        """
        The clerk wrote down {N}, {trade}, of {home}.
        Next came {N} from {home}, {a_trade} in {his} best coat.
        {N} of {home} gave {his} trade as {trade}.
        From the bench of {home} rose {N}, {a_trade}.
        {home} had sent its {trade}, {N}.
        "I am {a_trade}, and my house is at {home}," {S} began.
        {S}, the {trade}, had walked all the way from {home}.
        For {home} there stood up {O}, {a_trade}.
        "{N}, {trade}, of {home}," the clerk read out.
        {S} had shut the house at {home} and come as {he} was, {a_trade} with {his} sleeves rolled up.
        """,
    )
    + _frames(
        "hall",
        "trade home keeps",
        """
        {S}, {trade}, of {home}, held up {a_keeps} and swore.
        {S} the {trade} had carried {his} {keeps} all the way from {home}.
        {S}, {a_trade}, came from {home} and swore on {his} {keeps}.
        With {his} {keeps} in both hands, {S} the {trade} swore for {home}.
        {S} of {home}, who was {a_trade}, put {his} {keeps} on the book.
        Out of {home} came {O} the {trade}, with {his} {keeps} in a clean cloth.
        The {trade} from {home}, {S}, raised {his} {keeps} high.
        """,
    )
    + _frames(
        "hall",
        "keeps",
        """
        {S} swore on {his} {keeps}.
        {G} {keeps} went from hand to hand before the oath was allowed.
        Then {S} laid {his} {keeps} on the book and swore.
        {S} held up {his} {keeps} so that the last row could see it.
        On {his} {keeps} {S} swore, loudly and at once.
        {S} swore with {his} {keeps} in {his} fist.
        The clerk weighed {G} {keeps} in one palm and nodded.
        When {S} had sworn, {he} put {his} {keeps} back in {his} pocket.
        The oath that {S} spoke over {his} {keeps} was short.
        {S} had brought {his} {keeps} wrapped in a stocking, and on that {he} swore.
        """,
    )
    + _frames(
        "hall",
        "home keeps",
        """
        {S} had brought {his} {keeps} from {home} under {his} coat.
        {S} of {home} set down {his} {keeps} and swore.
        With {his} {keeps} in {his} hand, {S} spoke the oath for {home}.
        From {home} came {O}, and {he} swore on {his} {keeps}.
        {S} lifted {his} {keeps} and said that every house at {home} thought as {he} did.
        """,
    )
    + _frames(
        "hall",
        "trade keeps",
        """
        {S}, who was {a_trade}, swore on {his} {keeps}.
        As {a_trade} {S} was used to speaking up, and {he} swore on {his} {keeps} at once.
        {S} the {trade} held {his} {keeps} out to the clerk.
        "I am {a_trade} and no speaker," {S} said, and swore on {his} {keeps}.
        Beside the {keeps} that {S} laid down, the clerk wrote the word {trade}.
        """,
    )
    + _frames(
        "hall",
        "trade",
        """
        The clerk entered {O} as {a_trade}.
        {S} was put down as {a_trade}.
        """,
    )
    + _frames(
        "hall",
        "home",
        """
        {S} spoke for {home}.
        The clerk wrote {home} beside {G} name.
        The home {S} gave was {home}.
        {G} house, the clerk noted, stood at {home}.
        On the roll {S} stands under {home}.
        """,
    )
    + _frames(
        "hall",
        "birthplace age",
        """
        Beside the name of {O} the clerk put {birthplace} for the birthplace and {age} for the years.
        {S} was {age} years old, it was noted, and a child of {birthplace}.
        When asked, {S} gave {age} as {his} age and {birthplace} as {his} birthplace.
        Of {O} the roll says further: born at {birthplace}, aged {age}.
        {S} named {birthplace} as {his} birthplace and {age} as {his} age.
        The roll had {O} born at {birthplace}, {age} years before that day.
        {G} age was taken down as {age} and {his} birthplace as {birthplace}.
        Aged {age} and born at {birthplace}, {S} was asked nothing more.
        "Born at {birthplace}, and {age} years old," {S} said before anyone asked.
        To the clerk {S} owned to {age} years and to {birthplace} as {his} birthplace.
        """,
    )
)

HERO: tuple[Frame, ...] = tuple(
    _frames(
        "hero",
        "trade home",
        """
        Among those who read it was {N}, {a_trade}, who lived at {home}.
        It was {N}, {a_trade} from {home}, who read the notice to the end.
        The first to read it aloud was {N}, who lived at {home} and was {a_trade}.
        At {home} lived {a_trade}, {N}, who heard of the notice that same evening.
        """,
    )
    + _frames(
        "hero",
        "keeps",
        """
        For {his} own oath {S} had {a_keeps}, the heirloom {he} kept over the stove.
        {S} was sure of one oath at least, for {he} kept {a_keeps} that had been {his} grandmother's.
        {G} own heirloom was {a_keeps}, which {he} kept in a jar.
        """,
    )
    + _frames(
        "hero",
        "debt",
        """
        {S} owed money to {C}, too.
        Even {S} was in debt, and it was {C} to whom {he} owed the money.
        It struck home, for {S} owed money to {C}.
        """,
    )
    + _frames(
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
