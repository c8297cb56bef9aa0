"""How the debts of a tale are paid where it does not turn on them: one coin goes round the ring.

Two hands are named, and others lie between them, so that no debt is told a second time.
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.corpora.fiction.plots_spine import Block, blocks

HINTS: Mapping[str, Block] = {
    "feast": (
        "In nearly every house somebody owed ten crowns to somebody else.",
        "On the back of the plan {P} drew an arrow for each debt, so as not to put those two side "
        "by side.",
    ),
    "search": (
        "There was another thing that had been lent and lent on, and people brought it up unasked.",
        "On the lining of {p_his} coat {P} drew arrows for the ten crowns as well, since they went "
        "the same crooked ways.",
    ),
    "relief": (
        "Ten crowns were owed in nearly every house, always to somebody else on the list.",
        "Inside the barn {hero} chalked a line for each debt, so that those two need not pull side "
        "by side.",
    ),
    "trial": (
        "Most of those who had been awake owed somebody ten crowns, and that was one reason why.",
        "A witness who owes can be leaned upon, so {hero} put a red thread on the map for each "
        "debt.",
    ),
}
"""Told on the road, by spine: the hero takes down who owes whom."""

RINGS: Mapping[str, tuple[Block, ...]] = {
    "feast": blocks(
        """
        Before the plates were cleared, a child turned over the plan and found the back of it \
        full of arrows.
        They stood for the ten crowns that people owed, and the child followed them with a wet \
        finger until it came back to where it had begun.
        "Do that again," said {hero}, and the talk stopped.
        Then {P} took a gold piece of ten crowns out of {p_his} shoe and pushed it across to the \
        one to whom it was due.
        From hand to hand it went round the table, to {second}, who bit on it, and long after that \
        to {third}, who had never held money for so short a time.
        With the cheese it lay before {hero} again, and nobody at that table owed anything to \
        anybody.

        There was one more quarrel at the table, the oldest, and it was about ten crowns.
        {hero} put the salt before the first who owed them, and it was moved on to the one who had \
        lent, who also owed.
        Up the one side it went and down the other, past {second} and a good while later past \
        {third}, and it stopped where it had started.
        They looked at the salt for some time.
        Then {P} sent a gold piece of ten crowns after it, and it took the same way and came home.
        That was the end of the bad harvest, and it had cost nobody a penny.
        """
    ),
    "search": blocks(
        """
        "There is one more thing that has been lent and lent on," said {hero}, and opened {p_his} \
        coat.
        On the lining ran the arrows of the ten crowns, and nobody had yet followed them to the end.
        A girl did it now, with a straw, and came out where she had gone in.
        So {P} took a gold piece of ten crowns and gave it to the one who had to have it, to be \
        handed on by everyone who owed.
        It came to {second}, who kissed it, and after many others to {third}, who held it up to \
        the sun.
        Before the shadows had moved it was back in the hand of {hero}, and there was not a debt \
        left on that road.

        A purse of ten crowns lay on the wall, which {boss} had offered once too often, and nobody \
        would touch it.
        Somebody said that it was a pity, since ten crowns were what half of them owed.
        "Whom?" asked {hero}, and they began to point.
        Each pointed at one who was pointing at another, and by the time {second} had pointed, and \
        long afterwards {third}, it was seen that it went right round.
        So the purse was picked up after all, went from every debtor to every lender, once round, \
        and was laid back on the wall.
        It was sent after {boss} with the coach, to the last penny, and it had paid every debt \
        there was.
        """
    ),
    "relief": blocks(
        """
        When they sat by the fire, still in a row out of habit, somebody brought up the ten crowns.
        "With hands enough one can pass anything along," said {hero}, and fetched the lantern.
        Inside the barn the chalk lines ran from debtor to lender, and all of them together made \
        one loop.
        A gold piece was borrowed from those who had been fetched over, and it went along like a \
        sack.
        It passed {second}, and much further on {third}, and nobody had it for longer than a breath.
        Where it had been put in it came out again, and was given back with thanks, and all that \
        was owed in that row had been paid.

        A price had been asked all week, and so an old man wished to know what a price was, when \
        one looked at it closely.
        "Ten crowns," said {hero}, "and half of us owe them to the other half."
        Then they stood up once more, this time each beside the one who had lent, and the two ends \
        of the line met.
        One coin of ten crowns was put in at the anchor post, came by {second}, came by {third} a \
        long way further round, and was back at the post before the soup was cold.
        Nobody was any richer, but they all stood differently.
        """
    ),
    "trial": blocks(
        """
        The court was still full, and the judge had found that he liked it there.
        He asked what the red threads were, and {hero} told him that they were money: ten crowns \
        each, from those who owed to those who had lent.
        The judge, who was fond of puzzles, followed them with his cane, by {second} and a long \
        way on by {third}, and the cane stopped where it had started.
        So he took ten crowns out of his own purse, against a receipt, and sent them the same way.
        They were back before the ink was dry, and he tore up the receipt.
        Every debt in that room had been paid with a coin that nobody had spent.

        {Boss} had been fined ten crowns for contempt, and the coin lay on the table.
        "It is for the witnesses," said the judge, "but there are so many of you."
        {hero} looked at the red threads on the map, the debts, and for the first time {p_he} saw \
        that they were a single thread, tied to itself.
        So the coin was given to one who owed, and to the lender, and on along the benches, to \
        {second}, and after half the court to {third}.
        It came to rest where it had started, warm, and no witness owed anybody anything.
        They bought the jailer's girl a bag of buns with it, a very large one.
        """
    ),
}
"""At the end, by spine: the coin comes home and all are quits."""
