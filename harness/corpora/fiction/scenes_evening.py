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
    written: bool = True
    """Whether somebody takes it down; otherwise no line speaks of pens and pages."""


MEAL = Scene(
    ("dish", "animal", "guild"),
    blocks(
        """
        The landlady had been cooking since noon and would take no money that night.
        She had only two rules, that nothing was to go back to the kitchen and that beasts were to \
        stay outside.

        Four cooks had shared one stove and were no longer speaking, and each of them wished to \
        hear whose pot was the best.

        The pots stood in a row, and nobody wished to be the first to lift a lid.
        That some of the guests had brought company of their own was noticed late.

        The beadle wished to seat them by guilds and rank, as is proper, and they wished to eat.
        """
    ),
    lines(
        """
        A spoon was lost and found again in a beard.
        The landlady stood over them with the ladle.
        "There is more," it was shouted from the kitchen, and it was a threat.
        Bread went round, and then the knife for the bread.
        Under the table a belt was let out by one hole.
        The youngest had fallen asleep with a crust in one hand.
        The beadle crossed out a row of seats and began again.
        A ribbon fell into the gravy and was wiped with dignity.
        "Hear, hear," called somebody who had heard nothing.
        """
    ),
    blocks(
        """
        In the end nothing went back to the kitchen, and the landlady counted plates and beasts.

        One pot was left over that nobody owned to having brought.

        The damage came to two plates and one opinion.

        By then the benches had mixed of their own accord, and the beadle drank to himself.
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
        @spring,summer,autumn A bee had come in and was let out again.
        @spring,summer,autumn Those who had been stung that week held up a hand.
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

ROLL = Scene(
    ("birthplace", "age", "arrival"),
    blocks(
        """
        It was {hero} who wanted it in writing, in case {boss} should say one day that nobody had \
        been there.
        The sexton had fresh ink, asked each of them the same, and would not be hurried.

        {Boss} could still complain to the capital, and so a roll was made of all who had taken \
        part.
        Whoever stands in a roll, the clerk explained, has been there, whatever is said later.

        A travelling scribe had heard of it all and wished to put it into a book, for beer.
        "Without people in it nobody will believe a word," the scribe said to {hero}, and dipped \
        the pen.
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
        The ink was passed along with a spoon.
        A name was spelt aloud, letter by letter, by three people.
        "And the next," said the one with the pen.
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

CHAIR = Scene(
    ("birthplace", "age", "arrival"),
    blocks(
        """
        {hero} had sat down in the one good chair, and was asked by what right.
        It was for the oldest, some said, and others that it was for whoever had been in the \
        valley longest, or had come from furthest away.

        There was one bottle of plum brandy left from before the bad harvest, and one cup of it \
        for everybody would not do.
        It was for age, said the old ones, and those who had come over the pass said that it was \
        for the cold.

        The landlady wished to give the first slice to {hero}, who did not wish to be first.
        So they had to find out who else had a claim, by years or by miles.
        """
    ),
    lines(
        """
        "That is nothing," somebody called from the bench by the wall.
        Everybody moved up by one place, and then back again.
        One claim was laughed at and withdrawn.
        Two people reckoned on their fingers and did not agree.
        "Further than that?" they asked, and nobody knew how far it was.
        An old man who had been silent until then remained so.
        A child was asked to be the judge and was bribed at once.
        """
    ),
    blocks(
        """
        In the end a hat was passed round with straws in it, as it always is.

        By then it was gone, and nobody had seen who had it.

        {hero} got it after all, because {p_he} had not asked.
        """
    ),
    written=False,
)

EARLY: tuple[Scene, ...] = (MEAL, HONEY)
CLAIMS: tuple[Scene, ...] = (ROLL, CHAIR)
"""One of the two is told on an evening, each in its turn."""
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
