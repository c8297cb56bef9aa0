"""What the hero wants on the evening after a tale, and how the evening comes about."""

from __future__ import annotations

from collections.abc import Mapping

from harness.corpora.fiction.plots_spine import Block, blocks

WHEN: Mapping[str, tuple[Block, ...]] = {
    "oath": blocks(
        """
        From the hall they all went down to the inn, because it was the only room that held them.

        Nobody had thought of supper, and so the landlady of the inn had.
        """
    ),
    "search": blocks(
        """
        A line of people nine miles long does not break up at once, it goes to the inn.

        On the way back they stopped at the inn, one after another, to sit down for a moment.
        """
    ),
    "feast": blocks(
        """
        When it grew cold at the long table, both sides carried the chairs into the inn, together.

        The day after they were all at the inn again, to see whether it had really happened.
        """
    ),
    "relief": blocks(
        """
        They slept for two days, and on the third evening they met at the inn to be thanked.

        It was a week before any of them could hold a cup, and then they met at the inn to do so.
        """
    ),
    "trial": blocks(
        """
        The judge was thirsty, and so the court went over to the inn with all its witnesses.

        That night nobody could sleep, and this time they did it together, at the inn.
        """
    ),
}
"""How they come to sit together, by spine."""

AIMS: tuple[Block, ...] = blocks(
    """
    {hero} wished for nothing but a bed, and was given the seat of honour, which has no back.
    Twice {P} had got as far as the door, and twice {p_he} had been fetched back for a toast.
    Under the stairs a mattress had been laid out for {hero}, and four children were asleep on it.
    {P} walked home wide awake and lay looking at the ceiling until it was light.

    The coat of {hero} had hung by the door, and now it did not.
    By ten it had been seen on three different backs, and {P} followed it with both eyes.
    Towards midnight somebody was wearing the coat who had not even come in one.
    In the morning it hung on the gate of {hero}, with a sausage in the pocket.

    There was to be a speech, they said, and {hero} was to make it.
    Whenever a spoon was struck against a cup, {P} bent down for something.
    By midnight {hero} had a speech ready, five sentences long, and nobody asked for it any more.
    {P} made the speech to the gatepost at home, and left out nothing.

    {hero} had eaten nothing since the day before, and everybody wished to shake that hand.
    Three plates were set before {P}, and each was taken away by somebody who meant well.
    The kitchen was dark when {hero} got there at last, and on the table lay one crust.
    At dawn {P} stood at {p_his} own stove and ate out of the pan.

    {hero} meant to thank each of them separately and got no further than the first.
    Nobody would be thanked, and each of them pointed at somebody else.
    After midnight {P} began again, from the other end of the room.
    In the end {hero} thanked the whole dark lane at once, and several windows answered.

    {hero} wanted to know who was paying for all this, and could not find out.
    The landlady said that it was paid for, and that it was rude to ask.
    Late at night {P} counted those who looked innocent, and it was all of them.
    Next morning a bill lay on the step of {hero}, and it was for nothing at all.

    {hero} took off both shoes under the table, for the first time in a week.
    When the benches were moved, only one of the shoes of {hero} was to be found.
    They looked for the shoe by one lamp, from the pantry to the yard, and {P} hopped behind.
    {hero} went home in one shoe and one slipper of the landlady's, and was saluted.

    {hero} was asked every few minutes what {p_he} would do next, and wished to do nothing.
    "Rest," said {P}, and they nodded, and waited for the real answer.
    Late that night two people came to {hero} with a new quarrel, and were sent back to the stove.
    {P} locked the door at home, for the first time, and then got up again and unlocked it.
    """
)
"""Four moments of one wish: at the beginning and the end of each of the two chapters."""
