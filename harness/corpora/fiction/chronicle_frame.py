"""What stands around the tales of a cycle: where they happen, when, and how they are left."""

from __future__ import annotations

from harness.corpora.fiction.plots_spine import Block, blocks, lines

PROLOGUES: tuple[Block, ...] = blocks(
    """
    The valley is long and crooked, with a river down the middle and an opinion on each bank.
    Its villages have old names that strangers cannot say.
    It takes three days to walk through it, or four if one is greeted on the way.

    Two customs have to be known.
    What is promised there is promised on an heirloom, and every house has one.
    Whoever breaks such a promise may keep the thing, but nobody will ever look at it again.

    Then there is the matter of the ten crowns.
    In the year of the bad harvest everyone had to borrow, and those who lent had borrowed too.
    It is spoken of at the stove and never in the street, and whoever owes knows to whom.

    These are tales of people who lived there at one time, and most of them knew each other.
    Whoever wants to know how a tale ends has to read it.
    """
)

EPILOGUES: tuple[Block, ...] = blocks(
    """
    That is as far as the tales go.
    The river still runs down the middle, and on each bank they tell them differently.

    Most of the people are still there, and one may knock.
    There will be tea, and something will be taken down from a shelf, and then somebody will say \
    that it was not like that at all.
    """
)

FIRST: Block = lines(
    """
    The first of the tales begins in {season}.
    It began in {season}, when nobody was thinking of tales.
    """
)
"""How the first tale says when it was; others say how long after the last they were."""

BRIDGES: Block = lines(
    """
    It was in {season}, not long after, that this began.
    This is a tale of the {season} of that same year.
    By {season} there was trouble of another kind.
    Nothing much happened until {season}, and then it happened all at once.
    That same {season} people had something new to talk about.
    """
)

LATER_YEARS: Block = lines(
    """
    This happened a year later, in {season}.
    The next {season} people had something else to worry about.
    The year went round, and it was {season}.
    Another year had gone by, and another {season} had come.
    It was {season} again when the next thing happened.
    """
)

_UNITS = (
    "No First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth "
    "Thirteenth Fourteenth Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth"
).split()
_TENS = ("", "", "Twent", "Thirt", "Fort", "Fift", "Sixt", "Sevent", "Eight", "Ninet")


def ordinal(number: int) -> str:
    """1 to 99 as a word with a capital: "First", "Twenty-First", "Fortieth"."""
    if number < 20:
        return _UNITS[number]
    if number % 10 == 0:
        return f"{_TENS[number // 10]}ieth"
    return f"{_TENS[number // 10]}y-{_UNITS[number % 10]}"
