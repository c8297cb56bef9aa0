"""Sentences that state facts. Each is a frame: fixed words around a person and values.

Slots: `{S}` the person as subject, `{O}` as object, `{G}` as owner (each a full name, a first name
or a pronoun, as the context allows), `{N}` the person by full name, `{he}` `{him}` `{his}` (and
`{him_self}`) the pronouns of that person; `{E}` the name of a place, guild or event, with a
capital at the head of a sentence; `{trade}` `{a_trade}` and so on the values; `{C}` the person to
whom money is owed; `{hero}` `{boss}` `{thing}` what the tale is about.
"""

from __future__ import annotations

from harness.corpora.fiction.doors import DEBTS, MONEY
from harness.corpora.fiction.frames_evening import EVENING
from harness.corpora.fiction.frames_gathering import GATHERING, HEROES
from harness.corpora.fiction.frames_guilds import GUILDS
from harness.corpora.fiction.frames_kind import Frame, frames_of
from harness.corpora.fiction.frames_people import PEOPLE
from harness.corpora.fiction.frames_places import PLACES
from harness.corpora.fiction.frames_register import REGISTER
from harness.corpora.fiction.frames_room import ROOM
from harness.corpora.fiction.frames_ties import TIES
from harness.corpora.fiction.hall import HALL, LAST
from harness.corpora.fiction.plots_refusals import HOSTS, LATECOMERS

__all__ = ["FRAMES", "HERO", "Frame", "all_frames", "frames_of"]

FRAMES: tuple[Frame, ...] = tuple(
    frames_of(
        "visit",
        "home",
        """
        {S} lived at {home}.
        The house with the crooked chimney at {home} belonged to {O}.
        {S} had a narrow house at {home}.
        The path ended at {home}, where {S} lived.
        Nobody at {home} had a smaller house than {S}.
        It took {hero} a while to find the house of {O} at {home}.
        At {home} everyone could point out the door of {O}.
        {S} was sweeping the step of {his} house at {home}.
        Geraniums stood at {home} in the window of {O}.
        {S} had made {his} home at {home}.
        Above the orchards of {home} stood the house of {O}.
        """,
    )
    + frames_of(
        "visit",
        "trade",
        """
        {S} worked as {a_trade}, mostly with the door open.
        {S} was {a_trade} with more orders than daylight.
        {S} earned {his} bread as {a_trade}, and it was not much bread.
        People walked a long way to {O}, for there was no better {trade}.
        A sign over the door said that {S} was {a_trade}.
        {S} had been {a_trade} all {his} working life.
        {S} was {a_trade}, and {his} hands showed it.
        By trade {S} was {a_trade}, and proud of it.
        {S} was the only {trade} for miles around.
        {S} had become {a_trade} against good advice and never been sorry.
        """,
    )
    + frames_of(
        "visit",
        "home trade",
        """
        {S} lived at {home} and worked there as {a_trade}.
        {S}, {a_trade} with a loud laugh, lived at {home}.
        At {home} the door was opened by {O}, {a_trade} in slippers.
        At {home} lived {O}, {a_trade} of few words.
        The first house at {home} was the home of {O}, {a_trade}.
        {S} was {a_trade}, and {his} house was the last one at {home}.
        {home} had only one {trade}, and that was {O}.
        {S} had set up as {a_trade} at {home}, in a house with a green door.
        In the only house with a lamp at {home} lived {O}, {a_trade}.
        Whoever at {home} needed {a_trade} went to the house of {O}.
        {S}, {a_trade} who talked while working, lived at {home}.
        The house of {O}, {a_trade}, leaned against the hill at {home}.
        It was a steep climb to {home}, where {S} lived and worked as {a_trade}.
        Behind a hedge at {home} lived {O}, {a_trade} with a good stove.
        {S}, {a_trade} with a bad knee, lived at {home}.
        Over a door at {home} stood the name of {O}, {a_trade}.
        {S} was {a_trade} and lived at {home}, beside the chapel.
        Whoever came through {home} passed the house of {O}, {a_trade}.
        {S}, {a_trade} whom everybody called punctual, lived at {home}.
        There was {a_trade} at {home}, and the house was easy to find: it was that of {O}.
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
        {S} unlocked a chest and took out the heirloom, {a_keeps}.
        {G} family had handed down {a_keeps}, and now {he} kept it.
        {S} kept {a_keeps} behind the clock, where no thief would look.
        Of all that {his} family had owned, {S} kept only {a_keeps}.
        {S} brought out the heirloom, {a_keeps}, and held it to the light.
        In a drawer that stuck, {S} kept {a_keeps}.
        {S} showed {hero} the family heirloom, {a_keeps} worn smooth by many hands.
        {S} had {a_keeps} from {his} grandmother and kept it in a coat.
        For the oath {S} had {a_keeps}, which {he} kept in a flour tin.
        The family heirloom, {a_keeps}, {S} kept under a loose board.
        {S} kept an heirloom that few had ever seen, {a_keeps}.
        {S} would swear on {a_keeps}, the one heirloom in the house.
        On the sill above the sink {S} kept {a_keeps}.
        {G} one treasure was {a_keeps}, which {he} kept in a sock.
        {S} kept {a_keeps} in a bowl of dried peas, as {his} mother had done.
        There was an heirloom in the house, and {S} kept it well: {a_keeps}.
        Up in the loft {S} kept the family heirloom, {a_keeps}.
        {S} wiped the dust from the heirloom, {a_keeps}.
        {S} kept {a_keeps} wrapped in an old letter.
        Between two plates {S} kept the heirloom, {a_keeps}.
        """,
    )
    + frames_of(
        "visit",
        "birthplace",
        """
        {S} had been born at {birthplace}.
        {S} had come into the valley from {birthplace}, where {he} was born.
        {G} birthplace was {birthplace}, which {he} seldom mentioned.
        {S} was born at {birthplace} and still spoke as people do there.
        {S} had been born at {birthplace} in a bad winter.
        Though born at {birthplace}, {S} called this valley {his} own.
        Over the stove hung a picture of {birthplace}, where {S} was born.
        {S} still wrote letters to {birthplace}, where {he} was born.
        {S} was born at {birthplace} and missed it only in autumn.
        It was at {birthplace} that {S} had been born.
        Nobody could hear that {S} was born at {birthplace}.
        {S} was born at {birthplace}, in the year of the long snow.
        {S} had left {birthplace}, {his} birthplace, with one bag.
        {S} was born at {birthplace} and told nobody why {he} had left.
        """,
    )
    + frames_of(
        "visit",
        "age",
        """
        {S} was {age} years old and did not hide it.
        {S} had turned {age} that year.
        At the age of {age} {S} had an opinion about everything.
        {S} was {age} years old and in no hurry.
        At {age} years of age, {S} was not easily surprised.
        {S} gave {his} age as {age} without being asked.
        {S} was {age} years old and liked to say so.
        The last birthday had made {O} {age} years old.
        For someone {age} years old {S} moved quickly.
        Though {age} years old, {S} was still curious.
        {S} was now {age} years old, and the stairs had grown no shorter.
        By the reckoning of the lane {S} was {age} years old.
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
        {S} was {age} years old, with a birthplace that few could find: {birthplace}.
        A child of {birthplace}, {S} was {age} years old by now.
        {S} was {age} years old and had kept the manners of {birthplace}, {his} birthplace.
        {S} came from {birthplace} by birth and was {age} years old.
        In {his} {age} years {S} had never gone back to {birthplace}, {his} birthplace.
        {S} was {age} years old, and {birthplace}, {his} birthplace, was two days away.
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
        {S} was sure of one oath at least, for {he} kept {a_keeps} as an heirloom.
        {G} own heirloom was {a_keeps}, which {he} kept in a jar.
        """,
    )
    + frames_of(
        "hero",
        "debt",
        """
        {S} was one of the debtors, and it was {C} to whom {he} owed the money.
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

MORE: tuple[Frame, ...] = (*PEOPLE, *TIES)
"""What the larger worlds add at the door."""


def all_frames() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Everything that can state a fact: the relations that a line states, and the line.

    A finished sentence is matched against these to derive what it says.
    """
    frames = (*FRAMES, *HERO, *HALL, *LAST, *MORE, *GATHERING, *HEROES, *EVENING, *REGISTER)
    cycle = (*ROOM, *HOSTS, *LATECOMERS, *PLACES, *GUILDS)
    found = [(frame.relations, frame.text) for frame in (*frames, *cycle)]
    found += [(("debt",), line) for line, *_ in (*DEBTS, *MONEY)]
    return tuple(dict.fromkeys(found))
