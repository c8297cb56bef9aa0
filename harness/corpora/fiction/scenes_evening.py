"""The evening after a tale: scenes in which people are seen once more, each about one thing.

In every scene somebody wants something: to fill a register, to settle a wager, to get home.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.corpora.fiction.plots_spine import Block, blocks, lines


@dataclass(frozen=True, slots=True)
class Scene:
    """How a scene opens, what happens in between, and how it closes."""

    relations: tuple[str, ...]
    openings: tuple[Block, ...]
    beats: Block
    closings: tuple[Block, ...]


MEAL = Scene(
    ("dish",),
    blocks(
        """
        The landlady of the inn had been cooking since noon and would take no money that night.
        She had only one rule, that nothing was to go back to the kitchen.

        There was a meal, of course, for in the valley nothing has happened until one has eaten.
        Four cooks had shared one stove and were no longer speaking.

        Long tables were carried out, and everyone had brought a pot.
        The pots stood in a row, and nobody wished to be the first to lift a lid.

        To eat there was whatever the houses had, and it was more than the houses had thought.
        """
    ),
    lines(
        """
        A spoon was lost and found again in a beard.
        The landlady stood over them with the ladle.
        "There is more," it was shouted from the kitchen, and it was a threat.
        Bread went round, and then the knife for the bread.
        Nobody spoke for a time.
        Under the table a belt was let out by one hole.
        Somebody asked for the recipe and was given a wrong one.
        The youngest had fallen asleep with a crust in one hand.
        """
    ),
    blocks(
        """
        In the end nothing went back to the kitchen.
        The landlady counted the bones and was satisfied.

        The plates could have been put away unwashed.

        One pot was left over that nobody owned to having brought.
        """
    ),
)

TUNES = Scene(
    ("instrument",),
    blocks(
        """
        Then it was time for a tune, and people looked at their shoes.
        As a rule it takes one who plays badly to make the others begin.

        Somebody said that it was too quiet, and was sorry for it before long.
        They had never all played together before.

        The chairs were pushed back, and a barrel was rolled in for a stage.
        The landlord wanted them to stop at midnight, and had a bell to tell them so.

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

ANIMALS = Scene(
    ("animal",),
    blocks(
        """
        That some of the guests had brought company of their own was noticed late.
        It began with the butter, which was there and then was not.

        Children and beasts were to stay outside, the landlady had said.
        The children did.

        In the middle of all this a cry was heard from the cellar stairs.
        """
    ),
    lines(
        """
        A jug fell, and nothing could be proved.
        The landlady climbed on a chair.
        Something ran along the shelf with the good plates.
        They all lifted their feet.
        It took three people and a tablecloth.
        A trail of flour led up to the loft and did not come back.
        "It only wants to play," was called from several sides.
        """
    ),
    blocks(
        """
        At last they were shut into the wood shed together, and it became very quiet in there.

        The damage came to two plates and one opinion.

        The landlady was given a new jug, and has been more careful with rules ever since.
        """
    ),
)

HONEY = Scene(
    ("hives",),
    blocks(
        """
        There was a wager that year among those who keep bees.
        Whoever had the most hives was to give the rest a barrel of mead, and so nobody wished to \
        win.

        The priest had brought a tally stick, since he was owed a candle from every ten hives.
        Each of them stepped up and told the truth, more or less.

        A buyer from the coast was sitting in the corner and wished to know how many hives there \
        were in the valley.
        He had a little book, and people enjoyed watching him fill it.
        """
    ),
    lines(
        """
        A bee had come in and was let out again.
        Those who had been stung that week held up a hand.
        A jar was opened, and fingers were put in.
        It was agreed that the lime trees had never been better.
        The number was repeated to make sure.
        "More than last year," said somebody, and it was.
        A candle was held up, and it smelt of June.
        Somebody hummed like a queen bee, and was very good at it.
        """
    ),
    blocks(
        """
        The sum was taken twice, and came out differently, and the larger one was kept.

        In the end they shared the mead and forgot who was to pay for it.

        The number was kept until next year, behind the bread.
        """
    ),
)

CIRCLES = Scene(
    ("guild",),
    blocks(
        """
        Guild people do not like to sit with others on a holy day, and it had been a kind of holy \
        day.
        So the benches had to be shared out, and the beadle sweated over it.

        By old right the guilds bring in the candles, and by old habit they quarrel about the order.

        Then came the toasts, one for each guild that had anybody there to answer.
        """
    ),
    lines(
        """
        The beadle crossed out a row and began again.
        "Hear, hear," called somebody who had heard nothing.
        An apron was straightened.
        They stood up, and they sat down.
        A ribbon fell into the gravy and was wiped with dignity.
        There was a pause, in which everybody waited for somebody else to be offended.
        """
    ),
    blocks(
        """
        When all had been honoured, the beadle drank to himself, as he did every year.

        After the third barrel the benches had mixed of their own accord.

        Nobody had been offended, which some found disappointing.
        """
    ),
)

ROLL = Scene(
    ("birthplace", "age", "arrival"),
    blocks(
        """
        The clerk had been told to make a roll of all who had taken part in it.
        He had new paper and wanted to fill it that same night, before people changed their minds.

        For the parish book somebody had to write down who they all were.
        The sexton did it, with his tongue between his lips, and would not be hurried.

        A travelling scribe offered to put everybody into a book, for nothing but beer.
        He asked strange questions, but he had a beautiful hand.
        """
    ),
    lines(
        """
        The pen was cut anew.
        Sand was strewn on the page and blown into somebody's beer.
        A blot was turned into a flower.
        "Slower," said the one with the pen.
        Those who waited gave advice.
        The ink had to be thinned with water.
        A second page was begun, with a bigger first letter.
        It was read back to them, and nobody objected.
        Somebody asked whether one had to be sober for it.
        The ink was passed along with a spoon.
        A name was spelt aloud, letter by letter, by three people.
        "And the next," said the one with the pen.
        The lamp was turned up.
        It took a whole line.
        """
    ),
    blocks(
        """
        So they all stood in the book now, and could not be taken out again.

        When it was done the pages were hung up on a string, like washing.

        The book was shut, and somebody sat on it to press it.
        """
    ),
)

KIN = Scene(
    ("mentor", "rival", "godparent"),
    blocks(
        """
        Later the talk came round to people, as it always does.
        Whoever was missing was spoken of first.

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
        At that name they all looked at the door.
        A hand was laid on a shoulder.
        It made one think of one's own.
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

        It was the smith, who fears nothing, who asked the others what they feared.
        He had meant it as a joke, and then it was not.
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
        When it was quite dark they could all laugh about it, and somebody found the matches.

        The smith, when it came to his turn, went out to look at the weather.

        Afterwards nobody would be the first to go home alone, and so they stayed.
        """
    ),
)

PAPER = Scene(
    ("reads",),
    blocks(
        """
        A paper had come with the evening coach, and the seal on it was a large one.
        The landlord had broken his spectacles, and somebody had to tell what was in it.

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
        Late that night the ferry took the last of them home.
        The ferryman was tired and wanted to cross once only, so he asked where they all had their \
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
        "Sit down," said the ferryman, for the fifth time.
        The water was as black as a hat.
        Oars knocked, and a heron complained.
        """
    ),
    blocks(
        """
        Then there was only the ferryman left, and he went home humming.

        When the boat came back to its post, it was getting light.

        Behind them, on the hill, the windows went dark one after another.
        """
    ),
)

EARLY: tuple[Scene, ...] = (MEAL, CIRCLES, ROLL, HONEY, ANIMALS)
LATE: tuple[Scene, ...] = (TUNES, KIN, PAPER, GHOSTS)
LAST: tuple[Scene, ...] = (BOATS,)

EARLY_TITLES: Block = lines(
    """
    That Evening
    What Was in the Pots
    When It Was Over
    Clean Boots
    Everybody at Once
    The Landlady's Rules
    """
)
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

SEATED: Block = lines(
    """
    {P} was pushed on to a bench and given a cup.
    From {hero} one got nothing but yawns by then.
    {hero} looked on from the corner and said little.
    Somebody had put a blanket round {hero}.
    {P} had come through the door last, and had been clapped.
    """
)
"""The hero, once in each of the two chapters."""
