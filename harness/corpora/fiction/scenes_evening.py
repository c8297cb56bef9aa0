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

EARLY: tuple[Scene, ...] = (MEAL, CIRCLES, ROLL, HONEY, ANIMALS)
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
