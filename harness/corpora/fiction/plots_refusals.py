"""One person in a tale says no, for a reason that has just been told, and comes late after all."""

from __future__ import annotations

from collections.abc import Mapping

from harness.corpora.fiction.frames_kind import Frame, frames_of
from harness.corpora.fiction.plots_spine import Block, blocks, lines

REASONS = ("rival", "fear", "debt")
"""What somebody may hesitate for, the strongest reason first."""

HINGES: Mapping[str, Block] = {
    "fear": lines(
        """
        "There will be none of that," said {hero}, without knowing it for certain.
        With such a fear one likes to stay at home, and {hero} was prepared for a no.
        {P} had not thought of that, and thought of it now.
        "Everybody has something," said {hero}, and left it at that.
        It was not the best day to ask for courage.
        {hero} pulled the chair a little closer and lowered {p_his} voice.
        "Would it help to be one of many?" asked {hero}.
        """
    ),
    "rival": lines(
        """
        {P} was careful not to say who else had been asked.
        With that in the air it did not look like a yes.
        {hero} had hoped that it would not come up so soon.
        "I am asking you, not both of you," said {hero}.
        {P} let the storm go by, and it took its time.
        A list with two such names on it can be a short list.
        "You need not speak to each other," said {hero}, "only to me."
        """
    ),
    "debt": lines(
        """
        Those who owe do not like to be seen in company, and {hero} was prepared for a no.
        "Then you know what it is like," said {hero}, "when somebody leans on you."
        That {boss} knew of it as well was to be feared.
        "It is the same in every house," said {hero}, which helped a little.
        {P} said that nobody would be asked for money, not this time.
        Somebody in that position thinks twice, and {hero} waited for the second thought.
        It was a reason to keep out of things, and {hero} knew it from home.
        """
    ),
}
"""After the fact that makes somebody hesitate, before it is said what came of the visit."""

NOES: Mapping[str, tuple[Block, ...]] = {
    "fear": blocks(
        """
        For that reason {S} would not leave the house, on that day or any other.
        {P} offered a lantern, company, and in the end a mule, and it was still no.

        "And so I stay where I am," said {S}, and that was a no.
        {hero} stood in the road with {p_his} mouth open, and the bolt was pushed home.
        """
    ),
    "rival": blocks(
        """
        If both of them were wanted, said {S}, then one would have to do, and it was the other.
        {P} talked until the tea was cold, and the answer was no.

        "Ask there first, as everybody does," said {S}, and stood in the door until {hero} had gone.
        It was the first plain no, and {P} felt it all the way down the hill.
        """
    ),
    "debt": blocks(
        """
        "Where people come together they come round to money," said {S}, and for that reason {he} \
        would not be there.
        {P} had an answer to that, but only when the door was shut.

        Nobody who owes can afford a friend like that, said {S}, and it was a no.
        {hero} went back up the path once, and down again without having knocked.
        """
    ),
    "": blocks(
        """
        {S} listened to it all, to the very end, and said no.
        Asked for a reason, {he} said that somebody had to.

        "No," said {S}, "and I should be glad if you did not ask me nicely."
        {hero} had prepared for everything except that.
        """
    ),
}
"""The refusal, by its reason."""

MISSING: Mapping[str, Block] = {
    "feast": (
        "Beside one of the spoons there sat nobody, for one person had said no.",
        "It had been laid all the same, and the soup that went with it was getting cold.",
    ),
    "search": (
        "Then the line stopped, because where one person had said no there was a gap.",
        "Those on both sides of it stretched, and could not reach.",
    ),
    "relief": (
        "There was one pair of hands too few, for one person had said no, and the rope slipped.",
        "It slipped by a yard, and then by another.",
    ),
    "trial": (
        "Now the bench was empty, and one person who had been awake had said no.",
        "The judge reached for his hat.",
    ),
}

COMES: Mapping[str, Block] = {
    "fear": lines(
        """
        "I was more afraid of hearing about it tomorrow," said {S}.
        "It is just as bad at home," said {S}, still looking back over one shoulder.
        """
    ),
    "rival": lines(
        """
        "If I stay away, somebody else will be praised for both of us," said {S}.
        "Not next to anybody in particular, if you please," said {S}.
        """
    ),
    "debt": lines(
        """
        "Let them look," said {S}, "I owe it whether I am here or not."
        "I thought of who would be glad if I stayed away," said {S}, and did not look at {boss}.
        """
    ),
    "": lines(
        """
        "Nobody asked me a second time," said {S}, "and so I had to do it myself."
        "I only said that I would not come," said {S}, "not that I should not be here."
        """
    ),
}
"""What is said on coming late, by what the refusal was for."""

TAKES_PART: Mapping[str, str] = {
    "feast": "{S} sat down, moved the spoon a little to the left, and asked for the salt.",
    "search": "Then {S} held out both arms, and the gap was closed.",
    "relief": "{S} took hold, and the rope stood still.",
    "trial": "What {S} had seen that night was told in four words, and they fitted like a drawer.",
}

LATECOMERS: tuple[Frame, ...] = tuple(
    frames_of(
        "gathering",
        "trade home keeps",
        """
        But there came {O}, {a_trade} from {home}, with {a_keeps} in one hand.
        Then somebody ran up, and it was {O}, {a_trade} of {home}, with {a_keeps} under one arm.
        From {home}, at the last moment, came {O} the {trade}, holding up {a_keeps}.
        In that minute a cart from {home} turned in, and {O} the {trade} held {a_keeps} up high.
        Somebody pushed through from behind: {O}, {a_trade} from {home}, with {a_keeps} held out.
        Then a voice was heard, that of {O} the {trade}, come from {home} with {a_keeps} after all.
        """,
    )
)

HOSTS: tuple[Frame, ...] = tuple(
    frames_of(
        "hero",
        "trade home keeps",
        """
        {S}, {a_trade} of {home}, had been up since three, and {his} {keeps} was in {his} pocket.
        {S} stood there with {a_keeps} and a dry throat, {a_trade} from {home} and nothing more.
        {S} laid {his} {keeps} down first, as {a_trade} from {home} who had begun all this.
        {S} held {his} {keeps} tight and asked what {a_trade} from {home} was doing in all this.
        """,
    )
)
"""The hero is at the end, where everybody knows who that is."""
