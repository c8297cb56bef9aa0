"""What comes after midnight: the second half of the evening; its form is in `scenes_evening`."""

from __future__ import annotations

from harness.corpora.fiction.plots_spine import Block, blocks, lines
from harness.corpora.fiction.scenes_evening import Scene

TUNES = Scene(
    ("instrument",),
    blocks(
        """
        Then it was time for a tune, and people looked at their shoes.
        As a rule it takes one who plays badly to make the others begin.

        Somebody said that it was too quiet, and was sorry for it before long.
        They had never all played together before.

        The chairs were pushed back, and a barrel was rolled in for a stage.
        The landlady wanted them to stop at midnight, and had a bell to tell them so.

        It was the custom that whoever plays may choose who plays next.
        """
    ),
    lines(
        """
        An old man beat time on a bucket, a different time.
        Feet began to move under the benches.
        The second verse was forgotten by everyone at once.
        "Again," called the children, "and faster."
        The candles bent with it.
        In the yard a mule joined in and was not stopped.
        For a few bars they were almost together.
        Somebody wept, and blamed the smoke.
        """
    ),
    blocks(
        """
        Midnight was rung, and nobody heard it.

        It ended because all of them had stopped at the same place, by accident.
        They agreed not to try that again, so as not to spoil it.

        The last tune was played so softly that one could hear the river.
        """
    ),
)

KIN = Scene(
    ("mentor", "rival", "godparent"),
    blocks(
        """
        Later the talk came round to people, as it always does.
        Nobody was missing, and so they had to be spoken of to their faces.

        "To those who made us what we are," somebody said, and cups were lifted.
        It could be meant in more than one way.

        The older ones had moved together at one end, and the stories began.
        A rule was made that nobody might tell a story about people without a cup in hand.
        """
    ),
    lines(
        """
        That called for another cup.
        Everybody had heard it, and everybody listened.
        There was laughter, and one person did not laugh.
        "It was not like that at all," came from the next table.
        The fire was poked.
        Somebody nodded for a long time.
        A chair was moved a little nearer, and another a little further away.
        It was said with love, on the whole.
        Somebody knew it differently and was asked to wait.
        An old woman wiped her eyes and said that it was the onions.
        At that name they all looked across the room.
        A hand was laid on a shoulder.
        The story had grown since last time.
        """
    ),
    blocks(
        """
        By then there was nobody left in the valley who had not been mentioned.

        Some of it was true, and the rest would be true by morning.

        At last somebody said that it was easier to talk of people than with them, and they went \
        and did that.
        """
    ),
)

GHOSTS = Scene(
    ("fear",),
    blocks(
        """
        When only one lamp was burning, they played the game of owning up.
        Each has to say what frightens them, and for each one a candle is put out.

        A gust blew the door open, and everybody screamed, and then they had to say why.

        It was a drover, passing through, who asked the others what they feared.
        It had been meant as a joke, and then it was not.
        """
    ),
    lines(
        """
        A candle was put out.
        Nobody looked behind.
        The benches were moved closer together.
        Something scratched at the wall, and it was a branch, they decided.
        "Go on," whispered a child from under the table.
        The silence after that was longer than usual.
        A hand was looked for and found.
        """
    ),
    blocks(
        """
        When it was quite dark they could all laugh about it, and somebody found the tinder box.

        The drover, when it came to the drover's turn, went out to look at the weather.

        Afterwards nobody would be the first to go home alone, and so they stayed.
        """
    ),
)

PAPER = Scene(
    ("reads",),
    blocks(
        """
        A paper had come for {hero} with the evening coach, and then it had lain in the butter.
        The landlady had broken her spectacles, and somebody else had to make out what was in it.

        A handbill lay on the table, and everybody bent over it looking wise.
        "What does it say?" a carter asked, and people began to look at the floor.

        The priest was hoarse, and somebody else would have to read the lesson on Sunday.
        He had copied it on a paper, and with the paper he went from one to the next.
        """
    ),
    lines(
        """
        The paper went on to the next.
        It was nothing to be ashamed of, either way.
        A lamp was brought nearer.
        Somebody turned the page the right way up.
        Some looked relieved, and some did not.
        So that was that.
        """
    ),
    blocks(
        """
        In the end it turned out to be shorter than it looked.

        A child of seven read it out in the end, with one finger under the line.

        It was put under a jug until morning, when things are easier to read.
        """
    ),
)

BOATS = Scene(
    ("bank",),
    blocks(
        """
        Late that night a boat took the last of them home.
        The boatman was tired and wanted to cross once only, so he asked where they all had their \
        gardens.

        There was one boat and one lantern for all who had to go by water.
        Those from the one side wished to be put off first, and so did those from the other.
        """
    ),
    lines(
        """
        Somebody snored, and the boat took no harm by it.
        The lantern swung.
        A hat went overboard and was saluted.
        "Sit down," said the boatman, for the fifth time.
        The water was as black as a hat.
        Oars knocked, and a heron complained.
        """
    ),
    blocks(
        """
        Then there was only the boatman left, and he went home humming.

        When the boat came back to its post, it was getting light.

        Behind them, on the hill, the windows went dark one after another.
        """
    ),
)

LATE: tuple[Scene, ...] = (TUNES, KIN, PAPER, GHOSTS)
LAST: tuple[Scene, ...] = (BOATS,)

LATE_TITLES: Block = lines(
    """
    After Midnight
    By One Lamp
    Going Home
    The Last Barrel
    Until It Got Light
    Late Words
    """
)
