"""The chapters between the tales: who tells of places, guilds and events, and what comes of it.

In each of them somebody wants something that has little to do with history, and is hindered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.corpora.fiction.plots_spine import Block, blocks, lines


@dataclass(frozen=True, slots=True)
class Interlude:
    """One way to tell of the valley."""

    title: str
    opening: tuple[Block, ...]
    """Paragraphs before anything is told."""
    turns: Mapping[str, Block]
    """How the talk comes to a place, a guild or an event."""
    beats: Block
    """What happens meanwhile."""
    middle: Block
    """A paragraph half way through: the hindrance."""
    closing: tuple[Block, ...]
    written: bool = False
    """Whether it is told from a page, so that a sentence may speak of ink and margins."""


CHRONICLER = Interlude(
    "The Chronicler's Candle",
    blocks(
        """
        In a room above the bakery sat the Chronicler, who was writing the book of the valley.
        He had one candle left and wished to reach the end of the page by it.
        Below, the baker was waiting for the rent, and every few minutes he knocked on the \
        ceiling with a broom.

        "Read me what we have," the old man said to the girl who cut his pens.
        She could do it without looking, but she looked, because he liked that.
        """
    ),
    {
        "place": lines(
            """
            "A village next," he said, and dipped.
            The girl held the map to the light.
            There was a place about which he had never been sure.
            He always wrote the names of places a little larger.
            "And who lives in the bend there?" asked the girl, though she knew.
            """
        ),
        "guild": lines(
            """
            Now came a guild, and he sat up straight, for guilds complain.
            The girl found the right drawer, the one that sticks.
            Over guilds the Chronicler used the red ink.
            From a heap of bills he drew one with a ribbon.
            """
        ),
        "event": lines(
            """
            "Something must have happened as well," said the girl, who liked that best.
            He turned back many pages, and the dust made both of them sneeze.
            For great days there was a sheet of its own.
            Here the old man lowered his voice.
            """
        ),
    },
    lines(
        """
        The pen scratched.
        The broom knocked three times.
        Wax ran down, and the girl pushed it up again with a knife.
        "Is that spelt with one eye or two?" he asked, and nobody laughed.
        Sand was poured over it, and blown off.
        He crossed out a word and wrote the same word again.
        A mouse sat on the year that had just been written.
        "They will want to know that in a hundred years," he said.
        The girl bit her thumb so as not to interrupt.
        It was the finest line on the page, and he knew it.
        The flame leant over and stood up.
        Downstairs the dough could be heard being beaten.
        He held the page at arm's length, and then further.
        The girl counted the lines that were left.
        An owl looked in at the window and was not consulted.
        Her finger moved along under the words.
        """
    ),
    lines(
        """
        Half way down the page the candle went out.
        It was dark, and the broom knocked, and the old man said a word that was not for the book.
        Then the girl took a stump from her apron, which she had been saving since Christmas.
        """
    ),
    blocks(
        """
        With the last of the light he set the last full stop.
        "And the rent?" called the baker from below.
        The girl threw down the page, and after a while they heard him reading it aloud to the \
        dough.
        He did not knock again that week.

        "There," said the Chronicler, "now it has happened."
        The baker came up, and he had a candle in his hand.
        He wished to be in the book as well, and was put at the bottom, in small letters.
        """
    ),
    written=True,
)

PAINTER = Interlude(
    "The Map on the Wall",
    blocks(
        """
        The landlady wanted a map of the valley on the wall of the tap room, to cover a stain.
        A sign writer who owed her for eleven weeks stood on a ladder and painted.
        Everyone who drank there had a right to an opinion.

        "It has to be finished before the fair," the landlady said, "and it has to be right."
        The one, the sign writer thought, would be easier than the other.
        """
    ),
    {
        "place": lines(
            """
            A brown square was to be a village, and they told him which.
            He had left a gap between two hills, and now it had to be filled.
            "You have forgotten one," called a carter, and banged on the table.
            With the small brush he put in some roofs.
            Where the stain was worst there had to be houses.
            """
        ),
        "guild": lines(
            """
            For the guilds he had kept the good colours.
            A journeyman stood up and asked whether his guild was not to be in it.
            The ladder was moved, for there was a guild to be done.
            He mixed something on a plate and was told that it was wrong.
            """
        ),
        "event": lines(
            """
            A map should also show what has happened, the sexton thought.
            In the margin there was room for history.
            "And where is that great day?" somebody asked, and there was a silence.
            He painted a cloud, and they told him what belonged under it.
            """
        ),
    },
    lines(
        """
        A drop fell into somebody's beer and turned it blue.
        "Further left," said the whole table.
        The sign writer looked at it with his head on one side.
        The landlady counted the days on her fingers.
        Nobody contradicted, and that was rare.
        Paint ran down and became a river.
        A moth settled on a hill and had to be painted over.
        "Like that?" he asked, and it was like that.
        They drank to it.
        The old men knew better, but not how.
        He wiped the brush on his trousers, which were a map as well.
        Somebody measured it with a herring.
        The ladder creaked, and they all held their cups over their hearts.
        It dried darker than it had been meant.
        A child was lifted up to look and saw only a cake.
        He stepped back to see it, and was caught.
        """
    ),
    lines(
        """
        Then a boy who was chasing a hen ran through the ladder.
        Man, pot and hen came down together, and across the valley there was a long green smear.
        He looked at it for some time and put trees on it, and it was the best wood he had ever \
        done.
        """
    ),
    blocks(
        """
        It was finished on the eve of the fair, and it was right, except that the river ran uphill.
        The landlady crossed out the eleven weeks.
        The sign writer ordered a beer and began on the twelfth.

        When they looked for the stain they could not find it any more.
        People have since missed the coach in front of that wall, arguing.
        The sign writer was paid in soup and considered it fair.
        """
    ),
)

WAGER = Interlude(
    "The Carter's Wager",
    blocks(
        """
        A carter who had been everywhere wagered his mule that he knew all about the valley.
        Against him an old woman set a goose, and she had not left her kitchen for twenty years.
        The smith was to be the judge, because he could keep a straight face.

        They sat down on either side of the oven.
        Whoever had nothing more to say, or said a thing that was wrong, had lost.
        """
    ),
    {
        "place": lines(
            """
            "I have slept there," the carter said of the next.
            The old woman shut her eyes and went down the road in her head.
            "A place," called the smith, and pointed at the carter.
            It was her turn, and she chose a village.
            The carter blew on his fingers.
            """
        ),
        "guild": lines(
            """
            Then it was guilds, and people leant forward.
            The carter had carried barrels for all of them.
            "My late aunt washed their aprons," the old woman said.
            "A guild," ordered the smith, to make it harder.
            """
        ),
        "event": lines(
            """
            Of what had happened long ago the old woman knew most, or forgot least.
            "And the great days?" asked the smith.
            The carter scratched his ear and began with something safe.
            She held up one finger, which meant history.
            """
        ),
    },
    lines(
        """
        "Right," said the smith, with a straight face.
        In the yard the mule shook its head.
        The goose was heard, and did not sound worried.
        She went on knitting.
        The carter wiped his forehead.
        A murmur went round the kitchen.
        Somebody had begun to take bets on the side.
        "That I knew as well," the carter said quickly.
        The oven was stoked.
        She took her time, and it was allowed.
        More people came in, and nobody went out.
        The smith made a mark on the wall with coal.
        Soup was handed to both of them, so that it should be fair.
        A log fell, and the mule's ears were seen at the window.
        "Everybody knows that," said the one.
        It was so, and nobody could deny it.
        """
    ),
    lines(
        """
        Once the carter stopped in the middle and could not go on.
        It was so quiet that one heard the needles, and somebody already untied the mule.
        "The bridge," whispered a child, and he remembered, and they quarrelled for an hour \
        whether that counted.
        """
    ),
    blocks(
        """
        Towards morning the old woman said that she was tired and that it was a draw.
        The carter knew very well that she had not been tired.
        He has brought her a sack of coal every winter since, and news from everywhere.

        Neither of them could think of anything more, and neither would admit it.
        So the smith decided that the goose should ride on the mule, once through the valley.
        It did, and looked as if it knew everything.
        """
    ),
)
